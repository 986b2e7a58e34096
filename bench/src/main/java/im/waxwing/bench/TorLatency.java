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
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// The yardstick for `letter.latency.onion`: bytes as many as an envelope has, from Alice by three
/// relays of a private Tor network to a server on loopback, and from there by three other relays to
/// Bob, who is connected. Nothing is encrypted but by Tor, nothing stored, no app takes part.
///
/// @param warmUp messages before those that count
/// @param messages messages that count
record TorLatency(int warmUp, int messages) implements Benchmark {
  private static final int TRIES = 20;

  /// The one that letters by three of our relays are held against.
  private static final double LIMIT = 60;

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
      BlockingQueue<Long> arrivals = new ArrayBlockingQueue<>(1);
      Thread _ = Thread.ofVirtual().start(() -> passOn(fromAlice, toBob, arrivals));
      double[] half = new double[messages];
      double[] whole = new double[messages];
      for (int i = -warmUp; i < messages; i++) {
        byte[] message = new byte[Envelope.SIZE];
        ThreadLocalRandom.current().nextBytes(message);
        long start = System.nanoTime();
        alice.write(ByteBuffer.wrap(message));
        boolean same = bob.read(Envelope.SIZE).equals(ByteBuffer.wrap(message));
        long end = System.nanoTime();
        Long arrived = arrivals.poll(1, TimeUnit.MINUTES);
        if (!same || arrived == null) {
          throw new IllegalStateException("Tor changed a message");
        }
        if (i >= 0) {
          half[i] = (arrived - start) / 1e6;
          whole[i] = (end - start) / 1e6;
        }
      }
      return result(half, whole);
    }
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

  /// What the server does, until a connection ends.
  private static void passOn(Socket from, Socket to, BlockingQueue<Long> arrivals) {
    try {
      to.setTcpNoDelay(true);
      while (true) {
        byte[] message = from.getInputStream().readNBytes(Envelope.SIZE);
        if (message.length < Envelope.SIZE) {
          return;
        }
        arrivals.put(System.nanoTime());
        to.getOutputStream().write(message);
      }
    } catch (IOException _) {
      // The measurement is over, or says itself what is missing.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Result result(double[] half, double[] whole) {
    Arrays.sort(whole);
    return new Result(
        name(),
        Interleaved.median(whole),
        "ms",
        LIMIT,
        String.format(
            Locale.ROOT,
            "for comparison with letter.latency.onion: %d messages of %,d bytes by Tor, six relays"
                + " in all; 99 of 100 took at most %.1f ms; to the server behind the first three:"
                + " %.1f ms",
            messages,
            Envelope.SIZE,
            whole[(messages - 1) * 99 / 100],
            Interleaved.median(half)));
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
