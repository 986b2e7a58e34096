package im.waxwing.bench;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.UUID;

/// A connection to 127.0.0.1 by three relays of a [TorNetwork] (RFC 1928, 1929). Each has a path of
/// its own, as each has another user name.
final class TorStream implements AutoCloseable {
  private static final int VERSION = 5;
  private static final int BY_NAME = 2;
  private static final int REQUEST_LENGTH = 10;
  private static final int IPV4 = 1;
  private static final int IPV4_LENGTH = 4 + 2;
  private static final int IPV6_LENGTH = 16 + 2;

  private final SocketChannel channel;

  private TorStream(SocketChannel channel) {
    this.channel = channel;
  }

  /// @throws IOException if Tor cannot reach it; another try may
  static TorStream open(Path socks, int port) throws IOException {
    SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socks));
    TorStream stream = new TorStream(channel);
    try {
      stream.greet();
      stream.connect(port);
      return stream;
    } catch (IOException e) {
      stream.close();
      throw e;
    }
  }

  private void greet() throws IOException {
    write(ByteBuffer.wrap(new byte[] {VERSION, 1, BY_NAME}));
    demand(read(2).get(1) == BY_NAME, "Tor takes no names");
    byte[] name = UUID.randomUUID().toString().getBytes(StandardCharsets.US_ASCII);
    write(
        ByteBuffer.allocate(4 + name.length)
            .put((byte) 1)
            .put((byte) name.length)
            .put(name)
            .put((byte) 1)
            .put((byte) 'x')
            .flip());
    demand(read(2).get(1) == 0, "Tor takes no names");
  }

  private void connect(int port) throws IOException {
    write(
        ByteBuffer.allocate(REQUEST_LENGTH)
            .put(new byte[] {VERSION, 1, 0, IPV4})
            .put(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}).getAddress())
            .putShort((short) port)
            .flip());
    ByteBuffer answer = read(4);
    demand(answer.get(1) == 0, "Tor found no path");
    ByteBuffer _ = read(answer.get(3) == IPV4 ? IPV4_LENGTH : IPV6_LENGTH);
  }

  private static void demand(boolean holds, String otherwise) throws IOException {
    if (!holds) {
      throw new IOException(otherwise);
    }
  }

  void write(ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      int _ = channel.write(bytes);
    }
  }

  ByteBuffer read(int length) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(length);
    while (bytes.hasRemaining()) {
      if (channel.read(bytes) < 0) {
        throw new EOFException("Tor closed a stream");
      }
    }
    return bytes.flip();
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
