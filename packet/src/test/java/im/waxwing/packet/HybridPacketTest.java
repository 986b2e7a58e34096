package im.waxwing.packet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import im.waxwing.base.ByteString;
import im.waxwing.base.MalformedException;
import im.waxwing.base.SecretBytes;
import im.waxwing.model.NodeKey;
import im.waxwing.packet.Unwrapped.Deliver;
import im.waxwing.packet.Unwrapped.Forward;
import im.waxwing.packet.Unwrapped.Reply;
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

/// What is different where nodes have two keys; [PacketTest] has the rest, which is the same code.
class HybridPacketTest {

  private static final Geometry GEOMETRY = Geometry.HYBRID;
  private static final RecipientId BOB = new RecipientId(ByteString.copyOf(filled(32, 7)));
  private static final ReplyId REPLY = new ReplyId(ByteString.copyOf(filled(16, 9)));
  private static final int LATTICE_AT = Geometry.ELEMENT_AT + 32;

  private final Random random = new Random(20_261_123);
  private final PacketWrapper alice = new PacketWrapper(GEOMETRY, new Lioness(), random);
  private final PacketUnwrapper node = new PacketUnwrapper(GEOMETRY);

  @Test
  void sizesAreThoseOfTheSpecification() {
    assertThat(GEOMETRY.headerLength()).isEqualTo(7_164);
    assertThat(GEOMETRY.replyBlockLength()).isEqualTo(7_260);
    assertThat(GEOMETRY.packetLength()).isEqualTo(17_218);
    assertThat(new Geometry(Profile.HYBRID, 5, 3_584).packetLength()).isEqualTo(10_780);
    assertThat(new Geometry(Profile.HYBRID, 3, 3_584).headerLength()).isEqualTo(4_760);
    assertThat(PacketKey.generate(Profile.HYBRID).publicKey().size()).isEqualTo(1_216);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5})
  void aPacketPassesEveryNodeAndArrives(int hops) throws Exception {
    TestPath path = path(hops);
    byte[] payload = TestPath.bytes(GEOMETRY.payloadLength(), random);
    byte[] packet = wrap(path, payload);

    for (int i = 0; i < hops - 1; i++) {
      Forward forward = forward(path, i, packet);
      assertThat(forward.next()).isEqualTo(path.hops().get(i + 1).node());
      assertThat(forward.delayMillis()).isEqualTo(path.hops().get(i).delayMillis());
      packet = forward.packet().toByteArray();
      assertThat(packet).hasSize(17_218);
    }

    Deliver deliver = (Deliver) node.unwrap(path.keys().getLast(), packet);
    assertThat(deliver.recipient()).isEqualTo(BOB);
    assertThat(deliver.payload().toByteArray()).isEqualTo(payload);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5})
  void anAnswerFindsItsWayBack(int hops) throws Exception {
    TestPath path = path(hops);
    OwnReplyBlock own = alice.replyBlock(path.hops(), BOB, REPLY);
    byte[] payload = TestPath.bytes(GEOMETRY.payloadLength(), random);
    var block = ReplyBlock.decode(GEOMETRY, own.block().bytes());

    OutgoingPacket outgoing = new PacketWrapper(GEOMETRY).reply(block, payload);
    assertThat(outgoing.first()).isEqualTo(path.hops().getFirst().node());
    byte[] packet = outgoing.packet().toByteArray();
    for (int i = 0; i < hops - 1; i++) {
      packet = forward(path, i, packet).packet().toByteArray();
    }
    Reply reply = (Reply) node.unwrap(path.keys().getLast(), packet);

    assertThat(reply.recipient()).isEqualTo(BOB);
    assertThat(reply.reply()).isEqualTo(REPLY);
    assertThat(alice.openReply(own.keys(), reply.sealed()).toByteArray()).isEqualTo(payload);
  }

  @Test
  void noEightBytesInARowAreSeenAtTwoNodes() throws Exception {
    TestPath path = path(5);
    Set<Long> seen = new HashSet<>();
    byte[] packet = wrap(path, new byte[0]);
    for (int i = 0; i < 5; i++) {
      Set<Long> here = PacketTest.eightByteRuns(packet);
      assertThat(Collections.disjoint(seen, here)).as("node %d", i).isTrue();
      seen.addAll(here);
      packet = i == 4 ? packet : forward(path, i, packet).packet().toByteArray();
    }
  }

  @Test
  void twoPacketsOfTheSameWordsShareNothing() {
    TestPath path = path(3);

    assertThat(
            Collections.disjoint(
                PacketTest.eightByteRuns(wrap(path, new byte[0])),
                PacketTest.eightByteRuns(wrap(path, new byte[0]))))
        .isTrue();
  }

  @Test
  void aLayerHasAReplayTagOfItsOwn() throws Exception {
    TestPath path = path(2);
    byte[] packet = wrap(path, new byte[1]);
    Forward forward = forward(path, 0, packet);

    assertThat(forward.replayTag()).isEqualTo(forward(path, 0, packet).replayTag());
    assertThat(forward.replayTag().size()).isEqualTo(32);
    assertThat(forward.replayTag())
        .isNotEqualTo(
            node.unwrap(path.keys().getLast(), forward.packet().toByteArray()).replayTag());
    assertThat(forward.replayTag())
        .isNotEqualTo(forward(path, 0, wrap(path, new byte[1])).replayTag());
  }

  @Test
  void aKeyOfTheOtherProfileIsABug() {
    TestPath hybrid = path(1);
    TestPath nike = TestPath.of(1, random);
    byte[] packet = wrap(hybrid, new byte[1]);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> node.unwrap(nike.keys().getFirst(), packet));
    assertThatIllegalArgumentException().isThrownBy(() -> wrap(nike, new byte[1]));
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> new PacketWrapper(Geometry.STANDARD).wrap(hybrid.hops(), BOB, new byte[1]));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Hop.of(new NodeKey(BOB.bytes()), ByteString.copyOf(new byte[1_184])));
  }

  @Test
  void aClosedKeyOpensNothing() throws Exception {
    TestPath path = path(1);
    PacketKey key = path.keys().getFirst();
    byte[] packet = wrap(path, new byte[1]);
    assertThat(node.unwrap(key, packet)).isInstanceOf(Deliver.class);

    key.close();

    assertRefused(key, packet);
    assertThat(key.toString()).isEqualTo("PacketKey[redacted]");
  }

  @Nested
  class Mallory {
    private final TestPath path = path(2);
    private final PacketKey first = path.keys().getFirst();
    private final byte[] packet = wrap(path, filled(3_584, 5));

    @Test
    void cannotFlipABitOfTheHeader() {
      int bits = GEOMETRY.headerLength() * 8;
      for (int i = 0; i < 3_000; i++) {
        int bit = random.nextInt(bits);
        packet[bit / 8] ^= (byte) (1 << bit % 8);
        assertRefused(first, packet);
        packet[bit / 8] ^= (byte) (1 << bit % 8);
      }
    }

    @Test
    void makesGarbageByFlippingABitOfThePayloadAndTheLastNodeRefusesIt() throws Exception {
      for (int at = GEOMETRY.headerLength(); at < packet.length; at += 397) {
        packet[at] ^= 1;
        Forward forward = forward(path, 0, packet);
        assertRefused(path.keys().getLast(), forward.packet().toByteArray());
        packet[at] ^= 1;
      }
    }

    @Test
    void cannotCutOrLengthenAPacket() {
      for (int length = 0; length < packet.length; length += 61) {
        assertRefused(first, Arrays.copyOf(packet, length));
      }
      assertRefused(first, Arrays.copyOf(packet, packet.length - 1));
      assertRefused(first, Arrays.copyOf(packet, packet.length + 1));
    }

    @Test
    void cannotOpenAPacketMadeForAnotherNode() {
      assertRefused(path.keys().getLast(), packet);
      assertRefused(PacketKey.generate(Profile.HYBRID), packet);
    }

    @Test
    void gainsNothingByTheScalarAlone() {
      byte[] secret = TestPath.bytes(96, random);
      PacketKey key = key(secret);
      byte[] packet = wrapFor(key);
      Arrays.fill(secret, 32, 96, (byte) 1);

      assertRefused(key(secret), packet);
    }

    @Test
    void gainsNothingByTheLatticeKeyAlone() {
      byte[] secret = TestPath.bytes(96, random);
      PacketKey key = key(secret);
      byte[] packet = wrapFor(key);
      Arrays.fill(secret, 0, 32, (byte) 1);

      assertRefused(key(secret), packet);
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
    void cannotSpoilHalfOfTheSecretByAPointOfLowOrder(String point) {
      byte[] lowOrder = HexFormat.of().parseHex(point);
      System.arraycopy(lowOrder, 0, packet, Geometry.ELEMENT_AT, 32);
      assertThatExceptionOfType(MalformedException.class)
          .isThrownBy(() -> node.unwrap(first, packet))
          .withMessage("packet point is of low order");

      byte[] published = first.publicKey().toByteArray();
      System.arraycopy(lowOrder, 0, published, 0, 32);
      assertNoPacketKey(published);
    }

    @Test
    void cannotPublishAnMlKemKeyOutOfRange() {
      byte[] published = first.publicKey().toByteArray();
      Arrays.fill(published, 32, 35, (byte) 0xff); // two coefficients of 4,095, above q

      assertNoPacketKey(published);
    }

    @Test
    void cannotSendACiphertextOfNobody() {
      Arrays.fill(packet, LATTICE_AT, LATTICE_AT + 1_088, (byte) 0);
      assertRefused(first, packet);
      Arrays.fill(packet, LATTICE_AT, LATTICE_AT + 1_088, (byte) 0xff);
      assertRefused(first, packet);
    }

    private PacketKey key(byte[] secret) {
      return PacketKey.of(Profile.HYBRID, SecretBytes.copyOf(secret));
    }

    private byte[] wrapFor(PacketKey key) {
      return alice
          .wrap(List.of(Hop.of(new NodeKey(BOB.bytes()), key.publicKey())), BOB, new byte[1])
          .packet()
          .toByteArray();
    }

    private void assertNoPacketKey(byte[] published) {
      Hop hop = Hop.of(new NodeKey(BOB.bytes()), ByteString.copyOf(published));
      assertThatIllegalArgumentException()
          .isThrownBy(() -> alice.wrap(List.of(hop), BOB, new byte[1]));
    }
  }

  private TestPath path(int hops) {
    return TestPath.of(Profile.HYBRID, hops, random);
  }

  private byte[] wrap(TestPath path, byte[] payload) {
    return alice.wrap(path.hops(), BOB, payload).packet().toByteArray();
  }

  private Forward forward(TestPath path, int hop, byte[] packet) throws MalformedException {
    return (Forward) node.unwrap(path.keys().get(hop), packet);
  }

  private void assertRefused(PacketKey key, byte[] packet) {
    assertThatExceptionOfType(MalformedException.class).isThrownBy(() -> node.unwrap(key, packet));
  }

  private static byte[] filled(int length, int value) {
    byte[] bytes = new byte[length];
    Arrays.fill(bytes, (byte) value);
    return bytes;
  }
}
