package im.waxwing.protocol;

import im.waxwing.base.MalformedException;

/// Whether a node did as asked, or why not (node.md §5).
public enum AnswerCode {
  OK(0),
  /// No mailbox of that day is open under this address.
  UNKNOWN_MAILBOX(1),
  /// The day is too far from the node's own day.
  WRONG_DAY(2),
  /// The mailbox or the node's disk is full.
  FULL(3),
  /// Another envelope, or another owner's drawer, has the same name.
  CONFLICT(4),
  /// The admission token is not the operator's.
  NOT_ADMITTED(5),
  /// Somebody else took the drawer's object first.
  TAKEN(6),
  /// No such drawer: never laid, expired or removed.
  UNKNOWN_DRAWER(7),
  /// Too much to do just now.
  BUSY(8),
  /// A signature does not fit the request.
  BAD_SIGNATURE(9),
  /// The node cannot reach the other node, or something else answers in its place.
  UNREACHABLE_NODE(10),
  /// The operator does not let this node talk to the other one.
  NOT_ALLOWED(11);

  private final int number;

  AnswerCode(int number) {
    this.number = number;
  }

  public int number() {
    return number;
  }

  static AnswerCode of(int number) throws MalformedException {
    for (AnswerCode code : values()) {
      if (code.number == number) {
        return code;
      }
    }
    throw new MalformedException("answer code", "must be a known one");
  }
}
