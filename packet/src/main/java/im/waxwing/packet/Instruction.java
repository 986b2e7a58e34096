package im.waxwing.packet;

import im.waxwing.base.ByteString;
import im.waxwing.base.MalformedException;
import im.waxwing.model.NodeKey;
import java.nio.ByteBuffer;

/// What one layer of a header tells its node, encoded as commands (packet.md §4).
///
/// Stricter than Katzenpost: the order of commands is fixed, each stands at most once, and zeros
/// must fill the rest. Packets made by others' senders keep to this.
sealed interface Instruction {

  // packet.md §4; the numbers are Katzenpost's
  byte END = 0x00;
  byte NEXT_HOP = 0x01;
  byte RECIPIENT = 0x02;
  byte REPLY = 0x03;
  byte DELAY = (byte) 0x80;

  /// Hold the packet, then give it to `next`, whose header code is `mac`.
  record PassOn(long delayMillis, NodeKey next, ByteString mac) implements Instruction {
    @Override
    public void encode(byte[] commands) {
      ByteBuffer buffer = ByteBuffer.wrap(commands);
      if (delayMillis > 0) {
        buffer.put(DELAY).putInt((int) delayMillis);
      }
      buffer.put(NEXT_HOP).put(next.bytes().toByteArray()).put(mac.toByteArray());
    }
  }

  /// The path ends here; the payload is for `recipient`.
  record HandOver(RecipientId recipient) implements Instruction {
    @Override
    public void encode(byte[] commands) {
      ByteBuffer.wrap(commands).put(RECIPIENT).put(recipient.bytes().toByteArray());
    }
  }

  /// The path of a reply block ends here; the payload is the answer `reply` for `recipient`.
  record HandOverReply(RecipientId recipient, ReplyId reply) implements Instruction {
    @Override
    public void encode(byte[] commands) {
      ByteBuffer.wrap(commands)
          .put(RECIPIENT)
          .put(recipient.bytes().toByteArray())
          .put(REPLY)
          .put(reply.bytes().toByteArray());
    }
  }

  /// Writes the commands into an array of [Geometry#COMMANDS_LENGTH] zeros.
  void encode(byte[] commands);

  /// Reads the first [Geometry#COMMANDS_LENGTH] bytes.
  static Instruction decode(byte[] commands) throws MalformedException {
    ByteBuffer buffer = ByteBuffer.wrap(commands, 0, Geometry.COMMANDS_LENGTH);
    Instruction instruction =
        switch (buffer.get()) {
          case DELAY -> delayed(buffer);
          case NEXT_HOP -> passOn(0, buffer);
          case RECIPIENT -> handOver(buffer);
          default -> throw new MalformedException("command", "is unknown");
        };
    while (buffer.hasRemaining()) {
      if (buffer.get() != END) {
        throw new MalformedException("commands", "must end with zeros");
      }
    }
    return instruction;
  }

  private static Instruction delayed(ByteBuffer buffer) throws MalformedException {
    long delayMillis = Integer.toUnsignedLong(buffer.getInt());
    if (buffer.get() != NEXT_HOP) {
      throw new MalformedException("delay", "must precede a next hop");
    }
    return passOn(delayMillis, buffer);
  }

  private static Instruction passOn(long delayMillis, ByteBuffer buffer) {
    return new PassOn(
        delayMillis, new NodeKey(take(buffer, Hop.NODE_LENGTH)), take(buffer, Geometry.MAC_LENGTH));
  }

  private static Instruction handOver(ByteBuffer buffer) {
    RecipientId recipient = new RecipientId(take(buffer, RecipientId.LENGTH));
    if (buffer.get(buffer.position()) != REPLY) {
      return new HandOver(recipient);
    }
    buffer.get();
    return new HandOverReply(recipient, new ReplyId(take(buffer, ReplyId.LENGTH)));
  }

  private static ByteString take(ByteBuffer buffer, int length) {
    byte[] bytes = new byte[length];
    buffer.get(bytes);
    return ByteString.copyOf(bytes);
  }
}
