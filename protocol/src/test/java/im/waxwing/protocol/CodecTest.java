package im.waxwing.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import im.waxwing.base.ByteString;
import im.waxwing.base.MalformedException;
import im.waxwing.base.SecretBytes;
import im.waxwing.model.AdmissionToken;
import im.waxwing.model.Day;
import im.waxwing.model.DrawerHandle;
import im.waxwing.model.Envelope;
import im.waxwing.model.EnvelopeId;
import im.waxwing.model.NodeAddress;
import im.waxwing.model.NodeKey;
import im.waxwing.packet.RecipientId;
import im.waxwing.packet.ReplyBlock;
import im.waxwing.packet.ReplyId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class CodecTest {
  private static final Random RANDOM = new Random(4_096);

  private static ByteString bytes(int size) {
    byte[] bytes = new byte[size];
    RANDOM.nextBytes(bytes);
    return ByteString.copyOf(bytes);
  }

  private static Signature signature() {
    return new Signature(bytes(64));
  }

  private static VerifyingKey key() {
    return new VerifyingKey(bytes(32));
  }

  private static AdmissionToken token() {
    return new AdmissionToken(SecretBytes.copyOf(bytes(16).toByteArray()));
  }

  private static MailboxId mailbox() {
    return new MailboxId(bytes(32));
  }

  private static EnvelopeId envelopeId() {
    return new EnvelopeId(bytes(32));
  }

  private static Held held() {
    return new Held(3, envelopeId(), new Envelope(bytes(Envelope.SIZE)));
  }

  static Stream<Request> requests() {
    DrawerHandle handle = new DrawerHandle(bytes(32));
    Day day = new Day(20_780);
    SealedObject object = new SealedObject(bytes(SealedObject.SIZE));
    return Stream.of(
        new Request.Open(day, key(), key(), token(), signature()),
        new Request.Deposit(
            mailbox(), envelopeId(), new Envelope(bytes(Envelope.SIZE)), signature()),
        new Request.Subscribe(mailbox(), signature()),
        new Request.Fetch(mailbox(), 12, signature()),
        new Request.Delete(mailbox(), List.of(envelopeId()), signature()),
        new Request.Delete(mailbox(), Collections.nCopies(64, envelopeId()), signature()),
        new Request.PutDrawer(handle, key(), object, day, token(), signature()),
        new Request.TakeDrawer(handle, bytes(16)),
        new Request.RemoveDrawer(handle, signature()),
        new Request.Unsubscribe(5),
        new Request.Reach(address(), token()));
  }

  private static NodeAddress address() {
    return new NodeAddress("node.example", 7443, new NodeKey(bytes(32)));
  }

  private static List<ReplyBlock> blocks(int count) {
    return Stream.generate(() -> new ReplyBlock(bytes(572))).limit(count).toList();
  }

  static Stream<Arguments> requestsWithBlocks() {
    return requests()
        .flatMap(
            request ->
                switch (request) {
                  case Request.Subscribe _ -> Stream.of(1, 4, 5).map(n -> arguments(request, n));
                  case Request.Reach _ -> Stream.empty();
                  default -> Stream.of(arguments(request, 1));
                });
  }

  static Stream<Frame> frames() {
    NodeInfo info =
        new NodeInfo(
            new NodeKey(bytes(32)),
            bytes(32),
            Instant.ofEpochMilli(1_800_000_000_123L),
            498_852,
            List.of(bytes(32), bytes(32), bytes(32)),
            bytes(32),
            signature());
    return Stream.of(
        new Frame.Ping(),
        new Frame.Pong(),
        new Frame.AboutNode(info),
        new Frame.Packet(bytes(Frame.BODY_SIZE)),
        new Frame.Answer(9, AnswerCode.OK, new FetchedPage(List.of(held()), true).encode()),
        new Frame.Answer(9, AnswerCode.BAD_SIGNATURE, ByteString.EMPTY),
        new Frame.Answer(9, AnswerCode.OK, bytes(Frame.Answer.MAX_BODY)),
        new Frame.Push(4, held()),
        new Frame.CaughtUp(4),
        new Frame.Attach(new RecipientId(bytes(32))),
        new Frame.Reply(new ReplyId(bytes(16)), bytes(3616)),
        new Frame.Peer(
            new PeerGreeting(address(), Instant.ofEpochMilli(1_800_000_000_123L), signature())));
  }

  static Stream<Frame.Notice> notices() {
    return frames().filter(Frame.Notice.class::isInstance).map(Frame.Notice.class::cast);
  }

  @ParameterizedTest
  @MethodSource("requests")
  void aRequestIsReadAsItWasWritten(Request request) throws Exception {
    byte[] payload = new NumberedRequest(77, request).encode();

    assertThat(payload).hasSize(3584);
    assertThat(NumberedRequest.decode(payload)).isEqualTo(new NumberedRequest(77, request));
  }

  @ParameterizedTest
  @MethodSource("requests")
  void onlyZerosMayFollowARequest(Request request) {
    byte[] payload = new NumberedRequest(77, request).encode();
    payload[payload.length - 1] = 1;

    assertMalformed(() -> NumberedRequest.decode(payload), "padding");
  }

  @ParameterizedTest
  @MethodSource("requestsWithBlocks")
  void replyBlocksTravelWithTheirRequest(Request request, int count) throws Exception {
    NumberedRequest asked = new NumberedRequest(blocks(count), Long.MAX_VALUE, request);

    assertThat(asked.encode()).hasSize(3584);
    assertThat(NumberedRequest.decode(asked.encode())).isEqualTo(asked);
  }

  @ParameterizedTest
  @MethodSource("notices")
  void aNoticeIsTheSameInAReply(Frame.Notice notice) throws Exception {
    byte[] reply = notice.encodeReply();

    assertThat(reply).isEqualTo(Arrays.copyOf(notice.encode(), 3584));
    assertThat(Frame.Notice.decodeReply(ByteString.copyOf(reply))).isEqualTo(notice);
  }

  @ParameterizedTest
  @MethodSource("frames")
  void aFrameIsReadAsItWasWritten(Frame frame) throws Exception {
    assertThat(frame.encode()).hasSize(4096);
    assertThat(Frame.decode(frame.encode())).isEqualTo(frame);
  }

  @ParameterizedTest
  @MethodSource("frames")
  void aFrameHasOneLengthOnly(Frame frame) {
    byte[] bytes = frame.encode();

    assertMalformed(() -> Frame.decode(Arrays.copyOf(bytes, 4095)), "frame");
    assertMalformed(() -> Frame.decode(Arrays.copyOf(bytes, 4097)), "frame");
    assertMalformed(() -> Frame.decode(new byte[0]), "frame");
  }

  @ParameterizedTest
  @MethodSource("frames")
  void noTextShowsContent(Frame frame) {
    assertThat(frame.toString()).doesNotContainPattern("[0-9a-f]{16}");
  }

  @ParameterizedTest
  @MethodSource("requests")
  void noRequestsTextShowsContent(Request request) {
    assertThat(request.toString()).doesNotContainPattern("[0-9a-f]{16}");
  }

  @Test
  void randomBytesAreNeverMoreThanMalformed() {
    for (int i = 0; i < 5_000; i++) {
      byte[] payload = bytes(3584).toByteArray();
      payload[0] = 0;
      payload[1] = 0;
      payload[9] = (byte) (i % 12);
      byte[] frame = bytes(4096).toByteArray();
      frame[0] = (byte) (i % 10);
      frame[1] = frame[2] = frame[3] = 0;

      assertReadsOrRefuses(() -> NumberedRequest.decode(payload));
      assertReadsOrRefuses(() -> Frame.decode(frame));
    }
  }

  @Nested
  class Refused {
    private byte[] payload(Request request) {
      return new NumberedRequest(77, request).encode();
    }

    @Test
    void aPayloadOfAnotherLength() {
      assertMalformed(() -> NumberedRequest.decode(new byte[3583]), "payload");
    }

    @Test
    void requestNumberZero() {
      assertMalformed(() -> NumberedRequest.decode(new byte[3584]), "request number");
    }

    @Test
    void anUnknownOperation() {
      byte[] payload = payload(new Request.Unsubscribe(5));
      payload[9] = 11;

      assertMalformed(() -> NumberedRequest.decode(payload), "operation");
    }

    @Test
    void moreReplyBlocksThanTheOperationUses() {
      byte[] six = payload(new Request.Unsubscribe(5));
      six[0] = 6;
      byte[] twoForAFetch =
          swapOperation(
              new NumberedRequest(blocks(2), 7, new Request.Subscribe(mailbox(), signature())), 2);

      assertMalformed(() -> NumberedRequest.decode(six), "reply blocks");
      assertMalformed(() -> NumberedRequest.decode(twoForAFetch), "reply blocks");
      assertThatThrownBy(
              () -> new NumberedRequest(blocks(1), 7, new Request.Reach(address(), token())))
          .isInstanceOf(IllegalArgumentException.class);
    }

    private byte[] swapOperation(NumberedRequest asked, int blocks) {
      byte[] payload = asked.encode();
      payload[1 + blocks * 572 + 8] = 4;
      return payload;
    }

    @Test
    void aReplyThatIsNoNotice() {
      byte[] ping = new byte[3584];

      assertMalformed(() -> Frame.Notice.decodeReply(ByteString.copyOf(ping)), "kind");
      assertMalformed(() -> Frame.Notice.decodeReply(bytes(3583)), "reply");
    }

    @Test
    void addressesThatAreNone() {
      byte[] reach = payload(new Request.Reach(address(), token()));
      byte[] noPort = reach.clone();
      noPort[10] = noPort[11] = 0;
      byte[] noHost = reach.clone();
      noHost[13] = '/';

      assertMalformed(() -> NumberedRequest.decode(noPort), "port");
      assertMalformed(() -> NumberedRequest.decode(noHost), "host");
    }

    @Test
    void aDeletionOfNothingOrTooMuch() {
      byte[] payload = payload(new Request.Delete(mailbox(), List.of(envelopeId()), signature()));
      for (int count : new int[] {0, 65, 255}) {
        payload[10 + 32] = (byte) count;

        assertMalformed(() -> NumberedRequest.decode(payload), "count");
      }
    }

    @Test
    void anUnknownKindOfFrameOrAFullHeader() {
      byte[] frame = new byte[4096];
      frame[0] = 99;
      assertMalformed(() -> Frame.decode(frame), "kind");
      frame[0] = 0;
      frame[3] = 1;
      assertMalformed(() -> Frame.decode(frame), "header");
    }

    @Test
    void anAnswerThatClaimsMoreThanItHolds() {
      byte[] frame = new Frame.Answer(9, AnswerCode.OK, ByteString.EMPTY).encode();
      frame[4 + 9] = (byte) 0xff;
      frame[4 + 10] = (byte) 0xff;

      assertMalformed(() -> Frame.decode(frame), "answer length");
    }

    @Test
    void anUnknownAnswerCode() {
      byte[] frame = new Frame.Answer(9, AnswerCode.OK, ByteString.EMPTY).encode();
      frame[4 + 8] = 12;

      assertMalformed(() -> Frame.decode(frame), "answer code");
    }

    @Test
    void aNodeInfoOfAnotherVersion() {
      byte[] frame = new byte[4096];
      frame[0] = 2;
      frame[4] = 2;

      assertMalformed(() -> Frame.decode(frame), "version");
    }

    @Test
    void pagesCutShortOrTooLong() {
      byte[] page = new FetchedPage(List.of(held()), false).encode().toByteArray();
      List<byte[]> wrong = new ArrayList<>();
      for (int length = 0; length < page.length; length++) {
        wrong.add(Arrays.copyOf(page, length));
      }
      wrong.add(Arrays.copyOf(page, page.length + 1));
      wrong.add(new byte[] {0, 1});
      wrong.add(new byte[] {2, 0});

      for (byte[] bytes : wrong) {
        assertThatThrownBy(() -> FetchedPage.decode(ByteString.copyOf(bytes)))
            .isInstanceOf(MalformedException.class);
      }
    }

    @Test
    void sealedObjectsOfAnotherLength() {
      assertMalformed(() -> SealedObject.decode(bytes(2559)), "sealed object");
      assertMalformed(() -> SealedObject.decode(bytes(2561)), "sealed object");
    }
  }

  private interface Decoding {
    Object decode() throws MalformedException;
  }

  private static void assertMalformed(Decoding decoding, String field) {
    assertThatThrownBy(decoding::decode)
        .isInstanceOfSatisfying(
            MalformedException.class, e -> assertThat(e.field()).isEqualTo(field));
  }

  private static void assertReadsOrRefuses(Decoding decoding) {
    try {
      assertThat(decoding.decode()).isNotNull();
    } catch (MalformedException e) {
      assertThat(e.rule()).isNotEmpty();
    }
  }
}
