package im.waxwing.protocol.swarm;

import static org.assertj.core.api.Assertions.assertThat;

import im.waxwing.base.ByteString;
import im.waxwing.base.SecretBytes;
import im.waxwing.model.Day;
import im.waxwing.model.Envelope;
import im.waxwing.model.EnvelopeId;
import im.waxwing.model.NodeKey;
import im.waxwing.primitives.Ed25519;
import im.waxwing.protocol.MailboxId;
import im.waxwing.protocol.Signature;
import im.waxwing.protocol.VerifyingKey;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/// What Alice's app believes of a coordinator, which may be Mallory.
class ReceiptsTest {
  private static final Day TODAY = new Day(20_780);

  private final ByteString network = random(32);
  private final MailboxId mailbox = new MailboxId(random(32));
  private final EnvelopeId id = new EnvelopeId(random(32));
  private final Envelope envelope = new Envelope(random(Envelope.SIZE));
  private final Kept kept = Kept.of(network, mailbox, id, envelope, TODAY);
  private final List<SecretBytes> seeds = new ArrayList<>();
  private final List<NodeKey> members = new ArrayList<>();

  ReceiptsTest() {
    for (int i = 0; i < 5; i++) {
      SecretBytes seed = SecretBytes.generate(32);
      seeds.add(seed);
      members.add(key(seed));
    }
  }

  private static NodeKey key(SecretBytes seed) {
    try (Ed25519.SigningKey key = Ed25519.SigningKey.ofSeed(seed.exposeSecret())) {
      return new NodeKey(ByteString.copyOf(key.publicKey()));
    }
  }

  private static ByteString random(int size) {
    return ByteString.copyOf(SecretBytes.generate(size).exposeSecret());
  }

  private Receipt by(int member) {
    return kept.receipt(seeds.get(member));
  }

  private boolean prove(Receipt... receipts) {
    return new Receipts(List.of(receipts)).prove(kept, members, Receipts.QUORUM);
  }

  @Test
  void anyThreeMembersProveADeposit() throws Exception {
    for (int left = 0; left < 5; left++) {
      for (int other = 0; other < left; other++) {
        List<Receipt> receipts = new ArrayList<>();
        for (int member = 0; member < 5; member++) {
          if (member != left && member != other) {
            receipts.add(by(member));
          }
        }
        ByteString body = new Receipts(receipts).encode();

        assertThat(Receipts.decode(body).prove(kept, members, Receipts.QUORUM)).isTrue();
      }
    }
  }

  @Nested
  class ALyingCoordinator {
    @Test
    void isCaughtWithTooFewReceipts() {
      assertThat(prove()).isFalse();
      assertThat(prove(by(0), by(1))).isFalse();
    }

    @Test
    void isCaughtWithOneMembersReceiptRepeated() {
      assertThat(prove(by(0), by(1), by(1))).isFalse();
      assertThat(prove(Collections.nCopies(15, by(0)).toArray(new Receipt[0]))).isFalse();
    }

    @Test
    void isCaughtWithForgedReceipts() {
      Receipt underBobsName = new Receipt(members.get(2), by(1).signature());
      Receipt noise = new Receipt(members.get(2), new Signature(random(64)));

      assertThat(prove(by(0), by(1), underBobsName)).isFalse();
      assertThat(prove(by(0), by(1), noise)).isFalse();
    }

    @Test
    void isCaughtWithReceiptsOfNodesOutsideTheSwarm() {
      Receipt stranger = kept.receipt(SecretBytes.generate(32));

      assertThat(prove(by(0), by(1), stranger)).isFalse();
    }

    @Test
    void isCaughtWithReceiptsForSomethingElse() {
      Envelope other = new Envelope(random(Envelope.SIZE));
      List<Kept> wrong =
          List.of(
              Kept.of(network, mailbox, id, other, TODAY),
              Kept.of(network, mailbox, new EnvelopeId(random(32)), envelope, TODAY),
              Kept.of(network, new MailboxId(random(32)), id, envelope, TODAY),
              Kept.of(network, mailbox, id, envelope, TODAY.plus(1)),
              Kept.of(random(32), mailbox, id, envelope, TODAY));

      for (Kept not : wrong) {
        assertThat(prove(by(0), by(1), not.receipt(seeds.get(2)))).isFalse();
      }
    }

    @Test
    void mayAddNonsenseToWhatIsEnough() {
      assertThat(prove(new Receipt(members.get(3), new Signature(random(64))), by(0), by(1), by(2)))
          .isTrue();
    }
  }

  @Test
  void anAdmissionIsWorkForOneOwnerAndOneName() {
    VerifyingKey owner = new VerifyingKey(random(32));
    SwarmAdmission admission = new SwarmAdmission(network, 10);
    var token = admission.earn(owner, mailbox.bytes());

    assertThat(admission.admits(token, owner, mailbox.bytes())).isTrue();
    int admitted = 0;
    for (int i = 0; i < 100; i++) {
      admitted += admission.admits(token, owner, random(32)) ? 1 : 0;
      admitted += admission.admits(token, new VerifyingKey(random(32)), mailbox.bytes()) ? 1 : 0;
    }
    assertThat(admitted).isLessThan(10);
  }
}
