package im.waxwing.protocol;

import im.waxwing.base.ByteReader;
import im.waxwing.base.ByteString;
import im.waxwing.base.MalformedException;
import java.util.List;

/// The body of an answer to [Request.Fetch]: count u8 ‖ more u8 ‖ that many [Held].
///
/// @param held nothing at the end of the mailbox, else one envelope
/// @param more whether another envelope lies behind it
public record FetchedPage(List<Held> held, boolean more) {
  public static final int MAX_HELD = 1;

  public FetchedPage {
    held = List.copyOf(held);
    if (held.size() > MAX_HELD || (held.isEmpty() && more)) {
      throw new IllegalArgumentException("a page holds one envelope, or is the last");
    }
  }

  public ByteString encode() {
    FieldWriter writer = new FieldWriter(2608).u8(held.size()).u8(more ? 1 : 0);
    held.forEach(one -> one.write(writer));
    return writer.toByteString();
  }

  public static FetchedPage decode(ByteString body) throws MalformedException {
    ByteReader reader = new ByteReader(body);
    int count = atMostOne("count", reader);
    boolean more = atMostOne("more", reader) == 1;
    if (count == 0 && more) {
      throw new MalformedException("more", "must be 0 on an empty page");
    }
    List<Held> held = count == 0 ? List.of() : List.of(Held.read(reader.u64("sequence"), reader));
    reader.end("page");
    return new FetchedPage(held, more);
  }

  private static int atMostOne(String field, ByteReader reader) throws MalformedException {
    int value = reader.u8(field);
    if (value > 1) {
      throw new MalformedException(field, "must be 0 or 1");
    }
    return value;
  }
}
