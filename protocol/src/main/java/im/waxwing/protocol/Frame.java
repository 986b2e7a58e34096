package im.waxwing.protocol;

import im.waxwing.base.ByteReader;
import im.waxwing.base.ByteString;
import im.waxwing.base.MalformedException;

/// What travels on a link, 4,096 bytes each and one TLS record each, so that a link's observer sees
/// only how many there are: kind u8 ‖ zeros 3 ‖ body 4,092 (node.md §2).
public sealed interface Frame {
  int SIZE = 4096;
  int HEADER_SIZE = 4;
  int BODY_SIZE = SIZE - HEADER_SIZE;

  /// Asks for a [Pong], so that both sides know the link lives.
  record Ping() implements Frame {}

  record Pong() implements Frame {}

  /// The node's word about itself; the first frame of a link, from the node.
  record AboutNode(NodeInfo info) implements Frame {}

  /// A packet of one layer with a request inside, from the device.
  record Packet(ByteString bytes) implements Frame {
    public Packet {
      if (bytes.size() != BODY_SIZE) {
        throw new IllegalArgumentException("a packet has " + BODY_SIZE + " bytes");
      }
    }

    @Override
    public String toString() {
      return "Packet[redacted]";
    }
  }

  /// What became of a request.
  ///
  /// @param body empty, or as the operation says: [FetchedPage], [SealedObject]
  record Answer(long number, AnswerCode code, ByteString body) implements Frame {
    public static final int MAX_BODY = BODY_SIZE - 8 - 1 - 2;

    public Answer {
      if (body.size() > MAX_BODY) {
        throw new IllegalArgumentException("an answer has at most " + MAX_BODY + " bytes");
      }
    }
  }

  /// An envelope of a subscribed mailbox.
  record Push(long subscription, Held held) implements Frame {}

  /// All that waited when the subscription began has been pushed: a push of sequence 0.
  record CaughtUp(long subscription) implements Frame {}

  /// Always [#SIZE] bytes; the caller owns them.
  default byte[] encode() {
    FieldWriter writer = new FieldWriter(SIZE);
    switch (this) {
      case Ping() -> writer.u32(0);
      case Pong() -> kind(writer, 1);
      case AboutNode(NodeInfo info) -> kind(writer, 2).bytes(info.encode());
      case Packet(ByteString bytes) -> kind(writer, 3).bytes(bytes);
      case Answer(long number, AnswerCode code, ByteString body) ->
          kind(writer, 4).u64(number).u8(code.number()).u16(body.size()).bytes(body);
      case Push(long subscription, Held held) -> held.write(kind(writer, 5).u64(subscription));
      case CaughtUp(long subscription) -> kind(writer, 5).u64(subscription);
    }
    return writer.paddedTo(SIZE);
  }

  /// @throws MalformedException if the length is not [#SIZE], a field breaks a rule, or anything
  ///   but zeros follows the last field
  static Frame decode(byte[] bytes) throws MalformedException {
    if (bytes.length != SIZE) {
      throw new MalformedException("frame", "must have " + SIZE + " bytes");
    }
    ByteReader reader = new ByteReader(bytes);
    int kind = reader.u8("kind");
    if (reader.u8("header") != 0 || reader.u16("header") != 0) {
      throw new MalformedException("header", "must be zeros");
    }
    Frame frame = read(kind, reader);
    reader.zeros("padding");
    return frame;
  }

  private static Frame read(int kind, ByteReader reader) throws MalformedException {
    return switch (kind) {
      case 0 -> new Ping();
      case 1 -> new Pong();
      case 2 -> new AboutNode(NodeInfo.read(reader));
      case 3 -> new Packet(reader.bytes("packet", BODY_SIZE));
      case 4 -> readAnswer(reader);
      case 5 -> readPush(reader);
      default -> throw new MalformedException("kind", "must be a known one");
    };
  }

  private static Answer readAnswer(ByteReader reader) throws MalformedException {
    long number = reader.u64("request number");
    AnswerCode code = AnswerCode.of(reader.u8("answer code"));
    return new Answer(number, code, reader.bytes("answer", reader.u16("answer length")));
  }

  private static Frame readPush(ByteReader reader) throws MalformedException {
    long subscription = reader.u64("subscription");
    long sequence = reader.u64("sequence");
    return sequence == 0
        ? new CaughtUp(subscription)
        : new Push(subscription, Held.read(sequence, reader));
  }

  private static FieldWriter kind(FieldWriter writer, int kind) {
    return writer.u8(kind).u8(0).u16(0);
  }
}
