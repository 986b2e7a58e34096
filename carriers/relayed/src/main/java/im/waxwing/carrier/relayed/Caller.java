package im.waxwing.carrier.relayed;

import io.vertx.core.net.NetSocket;

/// Who wants a TLS connection. Belongs to the carrier's event loop.
interface Caller {
  String host();

  int port();

  /// The handshake is done; who answers there has still to prove itself.
  void connected(NetSocket socket);

  /// @param impostor something answers there, but does not speak as a node must
  void failed(boolean impostor);
}
