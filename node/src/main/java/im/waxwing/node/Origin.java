package im.waxwing.node;

/// The link that a packet came by: a device's or another node's. Belongs to an event loop.
interface Origin {
  /// What it may have waiting for other nodes. Any thread.
  Share share();

  /// A packet was none for this node, or came before; nothing is answered.
  void badPacket();

  /// A request was understood; an answer will follow.
  void expectAnswer();

  /// The answer has left, by whatever way.
  void answered();

  void close();
}
