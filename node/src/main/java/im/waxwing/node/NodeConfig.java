package im.waxwing.node;

import im.waxwing.model.NodeAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/// How a node is run. Everything but the folder has a default.
///
/// @param data the folder of its store and keys
/// @param bindAddress the address of this machine to listen on
/// @param port 0: any free one
/// @param publicName the name or address by which others reach this machine; empty: not known
/// @param limits what it takes on
/// @param federation which other nodes it talks to
/// @param membership what it does in an onion network; empty: it is in none
/// @param clockOffset added to the machine's clock; for tests only
public record NodeConfig(
    Path data,
    String bindAddress,
    int port,
    String publicName,
    Limits limits,
    Federation federation,
    Optional<Membership> membership,
    Duration clockOffset) {
  public static final int DEFAULT_PORT = 7443;
  public static final String DEFAULT_BIND_ADDRESS = "0.0.0.0";

  public NodeConfig {
    if (port != 0 && !NodeAddress.isPort(port)) {
      throw new IllegalArgumentException("a port is between 0 and 65535");
    }
    if (!publicName.isEmpty() && !NodeAddress.isHost(publicName)) {
      throw new IllegalArgumentException("a public name is a host name or an IP address");
    }
  }

  /// The defaults, in a folder.
  public static NodeConfig in(Path data) {
    return new NodeConfig(
        data,
        DEFAULT_BIND_ADDRESS,
        DEFAULT_PORT,
        "",
        Limits.STANDARD,
        Federation.EVERYONE,
        Optional.empty(),
        Duration.ZERO);
  }

  /// Reachable from this machine only.
  public NodeConfig onThisMachine(int anyPort) {
    return new NodeConfig(
        data, "127.0.0.1", anyPort, publicName, limits, federation, membership, clockOffset);
  }

  public NodeConfig withPublicName(String name) {
    return new NodeConfig(
        data, bindAddress, port, name, limits, federation, membership, clockOffset);
  }

  public NodeConfig withLimits(Limits other) {
    return new NodeConfig(
        data, bindAddress, port, publicName, other, federation, membership, clockOffset);
  }

  public NodeConfig withFederation(Federation other) {
    return new NodeConfig(
        data, bindAddress, port, publicName, limits, other, membership, clockOffset);
  }

  public NodeConfig withMembership(Membership other) {
    return new NodeConfig(
        data, bindAddress, port, publicName, limits, federation, Optional.of(other), clockOffset);
  }

  public NodeConfig withClockOffset(Duration offset) {
    return new NodeConfig(
        data, bindAddress, port, publicName, limits, federation, membership, offset);
  }

  /// The host to hand out: the public name, else where it listens, else this machine.
  String host() {
    if (!publicName.isEmpty()) {
      return publicName;
    }
    boolean everywhere = bindAddress.equals("0.0.0.0") || bindAddress.equals("::");
    if (everywhere) {
      return "127.0.0.1";
    }
    return bindAddress.contains(":") ? "[" + bindAddress + "]" : bindAddress;
  }

  /// Whether the address that is handed out means another machine to everybody else.
  boolean worksHereOnly() {
    String host = host();
    return host.startsWith("127.") || host.equals("[::1]") || host.equals("localhost");
  }
}
