package im.waxwing.node;

import static org.assertj.core.api.Assertions.assertThat;

import im.waxwing.base.ByteString;
import im.waxwing.base.SecretBytes;
import im.waxwing.model.Day;
import im.waxwing.model.DrawerHandle;
import im.waxwing.model.EnvelopeId;
import im.waxwing.protocol.AnswerCode;
import im.waxwing.protocol.MailboxDay;
import im.waxwing.protocol.OwnDrawer;
import im.waxwing.protocol.OwnMailboxDay;
import im.waxwing.protocol.Request;
import im.waxwing.protocol.SealedObject;
import im.waxwing.protocol.swarm.DayDigest;
import im.waxwing.protocol.swarm.EntryPage;
import im.waxwing.protocol.swarm.Kept;
import im.waxwing.protocol.swarm.PeerRequest;
import im.waxwing.protocol.swarm.Receipts;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Five members with stores of their own, and a sixth for when one leaves; their links are wires
/// that the test cuts. What the links themselves do is tested with whole nodes.
class SwarmTest {
  @TempDir Path folder;
  private final MovedClock clock = new MovedClock(Instant.parse("2026-11-23T12:00:00Z"));
  private SwarmWorld world;
  private Mailboxes mailboxes;
  private OwnMailboxDay bob;
  private MailboxDay alice;

  @BeforeEach
  void build() throws Exception {
    world = new SwarmWorld(folder, clock, 6);
    mailboxes = Mailboxes.in(world.network());
    bob = mailboxes.bob(today());
    alice = mailboxes.alice(today());
  }

  @AfterEach
  void close() throws Exception {
    world.close();
  }

  private Day today() {
    return Day.of(clock.instant());
  }

  private Request.Open opening() {
    return bob.open(world.placement().admission().earn(bob.owner(), bob.id().bytes()));
  }

  private void bobOpens() throws Exception {
    assertThat(world.ask(0, opening()).code()).isEqualTo(AnswerCode.OK);
    world.awaitEverywhere(bob.id().bytes());
  }

  private Request.Deposit deposit() {
    return alice.deposit(Mailboxes.id(), Mailboxes.envelope());
  }

  private Receipts aliceDeposits(int coordinator, Request.Deposit deposit) throws Exception {
    SwarmWorld.Answered answered = world.ask(coordinator, deposit);
    assertThat(answered.code()).isEqualTo(AnswerCode.OK);
    return Receipts.decode(answered.body());
  }

  private boolean proves(Receipts receipts, Request.Deposit deposit) {
    Kept kept =
        Kept.of(world.network(), deposit.mailbox(), deposit.id(), deposit.envelope(), today());
    return receipts.prove(
        kept, world.placement().members(deposit.mailbox().bytes(), today()), Receipts.QUORUM);
  }

  private List<EnvelopeId> heldBy(int member) throws Exception {
    return world.entries(member, bob.id().bytes()).stream()
        .filter(entry -> !entry.deleted())
        .map(EntryPage.Entry::id)
        .toList();
  }

  @Nested
  class Deposits {
    @Test
    void threeMembersProveThatTheyHaveIt() throws Exception {
      bobOpens();
      Request.Deposit deposit = deposit();

      Receipts receipts = aliceDeposits(2, deposit);

      assertThat(proves(receipts, deposit)).isTrue();
      assertThat(proves(receipts, deposit())).isFalse();
    }

    @Test
    void allFiveHaveItInTheEnd() throws Exception {
      bobOpens();
      Request.Deposit deposit = deposit();
      aliceDeposits(0, deposit);

      for (int member = 0; member < 5; member++) {
        int of = member;
        world.await(() -> heldBy(of).contains(deposit.id()));
      }
    }

    @Test
    void twoDeadMembersDoNotHinderItAndGetItWhenTheyAreBack() throws Exception {
      bobOpens();
      world.cut(3);
      world.cut(4);
      Request.Deposit deposit = deposit();

      assertThat(proves(aliceDeposits(0, deposit), deposit)).isTrue();
      assertThat(heldBy(3)).isEmpty();

      world.mend(3);
      world.mend(4);
      world.tick(0);
      world.await(() -> heldBy(3).contains(deposit.id()) && heldBy(4).contains(deposit.id()));
      assertThat(world.swarm(0).hints().count()).isZero();
    }

    @Test
    void aMemberThatMissedTheOpeningIsToldOfIt() throws Exception {
      world.cut(4);
      assertThat(world.ask(0, opening()).code()).isEqualTo(AnswerCode.OK);
      world.mend(4);
      Request.Deposit deposit = deposit();
      aliceDeposits(0, deposit);

      world.tick(0);
      world.await(() -> heldBy(4).contains(deposit.id()));
    }

    @Test
    void threeDeadMembersMeanThatNothingIsPromised() throws Exception {
      bobOpens();
      world.cut(2);
      world.cut(3);
      world.cut(4);

      assertThat(world.ask(0, deposit()).code()).isEqualTo(AnswerCode.BUSY);
    }

    @Test
    void theSameTwiceIsStoredOnceAndProvedTwice() throws Exception {
      bobOpens();
      Request.Deposit deposit = deposit();

      assertThat(proves(aliceDeposits(0, deposit), deposit)).isTrue();
      assertThat(proves(aliceDeposits(1, deposit), deposit)).isTrue();

      world.await(() -> heldBy(0).size() == 1);
    }

    @Test
    void otherBytesUnderTheSameIdAreAConflict() throws Exception {
      bobOpens();
      Request.Deposit deposit = deposit();
      aliceDeposits(0, deposit);

      Request.Deposit other = alice.deposit(deposit.id(), Mailboxes.envelope());

      assertThat(world.ask(1, other).code()).isEqualTo(AnswerCode.CONFLICT);
    }

    @Test
    void onlyMembersOfTheSwarmCoordinateIt() throws Exception {
      bobOpens();

      assertThat(world.ask(5, opening()).code()).isEqualTo(AnswerCode.NOT_ALLOWED);
      assertThat(world.ask(5, deposit()).code()).isNotEqualTo(AnswerCode.OK);
    }

    @Test
    void aRequestForOneNodeIsNoneForTheSwarm() throws Exception {
      OwnMailboxDay atOneNode = Mailboxes.at(world.addressOf(0)).bob(today());
      Request.Open open =
          atOneNode.open(
              world.placement().admission().earn(atOneNode.owner(), atOneNode.id().bytes()));

      assertThat(world.takes(0, open)).isFalse();
    }

    @Test
    void openingCostsWork() throws Exception {
      Request.Open open = bob.open(world.badToken(bob));

      assertThat(world.ask(0, open).code()).isEqualTo(AnswerCode.NOT_ADMITTED);
    }
  }

  @Nested
  class Deaths {
    /// For each pair of the five: both die at the moment of the acknowledgement, their stores are
    /// left as they are on disk.
    @Test
    void whatWasAcknowledgedOutlivesAnyTwo() throws Exception {
      bobOpens();
      int each = Integer.getInteger("im.waxwing.swarm.deposits", 200) / 10;
      for (int one = 0; one < 5; one++) {
        for (int other = 0; other < one; other++) {
          List<EnvelopeId> acknowledged = new ArrayList<>();
          for (int i = 0; i < each; i++) {
            Request.Deposit deposit = deposit();
            assertThat(proves(aliceDeposits((one + other + i) % 5, deposit), deposit)).isTrue();
            acknowledged.add(deposit.id());
          }
          world.cut(one);
          world.cut(other);

          assertThat(unionWithout(Set.of(one, other))).containsAll(acknowledged);

          world.mend(one);
          world.mend(other);
        }
      }
    }

    private Set<EnvelopeId> unionWithout(Set<Integer> dead) throws Exception {
      Set<EnvelopeId> union = new HashSet<>();
      for (int member = 0; member < 5; member++) {
        if (!dead.contains(member)) {
          union.addAll(heldBy(member));
        }
      }
      return union;
    }

    @Test
    void aCoordinatorThatDiesBeforeItCompletedTheOthersLosesNothing() throws Exception {
      bobOpens();
      world.cut(3);
      world.cut(4);
      Request.Deposit deposit = deposit();
      aliceDeposits(0, deposit);
      world.cut(0);
      world.mend(3);
      world.mend(4);

      world.round(3);
      world.round(4);

      assertThat(heldBy(3)).contains(deposit.id());
      assertThat(heldBy(4)).contains(deposit.id());
    }
  }

  @Nested
  class Deletes {
    @Test
    void staysDeletedThroughAntiEntropy() throws Exception {
      bobOpens();
      Request.Deposit deposit = deposit();
      aliceDeposits(0, deposit);
      for (int member = 0; member < 5; member++) {
        int of = member;
        world.await(() -> heldBy(of).contains(deposit.id()));
      }
      world.cut(4);
      assertThat(world.ask(0, bob.delete(List.of(deposit.id()))).code()).isEqualTo(AnswerCode.OK);
      world.await(() -> heldBy(3).isEmpty() && heldBy(2).isEmpty() && heldBy(1).isEmpty());
      world.mend(4);

      world.round(1);
      assertThat(heldBy(1)).isEmpty();
      world.round(4);

      assertThat(heldBy(4)).isEmpty();
      assertThat(world.entries(4, bob.id().bytes())).hasSize(1);
    }

    @Test
    void aCopyThatComesLateFindsTheTombstone() throws Exception {
      bobOpens();
      Request.Deposit deposit = deposit();
      assertThat(world.ask(0, bob.delete(List.of(deposit.id()))).code()).isEqualTo(AnswerCode.OK);
      world.await(() -> world.entries(1, bob.id().bytes()).size() == 1);

      assertThat(proves(aliceDeposits(1, deposit), deposit)).isTrue();

      assertThat(heldBy(1)).isEmpty();
    }

    @Test
    void onlyBobDeletes() throws Exception {
      bobOpens();
      Request.Delete forged =
          Mailboxes.at(world.addressOf(0)).bob(today()).delete(List.of(Mailboxes.id()));
      Request.Delete asBobs = new Request.Delete(bob.id(), forged.ids(), forged.signature());

      assertThat(world.ask(0, asBobs).code()).isEqualTo(AnswerCode.BAD_SIGNATURE);
    }

    @Test
    void tombstonesGoWithTheirMailbox() throws Exception {
      bobOpens();
      world.ask(0, bob.delete(List.of(Mailboxes.id())));
      clock.move(Duration.ofDays(32));

      world.sweep(0);

      assertThat(world.rows(0, "entries")).isZero();
      assertThat(world.rows(0, "deletions")).isZero();
      assertThat(world.rows(0, "swarm_names")).isZero();
    }
  }

  @Nested
  class Membership {
    @Test
    void aNewMemberFetchesWhatItLacks() throws Exception {
      bobOpens();
      List<EnvelopeId> ids = new ArrayList<>();
      for (int i = 0; i < 120; i++) {
        Request.Deposit deposit = deposit();
        aliceDeposits(i % 5, deposit);
        ids.add(deposit.id());
      }
      EnvelopeId gone = ids.removeFirst();
      for (int member = 0; member < 5; member++) {
        int of = member;
        world.await(() -> heldBy(of).size() == 120);
      }
      assertThat(world.ask(0, bob.delete(List.of(gone))).code()).isEqualTo(AnswerCode.OK);

      world.replace(4, 5);
      world.round(5);

      world.await(() -> world.entries(5, bob.id().bytes()).size() == 120);
      assertThat(heldBy(5)).containsExactlyInAnyOrderElementsOf(ids);
    }

    @Test
    void aFormerMemberLetsGoAfterTheGraceAndOnlyWhenOthersKeepItAll() throws Exception {
      bobOpens();
      world.cut(4);
      Request.Deposit deposit = deposit();
      aliceDeposits(0, deposit);
      world.mend(4);
      world.replace(0, 5);

      world.round(0);
      assertThat(world.rows(0, "mailboxes")).isEqualTo(1);
      clock.move(Swarms.GRACE);
      world.cut(1);
      world.cut(2);
      world.cut(3);
      world.round(0);
      assertThat(world.rows(0, "mailboxes")).isEqualTo(1);
      world.mend(1);
      world.mend(2);
      world.mend(3);
      world.round(5);
      world.round(0);

      world.await(() -> world.rows(0, "mailboxes") == 0);
      assertThat(world.rows(0, "entries")).isZero();
      assertThat(heldBy(5)).contains(deposit.id());
    }
  }

  @Nested
  class Mallory {
    @Test
    void asAMemberCannotBringWhatNoDeviceSigned() throws Exception {
      bobOpens();
      Request.Deposit good = deposit();
      Request.Deposit forged =
          new Request.Deposit(good.mailbox(), good.id(), Mailboxes.envelope(), good.signature());

      assertThat(world.asPeer(1, 0, new PeerRequest.Replicate(forged)).code())
          .isEqualTo(AnswerCode.BAD_SIGNATURE);
      assertThat(heldBy(0)).isEmpty();
    }

    @Test
    void asAStrangersNodeLearnsNothing() throws Exception {
      bobOpens();
      Request.Deposit deposit = deposit();
      aliceDeposits(0, deposit);
      ByteString name = bob.id().bytes();

      assertThat(DayDigest.decode(world.asPeer(5, 0, new PeerRequest.AskDay(today())).body()))
          .isEqualTo(DayDigest.of(List.of()));
      assertThat(
              world.asPeer(5, 0, new PeerRequest.AskEntries(name, PeerRequest.Pull.ITSELF)).code())
          .isEqualTo(AnswerCode.UNKNOWN_MAILBOX);
      assertThat(world.asPeer(5, 0, new PeerRequest.Pull(name, deposit.id())).code())
          .isEqualTo(AnswerCode.UNKNOWN_MAILBOX);
      assertThat(world.asPeer(5, 0, new PeerRequest.Replicate(deposit())).code())
          .isEqualTo(AnswerCode.NOT_ALLOWED);
    }

    @Test
    void repeatsWhatAMemberSentAndChangesNothing() throws Exception {
      bobOpens();
      Request.Deposit deposit = deposit();
      aliceDeposits(0, deposit);
      world.await(() -> heldBy(1).contains(deposit.id()));
      world.ask(0, bob.delete(List.of(deposit.id())));
      world.await(() -> heldBy(1).isEmpty());

      assertThat(world.asPeer(2, 1, new PeerRequest.Replicate(deposit)).code())
          .isEqualTo(AnswerCode.OK);

      assertThat(heldBy(1)).isEmpty();
    }

    @Test
    void signsReceiptsForNothingInVain() throws Exception {
      bobOpens();
      world.lie(1);
      world.lie(2);
      Request.Deposit deposit = deposit();

      Receipts receipts = aliceDeposits(0, deposit);

      assertThat(proves(receipts, deposit)).isTrue();
      assertThat(receipts.receipts())
          .extracting(receipt -> receipt.member())
          .doesNotContain(world.key(1), world.key(2));
    }
  }

  @Nested
  class Drawers {
    private OwnDrawer drawer;
    private final SealedObject object = new SealedObject(Mailboxes.random(SealedObject.SIZE));

    @BeforeEach
    void name() {
      drawer =
          new OwnDrawer(
              world.network(), new DrawerHandle(Mailboxes.random(32)), SecretBytes.generate(32));
    }

    private AnswerCode put(int coordinator, SealedObject laid) throws Exception {
      ByteString name = drawer.handle().bytes();
      var token = world.placement().admission().earn(drawer.owner(), name);
      return world.ask(coordinator, drawer.put(laid, today().plus(3), token)).code();
    }

    @Test
    void anObjectIsTakenByOneNonceFromAnyMember() throws Exception {
      assertThat(put(0, object)).isEqualTo(AnswerCode.OK);
      world.awaitEverywhere(drawer.handle().bytes());
      Request.TakeDrawer take = new Request.TakeDrawer(drawer.handle(), Mailboxes.random(16));

      assertThat(world.ask(1, take).body()).isEqualTo(object.bytes());
      assertThat(world.ask(2, take).body()).isEqualTo(object.bytes());
      assertThat(world.ask(3, new Request.TakeDrawer(drawer.handle(), Mailboxes.random(16))).code())
          .isEqualTo(AnswerCode.TAKEN);
    }

    @Test
    void anEmptiedDrawerStaysEmptyThroughAntiEntropy() throws Exception {
      assertThat(put(0, object)).isEqualTo(AnswerCode.OK);
      world.awaitEverywhere(drawer.handle().bytes());
      world.cut(4);
      assertThat(world.ask(1, drawer.remove()).code()).isEqualTo(AnswerCode.OK);
      world.await(() -> world.rows(2, "drawers") == 0 && world.rows(3, "drawers") == 0);
      world.mend(4);

      world.round(2);
      world.round(4);

      assertThat(world.rows(2, "drawers")).isZero();
      world.await(() -> world.rows(4, "drawers") == 0);
      assertThat(put(0, object)).isEqualTo(AnswerCode.CONFLICT);
    }
  }

  @Test
  void hintsAreBoundedAndDoNotLiveLong() {
    Hints hints = new Hints();
    SwarmMember.Place place = new SwarmMember.Place(bob.id().bytes(), today());
    Request.Delete request = bob.delete(List.of(Mailboxes.id()));
    for (int member = 0; member < 6; member++) {
      for (int i = 0; i < Hints.MOST_OF_A_MEMBER + 10; i++) {
        hints.add(world.key(member), request, place, clock.instant());
      }
    }

    assertThat(hints.count()).isEqualTo(Hints.MOST);
    assertThat(hints.take(world.key(0), clock.instant())).isPresent();
    assertThat(hints.take(world.key(0), clock.instant().plus(Hints.LIFE))).isEmpty();
  }
}
