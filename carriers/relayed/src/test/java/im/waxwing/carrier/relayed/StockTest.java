package im.waxwing.carrier.relayed;

import static org.assertj.core.api.Assertions.assertThat;

import im.waxwing.carrier.Carrier;
import im.waxwing.carrier.contract.Fixtures;
import im.waxwing.carrier.contract.HeardMail;
import im.waxwing.model.Day;
import im.waxwing.model.EnvelopeId;
import im.waxwing.model.NodeAddress;
import im.waxwing.model.Path;
import im.waxwing.protocol.Frame;
import im.waxwing.protocol.Held;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StockTest {
  private static final Timing IMPATIENT =
      new Timing(
          Duration.ofMillis(1_500),
          Duration.ofSeconds(60),
          Duration.ofMillis(20),
          Duration.ofMillis(200),
          Duration.ofMinutes(20));

  @TempDir java.nio.file.Path folder;
  private final HeardMail mail = new HeardMail();
  private FakePair nodes;
  private Carrier bob;

  @BeforeEach
  void subscribe() throws Exception {
    nodes = new FakePair(folder);
    bob = RelayedCarrier.start(Clock.systemUTC(), IMPATIENT);
    bob.livesAt(new NodeAddress.WithAdmission(nodes.first(), Fixtures.token()));
    Path path = Path.through(nodes.first(), nodes.second());
    Day today = Day.of(Clock.systemUTC().instant());
    var _ = bob.subscribe(path, Fixtures.mailboxAt(nodes.second()), today, mail);
  }

  @AfterEach
  void close() {
    bob.close();
    nodes.close();
  }

  /// A subscription with eight blocks: those of the first request and of the next.
  private FakePair.Asked begin() throws Exception {
    FakePair.Asked subscribed = nodes.asked.next();
    nodes.agree(subscribed);
    FakePair.Asked filled = nodes.asked.next();
    assertThat(filled.number()).isEqualTo(subscribed.number());
    nodes.agree(filled);
    return filled;
  }

  private void push(FakePair.Asked by, int block, long sequence) throws Exception {
    EnvelopeId id = new EnvelopeId(Fixtures.random(EnvelopeId.SIZE));
    Held held = new Held(sequence, id, Fixtures.envelope());
    nodes.say(by, block, new Frame.Push(by.number(), held));
  }

  @Test
  void theStockIsFilledUpWhenFewerThanFourBlocksAreLeft() throws Exception {
    FakePair.Asked begun = begin();

    push(begun, 1, 1);
    FakePair.Asked filled = nodes.asked.next();

    assertThat(filled.number()).isEqualTo(begun.number());
    assertThat(filled.blocks()).hasSize(5).doesNotContainAnyElementsOf(begun.blocks());
    assertThat(mail.nextEnvelope().sequence()).isEqualTo(1);
  }

  @Test
  void anEnvelopePassedOverBeginsTheSubscriptionAnew() throws Exception {
    FakePair.Asked begun = begin();
    push(begun, 1, 7);
    nodes.say(begun, 2, new Frame.CaughtUp(begun.number()));
    nodes.agree(nodes.asked.next());

    push(begun, 3, 9);
    FakePair.Asked anew = nodes.asked.next();
    while (anew.number() == begun.number()) {
      nodes.agree(anew);
      anew = nodes.asked.next();
    }

    assertThat(mail.nextEnvelope().sequence()).isEqualTo(7);
    assertThat(mail.nextEnvelope().sequence()).isEqualTo(9);
  }

  @Test
  void envelopesThatOvertakeEachOtherAreNotMissing() throws Exception {
    FakePair.Asked begun = begin();
    push(begun, 1, 7);
    nodes.say(begun, 2, new Frame.CaughtUp(begun.number()));
    FakePair.Asked more = nodes.asked.next();
    nodes.agree(more);

    push(begun, 4, 9);
    push(begun, 3, 8);
    push(more, 1, 10);

    assertThat(nodes.asked.next().number()).isEqualTo(begun.number());
    for (long sequence : new long[] {7, 9, 8, 10}) {
      assertThat(mail.nextEnvelope().sequence()).isEqualTo(sequence);
    }
  }

  @Test
  void withoutAnAnswerTheSubscriptionIsBegunAnew() throws Exception {
    FakePair.Asked first = nodes.asked.next();

    FakePair.Asked next = nodes.asked.next();
    while (next.number() == first.number()) {
      next = nodes.asked.next();
    }

    assertThat(next.blocks()).hasSize(5).doesNotContainAnyElementsOf(first.blocks());
  }

  @Test
  void pushesOfAFormerSubscriptionAreNotTold() throws Exception {
    FakePair.Asked former = nodes.asked.next();
    FakePair.Asked present = nodes.asked.next();
    while (present.number() == former.number()) {
      present = nodes.asked.next();
    }
    nodes.agree(present);

    EnvelopeId id = new EnvelopeId(Fixtures.random(EnvelopeId.SIZE));
    nodes.say(present, 1, new Frame.Push(former.number(), new Held(5, id, Fixtures.envelope())));
    push(present, 2, 6);

    assertThat(mail.nextEnvelope().sequence()).isEqualTo(6);
  }
}
