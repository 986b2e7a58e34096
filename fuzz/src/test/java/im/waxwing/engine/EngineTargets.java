package im.waxwing.engine;

import static im.waxwing.fuzz.Cases.join;
import static im.waxwing.fuzz.Cases.repeat;
import static im.waxwing.fuzz.Cases.set;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import im.waxwing.base.MalformedException;
import im.waxwing.base.SecretBytes;
import im.waxwing.content.proto.Bundle;
import im.waxwing.content.proto.Content;
import im.waxwing.content.proto.DeviceChange;
import im.waxwing.content.proto.DeviceEntry;
import im.waxwing.content.proto.DeviceList;
import im.waxwing.content.proto.DrawerObject;
import im.waxwing.content.proto.Edit;
import im.waxwing.content.proto.Hello;
import im.waxwing.content.proto.Introduction;
import im.waxwing.content.proto.Mailbox;
import im.waxwing.content.proto.Profile;
import im.waxwing.content.proto.Reaction;
import im.waxwing.content.proto.Receipt;
import im.waxwing.content.proto.RetryRequest;
import im.waxwing.content.proto.SignedDeviceList;
import im.waxwing.content.proto.Sync;
import im.waxwing.content.proto.Text;
import im.waxwing.content.proto.Timer;
import im.waxwing.content.proto.Typing;
import im.waxwing.content.proto.Unsend;
import im.waxwing.content.proto.Used;
import im.waxwing.content.proto.Welcome;
import im.waxwing.crypto.Identity;
import im.waxwing.fuzz.Cases;
import im.waxwing.fuzz.Target;
import im.waxwing.model.AccountId;
import im.waxwing.model.NetworkAddress;
import im.waxwing.model.NetworkId;
import im.waxwing.model.NodeAddress;
import im.waxwing.model.NodeKey;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Set;

/// What contacts write inside letters, drawers and invitations.
public final class EngineTargets {
  private static final String NODE = "node.example:7443/" + "A".repeat(43);
  private static final byte[] NO_MESSAGE = {(byte) 0xFF};

  private static final String BASE64 =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

  /// In the bytes of an invitation: after version, expiry, account and secret.
  private static final int KIND = 1 + 4 + 32 + 32;

  private static final int PORT = KIND + 1 + 32;

  private EngineTargets() {}

  public static List<Target> all() {
    return List.of(
        Target.of(
            "content",
            "im.waxwing.engine.Contents#decode",
            Contents::decode,
            EngineTargets::contents),
        Target.of(
            "retry-request",
            "im.waxwing.engine.Contents#decodeRetry",
            input -> Contents.decodeRetry(ours(input)),
            () ->
                new Cases()
                    .with("success", retry(bundle().build()))
                    .with("no-bundle", RetryRequest.getDefaultInstance().toByteArray())
                    .with("no-message", NO_MESSAGE)
                    .with("kyber-prekey-too-short", retry(bundle().setKyberPrekey(run(1)).build()))
                    .with("device-zero", retry(bundle().setDevice(0).build()))),
        Target.of(
            "drawer-object",
            "im.waxwing.engine.Contents#decodeDrawer",
            input -> Contents.decodeDrawer(ours(input)),
            () ->
                new Cases()
                    .with("success-introduction", drawer(introduction()))
                    .with("success-mailboxes", drawer(living(mailbox(1), mailbox(2))))
                    .with("mailboxes-in-one-place", drawer(living(mailbox(1), mailbox(1))))
                    .with(
                        "too-many-mailboxes",
                        drawer(living(mailbox(1), mailbox(2), mailbox(3), mailbox(4), mailbox(5))))
                    .with("success-used", used(32))
                    .with("used-by-no-account", used(3))
                    .with("nothing-known", new byte[0])
                    .with("no-message", NO_MESSAGE)
                    .with("name-too-long", drawer(introduction().setName("n".repeat(65))))),
        Target.of(
            "introduction",
            "im.waxwing.engine.Introduced#decode",
            input -> Introduced.decode(ours(input)).encode(),
            () ->
                new Cases()
                    .with("success", introduction().build().toByteArray())
                    .with("no-message", NO_MESSAGE)
                    .with("bad-node", introduction().setNode("node").build().toByteArray())),
        new Target(
            "device-list",
            Set.of(
                "im.waxwing.engine.SignedDevices#decode",
                "im.waxwing.engine.SignedDevices#verified"),
            EngineTargets::verify,
            EngineTargets::deviceLists),
        Target.of(
            "invitation",
            "im.waxwing.engine.InvitationLink#parse",
            input -> InvitationLink.parse(new String(input, StandardCharsets.UTF_8)).format(),
            EngineTargets::invitations));
  }

  // --- contents ---

  private static Cases contents() {
    return new Cases()
        .with("success-text", bytes(text("Good evening. 🐦")))
        .with("success-nothing-known", bytes(content()))
        .with("success-receipt", bytes(receipt(1, 16)))
        .with("success-hello", bytes(content().setHello(hello())))
        .with("success-welcome", bytes(welcome("Alice")))
        .with("success-device-change", bytes(content().setDeviceChange(change())))
        .with("success-profile", bytes(profile("Alice")))
        .with("success-sync", bytes(content().setSync(sync())))
        .with("no-message", NO_MESSAGE)
        .with("sender-too-short", bytes(text("t").setSenderAccount(run(31))))
        .with("sender-device-zero", bytes(text("t").setSenderDevice(0)))
        .with("recipient-device-too-high", bytes(text("t").setRecipientDevice(128)))
        .with("too-many-parents", bytes(text("t").addAllParents(Collections.nCopies(9, run(16)))))
        .with("parent-too-short", bytes(text("t").addParents(run(15))))
        .with("empty-text", bytes(text("")))
        .with("text-too-long", bytes(text("t".repeat(Contents.MAX_TEXT_BYTES + 1))))
        .with("too-many-receipts", bytes(receipt(101, 16)))
        .with("receipt-too-short", bytes(receipt(1, 15)))
        .with("blank-name", bytes(welcome(" ")))
        .with("name-of-two-lines", bytes(profile("Alice\nBob")))
        .with("lane-too-short", bytes(content().setHello(hello().setLaneToMe(run(31)))))
        .with("empty-sync", bytes(content().setSync(sync().setText(Text.getDefaultInstance()))))
        .with("success-answer", bytes(content().setText(says("t").setReplyTo(run(16)))))
        .with("success-reaction", bytes(content().setReaction(reaction("👍"))))
        .with("success-reaction-taken-back", bytes(content().setReaction(reaction(""))))
        .with("success-edit", bytes(content().setEdit(edit("t"))))
        .with("success-unsend", bytes(content().setUnsend(Unsend.newBuilder().setMessage(run(16)))))
        .with("success-timer", bytes(content().setTimer(timer(3_600))))
        .with("success-typing", bytes(content().setTyping(Typing.getDefaultInstance())))
        .with("success-sync-of-a-reaction", bytes(synced(sync().setReaction(reaction("👍")))))
        .with("success-sync-of-an-edit", bytes(synced(sync().setEdit(edit("t")))))
        .with("success-sync-of-a-timer", bytes(synced(sync().setTimer(timer(0)))))
        .with("success-sync-of-something-new", bytes(synced(sync().clearText())))
        .with("answer-to-no-message", bytes(content().setText(says("t").setReplyTo(run(15)))))
        .with("text-that-lives-too-long", bytes(content().setText(says("t").setExpiresAfter(-1))))
        .with("reaction-with-a-space", bytes(content().setReaction(reaction("a b"))))
        .with("reaction-too-long", bytes(content().setReaction(reaction("x".repeat(65)))))
        .with("reaction-of-no-version", bytes(content().setReaction(reaction("👍").setVersion(0))))
        .with("edit-to-nothing", bytes(content().setEdit(edit(""))))
        .with("unsend-of-no-message", bytes(content().setUnsend(Unsend.getDefaultInstance())))
        .with("timer-too-long", bytes(content().setTimer(timer(28 * 86_400 + 1))));
  }

  private static Text.Builder says(String text) {
    return Text.newBuilder().setText(text);
  }

  private static Reaction.Builder reaction(String emoji) {
    return Reaction.newBuilder().setMessage(run(16)).setVersion(1).setEmoji(emoji);
  }

  private static Edit.Builder edit(String text) {
    return Edit.newBuilder().setMessage(run(16)).setVersion(1).setText(text);
  }

  private static Timer.Builder timer(int seconds) {
    return Timer.newBuilder().setVersion(1).setSeconds(seconds);
  }

  private static Content.Builder synced(Sync.Builder sync) {
    return content().setSync(sync);
  }

  private static byte[] bytes(Content.Builder content) {
    return content.build().toByteArray();
  }

  private static Content.Builder content() {
    return Content.newBuilder()
        .setSenderAccount(run(32))
        .setSenderDevice(1)
        .setRecipientAccount(run(32))
        .setRecipientDevice(127)
        .setConversation(run(16))
        .setMessageId(run(16))
        .setSentAt(1)
        .setHighestSeen(7);
  }

  private static Content.Builder text(String text) {
    return content().setText(Text.newBuilder().setText(text));
  }

  private static Content.Builder receipt(int count, int size) {
    var receipt = Receipt.newBuilder().addAllDelivered(Collections.nCopies(count, run(size)));
    return content().setReceipt(receipt);
  }

  private static Content.Builder welcome(String name) {
    return content().setWelcome(Welcome.newBuilder().setName(name).setDevices(signed(devices(1))));
  }

  private static Content.Builder profile(String name) {
    return content().setProfile(Profile.newBuilder().setName(name));
  }

  private static Hello.Builder hello() {
    return Hello.newBuilder()
        .setName("Bob")
        .setDevices(signed(devices(1)))
        .setLaneToMe(run(32))
        .setLaneToYou(run(32));
  }

  private static DeviceChange.Builder change() {
    return DeviceChange.newBuilder()
        .setDevices(signed(devices(2)))
        .addIntroductions(introduction());
  }

  private static Sync.Builder sync() {
    return Sync.newBuilder()
        .setConversation(run(16))
        .setMessageId(run(16))
        .addParents(run(16))
        .setText(Text.newBuilder().setText("t"));
  }

  // --- introductions ---

  private static Bundle.Builder bundle() {
    return Bundle.newBuilder()
        .setIdentityKey(run(33))
        .setRegistrationId(1)
        .setDevice(1)
        .setSignedPrekeyId(2)
        .setSignedPrekey(run(33))
        .setSignedPrekeySignature(run(64))
        .setOneTimePrekeyId(3)
        .setOneTimePrekey(run(33))
        .setKyberPrekeyId(4)
        .setKyberPrekey(run(1569))
        .setKyberPrekeySignature(run(64));
  }

  private static byte[] retry(Bundle bundle) {
    return RetryRequest.newBuilder().setBundle(bundle).setFirstN(1).build().toByteArray();
  }

  private static Introduction.Builder introduction() {
    return Introduction.newBuilder()
        .setBundle(bundle())
        .setNode(NODE)
        .setMailboxKey(run(32))
        .setDepositSecret(run(32))
        .setName("Alice")
        .setFirstLane(run(32));
  }

  private static Introduction.Builder living(Mailbox... mailboxes) {
    return introduction().addAllMailboxes(List.of(mailboxes));
  }

  /// In a network of this number.
  private static Mailbox mailbox(int number) {
    NetworkId network = new NetworkId(Cases.run(number, NetworkId.SIZE));
    return Mailbox.newBuilder()
        .setPlace(new NetworkAddress("node.example", 7443, network).format())
        .setKey(run(32))
        .setDepositSecret(run(32))
        .build();
  }

  private static byte[] drawer(Introduction.Builder introduction) {
    return DrawerObject.newBuilder().setIntroduction(introduction).build().toByteArray();
  }

  private static byte[] used(int size) {
    return DrawerObject.newBuilder()
        .setUsed(Used.newBuilder().setAccount(run(size)))
        .build()
        .toByteArray();
  }

  // --- device lists: the reader knows the identity key, 33 bytes ---

  private static void verify(byte[] input) throws MalformedException {
    byte[] padded = Arrays.copyOf(input, Math.max(input.length, Identity.PUBLIC_KEY_SIZE));
    byte[] list = Arrays.copyOfRange(padded, Identity.PUBLIC_KEY_SIZE, padded.length);
    byte[] key = Arrays.copyOf(padded, Identity.PUBLIC_KEY_SIZE);
    SignedDevices.verified(parsed(list), ours(key)).encode(1);
  }

  /// Letters are parsed as a whole; no list comes alone.
  private static SignedDeviceList parsed(byte[] bytes) {
    try {
      return SignedDeviceList.parseFrom(bytes);
    } catch (InvalidProtocolBufferException _) {
      return SignedDeviceList.getDefaultInstance();
    }
  }

  private static Cases deviceLists() {
    Identity alice = Identity.generate();
    ByteString account = Contents.theirs(alice.account().bytes());
    DeviceList.Builder list = devices(2).setAccount(account);
    var genuine =
        SignedDevices.signed(
            ours(list.build().toByteArray()),
            alice.signDeviceList(ours(list.build().toByteArray())));
    return new Cases()
        .with("success", known(alice, genuine))
        .with("not-signed", known(alice, signed(list)))
        .with("another-accounts", known(Identity.generate(), genuine))
        .with("no-signature", known(alice, genuine.toBuilder().clearSignature().build()))
        .with("too-long", known(alice, genuine.toBuilder().setList(run(8_193)).build()))
        .with(
            "no-message",
            known(alice, genuine.toBuilder().setList(ByteString.copyFrom(NO_MESSAGE)).build()))
        .with("no-devices", known(alice, signed(devices(0))))
        .with("too-many-devices", known(alice, signed(devices(17))))
        .with("version-zero", known(alice, signed(devices(1).setVersion(0))))
        .with(
            "device-named-twice",
            known(alice, signed(devices(1).addDevices(devices(1).getDevices(0)))))
        .with("account-too-short", known(alice, signed(devices(1).setAccount(run(3)))))
        .with(
            "mailbox-key-too-short",
            known(
                alice,
                signed(
                    devices(0)
                        .addDevices(devices(1).getDevices(0).toBuilder().setMailboxKey(run(3))))));
  }

  private static byte[] known(Identity identity, SignedDeviceList list) {
    return join(identity.publicKey().toByteArray(), list.toByteArray());
  }

  private static DeviceList.Builder devices(int count) {
    DeviceList.Builder list = DeviceList.newBuilder().setAccount(run(32)).setVersion(1);
    for (int device = 1; device <= count; device++) {
      list.addDevices(
          DeviceEntry.newBuilder()
              .setDevice(device)
              .setRegistrationId(1)
              .setNode(NODE)
              .setMailboxKey(run(32))
              .setDepositSecret(run(32)));
    }
    return list;
  }

  private static SignedDeviceList signed(DeviceList.Builder list) {
    return SignedDeviceList.newBuilder()
        .setList(list.build().toByteString())
        .setSignature(run(64))
        .build();
  }

  // --- invitations ---

  private static Cases invitations() throws Exception {
    String link =
        InvitationLink.of(
                Instant.parse("2026-11-30T12:00:00Z"),
                new AccountId(Cases.run(1, AccountId.SIZE)),
                SecretBytes.copyOf(repeat(2, 32)),
                new NodeAddress("node.example", 7443, new NodeKey(Cases.run(3, NodeKey.SIZE))))
            .format();
    byte[] body = body(link);
    return new Cases()
        .with("success", link)
        .with("success-network", checked(set(body, KIND, 2)))
        .with("success-with-spaces", "\n " + link + " ")
        .with("something-else", "https://example.org/")
        .with("cut-in-the-prefix", "waxwing:")
        .with("cut-off", link.substring(0, link.length() - 3))
        .with("one-character-left-over", link + "A")
        .with("one-character-changed", link.replace("node", "nodf").substring(0, 60) + link)
        .with("too-long", link + "A".repeat(300))
        .with("nothing-but-prefix", InvitationLink.PREFIX)
        .with("made-by-a-later-version", checked(set(body, 0, 2)))
        .with("version-zero", checked(set(body, 0, 0)))
        .with("another-spelling", checkedOtherwise(body))
        .with("another-kind", checked(set(body, KIND, 3)))
        .with("port-zero", checked(set(set(body, PORT, 0), PORT + 1, 0)))
        .with("bad-host", checked(set(body, -1, ' ')))
        .with("bytes-after-its-end", checked(join(body, new byte[1])))
        .with("account-cut-short", checked(Arrays.copyOf(body, 9)));
  }

  /// The last character stands for fewer than six bits; those it does not need are set.
  private static String checkedOtherwise(byte[] body) throws Exception {
    String link = checked(body);
    int last = BASE64.indexOf(link.charAt(link.length() - 1));
    return link.substring(0, link.length() - 1) + BASE64.charAt(last | 1);
  }

  private static byte[] body(String link) throws MalformedException {
    byte[] all =
        im.waxwing.base.ByteString.parseBase64Url(
                "link", link.substring(InvitationLink.PREFIX.length()))
            .toByteArray();
    return Arrays.copyOf(all, all.length - 4);
  }

  private static String checked(byte[] body) throws Exception {
    byte[] sum = Arrays.copyOf(MessageDigest.getInstance("SHA-256").digest(body), 4);
    return InvitationLink.PREFIX + ours(join(body, sum)).base64Url();
  }

  private static im.waxwing.base.ByteString ours(byte[] bytes) {
    return im.waxwing.base.ByteString.copyOf(bytes);
  }

  private static ByteString run(int length) {
    return ByteString.copyFrom(repeat(5, length));
  }
}
