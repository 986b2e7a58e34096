package im.waxwing.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import im.waxwing.base.ByteString;
import im.waxwing.base.SecretBytes;
import im.waxwing.model.NodeAddress;
import im.waxwing.model.NodeKey;
import im.waxwing.primitives.Ed25519;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class PeerGreetingTest {
  private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");

  private final SecretBytes seed = SecretBytes.generate(32);
  private final NodeAddress dialling = new NodeAddress("node.example", 7443, key(seed));
  private final NodeInfo answering =
      NodeInfo.sign(
          SecretBytes.generate(32),
          random(),
          NOW,
          7,
          List.of(random(), random(), random()),
          random());
  private final PeerGreeting greeting = PeerGreeting.sign(seed, dialling, NOW, answering);

  private static NodeKey key(SecretBytes seed) {
    try (Ed25519.SigningKey key = Ed25519.SigningKey.ofSeed(seed.exposeSecret())) {
      return new NodeKey(ByteString.copyOf(key.publicKey()));
    }
  }

  private static ByteString random() {
    return ByteString.copyOf(SecretBytes.generate(32).exposeSecret());
  }

  private boolean isAccepted(PeerGreeting one, Instant now) {
    return one.isFor(answering.nodeKey(), answering.linkKeyHash(), now);
  }

  @Test
  void aGreetingIsForOneLinkOfOneNode() {
    assertThat(isAccepted(greeting, NOW)).isTrue();
    assertThat(greeting.isFor(key(seed), answering.linkKeyHash(), NOW)).isFalse();
    assertThat(greeting.isFor(answering.nodeKey(), random(), NOW)).isFalse();
  }

  @Test
  void aGreetingIsOfNoUseHalfADayLater() {
    Duration most = Duration.ofHours(12);

    assertThat(isAccepted(greeting, NOW.plus(most))).isTrue();
    assertThat(isAccepted(greeting, NOW.minus(most))).isTrue();
    assertThat(isAccepted(greeting, NOW.plus(most).plusMillis(1))).isFalse();
    assertThat(isAccepted(greeting, NOW.minus(most).minusMillis(1))).isFalse();
  }

  @Test
  void nobodyElseCanSignForAnAddressOrATime() {
    NodeAddress elsewhere = new NodeAddress("mallory.example", 7443, dialling.key());

    assertThat(isAccepted(new PeerGreeting(elsewhere, NOW, greeting.signature()), NOW)).isFalse();
    assertThat(isAccepted(new PeerGreeting(dialling, NOW.plusMillis(1), greeting.signature()), NOW))
        .isFalse();
    assertThat(
            isAccepted(PeerGreeting.sign(SecretBytes.generate(32), dialling, NOW, answering), NOW))
        .isFalse();
  }
}
