package im.waxwing.app;

import im.waxwing.api.ProblemException;
import im.waxwing.api.ProblemKind;
import im.waxwing.base.MalformedException;
import im.waxwing.engine.HomeNodes;
import im.waxwing.model.NodeAddress;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/// The node of a person who chose to run one here: a program of its own, with the folder `node` in
/// the app's data folder. Once set up it runs whenever the app does.
///
/// Safe for many threads.
final class OwnNode implements HomeNodes, AutoCloseable {
  static final Pattern ADDRESS =
      Pattern.compile("^\\s*(\\S+:\\d+/[A-Za-z0-9_-]{43}/[A-Za-z0-9_-]{22})\\s*$");
  private static final System.Logger LOG = System.getLogger(OwnNode.class.getName());
  private static final String SETTINGS = "waxwing-node.conf";
  private static final int USUAL_PORT = 7443;
  private static final Duration START_LIMIT = Duration.ofSeconds(60);
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
  private static final Duration LAST_PAUSE = Duration.ofMinutes(1);

  private final Path folder;
  private final Runnable whenReady;
  private Optional<ChildProgram> running = Optional.empty();
  private Duration pause = FIRST_PAUSE;
  private boolean closed;

  /// @param whenReady run each time the node has started, so that nobody waits for it longer
  OwnNode(Path appFolder, Runnable whenReady) {
    this.folder = appFolder.resolve("node");
    this.whenReady = whenReady;
  }

  /// Starts the node again if there is one, without waiting for it.
  void resume() {
    if (Files.exists(folder.resolve(SETTINGS))) {
      Thread.ofVirtual().start(this::startQuietly);
    }
  }

  @Override
  public NodeAddress.WithAdmission startOnThisMachine() throws ProblemException {
    try {
      settle(folder, usualOrFreePort());
      return NodeAddress.WithAdmission.parse(start());
    } catch (IOException | MalformedException e) {
      giveUp();
      throw new ProblemException(ProblemKind.NODE_FAILED_TO_START, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ProblemException(ProblemKind.NODE_FAILED_TO_START, e);
    }
  }

  /// Fixes the port of a node for good, because it is part of the address that others keep.
  ///
  /// @param port for a node that has none yet
  static void settle(Path folder, int port) throws IOException {
    Files.createDirectories(folder);
    Path settings = folder.resolve(SETTINGS);
    if (!Files.exists(settings)) {
      Files.writeString(settings, "port = " + port + "\nbind-address = 127.0.0.1\n");
    }
  }

  /// Nobody lives at this node yet: the next attempt begins anew.
  private void giveUp() {
    takeRunning().ifPresent(ChildProgram::close);
    try {
      Files.deleteIfExists(folder.resolve(SETTINGS));
    } catch (IOException e) {
      LOG.log(System.Logger.Level.ERROR, "the settings of a node cannot be removed", e);
    }
  }

  private synchronized Optional<ChildProgram> takeRunning() {
    Optional<ChildProgram> last = running;
    running = Optional.empty();
    return last;
  }

  private static int usualOrFreePort() throws IOException {
    try (ServerSocket usual = listening(USUAL_PORT)) {
      return usual.getLocalPort();
    } catch (IOException e) {
      return freePorts(1).getFirst();
    }
  }

  /// Ports that nobody listens on; each is held until all are found, so that no two are the same.
  static List<Integer> freePorts(int count) throws IOException {
    List<ServerSocket> held = new ArrayList<>();
    try {
      while (held.size() < count) {
        held.add(listening(0));
      }
      return held.stream().map(ServerSocket::getLocalPort).toList();
    } finally {
      for (ServerSocket socket : held) {
        socket.close();
      }
    }
  }

  private static ServerSocket listening(int port) throws IOException {
    return new ServerSocket(port, 1, InetAddress.getLoopbackAddress());
  }

  /// The address of the node that runs now.
  private String start() throws IOException, InterruptedException {
    String address = child().awaitWord(START_LIMIT);
    synchronized (this) {
      pause = FIRST_PAUSE;
    }
    whenReady.run();
    return address;
  }

  private synchronized ChildProgram child() throws IOException {
    if (closed) {
      throw new IOException("the app is ending");
    }
    if (running.isEmpty()) {
      List<String> command = new ArrayList<>(ChildProgram.node());
      command.addAll(List.of("--data", folder.toString()));
      ChildProgram child = ChildProgram.start(command, ADDRESS, folder.resolve("log"));
      running = Optional.of(child);
      child.onEnd(() -> ended(child));
    }
    return running.get();
  }

  private void startQuietly() {
    try {
      start();
    } catch (IOException e) {
      LOG.log(System.Logger.Level.ERROR, "the node of this machine did not start", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// Starts it again after a pause that grows with each failure.
  private void ended(ChildProgram child) {
    Duration wait;
    synchronized (this) {
      if (closed || running.filter(child::equals).isEmpty()) {
        return;
      }
      running = Optional.empty();
      wait = pause;
      pause = pause.multipliedBy(2).compareTo(LAST_PAUSE) < 0 ? pause.multipliedBy(2) : LAST_PAUSE;
    }
    Thread.ofVirtual().start(() -> startAfter(wait));
  }

  private void startAfter(Duration wait) {
    try {
      TimeUnit.MILLISECONDS.sleep(wait.toMillis());
      startQuietly();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    synchronized (this) {
      closed = true;
    }
    takeRunning().ifPresent(ChildProgram::close);
  }
}
