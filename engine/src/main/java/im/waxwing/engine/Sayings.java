package im.waxwing.engine;

import im.waxwing.api.MessageView;
import im.waxwing.api.ProblemKind;
import im.waxwing.api.Quote;
import im.waxwing.api.ReactionView;
import im.waxwing.model.AccountId;
import im.waxwing.store.ChangeTable.Change;
import im.waxwing.store.MessageTable.Fate;
import im.waxwing.store.MessageTable.Message;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Shows messages as interfaces see them: with what they answer and what was answered to them.
///
/// @param readMarks whether it is shown that others have read
/// @param now no message shows a later time, whatever its writer's clock said
record Sayings(Step step, AccountId own, boolean readMarks, Instant now) {
  private static final int EXCERPT = 160;

  MessageView message(Message message) {
    Fate fate = message.fate();
    return new MessageView(
        message.id().bytes().base64Url(),
        message.conversation().bytes().base64Url(),
        message.mine(),
        message.text(),
        shown(message.sentAt()),
        message.position(),
        state(message),
        Optional.ofNullable(message.failure()).map(ProblemKind::valueOf),
        replyTo(message),
        fate.unsent() ? List.of() : reactions(message),
        Optional.ofNullable(fate.editedAt()).map(this::shown),
        (int) message.words().life().toSeconds(),
        Optional.ofNullable(fate.expiresAt()),
        fate.unsent());
  }

  private Instant shown(Instant time) {
    return time.isAfter(now) ? now : time;
  }

  private MessageView.State state(Message message) {
    return switch (message.state()) {
      case SENDING -> MessageView.State.SENDING;
      case SENT -> MessageView.State.SENT;
      case DELIVERED -> MessageView.State.DELIVERED;
      case READ ->
          message.mine() && !readMarks ? MessageView.State.DELIVERED : MessageView.State.READ;
      case FAILED -> MessageView.State.FAILED;
      case RECEIVED -> MessageView.State.RECEIVED;
    };
  }

  private Optional<Quote> replyTo(Message message) {
    return Optional.ofNullable(message.words().replyTo())
        .map(
            id ->
                step.tables()
                    .messages()
                    .find(message.conversation(), id)
                    .map(Sayings::quote)
                    .orElseGet(() -> new Quote(id.bytes().base64Url(), false, "")));
  }

  static Quote quote(Message message) {
    return new Quote(message.id().bytes().base64Url(), message.mine(), excerpt(message.text()));
  }

  private static String excerpt(String text) {
    return text.codePointCount(0, text.length()) <= EXCERPT
        ? text
        : text.substring(0, text.offsetByCodePoints(0, EXCERPT));
  }

  private List<ReactionView> reactions(Message message) {
    Map<String, List<Change>> byEmoji = new LinkedHashMap<>();
    for (Change change : step.tables().changes().reactions(message.conversation(), message.id())) {
      byEmoji.computeIfAbsent(change.text(), _ -> new ArrayList<>()).add(change);
    }
    List<ReactionView> views = new ArrayList<>();
    byEmoji.forEach(
        (emoji, all) ->
            views.add(
                new ReactionView(
                    emoji,
                    all.size(),
                    all.stream().anyMatch(change -> change.author().equals(own)))));
    return views;
  }

  @Override
  public String toString() {
    return "Sayings[redacted]";
  }
}
