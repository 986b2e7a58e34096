package im.waxwing.protocol.swarm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import im.waxwing.base.ByteString;
import im.waxwing.base.MalformedException;
import im.waxwing.base.SecretBytes;
import im.waxwing.model.Day;
import im.waxwing.model.DrawerHandle;
import im.waxwing.model.Envelope;
import im.waxwing.model.EnvelopeId;
import im.waxwing.model.MailboxKey;
import im.waxwing.model.MailboxTarget;
import im.waxwing.model.NetworkAddress;
import im.waxwing.model.NetworkId;
import im.waxwing.model.OwnMailbox;
import im.waxwing.primitives.Ed25519;
import im.waxwing.protocol.AnswerCode;
import im.waxwing.protocol.Frame;
import im.waxwing.protocol.MailboxDay;
import im.waxwing.protocol.OwnDrawer;
import im.waxwing.protocol.OwnMailboxDay;
import im.waxwing.protocol.Request;
import im.waxwing.protocol.SealedObject;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PeerCodecTest {
  private static final Day DAY = new Day(20_780);
  private static final ByteString NETWORK = random(32);

  static ByteString random(int size) {
    return ByteString.copyOf(SecretBytes.generate(size).exposeSecret());
  }

  private static EnvelopeId id() {
    return new EnvelopeId(random(32));
  }

  private static OwnMailbox mailbox() {
    SecretBytes seed = SecretBytes.generate(32);
    try (Ed25519.SigningKey key = Ed25519.SigningKey.ofSeed(seed.exposeSecret())) {
      NetworkAddress address = new NetworkAddress("node.example", 7443, new NetworkId(NETWORK));
      MailboxKey mailboxKey = new MailboxKey(ByteString.copyOf(key.publicKey()));
      return new OwnMailbox(new MailboxTarget(address, mailboxKey, SecretBytes.generate(32)), seed);
    }
  }

  static Stream<PeerRequest> requests() throws Exception {
    OwnMailbox mailbox = mailbox();
    OwnMailboxDay bob = OwnMailboxDay.of(mailbox, DAY);
    MailboxDay alice = MailboxDay.of(mailbox.target(), DAY);
    OwnDrawer drawer =
        new OwnDrawer(NETWORK, new DrawerHandle(random(32)), SecretBytes.generate(32));
    var token = new SwarmAdmission(NETWORK, 0).earn(bob.owner(), bob.id().bytes());
    List<EnvelopeId> many = Stream.generate(PeerCodecTest::id).limit(64).toList();
    return Stream.of(
        new PeerRequest.Replicate(bob.open(token)),
        new PeerRequest.Replicate(alice.deposit(id(), new Envelope(random(Envelope.SIZE)))),
        new PeerRequest.Replicate(bob.delete(many)),
        new PeerRequest.Replicate(drawer.put(new SealedObject(random(2560)), DAY, token)),
        new PeerRequest.Replicate(new Request.TakeDrawer(drawer.handle(), random(16))),
        new PeerRequest.Replicate(drawer.remove()),
        new PeerRequest.AskDay(DAY),
        new PeerRequest.AskNames(DAY, 255, random(32)),
        new PeerRequest.AskEntries(random(32), id()),
        new PeerRequest.Pull(random(32), PeerRequest.Pull.ITSELF),
        new PeerRequest.AskWhetherKept(
            random(32), Stream.generate(PeerCodecTest::id).limit(100).toList()));
  }

  @ParameterizedTest
  @MethodSource("requests")
  void aPeerRequestIsReadAsItWasWrittenAndFitsIntoAFrame(PeerRequest request) throws Exception {
    byte[] frame = new Frame.PeerRequest(7, request.encode()).encode();

    var read = (Frame.PeerRequest) Frame.decode(frame);

    assertThat(read.number()).isEqualTo(7);
    assertThat(PeerRequest.decode(read.request()).encode()).isEqualTo(request.encode());
  }

  @ParameterizedTest
  @MethodSource("requests")
  void aPeerRequestOfAnyOtherLengthIsRefused(PeerRequest request) {
    ByteString good = request.encode();

    assertThatThrownBy(() -> PeerRequest.decode(good.plus(random(1))))
        .isInstanceOf(MalformedException.class);
    for (int length = 0; length < good.size(); length += 1 + good.size() / 50) {
      ByteString cut = good.slice(0, length);
      assertThatThrownBy(() -> PeerRequest.decode(cut)).isInstanceOf(MalformedException.class);
    }
  }

  @Test
  void whatIsForOneNodeIsNotReplicated() {
    ByteString fetch = OwnMailboxDay.of(mailbox(), DAY).fetch(0).encode();

    assertThatThrownBy(() -> PeerRequest.decode(ByteString.copyOf(new byte[] {1}).plus(fetch)))
        .isInstanceOf(MalformedException.class);
  }

  @Test
  void requestsForANetworkAreSignedForNoNode() throws Exception {
    OwnMailbox mailbox = mailbox();
    Request.Fetch fetch = OwnMailboxDay.of(mailbox, DAY).fetch(0);
    OwnMailboxDay owner = OwnMailboxDay.of(mailbox, DAY);

    assertThat(fetch.isSignedBy(owner.owner(), NETWORK)).isTrue();
    assertThat(fetch.isSignedBy(owner.owner(), random(32))).isFalse();
    assertThat(fetch.isSignedBy(owner.owner(), random(32))).isFalse();
  }

  @Test
  void pagesAndDigestsAreReadAsTheyWereWritten() throws Exception {
    List<NamePage.Line> lines = new ArrayList<>();
    List<EntryPage.Entry> entries = new ArrayList<>();
    List<ByteString> names =
        Stream.generate(() -> random(32)).limit(NamePage.MOST).sorted().toList();
    for (ByteString name : names) {
      lines.add(new NamePage.Line(name, new Digest(random(12))));
      entries.add(new EntryPage.Entry(new EnvelopeId(name), entries.size() % 3 == 0));
    }

    NamePage page = new NamePage(lines, true);
    EntryPage entryPage = new EntryPage(entries, false);
    DayDigest digest = DayDigest.of(lines);

    assertThat(NamePage.decode(page.encode())).isEqualTo(page);
    assertThat(EntryPage.decode(entryPage.encode())).isEqualTo(entryPage);
    assertThat(DayDigest.decode(digest.encode())).isEqualTo(digest);
    for (ByteString body : List.of(page.encode(), entryPage.encode(), digest.encode())) {
      assertThat(new Frame.PeerAnswer(1, AnswerCode.OK, body).encode()).hasSize(Frame.SIZE);
    }
  }

  @Test
  void onlyBucketsInWhichTheOtherHoldsSomethingElseDiffer() {
    ByteString name = random(32);
    NamePage.Line mine = new NamePage.Line(name, new Digest(random(12)));
    NamePage.Line theirs = new NamePage.Line(name, new Digest(random(12)));
    DayDigest nothing = DayDigest.of(List.of());

    assertThat(DayDigest.of(List.of(mine)).differingFrom(nothing)).isEmpty();
    assertThat(DayDigest.of(List.of(mine)).differingFrom(DayDigest.of(List.of(mine)))).isEmpty();
    assertThat(nothing.differingFrom(DayDigest.of(List.of(theirs))))
        .containsExactly(DayDigest.bucket(name));
    assertThat(DayDigest.of(List.of(mine)).differingFrom(DayDigest.of(List.of(theirs))))
        .containsExactly(DayDigest.bucket(name));
  }
}
