package im.waxwing.node.directory;

import im.waxwing.base.ByteString;
import im.waxwing.protocol.DocumentKind;
import im.waxwing.protocol.Frame;
import java.util.Optional;

/// What answers those who come by a link.
interface Desk {
  /// The document that is asked for; an empty one if it is the one already known.
  Optional<ByteString> answer(Frame.AskDocument ask);

  /// Whether a document that is handed in is taken.
  boolean take(DocumentKind kind, ByteString document);
}
