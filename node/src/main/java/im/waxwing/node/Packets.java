package im.waxwing.node;

import im.waxwing.base.ByteString;

/// What links hand their packets to. Belongs to their event loop.
interface Packets {
  void arrived(Origin origin, ByteString packet);
}
