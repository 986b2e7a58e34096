package im.waxwing.protocol.swarm;

import im.waxwing.base.ByteReader;
import im.waxwing.base.ByteString;
import im.waxwing.base.MalformedException;
import im.waxwing.model.EnvelopeId;
import im.waxwing.protocol.FieldWriter;
import java.util.ArrayList;
import java.util.List;

/// Some envelopes and tombstones of a mailbox, in the order of their ids: the body of an answer to
/// [PeerRequest.AskEntries] (swarm.md §6): more u8 ‖ count u8 ‖ count × (id 32 ‖ deleted u8).
///
/// @param more whether others lie behind the last one
public record EntryPage(List<Entry> entries, boolean more) {
  public static final int MOST = 100;

  /// @param deleted a tombstone stands where the envelope was
  public record Entry(EnvelopeId id, boolean deleted) {
    /// What [Digest] gathers of it.
    public ByteString bytes() {
      return new FieldWriter(33).bytes(id.bytes()).u8(deleted ? 1 : 0).toByteString();
    }

    @Override
    public String toString() {
      return "Entry[redacted]";
    }
  }

  public EntryPage {
    entries = List.copyOf(entries);
    if (entries.size() > MOST) {
      throw new IllegalArgumentException("a page has at most " + MOST + " entries");
    }
  }

  public ByteString encode() {
    FieldWriter writer = new FieldWriter(4096).u8(more ? 1 : 0).u8(entries.size());
    entries.forEach(entry -> writer.bytes(entry.bytes()));
    return writer.toByteString();
  }

  public static EntryPage decode(ByteString body) throws MalformedException {
    ByteReader reader = new ByteReader(body);
    boolean more = Pages.more(reader);
    int count = Pages.count(reader, MOST, more);
    List<Entry> entries = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      EnvelopeId id = new EnvelopeId(reader.bytes("envelope id", EnvelopeId.SIZE));
      entries.add(new Entry(id, Pages.yesOrNo("deleted", reader)));
    }
    reader.end("page");
    Pages.ordered(entries.stream().map(entry -> entry.id().bytes()).toList());
    return new EntryPage(entries, more);
  }
}
