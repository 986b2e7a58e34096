package im.waxwing.api;

/// Something changed. Carries the whole new state of what changed, so that a missed event costs
/// nothing once the interface has read everything anew.
public sealed interface Event {
  record StatusChanged(StatusView status) implements Event {}

  record InvitationChanged(InvitationView invitation) implements Event {}

  record ContactChanged(ContactView contact) implements Event {}

  record ConversationChanged(ConversationView conversation) implements Event {}

  /// A message is new or has a new state.
  record MessageChanged(MessageView message) implements Event {}

  record MessageDeleted(String conversation, String id) implements Event {
    @Override
    public String toString() {
      return "MessageDeleted[redacted]";
    }
  }
}
