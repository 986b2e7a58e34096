package im.waxwing.carrier.relayed;

import static im.waxwing.carrier.contract.Fixtures.depositFor;
import static org.assertj.core.api.Assertions.assertThat;

import im.waxwing.base.ByteString;
import im.waxwing.base.MalformedException;
import im.waxwing.base.SecretBytes;
import im.waxwing.carrier.Carrier;
import im.waxwing.carrier.Deposit;
import im.waxwing.carrier.Handoff;
import im.waxwing.carrier.Refusal;
import im.waxwing.carrier.contract.Fixtures;
import im.waxwing.carrier.contract.Heard;
import im.waxwing.model.Day;
import im.waxwing.model.NodeKey;
import im.waxwing.model.OwnMailbox;
import im.waxwing.protocol.AnswerCode;
import im.waxwing.protocol.MailboxDay;
import im.waxwing.protocol.swarm.Kept;
import im.waxwing.protocol.swarm.Receipt;
import im.waxwing.protocol.swarm.Receipts;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Members of a swarm who say that an envelope is kept, and lie: nobody believes a member.
class LyingMemberTest {
  @TempDir Path folder;
  private final Day today = Day.of(Clock.systemUTC().instant());
  private final Carrier alice = RelayedCarrier.start(Clock.systemUTC(), PathWorld.QUICK);
  private final List<NodeKey> asked = new CopyOnWriteArrayList<>();
  private FakeNetwork network;
  private Deposit deposit;
  private volatile FakeNetwork.Member behaviour = _ -> {};

  @BeforeEach
  void enter() throws Exception {
    network =
        new FakeNetwork(
            folder,
            FakeNetwork.FAST,
            request -> {
              asked.add(request.member);
              behaviour.asked(request);
            });
    OwnMailbox bobs = Fixtures.mailboxAt(network.address());
    deposit = depositFor(bobs, today);
  }

  @AfterEach
  void close() throws Exception {
    alice.close();
    network.close();
  }

  private Handoff handoff() throws InterruptedException {
    alice.enters(network.address(), new Notes());
    Heard<Handoff> heard = new Heard<>();
    alice.deposit(im.waxwing.model.Path.into(network.address()), deposit, heard);
    return heard.next();
  }

  /// The first member that is asked behaves so, all others keep the envelope.
  private void firstSays(Receipts lie) {
    behaviour =
        request ->
            request.answer(
                AnswerCode.OK, asked.size() == 1 ? lie.encode() : truth(today, 3).encode());
  }

  private Kept kept(Day day) throws MalformedException {
    return Kept.of(network.address().name(), mailbox().id(), deposit.id(), deposit.envelope(), day);
  }

  private MailboxDay mailbox() throws MalformedException {
    return MailboxDay.of(deposit.target(), today);
  }

  private List<NodeKey> members() throws MalformedException {
    return network.swarm(mailbox());
  }

  private Receipts truth(Day day, int count) throws MalformedException {
    List<Receipt> receipts = new ArrayList<>();
    for (NodeKey member : members().subList(0, count)) {
      receipts.add(kept(day).receipt(network.seedOf(member)));
    }
    return new Receipts(receipts);
  }

  private void assertTheLieIsFound() throws Exception {
    assertThat(handoff()).isEqualTo(new Handoff.Accepted());
    assertThat(asked).hasSize(2).doesNotHaveDuplicates();
  }

  @Test
  void threeReceiptsOfMembersAreBelieved() throws Exception {
    behaviour = request -> request.answer(AnswerCode.OK, truth(today, 3).encode());

    assertThat(handoff()).isEqualTo(new Handoff.Accepted());
    assertThat(asked).hasSize(1);
  }

  @Test
  void aWordWithoutReceiptsIsNot() throws Exception {
    firstSays(new Receipts(List.of()));

    assertTheLieIsFound();
  }

  @Test
  void twoReceiptsAreTooFew() throws Exception {
    firstSays(truth(today, 2));

    assertTheLieIsFound();
  }

  @Test
  void oneMemberThreeTimesIsOneMember() throws Exception {
    Receipt one = truth(today, 1).receipts().getFirst();
    firstSays(new Receipts(List.of(one, one, one)));

    assertTheLieIsFound();
  }

  @Test
  void receiptsForAnotherDayAreWorthNothing() throws Exception {
    firstSays(truth(today.plus(1), 5));

    assertTheLieIsFound();
  }

  @Test
  void forgedReceiptsAreWorthNothing() throws Exception {
    List<Receipt> forged = new ArrayList<>();
    for (NodeKey member : members()) {
      Receipt mallorys = kept(today).receipt(SecretBytes.generate(32));
      forged.add(new Receipt(member, mallorys.signature()));
    }
    firstSays(new Receipts(forged));

    assertTheLieIsFound();
  }

  @Test
  void receiptsOfStrangersAreWorthNothing() throws Exception {
    List<Receipt> strangers = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      strangers.add(kept(today).receipt(SecretBytes.generate(32)));
    }
    firstSays(new Receipts(strangers));

    assertTheLieIsFound();
  }

  @Test
  void relaysWhosePacketKeyIsNoneAreGoneAround() throws Exception {
    network.spoilOneOf(2);
    network.spoilOneOf(3);
    behaviour = request -> request.answer(AnswerCode.OK, truth(today, 3).encode());

    for (int i = 0; i < 5; i++) {
      assertThat(handoff()).isEqualTo(new Handoff.Accepted());
    }
  }

  @Test
  void whenAllLieNothingIsAccepted() throws Exception {
    behaviour = request -> request.answer(AnswerCode.OK, truth(today, 2).encode());

    assertThat(handoff()).isEqualTo(new Handoff.Unreachable());
    assertThat(Set.copyOf(asked)).isEqualTo(Set.copyOf(members()));
  }

  @Test
  void aRefusalIsBelievedWhenThreeMembersGiveIt() throws Exception {
    behaviour = request -> request.answer(AnswerCode.FULL, ByteString.EMPTY);

    assertThat(handoff()).isEqualTo(new Handoff.Refused(Refusal.FULL));
    assertThat(asked).hasSize(3).doesNotHaveDuplicates();
  }

  @Test
  void aMemberThatRefusesAloneIsPassedOver() throws Exception {
    behaviour =
        request -> {
          if (asked.size() == 1) {
            request.answer(AnswerCode.UNKNOWN_MAILBOX, ByteString.EMPTY);
          } else {
            request.answer(AnswerCode.OK, truth(today, 3).encode());
          }
        };

    assertTheLieIsFound();
  }

  @Test
  void aSilentMemberIsNotWaitedForTillTheEnd() throws Exception {
    Set<NodeKey> silent = new HashSet<>();
    behaviour =
        request -> {
          if (silent.isEmpty()) {
            silent.add(request.member);
          } else {
            request.answer(AnswerCode.OK, truth(today, 3).encode());
          }
        };

    assertThat(handoff()).isEqualTo(new Handoff.Accepted());
    assertThat(asked.getLast()).isNotIn(silent);
  }
}
