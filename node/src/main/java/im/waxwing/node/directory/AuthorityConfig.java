package im.waxwing.node.directory;

import im.waxwing.model.NodeAddress;
import im.waxwing.protocol.consensus.Parameters;
import java.nio.file.Path;

/// How an authority is run.
///
/// @param data its folder, made by `init`
/// @param bindAddress the address of this machine to listen on
/// @param parameters what it votes for
public record AuthorityConfig(Path data, String bindAddress, Parameters parameters) {
  public static final int DEFAULT_PORT = 7444;

  /// Whether an address means this machine to everybody: then nodes may live here, too.
  static boolean isHere(NodeAddress address) {
    String host = address.host();
    return host.startsWith("127.") || host.equals("[::1]") || host.equals("localhost");
  }
}
