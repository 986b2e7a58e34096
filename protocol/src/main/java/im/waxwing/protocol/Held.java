package im.waxwing.protocol;

import im.waxwing.base.ByteReader;
import im.waxwing.base.MalformedException;
import im.waxwing.model.Envelope;
import im.waxwing.model.EnvelopeId;

/// An envelope that a node holds: 2,600 bytes.
///
/// @param sequence its place in the mailbox's order of arrival, from 1
public record Held(long sequence, EnvelopeId id, Envelope envelope) {
  public Held {
    if (sequence < 1) {
      throw new IllegalArgumentException("sequences begin at 1");
    }
  }

  static Held read(long sequence, ByteReader reader) throws MalformedException {
    if (sequence < 1) {
      throw new MalformedException("sequence", "must be at least 1");
    }
    return new Held(
        sequence,
        new EnvelopeId(reader.bytes("envelope id", EnvelopeId.SIZE)),
        new Envelope(reader.bytes("envelope", Envelope.SIZE)));
  }

  void write(FieldWriter writer) {
    writer.u64(sequence).bytes(id.bytes()).bytes(envelope.bytes());
  }

  @Override
  public String toString() {
    return "Held[redacted]";
  }
}
