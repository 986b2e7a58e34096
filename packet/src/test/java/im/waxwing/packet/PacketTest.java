package im.waxwing.packet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import im.waxwing.base.ByteString;
import im.waxwing.base.MalformedException;
import im.waxwing.model.NodeKey;
import im.waxwing.packet.Unwrapped.Deliver;
import im.waxwing.packet.Unwrapped.Forward;
import im.waxwing.packet.Unwrapped.Reply;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Alice sends, nodes remove layers, Bob answers, Mallory changes bits.
class PacketTest {

  private static final Geometry GEOMETRY = Geometry.STANDARD;
  private static final RecipientId BOB = new RecipientId(ByteString.copyOf(filled(32, 7)));
  private static final ReplyId REPLY = new ReplyId(ByteString.copyOf(filled(16, 9)));

  private final Random random = new Random(20_261_123);
  private final PacketWrapper alice = new PacketWrapper(GEOMETRY, new Lioness(), random);
  private final PacketUnwrapper node = new PacketUnwrapper(GEOMETRY);

  @Nested
  class Sizes {
    @Test
    void areThoseOfTheSpecification() {
      assertThat(GEOMETRY.headerLength()).isEqualTo(476);
      assertThat(GEOMETRY.replyBlockLength()).isEqualTo(572);
      assertThat(GEOMETRY.packetLength()).isEqualTo(4_092);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5})
    void doNotTellHowLongThePathIs(int hops) throws Exception {
      TestPath path = TestPath.of(hops, random);
      byte[] packet = wrap(path, new byte[10]);
      for (int i = 0; i < hops - 1; i++) {
        assertThat(packet).hasSize(4_092);
        packet = forward(path, i, packet).packet().toByteArray();
      }
      assertThat(packet).hasSize(4_092);
      assertThat(alice.replyBlock(path.hops(), BOB, REPLY).block().bytes().size()).isEqualTo(572);
    }

    @Test
    void outsideTheRangesAreBugs() {
      assertThatIllegalArgumentException().isThrownBy(() -> new Geometry(Profile.NIKE, 0, 100));
      assertThatIllegalArgumentException().isThrownBy(() -> new Geometry(Profile.NIKE, 6, 100));
      assertThatIllegalArgumentException().isThrownBy(() -> new Geometry(Profile.NIKE, 5, 0));
      TestPath path = TestPath.of(5, random);
      assertThatIllegalArgumentException().isThrownBy(() -> wrap(path, new byte[3_585]));
      assertThatIllegalArgumentException()
          .isThrownBy(() -> alice.wrap(List.of(), BOB, new byte[1]));
      List<Hop> sixHops = new ArrayList<>(path.hops());
      sixHops.add(path.hops().getFirst());
      assertThatIllegalArgumentException().isThrownBy(() -> alice.wrap(sixHops, BOB, new byte[1]));
    }
  }

  @Nested
  class OnItsWay {
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5})
    void aPacketPassesEveryNodeAndArrives(int hops) throws Exception {
      TestPath path = TestPath.of(hops, random);
      byte[] payload = TestPath.bytes(3_584, random);
      OutgoingPacket outgoing = alice.wrap(path.hops(), BOB, payload);
      byte[] packet = outgoing.packet().toByteArray();
      assertThat(outgoing.first()).isEqualTo(path.hops().getFirst().node());

      for (int i = 0; i < hops - 1; i++) {
        Forward forward = forward(path, i, packet);
        assertThat(forward.next()).isEqualTo(path.hops().get(i + 1).node());
        assertThat(forward.delayMillis()).isEqualTo(path.hops().get(i).delayMillis());
        packet = forward.packet().toByteArray();
      }

      Deliver deliver = deliver(path.keys().getLast(), packet);
      assertThat(deliver.recipient()).isEqualTo(BOB);
      assertThat(deliver.payload().toByteArray()).isEqualTo(payload);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5})
    void anAnswerFindsItsWayBack(int hops) throws Exception {
      TestPath path = TestPath.of(hops, random);
      OwnReplyBlock own = alice.replyBlock(path.hops(), BOB, REPLY);
      byte[] payload = TestPath.bytes(3_584, random);
      var block = ReplyBlock.decode(GEOMETRY, own.block().bytes());

      OutgoingPacket outgoing = new PacketWrapper(GEOMETRY).reply(block, payload);
      assertThat(outgoing.first()).isEqualTo(path.hops().getFirst().node());
      Reply reply = followToReply(path, outgoing.packet().toByteArray());

      assertThat(reply.recipient()).isEqualTo(BOB);
      assertThat(reply.reply()).isEqualTo(REPLY);
      assertThat(alice.openReply(own.keys(), reply.sealed()).toByteArray()).isEqualTo(payload);
    }

    @Test
    void aShortPayloadIsFilledUpWithZeros() throws Exception {
      TestPath path = TestPath.of(1, random);

      Deliver deliver = deliver(path.keys().getFirst(), wrap(path, new byte[] {1, 2, 3}));

      assertThat(deliver.payload().toByteArray())
          .isEqualTo(Arrays.copyOf(new byte[] {1, 2, 3}, 3_584));
    }

    @Test
    void theLongestDelayArrives() throws Exception {
      TestPath path = TestPath.of(2, random);
      Hop first = path.hops().getFirst();
      List<Hop> slow =
          List.of(new Hop(first.node(), first.packetKey(), 0xFFFF_FFFFL), path.hops().getLast());

      byte[] packet = alice.wrap(slow, BOB, new byte[1]).packet().toByteArray();

      assertThat(forward(path, 0, packet).delayMillis()).isEqualTo(0xFFFF_FFFFL);
    }

    @Test
    void noEightBytesInARowAreSeenAtTwoNodes() throws Exception {
      TestPath path = TestPath.of(5, random);
      Set<Long> seen = new HashSet<>();
      byte[] packet = wrap(path, new byte[0]);
      for (int i = 0; i < 5; i++) {
        Set<Long> here = eightByteRuns(packet);
        assertThat(Collections.disjoint(seen, here)).as("node %d", i).isTrue();
        seen.addAll(here);
        packet = i == 4 ? packet : forward(path, i, packet).packet().toByteArray();
      }
    }

    @Test
    void twoPacketsOfTheSameWordsShareNothing() {
      TestPath path = TestPath.of(3, random);

      assertThat(
              Collections.disjoint(
                  eightByteRuns(wrap(path, new byte[0])), eightByteRuns(wrap(path, new byte[0]))))
          .isTrue();
    }

    @Test
    void theArrayOfAPacketIsNotChanged() throws Exception {
      TestPath path = TestPath.of(2, random);
      byte[] packet = wrap(path, new byte[5]);
      byte[] before = packet.clone();

      forward(path, 0, packet);
      assertThat(packet).isEqualTo(before);

      packet[200] ^= 1;
      assertRefused(path.keys().getFirst(), packet);
      packet[200] ^= 1;
      assertThat(packet).isEqualTo(before);
    }
  }

  @Nested
  class Mallory {
    private final TestPath path = TestPath.of(2, random);
    private final PacketKey first = path.keys().getFirst();
    private final byte[] packet = wrap(path, filled(3_584, 5));

    @Test
    void cannotFlipABitOfTheHeader() {
      for (int bit = 0; bit < GEOMETRY.headerLength() * 8; bit++) {
        packet[bit / 8] ^= (byte) (1 << bit % 8);
        assertRefused(first, packet);
        packet[bit / 8] ^= (byte) (1 << bit % 8);
      }
    }

    @Test
    void makesGarbageByFlippingABitOfThePayloadAndTheLastNodeRefusesIt() throws Exception {
      for (int at = GEOMETRY.headerLength(); at < packet.length; at += 97) {
        packet[at] ^= 1;
        Forward forward = forward(path, 0, packet);
        assertRefused(path.keys().getLast(), forward.packet().toByteArray());
        packet[at] ^= 1;
      }
      assertThat(deliver(path.keys().getLast(), forward(path, 0, packet).packet().toByteArray()))
          .isNotNull();
    }

    @Test
    void makesGarbageOfAnAnswerThatItsMakerRefuses() throws Exception {
      OwnReplyBlock own = alice.replyBlock(path.hops(), BOB, REPLY);
      byte[] answer = alice.reply(own.block(), new byte[9]).packet().toByteArray();
      answer[2_000] ^= 4;

      Reply reply = followToReply(path, answer);

      assertThatExceptionOfType(MalformedException.class)
          .isThrownBy(() -> alice.openReply(own.keys(), reply.sealed()));
    }

    @Test
    void cannotGiveTheAnswerToOneBlockAsThatOfAnother() throws Exception {
      OwnReplyBlock one = alice.replyBlock(path.hops(), BOB, REPLY);
      OwnReplyBlock other = alice.replyBlock(path.hops(), BOB, REPLY);

      Reply reply =
          followToReply(path, alice.reply(one.block(), new byte[9]).packet().toByteArray());

      assertThatExceptionOfType(MalformedException.class)
          .isThrownBy(() -> alice.openReply(other.keys(), reply.sealed()));
    }

    @Test
    void cannotCutOrLengthenAPacket() {
      for (int length = 0; length < packet.length; length++) {
        assertRefused(first, Arrays.copyOf(packet, length));
      }
      assertRefused(first, Arrays.copyOf(packet, packet.length + 1));
    }

    @Test
    void cannotCutOrLengthenAReplyBlockOrAnAnswer() {
      ByteString block = alice.replyBlock(path.hops(), BOB, REPLY).block().bytes();
      for (ByteString wrong : List.of(block.slice(0, 571), block.plus(block.slice(0, 1)))) {
        assertThatExceptionOfType(MalformedException.class)
            .isThrownBy(() -> ReplyBlock.decode(GEOMETRY, wrong));
      }
      OwnReplyBlock own = alice.replyBlock(path.hops(), BOB, REPLY);
      for (int length : new int[] {0, 1, 3_615, 3_617}) {
        assertThatExceptionOfType(MalformedException.class)
            .isThrownBy(() -> alice.openReply(own.keys(), ByteString.copyOf(new byte[length])));
      }
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "0000000000000000000000000000000000000000000000000000000000000000",
          "0100000000000000000000000000000000000000000000000000000000000000",
          "e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800",
          "5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157",
          "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
          "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
          "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f"
        })
    void cannotForceTheKeysByAPointOfLowOrder(String point) {
      byte[] lowOrder = HexFormat.of().parseHex(point);
      System.arraycopy(lowOrder, 0, packet, Geometry.ELEMENT_AT, 32);
      var keys = new LayerKeys();
      keys.derive(new byte[32]);
      keys.startMac().update(packet, 0, GEOMETRY.macAt()).finish(packet, GEOMETRY.macAt());

      assertThatExceptionOfType(MalformedException.class)
          .isThrownBy(() -> node.unwrap(first, packet))
          .withMessage("packet point is of low order");
      assertThatIllegalArgumentException()
          .isThrownBy(
              () ->
                  alice.wrap(
                      List.of(Hop.of(new NodeKey(BOB.bytes()), ByteString.copyOf(lowOrder))),
                      BOB,
                      new byte[1]));
    }

    @Test
    void cannotOpenAPacketMadeForAnotherNode() {
      assertRefused(path.keys().getLast(), packet);
      assertRefused(PacketKey.generate(), packet);
    }

    @Test
    void cannotSendAPacketTwice() throws Exception {
      var tags = new ReplayTags(100);

      assertThat(tags.add(node.unwrap(first, packet).replayTag()))
          .isEqualTo(ReplayTags.Outcome.NEW);
      assertThat(tags.add(node.unwrap(first, packet).replayTag()))
          .isEqualTo(ReplayTags.Outcome.SEEN);
      assertThat(tags.add(node.unwrap(first, wrap(path, new byte[0])).replayTag()))
          .isEqualTo(ReplayTags.Outcome.NEW);
    }

    @Test
    void learnsNothingFromTheTextOfWhatPassed() throws Exception {
      OwnReplyBlock own = alice.replyBlock(path.hops(), BOB, REPLY);
      Forward forward = forward(path, 0, packet);

      assertThat(
              List.of(
                  forward.toString(),
                  deliver(path.keys().getLast(), forward.packet().toByteArray()).toString(),
                  own.toString(),
                  own.block().toString(),
                  path.hops().getFirst().toString(),
                  first.toString(),
                  BOB.toString(),
                  REPLY.toString(),
                  alice.reply(own.block(), new byte[1]).toString()))
          .allSatisfy(text -> assertThat(text).contains("redacted").doesNotContain("0"));
    }
  }

  @Test
  void anUnwrapperForgetsNothingItNeedsAfterARefusal() throws Exception {
    TestPath path = TestPath.of(1, random);
    byte[] good = wrap(path, filled(100, 1));
    byte[] bad = good.clone();
    bad[GEOMETRY.headerLength() + 5] ^= 1;

    assertRefused(path.keys().getFirst(), bad);

    assertThat(deliver(path.keys().getFirst(), good).payload().slice(0, 100).toByteArray())
        .isEqualTo(filled(100, 1));
  }

  private byte[] wrap(TestPath path, byte[] payload) {
    return alice.wrap(path.hops(), BOB, payload).packet().toByteArray();
  }

  private Forward forward(TestPath path, int hop, byte[] packet) throws MalformedException {
    return (Forward) node.unwrap(path.keys().get(hop), packet);
  }

  private Deliver deliver(PacketKey key, byte[] packet) throws MalformedException {
    return (Deliver) node.unwrap(key, packet);
  }

  private Reply followToReply(TestPath path, byte[] first) throws MalformedException {
    byte[] packet = first;
    for (int i = 0; i < path.hops().size() - 1; i++) {
      packet = forward(path, i, packet).packet().toByteArray();
    }
    return (Reply) node.unwrap(path.keys().getLast(), packet);
  }

  private void assertRefused(PacketKey key, byte[] packet) {
    assertThatExceptionOfType(MalformedException.class).isThrownBy(() -> node.unwrap(key, packet));
  }

  static Set<Long> eightByteRuns(byte[] packet) {
    Set<Long> runs = new HashSet<>();
    var buffer = ByteBuffer.wrap(packet);
    for (int at = 0; at + 8 <= packet.length; at++) {
      runs.add(buffer.getLong(at));
    }
    return runs;
  }

  private static byte[] filled(int length, int value) {
    byte[] bytes = new byte[length];
    Arrays.fill(bytes, (byte) value);
    return bytes;
  }
}
