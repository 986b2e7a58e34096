package im.waxwing.protocol.swarm;

import im.waxwing.base.ByteReader;
import im.waxwing.base.ByteString;
import im.waxwing.base.MalformedException;
import im.waxwing.model.Day;
import im.waxwing.model.EnvelopeId;
import im.waxwing.protocol.FieldWriter;
import im.waxwing.protocol.Request;
import java.util.ArrayList;
import java.util.List;

/// What one member of a swarm asks of another, in a frame of their link (swarm.md §4). Whatever
/// changes something is the device's own signed request, so that no member has to believe another.
public sealed interface PeerRequest {
  /// A device's request to the swarm, as the device signed it.
  ///
  /// @param request one that opens, fills or empties a mailbox or a drawer
  record Replicate(Request request) implements PeerRequest {
    public Replicate {
      if (!isReplicated(request)) {
        throw new IllegalArgumentException("this operation is for one node");
      }
    }
  }

  /// What do you keep of this day that I should keep, too? Answered by [DayDigest].
  record AskDay(Day day) implements PeerRequest {}

  /// The names in a bucket of it, those behind `after` (32 bytes; zeros: from the start). Answered
  /// by [NamePage].
  record AskNames(Day day, int bucket, ByteString after) implements PeerRequest {
    public AskNames {
      if (bucket < 0 || bucket >= DayDigest.BUCKETS || after.size() != Digests.HASH_SIZE) {
        throw new IllegalArgumentException("a bucket is a byte, a name has 32");
      }
    }

    @Override
    public String toString() {
      return "AskNames[redacted]";
    }
  }

  /// What lies in a mailbox, those behind `after`. Answered by [EntryPage].
  record AskEntries(ByteString name, EnvelopeId after) implements PeerRequest {
    public AskEntries {
      checkName(name);
    }

    @Override
    public String toString() {
      return "AskEntries[redacted]";
    }
  }

  /// The signed request that a mailbox, a drawer, an envelope or a tombstone comes from. Answered
  /// by that request's bytes ([Request#encode]).
  ///
  /// @param name of the mailbox or drawer
  /// @param id of the envelope; [#ITSELF]: the request that opened the mailbox or laid or emptied
  ///   the drawer
  record Pull(ByteString name, EnvelopeId id) implements PeerRequest {
    public static final EnvelopeId ITSELF =
        new EnvelopeId(ByteString.copyOf(new byte[EnvelopeId.SIZE]));

    public Pull {
      checkName(name);
    }

    @Override
    public String toString() {
      return "Pull[redacted]";
    }
  }

  /// Do you keep all of these, or tombstones of them? Answered by one byte, 0 or 1.
  ///
  /// @param ids 1 to [#MOST]
  record AskWhetherKept(ByteString name, List<EnvelopeId> ids) implements PeerRequest {
    public static final int MOST = 100;

    public AskWhetherKept {
      checkName(name);
      ids = List.copyOf(ids);
      if (ids.isEmpty() || ids.size() > MOST) {
        throw new IllegalArgumentException("1 to " + MOST + " envelopes");
      }
    }

    @Override
    public String toString() {
      return "AskWhetherKept[redacted]";
    }
  }

  private static boolean isReplicated(Request request) {
    return switch (request.operation()) {
      case OPEN, DEPOSIT, DELETE, PUT_DRAWER, TAKE_DRAWER, REMOVE_DRAWER -> true;
      case SUBSCRIBE, UNSUBSCRIBE, FETCH, REACH -> false;
    };
  }

  private static void checkName(ByteString name) {
    if (name.size() != Digests.HASH_SIZE) {
      throw new IllegalArgumentException("a name has 32 bytes");
    }
  }

  /// Operation u8 ‖ fields; fits into a frame.
  default ByteString encode() {
    FieldWriter writer = new FieldWriter(128);
    switch (this) {
      case Replicate(Request request) -> writer.u8(1).bytes(request.encode());
      case AskDay(Day day) -> writer.u8(2).day(day);
      case AskNames(Day day, int bucket, ByteString after) ->
          writer.u8(3).day(day).u8(bucket).bytes(after);
      case AskEntries(ByteString name, EnvelopeId after) ->
          writer.u8(4).bytes(name).bytes(after.bytes());
      case Pull(ByteString name, EnvelopeId id) -> writer.u8(5).bytes(name).bytes(id.bytes());
      case AskWhetherKept(ByteString name, List<EnvelopeId> ids) -> {
        writer.u8(6).bytes(name).u8(ids.size());
        ids.forEach(id -> writer.bytes(id.bytes()));
      }
    }
    return writer.toByteString();
  }

  static PeerRequest decode(ByteString bytes) throws MalformedException {
    ByteReader reader = new ByteReader(bytes);
    PeerRequest request = read(reader);
    reader.end("peer request");
    return request;
  }

  private static PeerRequest read(ByteReader reader) throws MalformedException {
    return switch (reader.u8("peer operation")) {
      case 1 -> readReplicate(reader);
      case 2 -> new AskDay(new Day(reader.u32("day")));
      case 3 -> new AskNames(new Day(reader.u32("day")), reader.u8("bucket"), readName(reader));
      case 4 -> new AskEntries(readName(reader), readId(reader));
      case 5 -> new Pull(readName(reader), readId(reader));
      case 6 -> readWhetherKept(reader);
      default -> throw new MalformedException("peer operation", "must be a known one");
    };
  }

  private static Replicate readReplicate(ByteReader reader) throws MalformedException {
    Request request = Request.read(reader);
    if (!isReplicated(request)) {
      throw new MalformedException("operation", "must be one for a swarm");
    }
    return new Replicate(request);
  }

  private static AskWhetherKept readWhetherKept(ByteReader reader) throws MalformedException {
    ByteString name = readName(reader);
    int count = reader.u8("count");
    if (count < 1 || count > AskWhetherKept.MOST) {
      throw new MalformedException("count", "must be 1 to " + AskWhetherKept.MOST);
    }
    List<EnvelopeId> ids = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      ids.add(readId(reader));
    }
    return new AskWhetherKept(name, ids);
  }

  private static ByteString readName(ByteReader reader) throws MalformedException {
    return reader.bytes("name", Digests.HASH_SIZE);
  }

  private static EnvelopeId readId(ByteReader reader) throws MalformedException {
    return new EnvelopeId(reader.bytes("envelope id", EnvelopeId.SIZE));
  }
}
