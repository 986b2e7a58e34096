package im.waxwing.web;

import im.waxwing.api.Messenger;
import im.waxwing.api.ProblemException;
import im.waxwing.api.ProblemKind;
import im.waxwing.api.SetUp;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The table from an operation's name to the messenger's method.
///
/// Safe for many threads.
final class Operations {
  private static final int MAX_LIFE_HOURS = 24 * 365;

  private final Map<String, Operation<?>> table = new HashMap<>();

  Operations(Messenger messenger) {
    add("status", None.class, _ -> messenger.status());
    add("limits", None.class, _ -> messenger.limits());
    add("set-up", SetUp.class, messenger::setUp);
    add("rename", Name.class, call -> messenger.rename(call.name));
    add("ways", None.class, _ -> messenger.ways());
    add("set-ways", Ways.class, call -> messenger.setWays(call.networks));
    add("move-house", Place.class, call -> messenger.moveHouse(call.place));
    add("enter-network", Network.class, call -> messenger.enterNetwork(call.address));
    add("leave-network", None.class, _ -> messenger.leaveNetwork());
    add("hurry", None.class, _ -> done(messenger::hurry));
    add("invite", Invite.class, call -> messenger.invite(call.life()));
    add("invitations", None.class, _ -> messenger.invitations());
    add("revoke", Invitation.class, call -> messenger.revoke(call.id));
    add("preview", Link.class, call -> messenger.preview(call.link));
    add("accept", Link.class, call -> messenger.accept(call.link));
    add("contacts", None.class, _ -> messenger.contacts());
    add("safety-number", Conversation.class, call -> messenger.safetyNumber(call.conversation));
    add("compare", Compare.class, call -> messenger.compare(call.conversation, call.scannable));
    add(
        "mark-verified",
        MarkVerified.class,
        call -> messenger.markVerified(call.conversation, call.verified));
    add("conversations", None.class, _ -> messenger.conversations());
    add(
        "set-conversation-ways",
        ConversationWays.class,
        call -> messenger.setConversationWays(call.conversation, call.networks));
    add(
        "messages",
        Messages.class,
        call -> messenger.messages(call.conversation, call.before, call.limit));
    add(
        "messages-after",
        MessagesAfter.class,
        call -> messenger.messagesAfter(call.conversation, call.after, call.limit));
    add(
        "messages-around",
        MessagesAround.class,
        call -> messenger.messagesAround(call.conversation, call.message, call.limit));
    add(
        "search",
        Search.class,
        call -> messenger.search(call.query, call.conversation, call.limit));
    addSayings(messenger);
    addConversations(messenger);
  }

  private void addSayings(Messenger messenger) {
    add(
        "send",
        Send.class,
        call -> messenger.send(call.conversation, call.id, call.text, call.replyTo));
    add("react", React.class, call -> messenger.react(call.conversation, call.message, call.emoji));
    add("edit", Edit.class, call -> messenger.edit(call.conversation, call.message, call.text));
    add("unsend", Message.class, call -> messenger.unsend(call.conversation, call.message));
    add("history", Message.class, call -> messenger.history(call.conversation, call.message));
    add("mark-read", Message.class, call -> messenger.markRead(call.conversation, call.message));
    add("retry", Message.class, call -> messenger.retry(call.conversation, call.message));
    add(
        "delete",
        Message.class,
        call -> done(() -> messenger.delete(call.conversation, call.message)));
    add("typing", Conversation.class, call -> done(() -> messenger.typing(call.conversation)));
  }

  private void addConversations(Messenger messenger) {
    add(
        "set-timer",
        SetTimer.class,
        call -> messenger.setTimer(call.conversation, Duration.ofSeconds(call.timerSeconds)));
    add("set-draft", Draft.class, call -> messenger.setDraft(call.conversation, call.text));
    add("set-muted", Muted.class, call -> messenger.setMuted(call.conversation, call.muted));
    add(
        "set-archived",
        Archived.class,
        call -> messenger.setArchived(call.conversation, call.archived));
    add("set-on-top", OnTop.class, call -> messenger.setOnTop(call.conversation, call.onTop));
    add("pin", Pin.class, call -> messenger.pin(call.conversation, call.message, call.pinned));
    add("mark-unread", Conversation.class, call -> messenger.markUnread(call.conversation));
    add("block", Block.class, call -> messenger.block(call.conversation, call.blocked));
    add(
        "set-nickname",
        Nickname.class,
        call -> messenger.setNickname(call.conversation, call.nickname));
    add("settings", None.class, _ -> messenger.settings());
    add(
        "set-settings",
        SetSettings.class,
        call -> messenger.setSettings(call.typing, call.readMarks));
  }

  Set<String> names() {
    return Set.copyOf(table.keySet());
  }

  /// Adds what is not the messenger's.
  <T> void add(String name, Class<T> request, Work<T> work) {
    table.put(name, new Operation<>(request, work));
  }

  /// Carries out one call; the value to answer with.
  Object call(String name, byte[] body) throws ProblemException {
    Operation<?> operation = table.get(name);
    if (operation == null) {
      throw new ProblemException(ProblemKind.BAD_REQUEST);
    }
    return operation.call(body);
  }

  private static None done(Step step) throws ProblemException {
    step.run();
    return new None();
  }

  private record Operation<T>(Class<T> request, Work<T> work) {
    Object call(byte[] body) throws ProblemException {
      return work.on(ApiJson.read(body, request));
    }
  }

  interface Work<T> {
    Object on(T request) throws ProblemException;
  }

  private interface Step {
    void run() throws ProblemException;
  }

  /// `{}`, as request and as answer.
  record None() {}

  private record Name(String name) {}

  private record Ways(List<String> networks) {}

  private record ConversationWays(String conversation, Optional<List<String>> networks) {}

  private record Place(String place) {}

  private record Network(String address) {}

  private record Invite(int lifeHours) {
    Duration life() throws ProblemException {
      if (lifeHours < 1 || lifeHours > MAX_LIFE_HOURS) {
        throw new ProblemException(ProblemKind.BAD_REQUEST);
      }
      return Duration.ofHours(lifeHours);
    }
  }

  private record Invitation(String id) {}

  private record Link(String link) {}

  private record Conversation(String conversation) {}

  private record Compare(String conversation, String scannable) {}

  private record MarkVerified(String conversation, boolean verified) {}

  private record Messages(String conversation, Optional<String> before, int limit) {}

  private record MessagesAfter(String conversation, String after, int limit) {}

  private record MessagesAround(String conversation, String message, int limit) {}

  private record Search(String query, Optional<String> conversation, int limit) {}

  private record Send(String conversation, String id, String text, Optional<String> replyTo) {}

  private record React(String conversation, String message, Optional<String> emoji) {}

  private record Edit(String conversation, String message, String text) {}

  private record SetTimer(String conversation, int timerSeconds) {}

  private record Draft(String conversation, String text) {}

  private record Muted(String conversation, boolean muted) {}

  private record Archived(String conversation, boolean archived) {}

  private record OnTop(String conversation, boolean onTop) {}

  private record Pin(String conversation, String message, boolean pinned) {}

  private record Block(String conversation, boolean blocked) {}

  private record Nickname(String conversation, Optional<String> nickname) {}

  private record SetSettings(boolean typing, boolean readMarks) {}

  private record Message(String conversation, String message) {}
}
