package im.waxwing.protocol;

import static im.waxwing.fuzz.Cases.cut;
import static im.waxwing.fuzz.Cases.run;
import static im.waxwing.fuzz.Cases.set;

import im.waxwing.base.ByteString;
import im.waxwing.base.MalformedException;
import im.waxwing.base.SecretBytes;
import im.waxwing.fuzz.Cases;
import im.waxwing.fuzz.Target;
import im.waxwing.model.AdmissionToken;
import im.waxwing.model.Day;
import im.waxwing.model.DrawerHandle;
import im.waxwing.model.Envelope;
import im.waxwing.model.EnvelopeId;
import im.waxwing.model.MailboxKey;
import im.waxwing.model.MailboxTarget;
import im.waxwing.model.NodeAddress;
import im.waxwing.model.NodeKey;
import im.waxwing.model.OwnMailbox;
import im.waxwing.packet.RecipientId;
import im.waxwing.packet.ReplyBlock;
import im.waxwing.packet.ReplyId;
import im.waxwing.primitives.Ed25519;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/// What node and device say to each other.
public final class ProtocolTargets {
  private static final Day TODAY = new Day(20_780);
  private static final NodeKey NODE = new NodeKey(run(1, NodeKey.SIZE));
  private static final NodeAddress OTHER = new NodeAddress("other.example", 7444, NODE);
  private static final SecretBytes SEED = SecretBytes.copyOf(Cases.repeat(2, 32));
  private static final AdmissionToken TOKEN =
      new AdmissionToken(SecretBytes.copyOf(Cases.repeat(3, AdmissionToken.SIZE)));
  private static final EnvelopeId ID = new EnvelopeId(run(4, EnvelopeId.SIZE));
  private static final Envelope ENVELOPE = new Envelope(run(5, Envelope.SIZE));
  private static final SealedObject OBJECT = new SealedObject(run(6, SealedObject.SIZE));
  private static final DrawerHandle HANDLE = new DrawerHandle(run(7, DrawerHandle.SIZE));

  private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");

  private ProtocolTargets() {}

  public static List<Target> all() {
    return List.of(
        Target.of(
            "frame",
            "im.waxwing.protocol.Frame#decode",
            input -> taken(Frame.decode(input)),
            ProtocolTargets::frames),
        Target.of(
            "request",
            "im.waxwing.protocol.NumberedRequest#decode",
            input -> taken(NumberedRequest.decode(input)),
            ProtocolTargets::requests),
        Target.of(
            "notice",
            "im.waxwing.protocol.Frame$Notice#decodeReply",
            input -> Frame.Notice.decodeReply(ByteString.copyOf(input)).encodeReply(),
            ProtocolTargets::replies),
        Target.of(
            "node-info",
            "im.waxwing.protocol.NodeInfo#decode",
            input -> taken(new Frame.AboutNode(NodeInfo.decode(ByteString.copyOf(input)))),
            () ->
                new Cases()
                    .with("success", info().encode())
                    .with("cut-short", info().encode().slice(0, 99))
                    .with("too-long", info().encode().plus(run(0, 1)))),
        Target.of(
            "node-infos",
            "im.waxwing.protocol.NodeInfos#decode",
            input -> NodeInfos.decode(ByteString.copyOf(input)).encode(),
            () ->
                new Cases()
                    .with("success", words(info()))
                    .with("success-none", words())
                    .with("twice", run(0, 1).plus(run(2, 1)).plus(said()).plus(said()))
                    .with("another-length", set(words(info()).toByteArray(), 3, 1))
                    .with("cut-short", words(info()).slice(0, 99))
                    .with("too-long", words(info()).plus(run(0, 1)))),
        Target.of(
            "fetched-page",
            "im.waxwing.protocol.FetchedPage#decode",
            input -> FetchedPage.decode(ByteString.copyOf(input)).encode(),
            ProtocolTargets::pages),
        Target.of(
            "sealed-object",
            "im.waxwing.protocol.SealedObject#decode",
            input -> SealedObject.decode(ByteString.copyOf(input)),
            () ->
                new Cases()
                    .with("success", OBJECT.bytes())
                    .with("cut-short", OBJECT.bytes().slice(0, 9))
                    .with("too-long", OBJECT.bytes().plus(run(0, 1)))),
        Target.of(
            "document-parts",
            "im.waxwing.protocol.DocumentParts#add",
            ProtocolTargets::addParts,
            () ->
                new Cases()
                    .with("success", part(0, 1))
                    .with("success-two", Cases.join(part(0, 2), part(1, 2)))
                    .with("second-part-first", part(1, 2))
                    .with("cut-short", cut(part(0, 1), 99))),
        Target.of(
            "mailbox-key",
            "im.waxwing.protocol.MailboxDay#of",
            input -> MailboxDay.of(target(Arrays.copyOf(input, MailboxKey.SIZE)), TODAY),
            () ->
                new Cases()
                    .with("success", mailbox().target().key().bytes())
                    .with("no-point", Cases.repeat(2, MailboxKey.SIZE))
                    .with("low-order", new byte[MailboxKey.SIZE])));
  }

  private static ByteString words(NodeInfo... infos) {
    return new NodeInfos(List.of(infos)).encode();
  }

  /// One word in the document of all.
  private static ByteString said() {
    ByteString alone = words(info());
    return alone.slice(2, alone.size());
  }

  /// What was read is written and checked, too.
  private static void taken(Frame frame) {
    frame.encode();
    if (frame instanceof Frame.AboutNode(NodeInfo info)) {
      info.isFrom(info.nodeKey(), info.linkKeyHash());
    }
    if (frame instanceof Frame.Peer(PeerGreeting greeting)) {
      greeting.isFor(NODE, run(1, NodeInfo.HASH_SIZE), NOW);
    }
  }

  private static void taken(NumberedRequest numbered) {
    numbered.encode();
    switch (numbered.request()) {
      case Request.Open open -> {
        open.isSignedBy(open.owner(), NODE);
        open.mailbox();
      }
      case Request.PutDrawer put -> put.isSignedBy(put.owner(), NODE);
      case Request.Signed signed -> signed.isSignedBy(new VerifyingKey(run(8, 32)), NODE);
      case Request.TakeDrawer _, Request.Unsubscribe _, Request.Reach _ -> {}
    }
  }

  private static MailboxTarget target(byte[] key) {
    return new MailboxTarget(
        new NodeAddress("127.0.0.1", 7443, NODE), new MailboxKey(ByteString.copyOf(key)), SEED);
  }

  private static OwnMailbox mailbox() {
    try (var key = Ed25519.SigningKey.ofSeed(SEED.exposeSecret())) {
      return new OwnMailbox(target(key.publicKey()), SEED);
    }
  }

  private static Cases frames() {
    byte[] info = new Frame.AboutNode(info()).encode();
    byte[] peer = new Frame.Peer(PeerGreeting.sign(SEED, OTHER, NOW, info())).encode();
    byte[] answer = new Frame.Answer(1, AnswerCode.OK, run(1, 20)).encode();
    return new Cases()
        .with("success-ping", new Frame.Ping().encode())
        .with("success-pong", new Frame.Pong().encode())
        .with("success-about-node", info)
        .with("success-packet", new Frame.Packet(run(1, Frame.BODY_SIZE)).encode())
        .with("success-answer", answer)
        .with("success-push", new Frame.Push(1, new Held(2, ID, ENVELOPE)).encode())
        .with("success-ask-document", ask())
        .with("success-document-part", part(0, 2))
        .with("success-no-document", DocumentParts.none(1, DocumentKind.PROOF).encode())
        .with("unknown-document-kind", set(ask(), 12, 99))
        .with("part-beyond-its-document", set(part(0, 2), 14, 2))
        .with("more-parts-than-a-document-has", set(part(0, 2), 15, 0x7F))
        .with("success-caught-up", new Frame.CaughtUp(3).encode())
        .with("success-attach", new Frame.Attach(new RecipientId(run(1, 32))).encode())
        .with("success-reply", new Frame.Reply(new ReplyId(run(2, 16)), run(3, 3616)).encode())
        .with("success-peer", peer)
        .with("success-peer-request", new Frame.PeerRequest(1, run(1, 4082)).encode())
        .with("success-peer-answer", new Frame.PeerAnswer(1, AnswerCode.OK, run(1, 5)).encode())
        .with("success-gossip", new Frame.Gossip(info()).encode())
        .with("peer-without-port", set(set(peer, 4 + 41, 0), 4 + 42, 0))
        .with("peer-with-a-bad-host", set(peer, 4 + 44, '/'))
        .with("peer-with-an-endless-host", set(peer, 4 + 43, 255))
        .with("unknown-peer-version", set(peer, 4, 2))
        .with("cut-short", cut(info, 50))
        .with("unknown-kind", set(info, 0, 0xEE))
        .with("header-not-zero", set(info, 3, 1))
        .with("padding-not-zero", set(info, -1, 1))
        .with("unknown-node-info-version", set(info, 4, 2))
        .with("number-above-63-bits", set(answer, 4, 0x80))
        .with("unknown-answer-code", set(answer, 12, 99))
        .with("answer-longer-than-frame", set(answer, 13, 0xFF));
  }

  private static Cases replies() {
    byte[] answer = new Frame.Answer(1, AnswerCode.OK, run(1, 20)).encodeReply();
    return new Cases()
        .with("success-answer", answer)
        .with("success-push", new Frame.Push(1, new Held(2, ID, ENVELOPE)).encodeReply())
        .with("success-caught-up", new Frame.CaughtUp(3).encodeReply())
        .with("not-a-notice", new byte[Frame.Notice.REPLY_SIZE])
        .with("cut-short", cut(answer, 100))
        .with("padding-not-zero", set(answer, -1, 1));
  }

  private static void addParts(byte[] input) throws MalformedException {
    DocumentParts parts = new DocumentParts();
    for (int at = 0; at < input.length; at += Frame.SIZE) {
      byte[] frame = Arrays.copyOfRange(input, at, Math.min(input.length, at + Frame.SIZE));
      if (Frame.decode(frame) instanceof Frame.DocumentPart part) {
        parts.add(part);
      }
    }
  }

  private static byte[] ask() {
    ByteString none = Frame.AskDocument.NONE;
    return new Frame.AskDocument(1, DocumentKind.CONSENSUS, 5, none, none).encode();
  }

  private static byte[] part(int part, int count) {
    return new Frame.DocumentPart(1, DocumentKind.CONSENSUS, part, count, run(7, 9)).encode();
  }

  private static NodeInfo info() {
    return NodeInfo.sign(
        SEED,
        run(1, NodeInfo.HASH_SIZE),
        NOW,
        7,
        List.of(run(2, 32), run(3, 32), run(4, 32)),
        run(5, NodeInfo.HASH_SIZE));
  }

  private static Cases requests() throws Exception {
    OwnMailboxDay own = OwnMailboxDay.of(mailbox(), TODAY);
    OwnDrawer drawer = new OwnDrawer(NODE.bytes(), HANDLE, SEED);
    byte[] delete = encoded(own.delete(List.of(ID, ID)));
    return new Cases()
        .with("success-open", encoded(own.open(TOKEN)))
        .with(
            "success-deposit",
            encoded(MailboxDay.of(mailbox().target(), TODAY).deposit(ID, ENVELOPE)))
        .with("success-subscribe", encoded(own.subscribe()))
        .with("success-fetch", encoded(own.fetch(5)))
        .with("success-delete", delete)
        .with("success-put-drawer", encoded(drawer.put(OBJECT, TODAY, TOKEN)))
        .with("success-take-drawer", encoded(new Request.TakeDrawer(HANDLE, run(8, 16))))
        .with("success-remove-drawer", encoded(drawer.remove()))
        .with("success-unsubscribe", encoded(new Request.Unsubscribe(1)))
        .with("success-reach", encoded(new Request.Reach(OTHER, TOKEN)))
        .with("success-reply-block", blocks(1, own.fetch(5)))
        .with("success-stock", blocks(5, own.subscribe()))
        .with("too-many-blocks", set(delete, 0, 6))
        .with("blocks-cut-short", cut(set(delete, 0, 5), 600))
        .with("a-stock-for-a-fetch", set(blocks(2, own.subscribe()), 1 + 2 * 572 + 8, 4))
        .with("cut-short", cut(delete, 10))
        .with("number-zero", set(delete, 8, 0))
        .with("number-above-63-bits", set(delete, 1, 0x80))
        .with("unknown-operation", set(delete, 9, 99))
        .with("no-envelopes", set(delete, 10 + MailboxId.SIZE, 0))
        .with("too-many-envelopes", set(delete, 10 + MailboxId.SIZE, 65))
        .with("padding-not-zero", set(delete, -1, 1));
  }

  private static byte[] blocks(int count, Request request) {
    ReplyBlock block = new ReplyBlock(run(9, 572));
    return new NumberedRequest(Collections.nCopies(count, block), 1, request).encode();
  }

  private static byte[] encoded(Request request) {
    return new NumberedRequest(1, request).encode();
  }

  private static Cases pages() {
    byte[] page = new FetchedPage(List.of(new Held(1, ID, ENVELOPE)), true).encode().toByteArray();
    return new Cases()
        .with("success-one", page)
        .with("success-empty", new FetchedPage(List.of(), false).encode())
        .with("cut-short", cut(page, 100))
        .with("too-long", Cases.join(page, new byte[1]))
        .with("two-envelopes", set(page, 0, 2))
        .with("more-neither-0-nor-1", set(page, 1, 2))
        .with("more-behind-nothing", new byte[] {0, 1})
        .with("sequence-zero", set(page, 9, 0))
        .with("sequence-above-63-bits", set(page, 2, 0x80));
  }
}
