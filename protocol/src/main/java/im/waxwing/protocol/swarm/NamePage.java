package im.waxwing.protocol.swarm;

import im.waxwing.base.ByteReader;
import im.waxwing.base.ByteString;
import im.waxwing.base.MalformedException;
import im.waxwing.protocol.FieldWriter;
import java.util.ArrayList;
import java.util.List;

/// Some mailboxes and drawers of a bucket, in the order of their names: the body of an answer to
/// [PeerRequest.AskNames] (swarm.md §6): more u8 ‖ count u8 ‖ count × (name 32 ‖ digest 12).
///
/// @param more whether others lie behind the last one
public record NamePage(List<Line> lines, boolean more) {
  public static final int MOST = 80;

  /// @param name of a mailbox or a drawer, 32 bytes
  /// @param digest of all that is in it
  public record Line(ByteString name, Digest digest) {
    @Override
    public String toString() {
      return "Line[redacted]";
    }
  }

  public NamePage {
    lines = List.copyOf(lines);
    if (lines.size() > MOST) {
      throw new IllegalArgumentException("a page has at most " + MOST + " lines");
    }
  }

  public ByteString encode() {
    FieldWriter writer = new FieldWriter(4096).u8(more ? 1 : 0).u8(lines.size());
    lines.forEach(line -> writer.bytes(line.name()).bytes(line.digest().bytes()));
    return writer.toByteString();
  }

  public static NamePage decode(ByteString body) throws MalformedException {
    ByteReader reader = new ByteReader(body);
    boolean more = Pages.more(reader);
    int count = Pages.count(reader, MOST, more);
    List<Line> lines = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      lines.add(new Line(reader.bytes("name", Digests.HASH_SIZE), Digest.read(reader)));
    }
    reader.end("page");
    Pages.ordered(lines.stream().map(Line::name).toList());
    return new NamePage(lines, more);
  }
}
