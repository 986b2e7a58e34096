package im.waxwing.carrier.relayed;

import im.waxwing.base.ByteString;
import im.waxwing.protocol.DocumentKind;
import java.util.Optional;
import java.util.function.Consumer;

/// Where a network's documents are to be had: a guard, or whoever receives newcomers (consensus.md
/// §10).
interface Shelf {
  /// Asks for a document of the newest epoch.
  ///
  /// @param name 32 bytes, zeros for none
  /// @param known the hash of the one that is there already, zeros for none
  /// @param heard empty: there is none, or no answer; an empty document: it is the known one
  void ask(
      DocumentKind kind, ByteString name, ByteString known, Consumer<Optional<ByteString>> heard);
}
