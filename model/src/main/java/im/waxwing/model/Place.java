package im.waxwing.model;

import im.waxwing.base.ByteString;
import im.waxwing.base.MalformedException;

/// Where a mailbox or a drawer stands: at one node, or in a network whose swarms keep it.
public sealed interface Place permits NodeAddress, NetworkAddress {
  /// What requests to this place are signed for: the node's key or the network's id, 32 bytes.
  ByteString name();

  /// A DNS name or IP literal of at most [NodeAddress#MAX_HOST] characters.
  String host();

  /// 1 to 65,535.
  int port();

  /// The text that [#parse] reads; it holds no secret.
  String format();

  /// @throws MalformedException naming the part that is wrong
  static Place parse(String text) throws MalformedException {
    return NetworkAddress.isOne(text) ? NetworkAddress.parse(text) : NodeAddress.parse(text);
  }
}
