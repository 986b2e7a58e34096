package im.waxwing.scenarios;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;

/// Finds a port on loopback that nobody listens on.
final class FreePort {
  private FreePort() {}

  static int find() throws ScenarioException {
    return find(1).getFirst();
  }

  /// Several; each is held until all are found, so that no two are the same.
  static List<Integer> find(int count) throws ScenarioException {
    List<ServerSocket> held = new ArrayList<>();
    try {
      while (held.size() < count) {
        held.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
      }
      List<Integer> ports = held.stream().map(ServerSocket::getLocalPort).toList();
      for (ServerSocket socket : held) {
        socket.close();
      }
      return ports;
    } catch (IOException e) {
      throw new ScenarioException("no free port on loopback", e);
    }
  }
}
