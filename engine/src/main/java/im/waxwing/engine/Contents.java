package im.waxwing.engine;

import com.google.protobuf.InvalidProtocolBufferException;
import im.waxwing.base.ByteString;
import im.waxwing.base.MalformedException;
import im.waxwing.base.SecretBytes;
import im.waxwing.content.proto.Content;
import im.waxwing.content.proto.DrawerObject;
import im.waxwing.content.proto.Edit;
import im.waxwing.content.proto.Mailbox;
import im.waxwing.content.proto.Reaction;
import im.waxwing.content.proto.Receipt;
import im.waxwing.content.proto.RetryRequest;
import im.waxwing.content.proto.Sync;
import im.waxwing.content.proto.Text;
import im.waxwing.content.proto.Timer;
import im.waxwing.crypto.Sessions;
import im.waxwing.model.AccountId;
import im.waxwing.model.ConversationId;
import im.waxwing.model.DeviceAddress;
import im.waxwing.model.DeviceId;
import im.waxwing.model.MailboxKey;
import im.waxwing.model.MailboxTarget;
import im.waxwing.model.MessageId;
import im.waxwing.model.Place;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Reads what others wrote inside letters, retry requests and drawers: sizes and counts are checked
/// here, once (delivery.md §2).
public final class Contents {
  public static final int MAX_PARENTS = 8;
  public static final int MAX_RECEIPTS = 100;
  public static final int MAX_NAME_CHARACTERS = 64;

  /// The longest emoji, in bytes of UTF-8: families with skin colours have about forty.
  static final int MAX_EMOJI_BYTES = 64;

  /// The most often that somebody may change one thing.
  static final int MAX_VERSION = 1 << 30;

  /// The shortest time that this device asks a message to stay.
  static final Duration MIN_LIFE = Duration.ofSeconds(5);

  /// The longest that a message may stay before it goes by itself.
  static final Duration MAX_LIFE = Duration.ofDays(28);

  /// Of one device.
  static final int MAX_MAILBOXES = 4;

  /// What a content may need beside the text of a message: ids, parents, tags.
  static final int OVERHEAD = 400;

  /// The longest text of one message, in bytes of UTF-8: with its content and a session's beginning
  /// it fits into eight envelopes.
  public static final int MAX_TEXT_BYTES = Sessions.MAX_CONTENT - OVERHEAD;

  private Contents() {}

  /// @throws MalformedException if a field is missing, too long or of a wrong size
  public static Content decode(byte[] bytes) throws MalformedException {
    try {
      Content content = Content.parseFrom(bytes);
      sender(content);
      recipient(content);
      conversation(content);
      messageId(content);
      parents(content.getParentsList());
      checkBody(content);
      return content;
    } catch (InvalidProtocolBufferException e) {
      throw new MalformedException("content", "must be a protobuf message");
    }
  }

  /// @throws MalformedException if a field is missing or of a wrong size
  public static RetryRequest decodeRetry(ByteString bytes) throws MalformedException {
    try {
      RetryRequest request = RetryRequest.parseFrom(bytes.toByteArray());
      if (!request.hasBundle()) {
        throw new MalformedException("bundle", "is missing");
      }
      Introduced.bundle(request.getBundle());
      return request;
    } catch (InvalidProtocolBufferException e) {
      throw new MalformedException("retry request", "must be a protobuf message");
    }
  }

  /// @throws MalformedException if it is neither an introduction nor the notice of use, or breaks
  ///   their rules
  public static DrawerObject decodeDrawer(ByteString bytes) throws MalformedException {
    try {
      DrawerObject object = DrawerObject.parseFrom(bytes.toByteArray());
      switch (object.getObjectCase()) {
        case INTRODUCTION -> Introduced.of(object.getIntroduction());
        case USED -> account("used by", object.getUsed().getAccount());
        case OBJECT_NOT_SET -> throw new MalformedException("drawer", "must hold something known");
      }
      return object;
    } catch (InvalidProtocolBufferException e) {
      throw new MalformedException("drawer", "must be a protobuf message");
    }
  }

  private static void checkBody(Content content) throws MalformedException {
    switch (content.getBodyCase()) {
      case TEXT -> checkText(content.getText());
      case RECEIPT -> checkReceipt(content.getReceipt());
      case HELLO -> {
        checkName(content.getHello().getName());
        sized("lane", content.getHello().getLaneToYou(), SEED);
        sized("lane", content.getHello().getLaneToMe(), SEED);
        SignedDevices.decode(content.getHello().getDevices());
      }
      case WELCOME -> {
        checkName(content.getWelcome().getName());
        SignedDevices.decode(content.getWelcome().getDevices());
      }
      case DEVICE_CHANGE -> {
        SignedDevices.decode(content.getDeviceChange().getDevices());
        for (var introduction : content.getDeviceChange().getIntroductionsList()) {
          Introduced.of(introduction);
        }
      }
      case PROFILE -> checkName(content.getProfile().getName());
      case SYNC -> checkSync(content.getSync());
      case REACTION -> checkReaction(content.getReaction());
      case EDIT -> checkEdit(content.getEdit());
      case UNSEND -> messageId(content.getUnsend().getMessage());
      case TIMER -> checkTimer(content.getTimer());
      case TYPING -> {}
      case BODY_NOT_SET -> {
        // Written by a newer version: answered with a receipt, otherwise ignored.
      }
    }
  }

  private static final int SEED = 32;

  private static void checkText(Text text) throws MalformedException {
    checkText(text.getText());
    if (text.hasReplyTo()) {
      messageId(text.getReplyTo());
    }
    checkLife(text.getExpiresAfter());
  }

  private static void checkReaction(Reaction reaction) throws MalformedException {
    messageId(reaction.getMessage());
    checkVersion(reaction.getVersion());
    if (!reaction.getEmoji().isEmpty() && !isEmoji(reaction.getEmoji())) {
      throw new MalformedException("emoji", "must have at most " + MAX_EMOJI_BYTES + " bytes");
    }
  }

  private static void checkEdit(Edit edit) throws MalformedException {
    messageId(edit.getMessage());
    checkVersion(edit.getVersion());
    checkText(edit.getText());
  }

  private static void checkTimer(Timer timer) throws MalformedException {
    checkVersion(timer.getVersion());
    checkLife(timer.getSeconds());
  }

  private static void checkVersion(int version) throws MalformedException {
    if (version < 1 || version > MAX_VERSION) {
      throw new MalformedException("version", "must be 1 to " + MAX_VERSION);
    }
  }

  private static void checkLife(int seconds) throws MalformedException {
    if (seconds < 0 || seconds > MAX_LIFE.toSeconds()) {
      throw new MalformedException("life", "must be at most " + MAX_LIFE.toDays() + " days");
    }
  }

  /// Whether an emoji can be shown beside a message: short, and nothing that breaks a line or
  /// leaves space.
  static boolean isEmoji(String emoji) {
    return !emoji.isBlank()
        && bytesOf(emoji) <= MAX_EMOJI_BYTES
        && emoji
            .codePoints()
            .noneMatch(point -> breaksLine(point) || Character.isWhitespace(point));
  }

  private static void checkText(String text) throws MalformedException {
    if (text.isEmpty() || bytesOf(text) > MAX_TEXT_BYTES) {
      throw new MalformedException("text", "must have 1 to " + MAX_TEXT_BYTES + " bytes");
    }
  }

  private static void checkReceipt(Receipt receipt) throws MalformedException {
    if (receipt.getDeliveredCount() + receipt.getReadCount() > MAX_RECEIPTS) {
      throw new MalformedException("receipt", "names at most " + MAX_RECEIPTS + " messages");
    }
    ids(receipt.getDeliveredList());
    ids(receipt.getReadList());
  }

  private static void checkSync(Sync sync) throws MalformedException {
    sized("conversation", sync.getConversation(), ConversationId.SIZE);
    sized("message id", sync.getMessageId(), MessageId.SIZE);
    parents(sync.getParentsList());
    switch (sync.getBodyCase()) {
      case TEXT -> checkText(sync.getText());
      case REACTION -> checkReaction(sync.getReaction());
      case EDIT -> checkEdit(sync.getEdit());
      case UNSEND -> messageId(sync.getUnsend().getMessage());
      case TIMER -> checkTimer(sync.getTimer());
      case BODY_NOT_SET -> {
        // Written by a newer version of this account's own.
      }
    }
  }

  static void checkName(String name) throws MalformedException {
    if (!isName(name)) {
      throw new MalformedException("name", "must have 1 to " + MAX_NAME_CHARACTERS + " characters");
    }
  }

  /// Whether a name can be shown: 1 to 64 characters, none of them a control character.
  static boolean isName(String name) {
    return !name.isBlank()
        && name.codePointCount(0, name.length()) <= MAX_NAME_CHARACTERS
        && name.codePoints().noneMatch(Contents::breaksLine);
  }

  private static boolean breaksLine(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> true;
      default -> false;
    };
  }

  static int bytesOf(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

  // --- fields ---

  static DeviceAddress sender(Content content) throws MalformedException {
    return new DeviceAddress(
        account("sender", content.getSenderAccount()), device(content.getSenderDevice()));
  }

  static DeviceAddress recipient(Content content) throws MalformedException {
    return new DeviceAddress(
        account("recipient", content.getRecipientAccount()), device(content.getRecipientDevice()));
  }

  static ConversationId conversation(Content content) throws MalformedException {
    return new ConversationId(
        sized("conversation", content.getConversation(), ConversationId.SIZE));
  }

  static MessageId messageId(Content content) throws MalformedException {
    return messageId(content.getMessageId());
  }

  static MessageId messageId(com.google.protobuf.ByteString bytes) throws MalformedException {
    return new MessageId(sized("message id", bytes, MessageId.SIZE));
  }

  static List<MessageId> parents(List<com.google.protobuf.ByteString> parents)
      throws MalformedException {
    if (parents.size() > MAX_PARENTS) {
      throw new MalformedException("parents", "are at most " + MAX_PARENTS);
    }
    return ids(parents);
  }

  static List<MessageId> ids(List<com.google.protobuf.ByteString> fields)
      throws MalformedException {
    List<MessageId> ids = new ArrayList<>();
    for (com.google.protobuf.ByteString field : fields) {
      ids.add(messageId(field));
    }
    return ids;
  }

  static AccountId account(String field, com.google.protobuf.ByteString bytes)
      throws MalformedException {
    return new AccountId(sized(field, bytes, AccountId.SIZE));
  }

  static DeviceId device(int number) throws MalformedException {
    if (number < 1 || number > DeviceId.MAX) {
      throw new MalformedException("device", "must be 1 to " + DeviceId.MAX);
    }
    return new DeviceId(number);
  }

  static MailboxTarget target(
      String place, com.google.protobuf.ByteString key, com.google.protobuf.ByteString secret)
      throws MalformedException {
    return new MailboxTarget(
        Place.parse(place),
        new MailboxKey(sized("mailbox key", key, MailboxKey.SIZE)),
        secret("deposit secret", secret));
  }

  /// Where a device can be written to: 1 to 4 mailboxes, no two in one place.
  static List<MailboxTarget> targets(List<Mailbox> mailboxes) throws MalformedException {
    Set<ByteString> places = new HashSet<>();
    List<MailboxTarget> targets = new ArrayList<>();
    for (Mailbox mailbox : mailboxes) {
      MailboxTarget target =
          target(mailbox.getPlace(), mailbox.getKey(), mailbox.getDepositSecret());
      if (!places.add(target.place().name())) {
        throw new MalformedException("mailboxes", "must stand in different places");
      }
      targets.add(target);
    }
    if (targets.size() > MAX_MAILBOXES) {
      throw new MalformedException("mailboxes", "are at most " + MAX_MAILBOXES);
    }
    return targets;
  }

  static List<Mailbox> mailboxes(List<MailboxTarget> targets) {
    return targets.stream()
        .map(
            target ->
                Mailbox.newBuilder()
                    .setPlace(target.place().format())
                    .setKey(theirs(target.key().bytes()))
                    .setDepositSecret(theirs(target.depositSecret()))
                    .build())
        .toList();
  }

  static SecretBytes secret(String field, com.google.protobuf.ByteString bytes)
      throws MalformedException {
    return SecretBytes.copyOf(sized(field, bytes, SEED).toByteArray());
  }

  static ByteString sized(String field, com.google.protobuf.ByteString bytes, int size)
      throws MalformedException {
    if (bytes.size() != size) {
      throw new MalformedException(field, "must have " + size + " bytes");
    }
    return ours(bytes);
  }

  static ByteString ours(com.google.protobuf.ByteString bytes) {
    return ByteString.copyOf(bytes.toByteArray());
  }

  static com.google.protobuf.ByteString theirs(ByteString bytes) {
    return com.google.protobuf.ByteString.copyFrom(bytes.toByteArray());
  }

  static com.google.protobuf.ByteString theirs(SecretBytes secret) {
    return com.google.protobuf.ByteString.copyFrom(secret.exposeSecret());
  }
}
