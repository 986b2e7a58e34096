package im.waxwing.protocol.consensus;

/// What a node does for a network.
public enum Role implements Numbered {
  /// Passes packets on.
  RELAY(1),
  /// Keeps mailboxes as one of a swarm.
  STORAGE(2);

  private final int bit;

  Role(int bit) {
    this.bit = bit;
  }

  @Override
  public int number() {
    return bit;
  }
}
