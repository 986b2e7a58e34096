package im.waxwing.carrier;

import im.waxwing.model.Envelope;
import im.waxwing.model.EnvelopeId;

/// An envelope as it waits in a mailbox.
///
/// @param sequence its place, growing, in the mailbox's order of arrival, from 1
public record StoredEnvelope(long sequence, EnvelopeId id, Envelope envelope) {
  @Override
  public String toString() {
    return "StoredEnvelope[redacted]";
  }
}
