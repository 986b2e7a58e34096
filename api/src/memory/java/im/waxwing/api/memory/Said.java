package im.waxwing.api.memory;

import im.waxwing.api.MessageView;
import im.waxwing.api.Quote;
import im.waxwing.api.ReactionView;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// A message and what may become of it.
record Said(MessageView message) {
  /// @param now when the time begins after which it goes, if that state begins it
  MessageView state(MessageView.State state, Instant now) {
    boolean begins = state != MessageView.State.SENDING && message.expiresAt().isEmpty();
    Optional<Instant> expiresAt =
        begins && message.expiresAfterSeconds() > 0
            ? Optional.of(now.plusSeconds(message.expiresAfterSeconds()))
            : message.expiresAt();
    return copy(
        message.mine(),
        message.text(),
        message.order(),
        state,
        message.replyTo(),
        message.reactions(),
        message.editedAt(),
        expiresAt,
        message.unsent());
  }

  /// As its reader has it.
  MessageView received(long order) {
    return copy(
        false,
        message.text(),
        order,
        MessageView.State.RECEIVED,
        message.replyTo().map(quote -> new Quote(quote.id(), !quote.mine(), quote.text())),
        List.of(),
        message.editedAt(),
        Optional.empty(),
        message.unsent());
  }

  MessageView reactions(List<ReactionView> reactions) {
    return copy(
        message.mine(),
        message.text(),
        message.order(),
        message.state(),
        message.replyTo(),
        reactions,
        message.editedAt(),
        message.expiresAt(),
        message.unsent());
  }

  MessageView edited(String text, Instant at) {
    return copy(
        message.mine(),
        text,
        message.order(),
        message.state(),
        message.replyTo(),
        message.reactions(),
        Optional.of(at),
        message.expiresAt(),
        message.unsent());
  }

  MessageView unsent() {
    return copy(
        message.mine(),
        "",
        message.order(),
        message.state(),
        Optional.empty(),
        List.of(),
        Optional.empty(),
        Optional.empty(),
        true);
  }

  private MessageView copy(
      boolean mine,
      String text,
      long order,
      MessageView.State state,
      Optional<Quote> replyTo,
      List<ReactionView> reactions,
      Optional<Instant> editedAt,
      Optional<Instant> expiresAt,
      boolean unsent) {
    return new MessageView(
        message.id(),
        message.conversation(),
        mine,
        text,
        message.sentAt(),
        order,
        state,
        message.failure(),
        replyTo,
        reactions,
        editedAt,
        message.expiresAfterSeconds(),
        expiresAt,
        unsent);
  }

  @Override
  public String toString() {
    return "Said[redacted]";
  }
}
