package im.waxwing.scenarios;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/// Finds a port on loopback that nobody listens on.
final class FreePort {
  private FreePort() {}

  static int find() throws ScenarioException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new ScenarioException("no free port on loopback", e);
    }
  }
}
