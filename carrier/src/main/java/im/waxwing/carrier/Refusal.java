package im.waxwing.carrier;

/// Why a node says no (node.md §5).
public enum Refusal {
  /// No mailbox of that day is open under this address.
  UNKNOWN_MAILBOX,
  /// The day is too far from the node's own day.
  WRONG_DAY,
  /// The mailbox or the node's disk is full; it may have room later.
  FULL,
  /// Another envelope, or another owner's drawer, has the same name.
  CONFLICT,
  /// The admission token is not the operator's.
  NOT_ADMITTED,
  /// Somebody else took the drawer's object first.
  TAKEN,
  /// No such drawer: never laid, expired or removed.
  UNKNOWN_DRAWER,
  /// The node has too much to do just now; ask again.
  BUSY,
  /// A signature does not fit the request.
  BAD_SIGNATURE,
  /// The node cannot reach the other node, or something else answers in its place.
  UNREACHABLE_NODE,
  /// The operator does not let this node talk to the other one.
  NOT_ALLOWED
}
