package im.waxwing.node.directory;

import static org.assertj.core.api.Assertions.assertThat;

import im.waxwing.base.ByteString;
import im.waxwing.base.MalformedException;
import im.waxwing.model.NodeAddress;
import im.waxwing.node.DocumentLink;
import im.waxwing.protocol.DocumentKind;
import im.waxwing.protocol.Frame;
import im.waxwing.protocol.consensus.AuthorityKey;
import im.waxwing.protocol.consensus.AuthoritySet;
import im.waxwing.protocol.consensus.Consensus;
import im.waxwing.protocol.consensus.Parameters;
import im.waxwing.protocol.consensus.SignedConsensus;
import io.vertx.core.Vertx;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Two authorities here and one in a process of its own, by the machine's clock. The one is killed
/// (SIGKILL) in the middle of an epoch and started again in its folder.
class AuthorityDeathTest {
  private static final Duration EPOCH = Duration.ofSeconds(8);

  @TempDir Path folder;
  private final Vertx vertx = Vertx.vertx();
  private final List<AuthorityNode> here = new ArrayList<>();
  private AuthoritySet set;
  private Path killed;
  private NodeAddress address;
  private Process process;

  @BeforeEach
  void start() throws Exception {
    set = Founding.local(folder, 3, EPOCH);
    killed = folder.resolve("authority-3");
    try (AuthorityKey key = AuthorityFolder.readKey(killed)) {
      address = set.authorities().get(set.indexOf(key.nodeKey()).orElseThrow()).address();
    }
    for (int i = 1; i <= 2; i++) {
      // On one machine every node has the same address.
      AuthorityConfig config =
          new AuthorityConfig(
              folder.resolve("authority-" + i), "127.0.0.1", Parameters.STANDARD.with(Set.of()));
      here.add(AuthorityNode.start(config, Clock.systemUTC()));
    }
    run();
  }

  @AfterEach
  void stop() {
    process.destroyForcibly().onExit().join();
    here.forEach(AuthorityNode::close);
    var _ = vertx.close();
  }

  private void run() throws Exception {
    String paths =
        System.getProperty("jdk.module.path", "")
            + File.pathSeparator
            + System.getProperty("java.class.path");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "-XX:TieredStopAtLevel=1"));
    String sodium = System.getProperty("im.waxwing.sodium");
    if (sodium != null) {
      command.add("-Dim.waxwing.sodium=" + sodium);
    }
    command.addAll(List.of("-cp", paths, AuthorityProgram.class.getName(), killed.toString()));
    process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    BufferedReader lines = process.inputReader();
    assertThat(lines.readLine()).isEqualTo("The authority runs.");
  }

  private void killAndRunAgain() throws Exception {
    process.destroyForcibly().onExit().join();
    run();
  }

  private List<Long> progress(int authority) {
    return here.get(authority).progress();
  }

  /// Waits until all three have said so much about one ballot.
  ///
  /// @return the epoch that it is for
  private long awaitWords(int kind) {
    Network.await(() -> progress(0).get(kind) == 3 && progress(1).get(kind) == 3);
    return progress(0).getFirst();
  }

  private void awaitConsensus(long epoch) {
    Network.await(
        () ->
            here.stream()
                .allMatch(
                    one -> one.newest().filter(it -> it.consensus().epoch() >= epoch).isPresent()));
  }

  private byte[] kept(String name) throws IOException {
    return Files.readAllBytes(killed.resolve(name));
  }

  @Test
  void anAuthorityKilledInTheMiddleOfAnEpochContradictsNothingAndTheNetworkGoesOn()
      throws Exception {
    long voted = awaitWords(Network.VOTES);
    byte[] vote = kept("vote-" + voted);
    killAndRunAgain();
    assertThat(Arrays.equals(kept("vote-" + voted), vote)).isTrue();
    awaitConsensus(voted);

    long revealed = awaitWords(Network.REVEALS);
    killAndRunAgain();
    awaitConsensus(revealed);
    long next = awaitWords(Network.VOTES);
    awaitConsensus(next);

    Network.await(() -> newestOfTheKilled().filter(one -> one.epoch() >= next).isPresent());
    for (AuthorityNode one : here) {
      assertThat(one.proofs()).isEmpty();
      assertThat(one.newest().orElseThrow().isSignedBy(set)).isTrue();
    }
  }

  private Optional<Consensus> newestOfTheKilled() {
    ByteString none = Frame.AskDocument.NONE;
    try (DocumentLink link = DocumentLink.open(vertx, address)) {
      Optional<ByteString> document = link.ask(DocumentKind.CONSENSUS, 0, none, none);
      return document.isEmpty()
          ? Optional.empty()
          : Optional.of(SignedConsensus.decode(document.get()).consensus());
    } catch (IOException | MalformedException _) {
      return Optional.empty();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
