package im.waxwing.bench;

import im.waxwing.scenarios.ChildProcess;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A private Tor network on loopback: three authorities that are relays as well, three more relays,
/// one client. All of them relay to 127.0.0.1 and nowhere else, and know of no other network.
final class TorNetwork implements AutoCloseable {
  private static final int AUTHORITIES = 3;
  private static final int RELAYS = 3;
  private static final Duration KEYS_LIMIT = Duration.ofMinutes(2);
  private static final Duration START_LIMIT = Duration.ofMinutes(4);
  private static final Pattern FINGERPRINT = Pattern.compile("(?:[0-9A-F]{4} ?){10}");
  private static final Pattern IDENTITY = Pattern.compile("fingerprint ([0-9A-F]{40})");

  // Without delays where Tor collects what to send, as the network under comparison has none.
  private static final String ALL =
      """
      TestingTorNetwork 1
      PathsNeededToBuildCircuits 0.67
      TestingDirAuthVoteExit *
      TestingDirAuthVoteHSDir *
      TestingDirAuthVoteGuard *
      TestingMinExitFlagThreshold 0
      V3AuthNIntervalsValid 2
      ShutdownWaitLength 0
      Schedulers Vanilla
      OutboundBindAddress 127.0.0.1
      Log notice stdout
      """;

  private static final String OF_RELAY =
      """
      Address 127.0.0.1
      SocksPort 0
      AssumeReachable 1
      ExitRelay 1
      ExitPolicy accept 127.0.0.1:*
      ExitPolicy reject *:*
      ContactInfo bench@invalid
      """;

  // Whole descriptors, as a summary of a policy does not tell of loopback.
  private static final String OF_CLIENT =
      """
      UseMicrodescriptors 0
      SocksTimeout 10
      """;

  private static final String OF_AUTHORITY =
      """
      AuthoritativeDirectory 1
      V3AuthoritativeDirectory 1
      TestingV3AuthInitialVotingInterval 5
      TestingV3AuthInitialVoteDelay 2
      TestingV3AuthInitialDistDelay 2
      V3AuthVotingInterval 10
      V3AuthVoteDelay 2
      V3AuthDistDelay 2
      """;

  private final TorPrograms programs;
  private final Path folder;
  private final List<ChildProcess> running = new ArrayList<>();

  private TorNetwork(TorPrograms programs, Path folder) {
    this.programs = programs;
    this.folder = folder;
  }

  /// Starts all and waits until the client can use the network.
  ///
  /// @param folder empty; its path is short enough for a socket in it
  static TorNetwork start(TorPrograms programs, Path folder) throws Exception {
    TorNetwork network = new TorNetwork(programs, folder);
    try {
      network.start();
      return network;
    } catch (Exception e) {
      network.close();
      throw e;
    }
  }

  /// The client's SOCKS 5 socket.
  Path socks() {
    return folder.resolve("client").resolve("socks");
  }

  private void start() throws Exception {
    List<Integer> ports = freePorts(2 * AUTHORITIES + RELAYS);
    StringBuilder authorities = new StringBuilder();
    for (int i = 0; i < AUTHORITIES; i++) {
      authorities.append(makeAuthority("auth" + i, ports.get(2 * i), ports.get(2 * i + 1)));
    }
    for (int i = 0; i < AUTHORITIES; i++) {
      String own = "DirPort 127.0.0.1:" + ports.get(2 * i + 1) + "\n" + OF_AUTHORITY;
      run("auth" + i, authorities + relay(ports.get(2 * i)) + own);
    }
    for (int i = 0; i < RELAYS; i++) {
      run("relay" + i, authorities + relay(ports.get(2 * AUTHORITIES + i)));
    }
    ChildProcess client =
        run("client", authorities + "SocksPort unix:" + socks() + "\n" + OF_CLIENT);
    String _ =
        client.awaitLine(
            "the Tor network", line -> line.contains("Bootstrapped 100%"), START_LIMIT);
  }

  private static String relay(int port) {
    return "ORPort 127.0.0.1:" + port + "\n" + OF_RELAY;
  }

  private static List<Integer> freePorts(int count) throws IOException {
    List<ServerSocket> open = new ArrayList<>();
    try {
      for (int i = 0; i < count; i++) {
        open.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
      }
      return open.stream().map(ServerSocket::getLocalPort).toList();
    } finally {
      for (ServerSocket socket : open) {
        socket.close();
      }
    }
  }

  /// Makes the keys of an authority; gives the line by which the others know it.
  private String makeAuthority(String name, int port, int directoryPort) throws Exception {
    Path keys = data(name).resolve("keys");
    Files.createDirectory(keys);
    Path certificate = keys.resolve("authority_certificate");
    String _ = end(ChildProcess.start(generating(keys, certificate, directoryPort), Map.of()));
    List<String> printing = tor(name, "");
    printing.addAll(List.of("--list-fingerprint", "--ORPort", "1", "--DisableNetwork", "1"));
    String said = end(ChildProcess.start(printing, Map.of()));
    return String.format(
        Locale.ROOT,
        "DirAuthority %s orport=%d no-v2 v3ident=%s 127.0.0.1:%d %s%n",
        name,
        port,
        found(IDENTITY, Files.readString(certificate)),
        directoryPort,
        found(FINGERPRINT, said).replace(" ", ""));
  }

  /// With an empty passphrase: standard input is closed.
  private List<String> generating(Path keys, Path certificate, int directoryPort) {
    return List.of(
        programs.generator().toString(),
        "--create-identity-key",
        "--passphrase-fd",
        "0",
        "-m",
        "12",
        "-a",
        "127.0.0.1:" + directoryPort,
        "-i",
        keys.resolve("authority_identity_key").toString(),
        "-s",
        keys.resolve("authority_signing_key").toString(),
        "-c",
        certificate.toString());
  }

  /// What a process says until it ends well.
  private static String end(ChildProcess process) throws Exception {
    try (process) {
      if (process.awaitExit(KEYS_LIMIT) != 0) {
        throw new IllegalStateException("Tor made no keys: " + process.output());
      }
      return String.join("\n", process.output());
    }
  }

  private static String found(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text);
    if (!matcher.find()) {
      throw new IllegalStateException("Tor does not say what keys it has");
    }
    return matcher.group(matcher.groupCount());
  }

  private ChildProcess run(String name, String configuration) throws Exception {
    ChildProcess process = ChildProcess.start(tor(name, ALL + configuration), Map.of());
    running.add(process);
    return process;
  }

  /// The command of a process, which ends when this one does.
  private List<String> tor(String name, String configuration) throws IOException {
    Path file = folder.resolve(name + ".conf");
    Path empty = folder.resolve("empty.conf");
    Files.writeString(file, configuration);
    Files.writeString(empty, "");
    return new ArrayList<>(
        List.of(
            programs.tor().toString(),
            "-f",
            file.toString(),
            "--defaults-torrc",
            empty.toString(),
            "--hush",
            "--Nickname",
            name,
            "--DataDirectory",
            data(name).toString(),
            "--__OwningControllerProcess",
            Long.toString(ProcessHandle.current().pid())));
  }

  private Path data(String name) throws IOException {
    Path data = folder.resolve(name);
    if (!Files.exists(data)) {
      Files.createDirectory(
          data, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }
    return data;
  }

  @Override
  public void close() {
    running.forEach(ChildProcess::close);
  }
}
