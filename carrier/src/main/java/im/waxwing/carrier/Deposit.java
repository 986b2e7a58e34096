package im.waxwing.carrier;

import im.waxwing.model.Day;
import im.waxwing.model.Envelope;
import im.waxwing.model.EnvelopeId;
import im.waxwing.model.MailboxTarget;

/// An envelope and the mailbox of one day that it is meant for.
public record Deposit(MailboxTarget target, Day day, EnvelopeId id, Envelope envelope) {
  @Override
  public String toString() {
    return "Deposit[redacted]";
  }
}
