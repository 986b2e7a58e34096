package im.waxwing.node;

import static org.assertj.core.api.Assertions.assertThat;

import im.waxwing.base.ByteString;
import im.waxwing.base.SecretBytes;
import im.waxwing.model.NodeAddress;
import im.waxwing.packet.Geometry;
import im.waxwing.packet.Hop;
import im.waxwing.packet.OwnReplyBlock;
import im.waxwing.packet.PacketWrapper;
import im.waxwing.packet.RecipientId;
import im.waxwing.packet.ReplyBlock;
import im.waxwing.packet.ReplyId;
import im.waxwing.protocol.AnswerCode;
import im.waxwing.protocol.Frame;
import im.waxwing.protocol.NodeInfo;
import im.waxwing.protocol.NumberedRequest;
import im.waxwing.protocol.Request;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// An app that asks nodes behind its own by packets of many layers, and hears by reply blocks.
final class Traveller implements AutoCloseable {
  private final RawLink link;
  private final Node home;
  private final RecipientId recipient = new RecipientId(Mailboxes.random(32));
  private final PacketWrapper wrapper = new PacketWrapper(Geometry.STANDARD);
  private final Map<ReplyId, SecretBytes> keys = new HashMap<>();
  private final SecureRandom random = new SecureRandom();
  private long numbers;
  private long delayMillis;

  /// Links to its home and attaches itself there.
  Traveller(Node home) throws Exception {
    this.home = home;
    this.link = RawLink.to(home);
    link.send(new Frame.Attach(recipient));
    link.roundTrip();
  }

  RawLink link() {
    return link;
  }

  Frame.Answer reach(NodeAddress node) throws InterruptedException {
    return link.ask(++numbers, new Request.Reach(node, home.address().token()));
  }

  /// The path from home to a node that home reaches.
  List<NodeInfo> pathTo(Node end) throws Exception {
    return List.of(link.info(), infoOf(end));
  }

  NodeInfo infoOf(Node node) throws Exception {
    Frame.Answer answer = reach(node.address().node());
    assertThat(answer.code()).isEqualTo(AnswerCode.OK);
    NodeInfo info = NodeInfo.decode(answer.body());
    assertThat(info.isSignedBy(node.address().node().key())).isTrue();
    return info;
  }

  ByteString wrap(List<NodeInfo> path, NumberedRequest request) {
    return wrapper.wrap(hops(path), RecipientId.NODE, request.encode()).packet();
  }

  /// A block by which the end of a path answers.
  ReplyBlock block(List<NodeInfo> path) {
    List<NodeInfo> back = path.subList(0, path.size() - 1).reversed();
    ReplyId id = new ReplyId(Mailboxes.random(ReplyId.LENGTH));
    OwnReplyBlock own = wrapper.replyBlock(hops(back), recipient, id);
    keys.put(id, own.keys());
    return own.block();
  }

  List<ReplyBlock> blocks(int count, List<NodeInfo> path) {
    List<ReplyBlock> blocks = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      blocks.add(block(path));
    }
    return blocks;
  }

  private List<Hop> hops(List<NodeInfo> path) {
    return path.stream()
        .map(node -> new Hop(node.nodeKey(), node.packetKeys().getFirst(), delayMillis))
        .toList();
  }

  /// From now on every node holds packets and answers for so long.
  void delay(long millis) {
    delayMillis = millis;
  }

  long number() {
    return random.nextLong(1, Long.MAX_VALUE);
  }

  void send(List<NodeInfo> path, NumberedRequest request) {
    link.send(new Frame.Packet(wrap(path, request)));
  }

  /// Sends a request with one reply block and takes the answer.
  Frame.Answer ask(List<NodeInfo> path, Request request) throws Exception {
    long number = number();
    send(path, new NumberedRequest(blocks(1, path), number, request));
    Frame.Answer answer = (Frame.Answer) next();
    assertThat(answer.number()).isEqualTo(number);
    return answer;
  }

  /// The next thing heard by a reply block.
  Frame.Notice next() throws Exception {
    while (true) {
      if (link.next() instanceof Frame.Reply(ReplyId id, ByteString sealed)) {
        Optional<SecretBytes> used = Optional.ofNullable(keys.remove(id));
        assertThat(used).as("a block of ours, used once").isPresent();
        return Frame.Notice.decodeReply(wrapper.openReply(used.orElseThrow(), sealed));
      }
    }
  }

  /// Nothing came that is not asked for; what was on its way when the node answered is here.
  void hearsNothing() throws Exception {
    link.roundTrip();
    assertThat(link.hasNothing()).isTrue();
  }

  @Override
  public void close() {
    link.close();
  }
}
