package im.waxwing.protocol;

import im.waxwing.base.ByteString;
import im.waxwing.base.MalformedException;

/// What a request asks of a node (node.md §4).
public enum Operation {
  OPEN(1, "open"),
  DEPOSIT(2, "deposit"),
  SUBSCRIBE(3, "subscribe"),
  FETCH(4, "fetch"),
  DELETE(5, "delete"),
  PUT_DRAWER(6, "putDrawer"),
  TAKE_DRAWER(7, "takeDrawer"),
  REMOVE_DRAWER(8, "removeDrawer"),
  UNSUBSCRIBE(9, "unsubscribe"),
  REACH(10, "reach");

  private final int number;
  private final String word;

  Operation(int number, String word) {
    this.number = number;
    this.word = word;
  }

  public int number() {
    return number;
  }

  /// The bytes that a signature covers: the operation's label, whom it is for, so that nobody else
  /// can repeat the request as its own, and every field before the signature.
  ///
  /// @param audience a node's key, or the id of a network, 32 bytes
  byte[] signed(ByteString audience, ByteString fields) {
    return new FieldWriter(64 + fields.size())
        .label("waxwing " + word + " v1")
        .bytes(audience)
        .bytes(fields)
        .toByteArray();
  }

  static Operation of(int number) throws MalformedException {
    for (Operation operation : values()) {
      if (operation.number == number) {
        return operation;
      }
    }
    throw new MalformedException("operation", "must be a known one");
  }
}
