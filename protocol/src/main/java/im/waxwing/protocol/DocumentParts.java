package im.waxwing.protocol;

import im.waxwing.base.ByteString;
import im.waxwing.base.MalformedException;
import im.waxwing.protocol.Frame.DocumentPart;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Takes a document apart into frames, and puts one together again as its parts come in. One thread
/// at a time.
public final class DocumentParts {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private int next;

  /// No part of a document yet.
  public DocumentParts() {}

  /// @throws IllegalArgumentException if the document is larger than [DocumentPart#MAX_DOCUMENT]
  public static List<DocumentPart> of(long number, DocumentKind kind, ByteString document) {
    if (document.size() > DocumentPart.MAX_DOCUMENT) {
      throw new IllegalArgumentException("a document has at most 1 MiB");
    }
    int count =
        Math.max(1, (document.size() + DocumentPart.MAX_BYTES - 1) / DocumentPart.MAX_BYTES);
    List<DocumentPart> parts = new ArrayList<>(count);
    for (int part = 0; part < count; part++) {
      int from = part * DocumentPart.MAX_BYTES;
      int to = Math.min(document.size(), from + DocumentPart.MAX_BYTES);
      parts.add(new DocumentPart(number, kind, part, count, document.slice(from, to)));
    }
    return parts;
  }

  /// "There is no such document", or "not taken".
  public static DocumentPart none(long number, DocumentKind kind) {
    return new DocumentPart(number, kind, 0, 0, ByteString.EMPTY);
  }

  /// "It is the one you know", or "taken".
  public static DocumentPart same(long number, DocumentKind kind) {
    return new DocumentPart(number, kind, 0, 1, ByteString.EMPTY);
  }

  /// Takes in the next part; gives the document with the last one.
  ///
  /// @throws MalformedException if it is not the next part
  public Optional<ByteString> add(DocumentPart part) throws MalformedException {
    if (part.part() != next || part.count() == 0) {
      throw new MalformedException("part", "must be the next one");
    }
    next++;
    bytes.writeBytes(part.bytes().toByteArray());
    return next == part.count()
        ? Optional.of(ByteString.copyOf(bytes.toByteArray()))
        : Optional.empty();
  }
}
