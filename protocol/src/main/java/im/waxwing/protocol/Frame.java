package im.waxwing.protocol;

import im.waxwing.base.ByteReader;
import im.waxwing.base.ByteString;
import im.waxwing.base.MalformedException;
import im.waxwing.packet.Geometry;
import im.waxwing.packet.RecipientId;
import im.waxwing.packet.ReplyId;
import java.util.Arrays;

/// What travels on a link, 4,096 bytes each and one TLS record each, so that a link's observer sees
/// only how many there are: kind u8 ‖ zeros 3 ‖ body 4,092 (node.md §2).
public sealed interface Frame {
  int SIZE = 4096;
  int HEADER_SIZE = 4;
  int BODY_SIZE = SIZE - HEADER_SIZE;

  /// Asks for a [Pong], so that both sides know the link lives.
  record Ping() implements Frame {}

  record Pong() implements Frame {}

  /// The node's word about itself; the first frame of a link, from the node. On a peer link also
  /// from the node that dialled.
  record AboutNode(NodeInfo info) implements Frame {}

  /// A packet (packet.md), from a device or, on a peer link, from a node.
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

  /// What a node tells a device of its requests and mailboxes: as a frame of their link, or, cut to
  /// the length of a payload, by a reply block.
  sealed interface Notice extends Frame {
    /// Bytes of a payload: [#SIZE] less zeros.
    int REPLY_SIZE = Geometry.STANDARD.payloadLength();

    /// The clear payload of a reply, [#REPLY_SIZE] bytes.
    default byte[] encodeReply() {
      return Arrays.copyOf(encode(), REPLY_SIZE);
    }

    /// Reads what [im.waxwing.packet.PacketWrapper#openReply] gives.
    ///
    /// @throws MalformedException if the length is not [#REPLY_SIZE], or the bytes are no notice
    static Notice decodeReply(ByteString payload) throws MalformedException {
      if (payload.size() != REPLY_SIZE) {
        throw new MalformedException("reply", "must have " + REPLY_SIZE + " bytes");
      }
      if (decode(Arrays.copyOf(payload.toByteArray(), SIZE)) instanceof Notice notice) {
        return notice;
      }
      throw new MalformedException("kind", "must be one that answers");
    }
  }

  /// What became of a request.
  ///
  /// @param body empty, or as the operation says: [FetchedPage], [SealedObject], [NodeInfo]
  record Answer(long number, AnswerCode code, ByteString body) implements Notice {
    /// So that it fits into a reply, too.
    public static final int MAX_BODY = Notice.REPLY_SIZE - HEADER_SIZE - 8 - 1 - 2;

    public Answer {
      if (body.size() > MAX_BODY) {
        throw new IllegalArgumentException("an answer has at most " + MAX_BODY + " bytes");
      }
    }
  }

  /// An envelope of a subscribed mailbox.
  record Push(long subscription, Held held) implements Notice {}

  /// All that waited when the subscription began has been pushed: a push of sequence 0.
  record CaughtUp(long subscription) implements Notice {}

  /// From now on answers to this recipient come by this link. The recipient is random and known to
  /// nobody but the device, its node and the reply blocks of the device.
  record Attach(RecipientId recipient) implements Frame {}

  /// An answer that came by reply block; only its maker can open it
  /// ([im.waxwing.packet.PacketWrapper#openReply]).
  record Reply(ReplyId id, ByteString sealed) implements Frame {
    public static final int SEALED_SIZE = Geometry.STANDARD.sealedPayloadLength();

    public Reply {
      if (sealed.size() != SEALED_SIZE) {
        throw new IllegalArgumentException("a sealed reply has " + SEALED_SIZE + " bytes");
      }
    }

    @Override
    public String toString() {
      return "Reply[redacted]";
    }
  }

  /// The first frame of a node that dialled another.
  record Peer(PeerGreeting greeting) implements Frame {}

  /// What a node asks of another (swarm.md §4).
  ///
  /// @param number unique among the asking node's unanswered ones
  record PeerRequest(long number, ByteString request) implements Frame {
    public static final int MAX_SIZE = BODY_SIZE - 8 - 2;

    public PeerRequest {
      if (request.size() > MAX_SIZE) {
        throw new IllegalArgumentException("a peer request has at most " + MAX_SIZE + " bytes");
      }
    }
  }

  /// What became of a [PeerRequest].
  record PeerAnswer(long number, AnswerCode code, ByteString body) implements Frame {
    public static final int MAX_BODY = BODY_SIZE - 8 - 1 - 2;

    public PeerAnswer {
      if (body.size() > MAX_BODY) {
        throw new IllegalArgumentException("a peer answer has at most " + MAX_BODY + " bytes");
      }
    }
  }

  /// The word of a node that the consensus lists, new to whoever sends this, handed on from node to
  /// node (consensus.md §10.2).
  record Gossip(NodeInfo info) implements Frame {}

  /// Asks for a document of an onion network (consensus.md §10); the answer is its parts.
  ///
  /// @param number chosen by who asks, unique on the link
  /// @param epoch the document's; 0: the newest
  /// @param name 32 bytes that tell documents of an epoch apart, zeros for none: an authority's key
  ///   or a hash
  /// @param known hash of the one that is there already, zeros for none
  record AskDocument(long number, DocumentKind kind, long epoch, ByteString name, ByteString known)
      implements Frame {
    public static final int NAME_SIZE = 32;
    public static final ByteString NONE = ByteString.copyOf(new byte[NAME_SIZE]);

    public AskDocument {
      if (name.size() != NAME_SIZE || known.size() != NAME_SIZE) {
        throw new IllegalArgumentException("a document's name has " + NAME_SIZE + " bytes");
      }
    }
  }

  /// A part of a document: of the answer to an [AskDocument], or of one that is handed in, which is
  /// answered by a part with the same number. Parts come in order, of at most [#MAX_DOCUMENT] bytes
  /// together. Part 0 of 0: there is no such document, or it is not taken. An empty document: it is
  /// the known one, or it is taken.
  record DocumentPart(long number, DocumentKind kind, int part, int count, ByteString bytes)
      implements Frame {
    public static final int MAX_DOCUMENT = 1 << 20;
    public static final int MAX_BYTES = BODY_SIZE - 8 - 1 - 2 - 2 - 2;

    /// How many parts the largest document has.
    public static final int MAX_PARTS = (MAX_DOCUMENT + MAX_BYTES - 1) / MAX_BYTES;

    public DocumentPart {
      if (!isPart(part, count, bytes.size())) {
        throw new IllegalArgumentException("not a part of a document");
      }
    }

    private static boolean isPart(int part, int count, int size) {
      return count <= MAX_PARTS && size <= MAX_BYTES && (part < count || part + count + size == 0);
    }

    private static DocumentPart read(ByteReader reader) throws MalformedException {
      long number = reader.u64("number");
      DocumentKind kind = DocumentKind.of(reader.u8("document kind"));
      int part = reader.u16("part");
      int count = reader.u16("count");
      int length = reader.u16("length");
      if (!isPart(part, count, length)) {
        throw new MalformedException("part", "must be one of a document");
      }
      return new DocumentPart(number, kind, part, count, reader.bytes("document", length));
    }

    @Override
    public String toString() {
      return "DocumentPart[redacted]";
    }
  }

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
      case Attach(RecipientId recipient) -> kind(writer, 6).bytes(recipient.bytes());
      case Reply(ReplyId id, ByteString sealed) -> kind(writer, 7).bytes(id.bytes()).bytes(sealed);
      case Peer(PeerGreeting greeting) -> kind(writer, 8).bytes(greeting.encode());
      case AskDocument ask ->
          kind(writer, 9)
              .u64(ask.number())
              .u8(ask.kind().number())
              .u64(ask.epoch())
              .bytes(ask.name())
              .bytes(ask.known());
      case DocumentPart part ->
          kind(writer, 10)
              .u64(part.number())
              .u8(part.kind().number())
              .u16(part.part())
              .u16(part.count())
              .u16(part.bytes().size())
              .bytes(part.bytes());
      case PeerRequest(long number, ByteString request) ->
          kind(writer, 11).u64(number).u16(request.size()).bytes(request);
      case PeerAnswer(long number, AnswerCode code, ByteString body) ->
          kind(writer, 12).u64(number).u8(code.number()).u16(body.size()).bytes(body);
      case Gossip(NodeInfo info) -> kind(writer, 13).bytes(info.encode());
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
      case 6 -> new Attach(new RecipientId(reader.bytes("recipient", RecipientId.LENGTH)));
      case 7 -> readReply(reader);
      case 8 -> new Peer(PeerGreeting.read(reader));
      case 9 -> readAsk(reader);
      case 10 -> DocumentPart.read(reader);
      case 11 -> readPeerRequest(reader);
      case 12 -> readPeerAnswer(reader);
      case 13 -> new Gossip(NodeInfo.read(reader));
      default -> throw new MalformedException("kind", "must be a known one");
    };
  }

  private static Answer readAnswer(ByteReader reader) throws MalformedException {
    long number = reader.u64("request number");
    AnswerCode code = AnswerCode.of(reader.u8("answer code"));
    int length = reader.u16("answer length");
    if (length > Answer.MAX_BODY) {
      throw new MalformedException("answer length", "must be at most " + Answer.MAX_BODY);
    }
    return new Answer(number, code, reader.bytes("answer", length));
  }

  private static PeerRequest readPeerRequest(ByteReader reader) throws MalformedException {
    long number = reader.u64("request number");
    int length = reader.u16("request length");
    return new PeerRequest(number, reader.bytes("request", length));
  }

  private static PeerAnswer readPeerAnswer(ByteReader reader) throws MalformedException {
    long number = reader.u64("request number");
    AnswerCode code = AnswerCode.of(reader.u8("answer code"));
    int length = reader.u16("answer length");
    return new PeerAnswer(number, code, reader.bytes("answer", length));
  }

  private static Reply readReply(ByteReader reader) throws MalformedException {
    ReplyId id = new ReplyId(reader.bytes("reply id", ReplyId.LENGTH));
    return new Reply(id, reader.bytes("reply", Reply.SEALED_SIZE));
  }

  private static AskDocument readAsk(ByteReader reader) throws MalformedException {
    return new AskDocument(
        reader.u64("number"),
        DocumentKind.of(reader.u8("document kind")),
        reader.u64("epoch"),
        reader.bytes("name", AskDocument.NAME_SIZE),
        reader.bytes("known", AskDocument.NAME_SIZE));
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
