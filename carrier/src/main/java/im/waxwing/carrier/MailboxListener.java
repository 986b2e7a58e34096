package im.waxwing.carrier;

/// Hears what a subscribed mailbox holds. Calls come one after the other.
public interface MailboxListener {
  void arrived(StoredEnvelope envelope);

  /// All that waited when the subscription began has been told.
  void caughtUp();

  /// The mailbox cannot be read; the subscription is over.
  void refused(Refusal reason);
}
