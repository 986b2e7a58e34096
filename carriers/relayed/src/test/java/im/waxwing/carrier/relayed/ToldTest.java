package im.waxwing.carrier.relayed;

import static org.assertj.core.api.Assertions.assertThat;

import im.waxwing.base.ByteString;
import im.waxwing.base.SecretBytes;
import im.waxwing.carrier.contract.Fixtures;
import im.waxwing.packet.Hop;
import im.waxwing.protocol.NodeInfo;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ToldTest {
  private static final Instant HALF_PAST_TEN = Instant.parse("2026-11-23T10:30:00Z");

  /// By our clock, which is days behind.
  private static final Instant HEARD = Instant.parse("2026-11-20T03:00:00Z");

  private final SecretBytes seed = SecretBytes.generate(32);
  private final List<ByteString> keys =
      Stream.generate(() -> Fixtures.random(32)).limit(3).toList();

  private NodeInfo info(List<ByteString> packetKeys) {
    long epoch = HALF_PAST_TEN.getEpochSecond() / 3600;
    return NodeInfo.sign(
        seed, Fixtures.random(32), HALF_PAST_TEN, epoch, packetKeys, Fixtures.random(32));
  }

  private static ByteString keyAfter(Told told, Duration passed) {
    return told.hop(HEARD.plus(passed)).map(Hop::packetKey).orElse(ByteString.EMPTY);
  }

  @Test
  void theKeyIsThatOfTheEpochByTheNodesClock() {
    Told told = new Told(info(keys), HEARD);

    assertThat(keyAfter(told, Duration.ZERO)).isEqualTo(keys.getFirst());
    assertThat(keyAfter(told, Duration.ofMinutes(29))).isEqualTo(keys.getFirst());
    assertThat(keyAfter(told, Duration.ofMinutes(30))).isEqualTo(keys.get(1));
    assertThat(keyAfter(told, Duration.ofMinutes(90))).isEqualTo(keys.get(2));
    assertThat(told.hop(HEARD.plus(Duration.ofMinutes(150)))).isEmpty();
  }

  @Test
  void aKeyLastsUntilTheEndOfTheHour() {
    Told told = new Told(info(keys), HEARD);

    assertThat(told.left(HEARD)).isEqualTo(Duration.ofMinutes(30));
    assertThat(told.left(HEARD.plus(Duration.ofMinutes(31)))).isEqualTo(Duration.ofMinutes(59));
  }

  @Test
  void aNodeGoesOnWhileItsNextKeysAreTheOnesItHadNamed() {
    Told told = new Told(info(keys), HEARD);
    List<ByteString> anHourLater = List.of(keys.get(1), keys.get(2), Fixtures.random(32));
    List<ByteString> startedAnew = Stream.generate(() -> Fixtures.random(32)).limit(3).toList();

    assertThat(told.goesOnIn(info(keys))).isTrue();
    assertThat(told.goesOnIn(info(anHourLater))).isTrue();
    assertThat(told.goesOnIn(info(startedAnew))).isFalse();
  }

  @Test
  void theNodesClockIsComparedWithOurs() {
    assertThat(new Told(info(keys), HEARD).ahead())
        .isEqualTo(Duration.between(HEARD, HALF_PAST_TEN));
  }
}
