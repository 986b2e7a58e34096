package im.waxwing.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import im.waxwing.base.ByteString;
import im.waxwing.base.SecretBytes;
import im.waxwing.carrier.Answer;
import im.waxwing.carrier.Carrier;
import im.waxwing.carrier.Deposit;
import im.waxwing.carrier.Handoff;
import im.waxwing.carrier.relayed.RelayedCarrier;
import im.waxwing.model.Day;
import im.waxwing.model.Envelope;
import im.waxwing.model.EnvelopeId;
import im.waxwing.model.MailboxKey;
import im.waxwing.model.MailboxTarget;
import im.waxwing.model.NodeAddress;
import im.waxwing.model.OwnMailbox;
import im.waxwing.primitives.Ed25519.SigningKey;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/// `kill -9` alone proves no `fsync`: the page cache outlives the process. So the system calls of a
/// real node are looked at.
final class DurabilityTest {
  private static final int DEPOSITS = 20;

  /// One frame of 4,096 bytes in one TLS 1.3 record: header 5, content type 1, tag 16.
  private static final String ONE_RECORD = "= 4118";

  @Test
  void theDiskIsSynchronisedBeforeEachAcknowledgement() throws Exception {
    Programs programs = Programs.ofThisCheckout();
    try (Town town = new Town(programs)) {
      Path calls = town.folder().resolve("calls");
      try (NodeProcess node =
              NodeProcess.start(
                  programs.withNode(traced(programs, calls)),
                  town.folder().resolve("node"),
                  FreePort.find(),
                  List.of());
          Carrier carrier = RelayedCarrier.start(Clock.systemUTC())) {
        depositOneAfterTheOther(carrier, NodeAddress.WithAdmission.parse(node.address()));
      }

      List<String> synchronisedAndSent = synchronisedAndSent(calls);
      int answers = 0;
      for (int i = synchronisedAndSent.size() - 1; i > 0 && answers < DEPOSITS; i--) {
        if (synchronisedAndSent.get(i).equals("sent")) {
          assertThat(synchronisedAndSent.get(i - 1)).isEqualTo("synchronised");
          answers++;
        }
      }
      assertThat(answers).isEqualTo(DEPOSITS);
    }
  }

  private static List<String> traced(Programs programs, Path calls) {
    List<String> command =
        new ArrayList<>(
            List.of(
                "strace",
                "-D",
                "-f",
                "-qq",
                "-e",
                "signal=none",
                "-o",
                calls.toString(),
                "-e",
                "trace=fdatasync,fsync,write,writev,sendto,sendmsg"));
    command.addAll(programs.node());
    return command;
  }

  private static void depositOneAfterTheOther(Carrier carrier, NodeAddress.WithAdmission node)
      throws Exception {
    Day today = Day.of(Instant.now());
    SecretBytes seed = SecretBytes.generate(OwnMailbox.OWNER_SEED_SIZE);
    MailboxTarget target =
        new MailboxTarget(
            node.node(), publicKey(seed), SecretBytes.generate(MailboxTarget.DEPOSIT_SECRET_SIZE));
    OwnMailbox mailbox = new OwnMailbox(target, seed);
    im.waxwing.model.Path path = im.waxwing.model.Path.through(node.node());

    assertThat(
            await(
                (Consumer<Answer<?>> told) ->
                    carrier.open(path, mailbox, today, node.token(), told)))
        .isInstanceOf(Answer.Given.class);
    for (int i = 0; i < DEPOSITS; i++) {
      Deposit deposit = new Deposit(target, today, new EnvelopeId(random(32)), envelope());
      assertThat(await((Consumer<Handoff> told) -> carrier.deposit(path, deposit, told)))
          .isEqualTo(new Handoff.Accepted());
    }
  }

  private static MailboxKey publicKey(SecretBytes seed) {
    try (SigningKey key = SigningKey.ofSeed(seed.exposeSecret())) {
      return new MailboxKey(ByteString.copyOf(key.publicKey()));
    }
  }

  private static Envelope envelope() {
    return new Envelope(random(Envelope.SIZE));
  }

  private static ByteString random(int size) {
    return ByteString.copyOf(SecretBytes.generate(size).exposeSecret());
  }

  private static <T> T await(Consumer<Consumer<T>> request) throws Exception {
    CompletableFuture<T> told = new CompletableFuture<>();
    request.accept(told::complete);
    return told.get(60, TimeUnit.SECONDS);
  }

  /// What the node did with disk and links, in order; several of a kind in a row count once.
  private static List<String> synchronisedAndSent(Path calls) throws Exception {
    List<String> done = new ArrayList<>();
    for (String call : Files.readAllLines(calls)) {
      String what = "";
      if (call.contains("sync") && call.endsWith("= 0")) {
        what = "synchronised";
      } else if (call.endsWith(ONE_RECORD)) {
        what = "sent";
      }
      boolean again = what.equals("synchronised") && !done.isEmpty() && done.getLast().equals(what);
      if (!what.isEmpty() && !again) {
        done.add(what);
      }
    }
    return done;
  }
}
