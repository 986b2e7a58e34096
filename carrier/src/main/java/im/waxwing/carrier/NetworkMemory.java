package im.waxwing.carrier;

import im.waxwing.base.ByteString;
import java.util.Optional;

/// Keeps over a restart what a carrier knows of an onion network: which consensus it saw, by which
/// guards it enters. Only the carrier reads it; it is as secret as the rest of an account. Called
/// on threads of the carrier's.
public interface NetworkMemory {
  int MAX_SIZE = 1 << 20;

  /// What was kept last.
  Optional<ByteString> recall();

  /// Replaces it.
  ///
  /// @param bytes at most [#MAX_SIZE]
  void keep(ByteString bytes);
}
