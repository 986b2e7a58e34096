package im.waxwing.node;

import static org.assertj.core.api.Assertions.assertThat;

import im.waxwing.base.ByteString;
import im.waxwing.model.Day;
import im.waxwing.model.NodeKey;
import im.waxwing.protocol.AnswerCode;
import im.waxwing.protocol.Frame;
import im.waxwing.protocol.swarm.PeerRequest;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PeerAsksTest {
  private static final PeerRequest REQUEST = new PeerRequest.AskDay(new Day(20_780));

  private final NodeKey bob = new NodeKey(Mailboxes.random(32));
  private final NodeKey mallory = new NodeKey(Mailboxes.random(32));
  private final BlockingQueue<Frame> sent = new LinkedBlockingQueue<>();
  private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
  private PeerAsks asks = asks(Duration.ofMinutes(10));

  private PeerAsks asks(Duration patience) {
    return new PeerAsks((_, frame) -> sent.add(frame), patience);
  }

  @AfterEach
  void close() {
    asks.close();
  }

  private void ask() {
    asks.ask(
        bob,
        REQUEST,
        new SwarmPeers.Hearing() {
          @Override
          public void answered(AnswerCode code, ByteString body) {
            heard.add(code.name());
          }

          @Override
          public void unanswered() {
            heard.add("nothing");
          }
        });
  }

  private long asked() throws InterruptedException {
    return ((Frame.PeerRequest) sent.take()).number();
  }

  private static Frame.PeerAnswer answer(long number) {
    return new Frame.PeerAnswer(number, AnswerCode.OK, ByteString.EMPTY);
  }

  @Test
  void anAnswerIsHeardOnceAndFromTheOneWhoWasAsked() throws Exception {
    ask();
    long number = asked();

    assertThat(asks.heard(mallory, answer(number))).isFalse();
    assertThat(asks.heard(bob, answer(number + 1))).isFalse();
    assertThat(asks.heard(bob, answer(number))).isTrue();
    assertThat(asks.heard(bob, answer(number))).isFalse();

    assertThat(heard).containsExactly("OK");
  }

  @Test
  void whoDoesNotAnswerInTimeIsNotWaitedFor() throws Exception {
    asks.close();
    asks = asks(Duration.ofMillis(1));
    ask();

    assertThat(heard.poll(30, TimeUnit.SECONDS)).isEqualTo("nothing");
    assertThat(asks.heard(bob, answer(asked()))).isFalse();
  }

  @Test
  void onlySoManyQuestionsWaitForOneNode() {
    for (int i = 0; i < PeerAsks.MOST_OF_A_NODE + 3; i++) {
      ask();
    }

    assertThat(sent).hasSize(PeerAsks.MOST_OF_A_NODE);
    assertThat(heard).containsExactly("nothing", "nothing", "nothing");
  }

  @Test
  void nothingIsLeftWaitingAtTheEnd() {
    ask();
    asks.close();

    assertThat(heard).containsExactly("nothing");
  }
}
