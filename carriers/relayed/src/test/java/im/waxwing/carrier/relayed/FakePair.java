package im.waxwing.carrier.relayed;

import im.waxwing.base.ByteString;
import im.waxwing.base.MalformedException;
import im.waxwing.base.SecretBytes;
import im.waxwing.carrier.contract.Fixtures;
import im.waxwing.carrier.contract.Heard;
import im.waxwing.model.NodeAddress;
import im.waxwing.model.NodeKey;
import im.waxwing.packet.Geometry;
import im.waxwing.packet.PacketKey;
import im.waxwing.packet.PacketUnwrapper;
import im.waxwing.packet.PacketWrapper;
import im.waxwing.packet.ReplyBlock;
import im.waxwing.packet.Unwrapped;
import im.waxwing.primitives.Ed25519;
import im.waxwing.protocol.AnswerCode;
import im.waxwing.protocol.Frame;
import im.waxwing.protocol.NodeInfo;
import im.waxwing.protocol.NumberedRequest;
import im.waxwing.protocol.Request;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;

/// A first node that passes on, and a second one behind it that does what a test says: two nodes in
/// one, whose words and packets are like real ones.
final class FakePair implements AutoCloseable {
  /// A request that reached the second node.
  record Asked(NumberedRequest request, Consumer<Frame> link) {
    long number() {
      return request.number();
    }

    List<ReplyBlock> blocks() {
      return request.blocks();
    }
  }

  final Heard<Asked> asked = new Heard<>();
  private final SecretBytes seed = SecretBytes.generate(32);
  private final PacketKey packetKey = PacketKey.generate();
  private final FakeNode first;

  FakePair(Path folder) throws Exception {
    this.first = FakeNode.scripted(folder, this::received);
  }

  NodeAddress first() {
    return first.address();
  }

  NodeAddress second() {
    try (Ed25519.SigningKey key = Ed25519.SigningKey.ofSeed(seed.exposeSecret())) {
      return new NodeAddress("127.0.0.1", 1, new NodeKey(ByteString.copyOf(key.publicKey())));
    }
  }

  private void received(Unwrapped unwrapped, Consumer<Frame> link) {
    try {
      switch (unwrapped) {
        case Unwrapped.Deliver toFirst -> reach(decode(toFirst), link);
        case Unwrapped.Forward toSecond ->
            asked.accept(new Asked(decode(openAtSecond(toSecond)), link));
        case Unwrapped.Reply _ -> throw new AssertionError("a device answers nobody");
      }
    } catch (MalformedException e) {
      throw new AssertionError(e);
    }
  }

  private static NumberedRequest decode(Unwrapped.Deliver delivered) throws MalformedException {
    return NumberedRequest.decode(delivered.payload().toByteArray());
  }

  private Unwrapped.Deliver openAtSecond(Unwrapped.Forward forward) throws MalformedException {
    byte[] packet = forward.packet().toByteArray();
    return (Unwrapped.Deliver) new PacketUnwrapper(Geometry.STANDARD).unwrap(packetKey, packet);
  }

  private void reach(NumberedRequest request, Consumer<Frame> link) {
    if (request.request() instanceof Request.Reach) {
      ByteString key = packetKey.publicKey();
      ByteString any = Fixtures.random(32);
      long epoch = Instant.now().getEpochSecond() / 3600;
      NodeInfo info = NodeInfo.sign(seed, any, Instant.now(), epoch, List.of(key, key, key), any);
      link.accept(new Frame.Answer(request.number(), AnswerCode.OK, info.encode()));
    }
  }

  /// What the second node says by one of the blocks it was sent.
  void say(Asked to, int block, Frame.Notice notice) throws MalformedException {
    ByteString packet =
        new PacketWrapper(Geometry.STANDARD)
            .reply(to.blocks().get(block), notice.encodeReply())
            .packet();
    Unwrapped.Reply reply = (Unwrapped.Reply) first.open(packet);
    to.link().accept(new Frame.Reply(reply.reply(), reply.sealed()));
  }

  void agree(Asked to) throws MalformedException {
    say(to, 0, new Frame.Answer(to.number(), AnswerCode.OK, ByteString.EMPTY));
  }

  @Override
  public void close() {
    first.close();
  }
}
