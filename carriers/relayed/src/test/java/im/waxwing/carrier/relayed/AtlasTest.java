package im.waxwing.carrier.relayed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import im.waxwing.base.ByteString;
import im.waxwing.base.MalformedException;
import im.waxwing.carrier.Reachability.Fault;
import im.waxwing.carrier.contract.Fixtures;
import im.waxwing.model.NetworkId;
import im.waxwing.protocol.AnswerCode;
import im.waxwing.protocol.consensus.Consensus;
import im.waxwing.protocol.consensus.SignedConsensus;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtlasTest {
  private static final Optional<ByteString> NOTHING_MISSING = Optional.empty();

  @TempDir Path folder;
  private final Instant now = Instant.now();
  private FakeNetwork network;
  private Atlas atlas;

  @BeforeEach
  void prepare() throws Exception {
    network =
        new FakeNetwork(
            folder, FakeNetwork.FAST, asked -> asked.answer(AnswerCode.BUSY, Fixtures.random(0)));
    atlas = newAtlas();
    assertThat(atlas.takeFile(bytes(network.file()))).isTrue();
  }

  @AfterEach
  void close() throws Exception {
    network.close();
  }

  private Atlas newAtlas() {
    return new Atlas(network.address().id(), new SecureRandom());
  }

  private static ByteString bytes(String text) {
    return ByteString.copyOf(text.getBytes(StandardCharsets.US_ASCII));
  }

  private Optional<Consensus> shown() {
    return Optional.of(network.shown().consensus());
  }

  @Test
  void whatIsKnownIsFoundAgain() throws Exception {
    assertThat(atlas.offer(network.shown(), now)).isEqualTo(NOTHING_MISSING);

    Atlas again = newAtlas();
    again.recall(atlas.encode(), now);

    assertThat(again.consensus(now)).isEqualTo(shown());
    assertThat(again.guards()).hasSize(1).isEqualTo(atlas.guards());
  }

  @Test
  void whatIsTooOldByThenIsNot() throws Exception {
    assertThat(atlas.offer(network.shown(), now)).isEqualTo(NOTHING_MISSING);

    Atlas again = newAtlas();
    again.recall(atlas.encode(), now.plus(Duration.ofHours(4)));

    assertThat(again.hasFile()).isTrue();
    assertThat(again.newest()).isEmpty();
    assertThat(again.fault()).isEmpty();
  }

  @Test
  void aDamagedMemoryIsRefused() {
    ByteString memory = atlas.encode();

    for (int length = 0; length < memory.size(); length += 97) {
      ByteString cut = memory.slice(0, length);
      assertThatThrownBy(() -> newAtlas().recall(cut, now)).isInstanceOf(MalformedException.class);
    }
  }

  @Test
  void anotherNetworksFileIsNotTaken() {
    Atlas other = new Atlas(new NetworkId(Fixtures.random(NetworkId.SIZE)), new SecureRandom());

    assertThat(other.takeFile(bytes(network.file()))).isFalse();
    assertThat(other.fault()).contains(Fault.WRONG_NETWORK);
  }

  @Test
  void aNewcomerShownTheComingEpochAsksForThePresentOne() {
    SignedConsensus present = network.shown();
    ByteString hash = present.consensus().hash();
    SignedConsensus coming = network.signed(network.consensus(network.epoch() + 1, hash), 3);

    assertThat(atlas.offer(coming, now)).contains(hash);
    assertThat(atlas.offer(present, now)).isEqualTo(NOTHING_MISSING);
    assertThat(atlas.offer(coming, now)).isEqualTo(NOTHING_MISSING);

    assertThat(atlas.consensus(now)).isEqualTo(shown());
    assertThat(atlas.newest()).contains(coming.consensus());
  }

  @Test
  void aForkIsNotForgottenForALesserFault() {
    assertThat(atlas.offer(network.shown(), now)).isEqualTo(NOTHING_MISSING);
    SignedConsensus other = network.signed(network.consensus(network.epoch()), 3);
    SignedConsensus unsigned = network.signed(network.consensus(network.epoch()), 1);

    assertThat(atlas.offer(other, now)).isEqualTo(NOTHING_MISSING);
    assertThat(atlas.offer(unsigned, now)).isEqualTo(NOTHING_MISSING);
    atlas.heardTheSame(now);

    assertThat(atlas.fault()).contains(Fault.FORKED);
    assertThat(atlas.consensus(now)).isEmpty();
  }

  @Test
  void aForkIsOverWhenTheKnownOneIsBuiltUpon() {
    assertThat(atlas.offer(network.shown(), now)).isEqualTo(NOTHING_MISSING);
    SignedConsensus other = network.signed(network.consensus(network.epoch()), 3);
    assertThat(atlas.offer(other, now)).isEqualTo(NOTHING_MISSING);
    ByteString hash = network.shown().consensus().hash();

    SignedConsensus next = network.signed(network.consensus(network.epoch() + 1, hash), 3);
    assertThat(atlas.offer(next, now)).isEqualTo(NOTHING_MISSING);

    assertThat(atlas.fault()).isEmpty();
    assertThat(atlas.consensus(now)).isEqualTo(shown());
  }
}
