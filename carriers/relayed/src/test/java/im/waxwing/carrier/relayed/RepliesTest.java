package im.waxwing.carrier.relayed;

import static org.assertj.core.api.Assertions.assertThat;

import im.waxwing.base.ByteString;
import im.waxwing.carrier.contract.Fixtures;
import im.waxwing.model.NodeKey;
import im.waxwing.packet.Geometry;
import im.waxwing.packet.Hop;
import im.waxwing.packet.PacketKey;
import im.waxwing.packet.PacketUnwrapper;
import im.waxwing.packet.PacketWrapper;
import im.waxwing.packet.ReplyId;
import im.waxwing.packet.Unwrapped;
import im.waxwing.protocol.AnswerCode;
import im.waxwing.protocol.Frame;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RepliesTest {
  private static final Frame.Notice ANSWER =
      new Frame.Answer(7, AnswerCode.OK, Fixtures.random(100));

  private final PacketKey relay = PacketKey.generate();
  private final PacketKey home = PacketKey.generate();
  private final List<Hop> back = List.of(hop(relay), hop(home));
  private final PacketWrapper wrapper = new PacketWrapper(Geometry.STANDARD);
  private final Replies replies = new Replies(wrapper);
  private final List<Frame.Notice> heard = new ArrayList<>();

  private static Hop hop(PacketKey key) {
    return Hop.of(new NodeKey(Fixtures.random(32)), key.publicKey());
  }

  private Replies.Given give() {
    return replies.expect(back, (_, notice) -> heard.add(notice));
  }

  /// What a node makes of the block, and what the first node of Alice's path hands over.
  private Unwrapped.Reply travel(Replies.Given given, byte[] payload) throws Exception {
    PacketUnwrapper unwrapper = new PacketUnwrapper(Geometry.STANDARD);
    byte[] packet = wrapper.reply(given.block(), payload).packet().toByteArray();
    Unwrapped.Forward forward = (Unwrapped.Forward) unwrapper.unwrap(relay, packet);
    return (Unwrapped.Reply) unwrapper.unwrap(home, forward.packet().toByteArray());
  }

  private static Frame.Reply frame(Unwrapped.Reply reply) {
    return new Frame.Reply(reply.reply(), reply.sealed());
  }

  @Test
  void anAnswerIsOpenedOnce() throws Exception {
    Unwrapped.Reply reply = travel(give(), ANSWER.encodeReply());

    replies.received(frame(reply));
    replies.received(frame(reply));

    assertThat(reply.recipient()).isEqualTo(replies.recipient());
    assertThat(heard).containsExactly(ANSWER);
  }

  @Test
  void answersComeInAnyOrder() throws Exception {
    Unwrapped.Reply first = travel(give(), ANSWER.encodeReply());
    Frame.Notice caughtUp = new Frame.CaughtUp(9);
    Unwrapped.Reply second = travel(give(), caughtUp.encodeReply());

    replies.received(frame(second));
    replies.received(frame(first));

    assertThat(heard).containsExactly(caughtUp, ANSWER);
  }

  @Test
  void whatTheFirstNodeMakesUpIsNothingAndSpoilsNothing() throws Exception {
    Replies.Given given = give();
    Unwrapped.Reply reply = travel(given, ANSWER.encodeReply());
    ByteString garbage = Fixtures.random(Frame.Reply.SEALED_SIZE);

    replies.received(new Frame.Reply(new ReplyId(Fixtures.random(16)), garbage));
    replies.received(new Frame.Reply(given.id(), garbage));
    assertThat(heard).isEmpty();
    replies.received(frame(reply));

    assertThat(heard).containsExactly(ANSWER);
  }

  @Test
  void anAnswerByAnotherBlockIsNothing() throws Exception {
    Replies.Given one = give();
    Unwrapped.Reply other = travel(give(), ANSWER.encodeReply());

    replies.received(new Frame.Reply(one.id(), other.sealed()));

    assertThat(heard).isEmpty();
  }

  @Test
  void anAnswerThatIsNoNoticeIsNothing() throws Exception {
    Unwrapped.Reply reply = travel(give(), new byte[] {42});

    replies.received(frame(reply));

    assertThat(heard).isEmpty();
  }

  @Test
  void aBlockGivenUpOpensNothing() throws Exception {
    Replies.Given given = give();
    Unwrapped.Reply reply = travel(given, ANSWER.encodeReply());

    replies.forget(given.id());
    replies.received(frame(reply));

    assertThat(heard).isEmpty();
  }
}
