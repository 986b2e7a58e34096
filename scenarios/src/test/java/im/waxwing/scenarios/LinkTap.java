package im.waxwing.scenarios;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// Eve on the line: passes a node's connections on and notes the length of every TLS record.
final class LinkTap implements AutoCloseable {
  private static final int HEADER = 5;
  private static final int APPLICATION_DATA = 23;

  /// One connection: the lengths of its encrypted records, each way.
  record Capture(List<Integer> fromApp, List<Integer> fromNode) {}

  private final List<Capture> captures = new CopyOnWriteArrayList<>();
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();
  private final ServerSocket server;
  private final int nodePort;

  LinkTap(int nodePort) throws IOException {
    this.nodePort = nodePort;
    this.server = new ServerSocket(0, 0, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::listen);
  }

  int port() {
    return server.getLocalPort();
  }

  List<Capture> captures() {
    return captures;
  }

  private void listen() {
    try {
      while (true) {
        Socket app = server.accept();
        Socket node = new Socket(InetAddress.getLoopbackAddress(), nodePort);
        sockets.addAll(List.of(app, node));
        Capture capture = new Capture(new CopyOnWriteArrayList<>(), new CopyOnWriteArrayList<>());
        captures.add(capture);
        Thread.ofVirtual().start(() -> pass(app, node, capture.fromApp));
        Thread.ofVirtual().start(() -> pass(node, app, capture.fromNode));
      }
    } catch (IOException e) {
      close();
    }
  }

  private static void pass(Socket from, Socket to, List<Integer> lengths) {
    try (from;
        to) {
      DataInputStream in = new DataInputStream(from.getInputStream());
      OutputStream out = to.getOutputStream();
      while (true) {
        byte[] header = new byte[HEADER];
        in.readFully(header);
        int length = ((header[3] & 0xff) << 8) | (header[4] & 0xff);
        byte[] body = in.readNBytes(length);
        if (header[0] == APPLICATION_DATA) {
          lengths.add(length);
        }
        out.write(header);
        out.write(body);
        out.flush();
      }
    } catch (IOException e) {
      // One of the two has hung up, and so does the other.
    }
  }

  @Override
  public void close() {
    try {
      server.close();
      for (Socket socket : sockets) {
        socket.close();
      }
    } catch (IOException e) {
      throw new IllegalStateException("a socket did not close", e);
    }
  }
}
