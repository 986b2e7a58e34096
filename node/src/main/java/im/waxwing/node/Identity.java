package im.waxwing.node;

import im.waxwing.base.ByteString;
import im.waxwing.model.NodeAddress;
import im.waxwing.model.NodeKey;
import im.waxwing.protocol.NodeInfo;
import im.waxwing.protocol.PeerGreeting;
import java.time.Clock;

/// What the node says of itself, signed by its key. Safe for many threads.
final class Identity {
  /// In place of a link key hash, on links that this node dialled.
  static final ByteString NO_LINK_KEY = ByteString.copyOf(new byte[NodeInfo.HASH_SIZE]);

  private final NodeFolder folder;
  private final String host;
  private final Clock clock;
  private final EpochKeys keys;
  private final ByteString build = Build.hash();
  private volatile int port;

  /// @param host by which others reach it
  Identity(NodeFolder folder, String host, Clock clock, EpochKeys keys) {
    this.folder = folder;
    this.host = host;
    this.clock = clock;
    this.keys = keys;
  }

  void listensOn(int actualPort) {
    port = actualPort;
  }

  NodeKey key() {
    return folder.key();
  }

  ByteString linkKeyHash() {
    return folder.tls().linkKeyHash();
  }

  NodeAddress address() {
    return new NodeAddress(host, port, folder.key());
  }

  /// For a link that came to this node.
  NodeInfo info() {
    return info(linkKeyHash());
  }

  /// For a link that this node dialled.
  NodeInfo infoForDialled() {
    return info(NO_LINK_KEY);
  }

  private NodeInfo info(ByteString linkKeyHash) {
    EpochKeys.Now now = keys.now();
    return NodeInfo.sign(
        folder.seed(), linkKeyHash, clock.instant(), now.epoch(), now.publicKeys(), build);
  }

  PeerGreeting greeting(NodeInfo answering) {
    return PeerGreeting.sign(folder.seed(), address(), clock.instant(), answering);
  }
}
