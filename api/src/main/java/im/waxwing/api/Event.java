package im.waxwing.api;

import java.time.Instant;

/// Something changed. Carries the whole new state of what changed, so that a missed event costs
/// nothing once the interface has read everything anew.
public sealed interface Event {
  record StatusChanged(StatusView status) implements Event {}

  record InvitationChanged(InvitationView invitation) implements Event {}

  record ContactChanged(ContactView contact) implements Event {}

  record ConversationChanged(ConversationView conversation) implements Event {}

  /// A message is new or has a new state.
  record MessageChanged(MessageView message) implements Event {}

  /// A contact is writing something, until then at most.
  record Typing(String conversation, Instant until) implements Event {
    @Override
    public String toString() {
      return "Typing[redacted]";
    }
  }

  record MessageDeleted(String conversation, String id) implements Event {
    @Override
    public String toString() {
      return "MessageDeleted[redacted]";
    }
  }
}
