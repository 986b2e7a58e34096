package im.waxwing.protocol;

import im.waxwing.base.ByteString;

/// Signs for one key: 64 bytes over a message.
@FunctionalInterface
interface Signer {
  byte[] sign(byte[] message);

  default Signature over(Operation operation, ByteString audience, ByteString fields) {
    return new Signature(ByteString.copyOf(sign(operation.signed(audience, fields))));
  }
}
