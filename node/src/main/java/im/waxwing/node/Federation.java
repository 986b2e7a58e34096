package im.waxwing.node;

import im.waxwing.base.ByteString;
import im.waxwing.base.MalformedException;
import im.waxwing.model.NodeAddress;
import im.waxwing.model.NodeKey;
import java.util.Set;

/// Which other nodes this one talks to (node.md §9).
///
/// @param with named by host, `host:port` or node key in base64url; the only ones if `mode` is
///   LISTED
/// @param never named alike; wins over everything
public record Federation(Mode mode, Set<String> with, Set<String> never) {
  /// Who may be talked to if `never` does not name them.
  public enum Mode {
    EVERYONE,
    NOBODY,
    LISTED
  }

  public static final Federation EVERYONE = new Federation(Mode.EVERYONE, Set.of(), Set.of());

  public Federation {
    with = Set.copyOf(with);
    never = Set.copyOf(never);
  }

  /// Whether this is a way to name a node.
  static boolean isName(String text) {
    int colon = text.lastIndexOf(':');
    return NodeAddress.isHost(text)
        || isKey(text)
        || (colon > 0
            && NodeAddress.isHost(text.substring(0, colon))
            && text.substring(colon + 1).matches("[0-9]{1,5}"));
  }

  private static boolean isKey(String text) {
    try {
      return ByteString.parseBase64Url("key", text).size() == NodeKey.SIZE;
    } catch (MalformedException _) {
      return false;
    }
  }

  boolean allows(NodeAddress node) {
    return !names(never, node)
        && switch (mode) {
          case EVERYONE -> true;
          case NOBODY -> false;
          case LISTED -> names(with, node);
        };
  }

  /// Whether the operator named this node as one to talk to.
  boolean lists(NodeAddress node) {
    return names(with, node);
  }

  /// Whether a node that came by itself has to come from the network address of the host it names:
  /// its key was not listed, and anybody can name a host.
  boolean goesByHost(NodeAddress node) {
    return mode == Mode.LISTED && !with.contains(node.key().bytes().base64Url());
  }

  private static boolean names(Set<String> names, NodeAddress node) {
    String hostAndPort = node.host() + ":" + node.port();
    return names.stream()
        .anyMatch(
            name ->
                name.equalsIgnoreCase(node.host())
                    || name.equalsIgnoreCase(hostAndPort)
                    || name.equals(node.key().bytes().base64Url()));
  }
}
