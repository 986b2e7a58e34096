package im.waxwing.carrier.relayed;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// Stands between a device and a node and notes each TLS record, as Eve would: its type and length.
final class TlsTap implements AutoCloseable {
  private static final int APPLICATION_DATA = 23;

  /// A TLS record on the wire, and when it passed, by [System#nanoTime].
  record Seen(int type, int length, long time) {}

  /// The records of one connection, each way.
  static final class Capture {
    final List<Seen> fromDevice = new CopyOnWriteArrayList<>();
    final List<Seen> fromNode = new CopyOnWriteArrayList<>();
  }

  final List<Capture> captures = new CopyOnWriteArrayList<>();
  private final ServerSocket server;
  private final int nodePort;
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();

  TlsTap(int nodePort) throws IOException {
    this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    this.nodePort = nodePort;
    Thread.ofVirtual().start(this::accept);
  }

  int port() {
    return server.getLocalPort();
  }

  private void accept() {
    try {
      while (true) {
        Socket device = server.accept();
        Socket node = new Socket(InetAddress.getLoopbackAddress(), nodePort);
        sockets.addAll(List.of(device, node));
        Capture capture = new Capture();
        captures.add(capture);
        Thread.ofVirtual().start(() -> pass(device, node, capture.fromDevice));
        Thread.ofVirtual().start(() -> pass(node, device, capture.fromNode));
      }
    } catch (IOException _) {
      // Closed: the test is over.
    }
  }

  private static void pass(Socket from, Socket to, List<Seen> seen) {
    try {
      DataInputStream in = new DataInputStream(from.getInputStream());
      OutputStream out = to.getOutputStream();
      while (true) {
        byte[] header = in.readNBytes(5);
        if (header.length < 5) {
          throw new EOFException();
        }
        int length = ((header[3] & 0xff) << 8) | (header[4] & 0xff);
        byte[] body = in.readNBytes(length);
        seen.add(new Seen(header[0], length, System.nanoTime()));
        byte[] record = new byte[5 + body.length];
        System.arraycopy(header, 0, record, 0, 5);
        System.arraycopy(body, 0, record, 5, body.length);
        out.write(record);
        out.flush();
      }
    } catch (IOException _) {
      close(from);
      close(to);
    }
  }

  /// Lengths of what went from the device after its handshake: TLS 1.3's last word of the client in
  /// it is the first encrypted record.
  static List<Integer> lengthsAfterHandshake(Capture capture) {
    return encrypted(capture.fromDevice).stream().skip(1).toList();
  }

  static List<Integer> encrypted(List<Seen> seen) {
    List<Integer> lengths = new ArrayList<>();
    for (Seen one : seen) {
      if (one.type() == APPLICATION_DATA) {
        lengths.add(one.length());
      }
    }
    return lengths;
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
    sockets.forEach(TlsTap::close);
  }
}
