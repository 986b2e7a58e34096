package im.waxwing.packet;

import static im.waxwing.fuzz.Cases.flip;
import static im.waxwing.fuzz.Cases.repeat;
import static im.waxwing.fuzz.Cases.run;
import static im.waxwing.fuzz.Cases.set;

import im.waxwing.base.ByteString;
import im.waxwing.base.SecretBytes;
import im.waxwing.fuzz.Cases;
import im.waxwing.fuzz.Target;
import im.waxwing.model.NodeKey;
import im.waxwing.primitives.X25519;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/// Packets and reply blocks, as nodes and devices get them. Those of the hybrid profile are of two
/// hops and 64 bytes of payload, to be mutated faster.
public final class PacketTargets {
  private static final Geometry GEOMETRY = Geometry.STANDARD;
  private static final PacketKey KEY =
      PacketKey.of(Profile.NIKE, SecretBytes.copyOf(repeat(7, 32)));
  private static final RecipientId RECIPIENT = new RecipientId(run(8, RecipientId.LENGTH));
  private static final byte[] PAYLOAD = "hello".getBytes(StandardCharsets.US_ASCII);
  private static final Hop HERE = new Hop(new NodeKey(run(9, NodeKey.SIZE)), KEY.publicKey(), 0);
  private static final Hop NEXT =
      new Hop(new NodeKey(run(10, NodeKey.SIZE)), KEY.publicKey(), 1_000);
  private static final OwnReplyBlock BLOCK =
      wrapper().replyBlock(List.of(HERE), RECIPIENT, new ReplyId(run(11, ReplyId.LENGTH)));

  private static final Geometry HYBRID = new Geometry(Profile.HYBRID, 2, 64);
  private static final PacketKey HYBRID_KEY =
      PacketKey.of(Profile.HYBRID, SecretBytes.copyOf(repeat(7, 96)));
  private static final Hop HYBRID_HOP =
      new Hop(new NodeKey(run(9, NodeKey.SIZE)), HYBRID_KEY.publicKey(), 0);

  private PacketTargets() {}

  public static List<Target> all() {
    return List.of(
        Target.of(
            "packet",
            "im.waxwing.packet.PacketUnwrapper#unwrap",
            input -> new PacketUnwrapper(GEOMETRY).unwrap(KEY, input),
            PacketTargets::packets),
        Target.of(
            "packet-hybrid",
            "im.waxwing.packet.PacketUnwrapper#unwrap",
            input -> new PacketUnwrapper(HYBRID).unwrap(HYBRID_KEY, input),
            PacketTargets::hybridPackets),
        Target.of(
            "packet-commands",
            "im.waxwing.packet.Instruction#decode",
            input -> Instruction.decode(Arrays.copyOf(input, Geometry.COMMANDS_LENGTH)),
            PacketTargets::commands),
        Target.of(
            "reply-block",
            "im.waxwing.packet.ReplyBlock#decode",
            input ->
                wrapper().reply(ReplyBlock.decode(GEOMETRY, ByteString.copyOf(input)), PAYLOAD),
            () ->
                new Cases()
                    .with("success", BLOCK.block().bytes())
                    .with("cut-short", BLOCK.block().bytes().slice(1, 40))),
        Target.of(
            "reply",
            "im.waxwing.packet.PacketWrapper#openReply",
            input -> wrapper().openReply(BLOCK.keys(), ByteString.copyOf(input)),
            PacketTargets::replies));
  }

  private static PacketWrapper wrapper() {
    return new PacketWrapper(GEOMETRY, new Lioness(), new Random(1));
  }

  private static Cases packets() {
    byte[] packet = wrap(HERE);
    return new Cases()
        .with("success-deliver", packet)
        .with("success-forward", wrap(HERE, NEXT))
        .with("success-reply", wrapper().reply(BLOCK.block(), PAYLOAD).packet())
        .with("cut-short", Cases.cut(packet, 100))
        .with("unknown-version", set(packet, 1, 1))
        .with("low-order-point", lowOrder(packet))
        .with("wrong-code", flip(packet, GEOMETRY.macAt()))
        .with("changed-payload", flip(packet, -1));
  }

  private static Cases hybridPackets() {
    var wrapper = new PacketWrapper(HYBRID, new Lioness(), new Random(1));
    byte[] packet = hybrid(wrapper, HYBRID_HOP);
    OwnReplyBlock block =
        wrapper.replyBlock(List.of(HYBRID_HOP), RECIPIENT, new ReplyId(run(11, ReplyId.LENGTH)));
    byte[] lowOrder = packet.clone();
    Arrays.fill(lowOrder, Geometry.ELEMENT_AT, Geometry.ELEMENT_AT + X25519.LENGTH, (byte) 0);
    return new Cases()
        .with("success-deliver", packet)
        .with("success-forward", hybrid(wrapper, HYBRID_HOP, HYBRID_HOP))
        .with("success-reply", wrapper.reply(block.block(), PAYLOAD).packet())
        .with("cut-short", Cases.cut(packet, 1_500))
        .with("unknown-version", set(packet, 1, 1))
        .with("low-order-point", lowOrder)
        .with("other-ciphertext", flip(packet, 1_000))
        .with("wrong-code", flip(packet, HYBRID.macAt()))
        .with("changed-payload", flip(packet, -1));
  }

  private static byte[] hybrid(PacketWrapper wrapper, Hop... path) {
    return wrapper.wrap(List.of(path), RECIPIENT, PAYLOAD).packet().toByteArray();
  }

  private static byte[] wrap(Hop... path) {
    return wrapper().wrap(List.of(path), RECIPIENT, PAYLOAD).packet().toByteArray();
  }

  private static byte[] lowOrder(byte[] packet) {
    byte[] changed = packet.clone();
    Arrays.fill(changed, Geometry.ELEMENT_AT, GEOMETRY.routingAt(), (byte) 0);
    return changed;
  }

  private static Cases commands() {
    byte[] handOver = encoded(new Instruction.HandOver(RECIPIENT));
    Instruction reply =
        new Instruction.HandOverReply(RECIPIENT, new ReplyId(run(1, ReplyId.LENGTH)));
    byte[] delayed = encoded(new Instruction.PassOn(5, NEXT.node(), run(2, Geometry.MAC_LENGTH)));
    return new Cases()
        .with("success-hand-over", handOver)
        .with("success-hand-over-reply", encoded(reply))
        .with("success-pass-on-later", delayed)
        .with(
            "success-pass-on",
            encoded(new Instruction.PassOn(0, NEXT.node(), run(2, Geometry.MAC_LENGTH))))
        .with("unknown-command", set(handOver, 0, 9))
        .with("no-zeros-at-the-end", set(handOver, -1, 1))
        .with("delay-without-next-hop", set(delayed, 5, Instruction.RECIPIENT));
  }

  private static byte[] encoded(Instruction instruction) {
    byte[] commands = new byte[Geometry.COMMANDS_LENGTH];
    instruction.encode(commands);
    return commands;
  }

  private static Cases replies() throws Exception {
    byte[] packet = wrapper().reply(BLOCK.block(), PAYLOAD).packet().toByteArray();
    var arrived = (Unwrapped.Reply) new PacketUnwrapper(GEOMETRY).unwrap(KEY, packet);
    byte[] sealed = arrived.sealed().toByteArray();
    return new Cases()
        .with("success", sealed)
        .with("cut-short", Cases.cut(sealed, 10))
        .with("changed", flip(sealed, 0));
  }
}
