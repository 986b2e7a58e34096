package im.waxwing.protocol;

import im.waxwing.base.MalformedException;

/// What directory authorities, nodes and apps hand one another (consensus.md §10).
public enum DocumentKind {
  /// A signed consensus.
  CONSENSUS(1),
  /// An authority's vote, from half of the epoch before.
  VOTE(2),
  /// An authority's random value, when votes are over.
  REVEAL(3),
  /// An authority's signature of a consensus.
  SIGNATURE(4),
  /// A proof that an authority is two-faced.
  PROOF(5),
  /// A node's word about itself, handed to authorities.
  DESCRIPTOR(6),
  /// The newest words of all nodes that are listed, with their packet keys ([NodeInfos]).
  NODE_INFOS(7),
  /// The network file, which proves itself by the network's id.
  NETWORK(8);

  private final int number;

  DocumentKind(int number) {
    this.number = number;
  }

  public int number() {
    return number;
  }

  static DocumentKind of(int number) throws MalformedException {
    for (DocumentKind kind : values()) {
      if (kind.number == number) {
        return kind;
      }
    }
    throw new MalformedException("document kind", "must be a known one");
  }
}
