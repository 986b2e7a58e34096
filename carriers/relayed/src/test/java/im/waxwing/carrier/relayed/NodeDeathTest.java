package im.waxwing.carrier.relayed;

import static im.waxwing.carrier.contract.Fixtures.depositFor;
import static im.waxwing.carrier.contract.Fixtures.mailboxAt;
import static org.assertj.core.api.Assertions.assertThat;

import im.waxwing.carrier.Carrier;
import im.waxwing.carrier.Deposit;
import im.waxwing.carrier.Handoff;
import im.waxwing.carrier.StoredEnvelope;
import im.waxwing.carrier.contract.CarrierWorld;
import im.waxwing.carrier.contract.Device;
import im.waxwing.carrier.contract.Heard;
import im.waxwing.model.AdmissionToken;
import im.waxwing.model.Day;
import im.waxwing.model.EnvelopeId;
import im.waxwing.model.NodeAddress;
import im.waxwing.model.OwnMailbox;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NodeDeathTest {
  private static final int DEPOSITS = 300;
  private static final int DEATHS = 3;

  @TempDir Path folder;

  @Test
  void whatWasAcknowledgedOutlivesKillingTheProcess() throws Exception {
    try (ProcessWorld world = new ProcessWorld(folder)) {
      Device bob = new Device(world);
      OwnMailbox mailbox = mailboxAt(world.node());
      bob.opens(mailbox, world.today());
      Set<EnvelopeId> acknowledged = ConcurrentHashMap.newKeySet();

      for (int death = 0; death < DEATHS; death++) {
        depositUntilDeath(world, mailbox, acknowledged);
        world.startNode();
      }

      Device afterwards = new Device(world);
      List<EnvelopeId> kept =
          afterwards.reads(mailbox, world.today()).stream().map(StoredEnvelope::id).toList();
      assertThat(acknowledged).hasSizeGreaterThan(DEATHS * DEPOSITS / 4);
      assertThat(kept).doesNotHaveDuplicates().containsAll(acknowledged);
    }
  }

  /// Kills the node at the moment a third of the deposits were acknowledged, the rest in flight.
  private static void depositUntilDeath(
      ProcessWorld world, OwnMailbox mailbox, Set<EnvelopeId> acknowledged) throws Exception {
    Carrier carrier = world.carrier();
    Heard<Handoff> outcomes = new Heard<>();
    AtomicInteger accepted = new AtomicInteger();
    im.waxwing.model.Path path = im.waxwing.model.Path.through(world.node());
    for (int i = 0; i < DEPOSITS; i++) {
      Deposit deposit = depositFor(mailbox, world.today());
      carrier.deposit(
          path,
          deposit,
          handoff -> {
            if (handoff instanceof Handoff.Accepted) {
              acknowledged.add(deposit.id());
              if (accepted.incrementAndGet() == DEPOSITS / 3) {
                world.stopNode();
              }
            }
            outcomes.accept(handoff);
          });
    }
    Set<Class<?>> seen = new HashSet<>();
    for (int i = 0; i < DEPOSITS; i++) {
      seen.add(outcomes.next().getClass());
    }
    assertThat(seen).contains(Handoff.Accepted.class, Handoff.Unreachable.class);
  }

  /// A node in a process of its own.
  private static final class ProcessWorld implements CarrierWorld {
    private final Path folder;
    private final List<Carrier> carriers = new ArrayList<>();
    private Process process;
    private NodeAddress.WithAdmission address;

    ProcessWorld(Path folder) throws IOException {
      this.folder = folder;
      this.process = start(0);
      this.address = readAddress();
    }

    private Process start(int port) throws IOException {
      String paths =
          System.getProperty("jdk.module.path", "")
              + File.pathSeparator
              + System.getProperty("java.class.path");
      return new ProcessBuilder(
              Path.of(System.getProperty("java.home"), "bin", "java").toString(),
              "--enable-native-access=ALL-UNNAMED",
              "-cp",
              paths,
              "im.waxwing.node.NodeProgram",
              "--data",
              folder.toString(),
              "--bind-address",
              "127.0.0.1",
              "--port",
              Integer.toString(port))
          .redirectError(ProcessBuilder.Redirect.DISCARD)
          .start();
    }

    private NodeAddress.WithAdmission readAddress() throws IOException {
      BufferedReader lines = process.inputReader();
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.contains("127.0.0.1:")) {
          try {
            return NodeAddress.WithAdmission.parse(line.strip());
          } catch (im.waxwing.base.MalformedException e) {
            throw new IOException(e);
          }
        }
      }
      throw new IOException("the node did not start");
    }

    @Override
    public Carrier carrier() {
      Carrier carrier = RelayedCarrier.start(Clock.systemUTC(), NodeWorld.QUICK);
      carriers.add(carrier);
      return carrier;
    }

    NodeAddress node() {
      return address.node();
    }

    @Override
    public NodeAddress place() {
      return node();
    }

    @Override
    public AdmissionToken token() {
      return address.token();
    }

    @Override
    public Day today() {
      return Day.of(Clock.systemUTC().instant());
    }

    /// SIGKILL: nothing is said goodbye to.
    @Override
    public void stopNode() {
      process.destroyForcibly();
    }

    @Override
    public void startNode() throws IOException {
      process.onExit().join();
      process = start(address.node().port());
      address = readAddress();
    }

    @Override
    public void close() {
      carriers.forEach(Carrier::close);
      process.destroyForcibly().onExit().join();
    }
  }
}
