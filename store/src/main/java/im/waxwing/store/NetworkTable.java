package im.waxwing.store;

import im.waxwing.base.ByteString;
import im.waxwing.model.NetworkId;
import java.util.Optional;

/// What carriers keep of onion networks over a restart.
public final class NetworkTable {
  private final Rows rows;

  NetworkTable(Rows rows) {
    this.rows = rows;
  }

  public Optional<ByteString> recall(NetworkId network) {
    return rows.one(
        "SELECT bytes FROM network_memory WHERE network = ?", row -> row.bytes("bytes"), network);
  }

  /// Replaces what was kept.
  public void keep(NetworkId network, ByteString bytes) {
    rows.run(
        "INSERT INTO network_memory (network, bytes) VALUES (?, ?)"
            + " ON CONFLICT (network) DO UPDATE SET bytes = excluded.bytes",
        network,
        bytes);
  }
}
