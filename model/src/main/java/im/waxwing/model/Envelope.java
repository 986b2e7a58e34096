package im.waxwing.model;

import im.waxwing.base.ByteString;

/// The fixed-size wrapping of a letter or a piece of one: what travels and waits (envelope.md §2).
public record Envelope(ByteString bytes) {
  public static final int SIZE = 2560;

  public Envelope {
    if (bytes.size() != SIZE) {
      throw new IllegalArgumentException("Envelope needs " + SIZE + " bytes");
    }
  }

  @Override
  public String toString() {
    return "Envelope[redacted]";
  }
}
