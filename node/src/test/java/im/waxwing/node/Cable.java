package im.waxwing.node;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// A stretch of network to a port of this machine, which can be cut and mended.
final class Cable implements AutoCloseable {
  private final ServerSocket end;
  private final int port;
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private volatile boolean cut;

  Cable(int port) throws IOException {
    this.port = port;
    this.end = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::accept);
  }

  int port() {
    return end.getLocalPort();
  }

  private void accept() {
    try {
      while (true) {
        Socket near = end.accept();
        if (cut) {
          near.close();
        } else {
          join(near, new Socket(InetAddress.getLoopbackAddress(), port));
        }
      }
    } catch (IOException _) {
      // Closed.
    }
  }

  private void join(Socket near, Socket far) {
    sockets.add(near);
    sockets.add(far);
    Thread.ofVirtual().start(() -> carry(near, far));
    Thread.ofVirtual().start(() -> carry(far, near));
  }

  private static void carry(Socket from, Socket to) {
    try (from;
        to;
        InputStream in = from.getInputStream()) {
      in.transferTo(to.getOutputStream());
    } catch (IOException _) {
      // Cut, or one end closed.
    }
  }

  void cut() {
    cut = true;
    for (Socket socket : sockets) {
      try {
        socket.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    sockets.clear();
  }

  void mend() {
    cut = false;
  }

  @Override
  public void close() throws IOException {
    end.close();
    cut();
  }
}
