package im.waxwing.node;

import static org.assertj.core.api.Assertions.assertThat;

import im.waxwing.base.ByteString;
import im.waxwing.base.SecretBytes;
import im.waxwing.model.NodeKey;
import im.waxwing.primitives.Ed25519;
import im.waxwing.protocol.NodeInfo;
import im.waxwing.protocol.NodeInfos;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RollTest {
  private final MovedClock clock = new MovedClock(Instant.parse("2026-11-23T12:00:00Z"));
  private final SecretBytes carolsSeed = SecretBytes.generate(32);
  private final SecretBytes mallorysSeed = SecretBytes.generate(32);
  private final Roll roll = new Roll(clock);

  @BeforeEach
  void list() {
    roll.list(Set.of(keyOf(carolsSeed)));
  }

  private static NodeKey keyOf(SecretBytes seed) {
    try (Ed25519.SigningKey key = Ed25519.SigningKey.ofSeed(seed.exposeSecret())) {
      return new NodeKey(ByteString.copyOf(key.publicKey()));
    }
  }

  /// A word with fresh packet keys.
  private NodeInfo word(SecretBytes seed) {
    return word(seed, List.of(Mailboxes.random(32), Mailboxes.random(32), Mailboxes.random(32)));
  }

  private NodeInfo word(SecretBytes seed, List<ByteString> packetKeys) {
    return NodeInfo.sign(
        seed, Identity.NO_LINK_KEY, clock.instant(), 1, packetKeys, Identity.NO_LINK_KEY);
  }

  private void later() {
    clock.move(Duration.ofSeconds(1));
  }

  @Test
  void aLaterWordWithOtherKeysTakesThePlaceOfTheFormer() throws Exception {
    NodeInfo first = word(carolsSeed);
    later();
    NodeInfo second = word(carolsSeed);

    assertThat(roll.offer(first)).isTrue();
    assertThat(roll.offer(second)).isTrue();
    assertThat(roll.offer(first)).isFalse();

    assertThat(NodeInfos.decode(roll.document().bytes()).infos()).containsExactly(second);
  }

  @Test
  void theSameKeysSaidAgainAreNoNews() {
    NodeInfo first = word(carolsSeed);
    later();

    assertThat(roll.offer(first)).isTrue();
    assertThat(roll.offer(word(carolsSeed, first.packetKeys()))).isFalse();
  }

  @Test
  void whoIsNotListedIsNotKnown() {
    assertThat(roll.offer(word(mallorysSeed))).isFalse();

    roll.list(Set.of(keyOf(mallorysSeed)));
    assertThat(roll.offer(word(mallorysSeed))).isTrue();
    roll.list(Set.of(keyOf(carolsSeed)));
    assertThat(roll.infos()).isEmpty();
  }

  @Test
  void malloryCannotSpeakForCarol() {
    NodeInfo mallorys = word(mallorysSeed);
    NodeInfo forged =
        new NodeInfo(
            keyOf(carolsSeed),
            mallorys.linkKeyHash(),
            mallorys.time(),
            mallorys.epoch(),
            mallorys.packetKeys(),
            mallorys.build(),
            mallorys.signature());

    assertThat(roll.offer(forged)).isFalse();
  }

  @Test
  void aWordOfLongAgoIsRefused() {
    NodeInfo old = word(carolsSeed);
    clock.move(Duration.ofHours(3).plusMillis(1));

    assertThat(roll.offer(old)).isFalse();
  }

  @Test
  void whoNamesNewKeysAllTheTimeIsHeardEightTimesAMinute() {
    for (int i = 0; i < 8; i++) {
      later();
      assertThat(roll.offer(word(carolsSeed))).isTrue();
    }
    later();
    assertThat(roll.offer(word(carolsSeed))).isFalse();

    clock.move(Duration.ofMinutes(1));
    assertThat(roll.offer(word(carolsSeed))).isTrue();
  }
}
