package im.waxwing.node;

import static org.assertj.core.api.Assertions.assertThat;

import im.waxwing.base.ByteString;
import im.waxwing.model.Day;
import im.waxwing.model.EnvelopeId;
import im.waxwing.model.NodeAddress;
import im.waxwing.model.NodeKey;
import im.waxwing.protocol.AnswerCode;
import im.waxwing.protocol.Frame;
import im.waxwing.protocol.MailboxDay;
import im.waxwing.protocol.OwnMailboxDay;
import im.waxwing.protocol.Request;
import im.waxwing.protocol.swarm.Kept;
import im.waxwing.protocol.swarm.PeerRequest;
import im.waxwing.protocol.swarm.Receipts;
import im.waxwing.protocol.swarm.SwarmAdmission;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Five members in processes of their own, linked to each other. For each of the ten pairs: Alice
/// deposits, and with the last acknowledgement she needs both are killed (SIGKILL), while copies
/// and answers are still on their way.
///
/// `./mvnw -Pswarm-full` makes it 10,000 deposits (`-Dim.waxwing.swarm.deposits`).
class SwarmDeathTest {
  private static final int MEMBERS = 5;
  private static final int PAIRS = 10;

  /// A process that runs, its output, and where it answers.
  private record Running(
      Process process, BufferedReader lines, NodeAddress.WithAdmission address) {}

  private static final class Member {
    final Path folder;
    Running running;

    Member(Path folder, Running running) {
      this.folder = folder;
      this.running = running;
    }

    NodeAddress node() {
      return running.address().node();
    }
  }

  @TempDir Path folder;
  private final ByteString network = Mailboxes.random(32);
  private final Day today = Day.of(Clock.systemUTC().instant());
  private final List<Member> members = new ArrayList<>();
  private OwnMailboxDay bob;
  private MailboxDay alice;

  @BeforeEach
  void start() throws Exception {
    for (int i = 0; i < MEMBERS; i++) {
      Path data = folder.resolve("member" + i);
      members.add(new Member(data, run(data, 0)));
    }
    for (Member member : members) {
      join(member);
    }
    Mailboxes mailboxes = Mailboxes.in(network);
    bob = mailboxes.bob(today);
    alice = mailboxes.alice(today);
  }

  @AfterEach
  void stop() {
    members.forEach(member -> member.running.process().destroyForcibly().onExit().join());
  }

  private Running run(Path data, int port) throws Exception {
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
    command.addAll(List.of("-cp", paths, SwarmMemberProgram.class.getName()));
    command.addAll(List.of(data.toString(), Integer.toString(port), network.hex()));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    BufferedReader lines = process.inputReader();
    String line = lines.readLine();
    assertThat(line).as("the member's address").isNotNull();
    return new Running(process, lines, NodeAddress.WithAdmission.parse(line));
  }

  private void join(Member member) throws IOException {
    Writer input = member.running.process().outputWriter();
    for (Member one : members) {
      input.write(one.running.address().format() + "\n");
    }
    input.write("\n");
    input.flush();
    assertThat(member.running.lines().readLine()).isEqualTo("ready");
  }

  private void restart(Member member) throws Exception {
    member.running.process().onExit().join();
    member.running = run(member.folder, member.node().port());
    join(member);
  }

  @Test
  void whatWasAcknowledgedOutlivesKillingAnyTwo() throws Exception {
    int each = Math.max(1, Integer.getInteger("im.waxwing.swarm.deposits", 200) / PAIRS);
    bobOpens();
    Set<EnvelopeId> acknowledged = new HashSet<>();
    for (int one = 0; one < MEMBERS; one++) {
      for (int other = 0; other < one; other++) {
        Set<EnvelopeId> now = depositAndKill(each, one, other);
        acknowledged.addAll(now);

        assertThat(now).hasSize(each);
        assertThat(keptWithout(one, other)).containsAll(now);

        restart(members.get(one));
        restart(members.get(other));
      }
    }
    assertThat(keptWithout(-1, -1)).containsAll(acknowledged);
  }

  private void bobOpens() throws Exception {
    Request.Open open =
        bob.open(new SwarmAdmission(network, 8).earn(bob.owner(), bob.id().bytes()));
    try (RawLink link = RawLink.to(members.getFirst().node())) {
      AnswerCode code = AnswerCode.BUSY;
      for (long number = 1; code == AnswerCode.BUSY; number++) {
        code = link.ask(number, open).code();
      }
      assertThat(code).isEqualTo(AnswerCode.OK);
    }
  }

  /// The coordinator is the first of the two on even pairs, a survivor on odd ones.
  private Set<EnvelopeId> depositAndKill(int count, int one, int other) throws Exception {
    int coordinator = (one + other) % 2 == 0 ? one : survivor(one, other);
    List<NodeKey> keys = members.stream().map(member -> member.node().key()).toList();
    Map<Long, Request.Deposit> asked = new HashMap<>();
    Set<EnvelopeId> acknowledged = new HashSet<>();
    try (RawLink link = RawLink.to(members.get(coordinator).node())) {
      long number = 1;
      while (acknowledged.size() < count) {
        while (asked.size() < Math.min(20, count - acknowledged.size())) {
          Request.Deposit deposit = alice.deposit(Mailboxes.id(), Mailboxes.envelope());
          asked.put(number, deposit);
          link.send(link.packet(number++, deposit));
        }
        Frame.Answer answer = link.nextAnswer();
        Request.Deposit deposit = Objects.requireNonNull(asked.remove(answer.number()));
        if (answer.code() == AnswerCode.OK && proves(answer, deposit, keys)) {
          acknowledged.add(deposit.id());
        }
      }
      members.get(one).running.process().destroyForcibly();
      members.get(other).running.process().destroyForcibly();
    }
    members.get(one).running.process().onExit().join();
    members.get(other).running.process().onExit().join();
    return acknowledged;
  }

  private boolean proves(Frame.Answer answer, Request.Deposit deposit, List<NodeKey> keys)
      throws Exception {
    Kept kept = Kept.of(network, deposit.mailbox(), deposit.id(), deposit.envelope(), today);
    return Receipts.decode(answer.body()).prove(kept, keys, Receipts.QUORUM);
  }

  private static int survivor(int one, int other) {
    int survivor = 0;
    while (survivor == one || survivor == other) {
      survivor++;
    }
    return survivor;
  }

  /// What lies on the disks of the others.
  private Set<EnvelopeId> keptWithout(int one, int other) throws Exception {
    Set<EnvelopeId> kept = new HashSet<>();
    for (int i = 0; i < MEMBERS; i++) {
      if (i != one && i != other) {
        kept.addAll(keptAt(members.get(i).folder));
      }
    }
    return kept;
  }

  private List<EnvelopeId> keptAt(Path data) throws Exception {
    try (SwarmReader reader = SwarmReader.open(data)) {
      var mailbox = reader.mailbox(bob.id().bytes());
      List<EnvelopeId> ids = new ArrayList<>();
      if (mailbox.isPresent()) {
        for (var entry :
            reader.entries(mailbox.get(), PeerRequest.Pull.ITSELF, Integer.MAX_VALUE)) {
          assertThat(reader.original(mailbox.get(), entry.id())).isPresent();
          ids.add(entry.id());
        }
      }
      return ids;
    }
  }
}
