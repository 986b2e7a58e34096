package im.waxwing.carrier.contract;

import static im.waxwing.carrier.contract.Fixtures.depositFor;
import static im.waxwing.carrier.contract.Fixtures.drawer;
import static im.waxwing.carrier.contract.Fixtures.envelope;
import static im.waxwing.carrier.contract.Fixtures.mailboxAt;
import static im.waxwing.carrier.contract.Fixtures.nonce;
import static im.waxwing.carrier.contract.Fixtures.sealedObject;
import static org.assertj.core.api.Assertions.assertThat;

import im.waxwing.base.ByteString;
import im.waxwing.base.SecretBytes;
import im.waxwing.carrier.Answer;
import im.waxwing.carrier.Deposit;
import im.waxwing.carrier.Done;
import im.waxwing.carrier.Drawer;
import im.waxwing.carrier.Fetched;
import im.waxwing.carrier.Handoff;
import im.waxwing.carrier.Reachability;
import im.waxwing.carrier.Refusal;
import im.waxwing.carrier.StoredEnvelope;
import im.waxwing.carrier.Subscription;
import im.waxwing.model.Day;
import im.waxwing.model.EnvelopeId;
import im.waxwing.model.MailboxTarget;
import im.waxwing.model.NetworkAddress;
import im.waxwing.model.OwnMailbox;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.assertj.core.api.ThrowingConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/// What every carrier with nodes in its path promises. A swarm promises a little less of order: its
/// members hear of things one after the other. Extend it and say how a world is made.
public abstract class CarrierContract {
  private static final Answer<Done> DONE = new Answer.Given<>(new Done());
  private static final Handoff ACCEPTED = new Handoff.Accepted();

  private CarrierWorld world;
  private Device alice;
  private Device bob;
  private OwnMailbox bobsMailbox;
  private Day today;

  protected abstract CarrierWorld newWorld() throws Exception;

  @BeforeEach
  void openWorld() throws Exception {
    world = newWorld();
    alice = new Device(world);
    bob = new Device(world);
    bobsMailbox = mailboxAt(world.place());
    today = world.today();
  }

  @AfterEach
  void closeWorld() throws Exception {
    world.close();
  }

  private Deposit forBob() {
    return depositFor(bobsMailbox, today);
  }

  private void bobOpensToday() throws InterruptedException {
    assertThat(bob.opens(bobsMailbox, today)).isEqualTo(DONE);
  }

  private static Handoff refused(Refusal reason) {
    return new Handoff.Refused(reason);
  }

  private static ThrowingConsumer<StoredEnvelope> is(Deposit deposit) {
    return envelope -> {
      assertThat(envelope.id()).isEqualTo(deposit.id());
      assertThat(envelope.envelope()).isEqualTo(deposit.envelope());
    };
  }

  private boolean isSwarm() {
    return world.place() instanceof NetworkAddress;
  }

  private static <T> Answer<T> no(Refusal reason) {
    return new Answer.Refused<>(reason);
  }

  private static Answer<Fetched> nothing() {
    return new Answer.Given<>(new Fetched(Optional.empty()));
  }

  @Nested
  class Depositing {
    @Test
    void whatAliceDepositsIsWhatBobFetches() throws Exception {
      bobOpensToday();
      Deposit deposit = forBob();

      assertThat(alice.deposits(deposit)).isEqualTo(ACCEPTED);

      assertThat(bob.reads(bobsMailbox, today)).satisfiesExactly(is(deposit));
    }

    @Test
    void aSecondOfferIsAcceptedAndKeptOnce() throws Exception {
      bobOpensToday();
      Deposit deposit = forBob();

      assertThat(alice.deposits(deposit)).isEqualTo(ACCEPTED);
      assertThat(alice.deposits(deposit)).isEqualTo(ACCEPTED);

      assertThat(bob.reads(bobsMailbox, today)).hasSize(1);
    }

    @Test
    void otherBytesUnderTheSameIdAreAConflict() throws Exception {
      bobOpensToday();
      Deposit deposit = forBob();
      assertThat(alice.deposits(deposit)).isEqualTo(ACCEPTED);

      Deposit other = new Deposit(deposit.target(), today, deposit.id(), envelope());

      assertThat(alice.deposits(other)).isEqualTo(refused(Refusal.CONFLICT));
      assertThat(bob.reads(bobsMailbox, today))
          .extracting(StoredEnvelope::envelope)
          .containsExactly(deposit.envelope());
    }

    @Test
    void aMailboxThatIsNotOpenTakesNothing() throws Exception {
      assertThat(alice.deposits(forBob())).isEqualTo(refused(Refusal.UNKNOWN_MAILBOX));
    }

    @Test
    void withoutTheDepositSecretNothingGetsIn() throws Exception {
      bobOpensToday();
      MailboxTarget guessed =
          new MailboxTarget(world.place(), bobsMailbox.target().key(), SecretBytes.generate(32));
      Deposit mallorys =
          new Deposit(guessed, today, new EnvelopeId(Fixtures.random(32)), envelope());

      assertThat(alice.deposits(mallorys)).isEqualTo(refused(Refusal.UNKNOWN_MAILBOX));
      assertThat(bob.fetches(bobsMailbox, today, 0)).isEqualTo(nothing());
    }

    @Test
    void yesterdayAndTomorrowAreTakenToo() throws Exception {
      for (Day day : List.of(today.plus(-1), today.plus(1))) {
        assertThat(bob.opens(bobsMailbox, day)).isEqualTo(DONE);

        assertThat(alice.deposits(depositFor(bobsMailbox, day))).isEqualTo(ACCEPTED);
        assertThat(bob.reads(bobsMailbox, day)).hasSize(1);
      }
    }

    @Test
    void aDayTooFarAheadIsRefusedThoughItsMailboxIsOpen() throws Exception {
      Day far = today.plus(2);
      assertThat(bob.opens(bobsMailbox, far)).isEqualTo(DONE);

      assertThat(alice.deposits(depositFor(bobsMailbox, far)))
          .isEqualTo(refused(Refusal.WRONG_DAY));
    }
  }

  @Nested
  class Opening {
    @Test
    void openingTwiceIsLikeOpeningOnce() throws Exception {
      bobOpensToday();
      assertThat(alice.deposits(forBob())).isEqualTo(ACCEPTED);

      bobOpensToday();

      assertThat(bob.reads(bobsMailbox, today)).hasSize(1);
    }

    @Test
    void aStrangerToTheOperatorIsAdmittedOnlyWhereThereIsNone() throws Exception {
      assertThat(bob.opens(bobsMailbox, today, Fixtures.token()))
          .isEqualTo(isSwarm() ? DONE : no(Refusal.NOT_ADMITTED));
      assertThat(alice.deposits(forBob()))
          .isEqualTo(isSwarm() ? ACCEPTED : refused(Refusal.UNKNOWN_MAILBOX));
    }

    @Test
    void aMonthAheadCanBeOpenedAndNoMore() throws Exception {
      assertThat(bob.opens(bobsMailbox, today.plus(31))).isEqualTo(DONE);
      assertThat(bob.opens(bobsMailbox, today.plus(32))).isEqualTo(no(Refusal.WRONG_DAY));
      assertThat(bob.opens(bobsMailbox, today.plus(-2))).isEqualTo(no(Refusal.WRONG_DAY));
    }
  }

  @Nested
  class Reading {
    @Test
    void envelopesComeInTheOrderOfTheirArrival() throws Exception {
      bobOpensToday();
      List<EnvelopeId> sent = new ArrayList<>();
      for (int i = 0; i < 5; i++) {
        Deposit deposit = forBob();
        assertThat(alice.deposits(deposit)).isEqualTo(ACCEPTED);
        sent.add(deposit.id());
      }

      List<StoredEnvelope> read = bob.reads(bobsMailbox, today);

      assertThat(read)
          .extracting(StoredEnvelope::id)
          .containsExactlyInAnyOrderElementsOf(sent)
          .satisfiesAnyOf(
              ids -> assertThat(ids).isEqualTo(sent), _ -> assertThat(isSwarm()).isTrue());
    }

    @Test
    void anOpenMailboxWithoutEnvelopesHasNothingNext() throws Exception {
      bobOpensToday();

      assertThat(bob.fetches(bobsMailbox, today, 0)).isEqualTo(nothing());
    }

    @Test
    void aMailboxThatIsNotOpenCannotBeRead() throws Exception {
      assertThat(bob.fetches(bobsMailbox, today, 0)).isEqualTo(no(Refusal.UNKNOWN_MAILBOX));
    }

    @Test
    void aWriterCannotRead() throws Exception {
      bobOpensToday();
      assertThat(alice.deposits(forBob())).isEqualTo(ACCEPTED);
      OwnMailbox pretended = new OwnMailbox(bobsMailbox.target(), SecretBytes.generate(32));

      assertThat(alice.fetches(pretended, today, 0)).isInstanceOf(Answer.Refused.class);
      assertThat(alice.subscribes(pretended, today).nextRefusal())
          .isIn(Refusal.UNKNOWN_MAILBOX, Refusal.BAD_SIGNATURE);
    }

    @Test
    void whatIsAcknowledgedIsGone() throws Exception {
      bobOpensToday();
      Deposit first = forBob();
      Deposit second = forBob();
      alice.deposits(first);
      alice.deposits(second);

      assertThat(bob.deletes(bobsMailbox, today, first.id())).isEqualTo(DONE);
      assertThat(bob.deletes(bobsMailbox, today, first.id())).isEqualTo(DONE);

      bob.awaitsOnly(bobsMailbox, today, second.id());
    }

    @Test
    void anEnvelopeAfterAnAcknowledgedOneLiesBehindIt() throws Exception {
      bobOpensToday();
      Deposit first = forBob();
      alice.deposits(first);
      long cursor = bob.reads(bobsMailbox, today).getFirst().sequence();
      bob.deletes(bobsMailbox, today, first.id());

      alice.deposits(forBob());

      assertThat(bob.fetches(bobsMailbox, today, cursor)).isNotEqualTo(nothing());
    }
  }

  @Nested
  class Subscribing {
    @Test
    void whatWaitsComesFirstThenWhatArrives() throws Exception {
      bobOpensToday();
      Deposit waiting = forBob();
      alice.deposits(waiting);

      HeardMail mail = bob.subscribes(bobsMailbox, today);

      assertThat(List.of(mail.nextEnvelope())).satisfiesExactly(is(waiting));
      assertThat(mail.calls.next()).isEqualTo(new HeardMail.Call.CaughtUp());
      Deposit live = forBob();
      alice.deposits(live);
      assertThat(List.of(mail.nextEnvelope())).satisfiesExactly(is(live));
    }

    @Test
    void moreThanAWindowComesAsEnvelopesAreAcknowledged() throws Exception {
      bobOpensToday();
      Set<EnvelopeId> sent = new HashSet<>();
      for (int i = 0; i < 150; i++) {
        Deposit deposit = forBob();
        assertThat(alice.deposits(deposit)).isEqualTo(ACCEPTED);
        sent.add(deposit.id());
      }

      HeardMail mail = bob.subscribes(bobsMailbox, today);

      for (int i = 0; i < 150; i++) {
        EnvelopeId id = mail.nextEnvelope().id();
        assertThat(sent.remove(id)).isTrue();
        assertThat(bob.deletes(bobsMailbox, today, id)).isEqualTo(DONE);
      }
      mail.calls.next(HeardMail.Call.CaughtUp.class);
      bob.awaitsOnly(bobsMailbox, today);
    }

    @Test
    void aMailboxThatIsNotOpenIsRefusedToTheListener() throws Exception {
      assertThat(bob.subscribes(bobsMailbox, today).nextRefusal())
          .isEqualTo(Refusal.UNKNOWN_MAILBOX);
    }

    @Test
    void aClosedSubscriptionIsSilent() throws Exception {
      bobOpensToday();
      HeardMail closed = new HeardMail();
      Subscription subscription = bob.carrier.subscribe(world.path(), bobsMailbox, today, closed);
      assertThat(closed.calls.next()).isEqualTo(new HeardMail.Call.CaughtUp());
      HeardMail open = bob.subscribes(bobsMailbox, today);
      assertThat(open.calls.next()).isEqualTo(new HeardMail.Call.CaughtUp());

      subscription.close();
      alice.deposits(forBob());

      open.nextEnvelope();
      assertThat(closed.calls.isEmpty()).isTrue();
    }

    @Test
    void twoDaysAreTwoSubscriptions() throws Exception {
      bobOpensToday();
      bob.opens(bobsMailbox, today.plus(1));
      HeardMail first = bob.subscribes(bobsMailbox, today);
      HeardMail second = bob.subscribes(bobsMailbox, today.plus(1));

      Deposit forTomorrow = depositFor(bobsMailbox, today.plus(1));
      Deposit forToday = forBob();
      alice.deposits(forTomorrow);
      alice.deposits(forToday);

      assertThat(first.nextEnvelope().id()).isEqualTo(forToday.id());
      assertThat(second.nextEnvelope().id()).isEqualTo(forTomorrow.id());
    }
  }

  @Nested
  class Drawers {
    @Test
    void theFirstTakerGetsTheObjectAndGetsItAgain() throws Exception {
      Drawer drawer = drawer(today.plus(7));
      ByteString bobsNonce = nonce();
      assertThat(alice.puts(drawer)).isEqualTo(DONE);

      assertThat(bob.takes(drawer, bobsNonce)).isEqualTo(new Answer.Given<>(drawer.object()));
      assertThat(bob.takes(drawer, bobsNonce)).isEqualTo(new Answer.Given<>(drawer.object()));
      assertThat(bob.takes(drawer, nonce())).isEqualTo(no(Refusal.TAKEN));
    }

    @Test
    void aReplacedObjectIsSeenByTheOneWhoTookTheFirst() throws Exception {
      Drawer drawer = drawer(today.plus(7));
      ByteString bobsNonce = nonce();
      alice.puts(drawer);
      bob.takes(drawer, bobsNonce);

      Drawer.Sealed notice = sealedObject();
      Drawer replaced = new Drawer(drawer.handle(), drawer.ownerSeed(), notice, drawer.lastDay());
      // A swarm keeps what was laid first.
      assertThat(alice.puts(replaced)).isEqualTo(isSwarm() ? no(Refusal.CONFLICT) : DONE);

      assertThat(bob.takes(drawer, bobsNonce))
          .isEqualTo(new Answer.Given<>(isSwarm() ? drawer.object() : notice));
      assertThat(bob.takes(drawer, nonce())).isEqualTo(no(Refusal.TAKEN));
    }

    @Test
    void puttingTheSameTwiceIsLikePuttingItOnce() throws Exception {
      Drawer drawer = drawer(today.plus(7));
      assertThat(alice.puts(drawer)).isEqualTo(DONE);
      assertThat(alice.puts(drawer)).isEqualTo(DONE);

      assertThat(bob.takes(drawer, nonce())).isEqualTo(new Answer.Given<>(drawer.object()));
    }

    @Test
    void anotherOwnerCannotReplaceOrRemove() throws Exception {
      Drawer drawer = drawer(today.plus(7));
      alice.puts(drawer);
      Drawer mallorys =
          new Drawer(drawer.handle(), SecretBytes.generate(32), sealedObject(), today.plus(7));

      assertThat(bob.puts(mallorys)).isEqualTo(no(Refusal.CONFLICT));
      assertThat(bob.removes(mallorys)).isEqualTo(no(Refusal.BAD_SIGNATURE));
      assertThat(bob.takes(drawer, nonce())).isEqualTo(new Answer.Given<>(drawer.object()));
    }

    @Test
    void aRemovedDrawerIsUnknown() throws Exception {
      Drawer drawer = drawer(today.plus(7));
      alice.puts(drawer);

      assertThat(alice.removes(drawer)).isEqualTo(DONE);

      assertThat(bob.takes(drawer, nonce())).isEqualTo(no(Refusal.UNKNOWN_DRAWER));
    }

    @Test
    void aDrawerThatWasNeverLaidIsUnknown() throws Exception {
      assertThat(bob.takes(drawer(today), nonce())).isEqualTo(no(Refusal.UNKNOWN_DRAWER));
    }

    @Test
    void aStrangerToTheOperatorLaysSomethingOnlyWhereThereIsNone() throws Exception {
      Drawer drawer = drawer(today.plus(7));

      assertThat(alice.puts(drawer, Fixtures.token()))
          .isEqualTo(isSwarm() ? DONE : no(Refusal.NOT_ADMITTED));
      assertThat(bob.takes(drawer, nonce()))
          .isEqualTo(isSwarm() ? new Answer.Given<>(drawer.object()) : no(Refusal.UNKNOWN_DRAWER));
    }

    @Test
    void aDrawerForADayThatIsOverIsRefused() throws Exception {
      assertThat(alice.puts(drawer(today.plus(-2)))).isEqualTo(no(Refusal.WRONG_DAY));
    }
  }

  @Nested
  class LosingTheNode {
    @Test
    void withoutANodeEverythingEndsAsUnreachable() throws Exception {
      world.stopNode();

      assertThat(alice.deposits(forBob())).isEqualTo(new Handoff.Unreachable());
      assertThat(bob.opens(bobsMailbox, today)).isEqualTo(new Answer.Unreachable<>());
      assertThat(bob.fetches(bobsMailbox, today, 0)).isEqualTo(new Answer.Unreachable<>());
    }

    @Test
    void whatWasAcknowledgedOutlivesTheNode() throws Exception {
      bobOpensToday();
      Deposit deposit = forBob();
      assertThat(alice.deposits(deposit)).isEqualTo(ACCEPTED);

      world.stopNode();
      world.startNode();

      assertThat(new Device(world).reads(bobsMailbox, today)).satisfiesExactly(is(deposit));
    }

    @Test
    void aSubscriptionIsTakenUpAgain() throws Exception {
      bobOpensToday();
      HeardMail mail = bob.subscribes(bobsMailbox, today);
      mail.calls.next(HeardMail.Call.CaughtUp.class);

      world.stopNode();
      world.startNode();
      bob.carrier.hurry();
      mail.calls.next(HeardMail.Call.CaughtUp.class);
      Deposit deposit = forBob();
      assertThat(new Device(world).deposits(deposit)).isEqualTo(ACCEPTED);

      assertThat(mail.nextEnvelope().id()).isEqualTo(deposit.id());
    }

    @Test
    void reachabilityTellsOfLossAndReturn() throws Exception {
      Heard<Reachability> heard = new Heard<>();
      bobOpensToday();
      bob.carrier.onReachability(heard);
      assertThat(heard.next()).isInstanceOf(Reachability.Reachable.class);

      world.stopNode();
      Reachability lost = heard.next(Reachability.Lost.class);
      world.startNode();
      bob.carrier.hurry();
      Reachability back = heard.next(Reachability.Reachable.class);

      assertThat(lost.place()).isEqualTo(world.place());
      assertThat(back.place()).isEqualTo(world.place());
    }
  }
}
