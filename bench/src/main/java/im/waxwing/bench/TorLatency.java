package im.waxwing.bench;

import im.waxwing.model.Envelope;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// The yardstick for `letter.latency.onion`: as many bytes as an envelope has, from Alice by three
/// relays of a private Tor network to a server on loopback, and from the server by three relays to
/// Bob, who is connected. Nothing is encrypted but by Tor, nothing stored, no app takes part. The
/// two halves are measured one by one: in one go, the second waits at links that both use until the
/// first is acknowledged, which is Linux's doing and not the distance.
///
/// @param warmUp messages before those that count
/// @param messages messages that count
record TorLatency(int warmUp, int messages) implements Benchmark {
  private static final int TRIES = 20;

  /// The one that letters by three of our relays are held against.
  private static final double LIMIT = LetterLatency.Way.ONION.limit();

  @Override
  public String name() {
    return "tor.latency";
  }

  @Override
  public Result run() throws Exception {
    TorPrograms programs =
        TorPrograms.find()
            .orElseThrow(
                () ->
                    new Skipped(
                        "there is no tor here; unpack Debian's (apt-get download tor, dpkg -x), and"
                            + " let WAXWING_TOR name the folder with its programs"));
    Path folder = Files.createTempDirectory("waxwing-tor");
    try (TorNetwork network = TorNetwork.start(programs, folder);
        ServerSocket server = new ServerSocket(0, 2, InetAddress.getLoopbackAddress())) {
      return measure(network, server);
    } finally {
      delete(folder);
    }
  }

  private Result measure(TorNetwork network, ServerSocket server) throws Exception {
    try (TorStream bob = connected(network, server);
        Socket toBob = server.accept();
        TorStream alice = connected(network, server);
        Socket fromAlice = server.accept()) {
      toBob.setTcpNoDelay(true);
      Leg up =
          message -> {
            alice.write(ByteBuffer.wrap(message));
            return fromAlice.getInputStream().readNBytes(message.length);
          };
      Leg down =
          message -> {
            toBob.getOutputStream().write(message);
            return bob.read(message.length).array();
          };
      return result(millis(up), millis(down), millis(message -> down.carry(up.carry(message))));
    }
  }

  /// A message at one end, and as it comes out at the other.
  private interface Leg {
    byte[] carry(byte[] message) throws IOException;
  }

  private double[] millis(Leg leg) throws IOException {
    double[] millis = new double[messages];
    for (int i = -warmUp; i < messages; i++) {
      byte[] message = new byte[Envelope.SIZE];
      ThreadLocalRandom.current().nextBytes(message);
      long start = System.nanoTime();
      byte[] carried = leg.carry(message);
      if (i >= 0) {
        millis[i] = (System.nanoTime() - start) / 1e6;
      }
      if (!Arrays.equals(message, carried)) {
        throw new IllegalStateException("Tor changed a message");
      }
    }
    return millis;
  }

  private static TorStream connected(TorNetwork network, ServerSocket server) throws Exception {
    for (int i = 1; ; i++) {
      try {
        return TorStream.open(network.socks(), server.getLocalPort());
      } catch (IOException e) {
        // The first paths may lead over relays that do not know each other yet.
        if (i == TRIES) {
          throw e;
        }
        TimeUnit.SECONDS.sleep(1);
      }
    }
  }

  private Result result(double[] up, double[] down, double[] both) {
    return new Result(
        name(),
        Interleaved.median(up) + Interleaved.median(down),
        "ms",
        LIMIT,
        String.format(
            Locale.ROOT,
            "for comparison with letter.latency.onion; bytes of %d envelopes by Tor: to the server"
                + " %.1f ms, from there to Bob %.1f ms; straight through %.1f ms, where the paths"
                + " share links, on which Tor waits for TCP",
            messages,
            Interleaved.median(up),
            Interleaved.median(down),
            Interleaved.median(both)));
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
