package im.waxwing.protocol.swarm;

import im.waxwing.base.ByteReader;
import im.waxwing.base.ByteString;
import im.waxwing.base.MalformedException;
import java.security.MessageDigest;

/// A short hash by which two members find out whether they hold the same: 12 bytes of a SHA-256
/// (swarm.md §6). Zeros stand for nothing at all.
public record Digest(ByteString bytes) {
  public static final int SIZE = 12;
  public static final Digest OF_NOTHING = new Digest(ByteString.copyOf(new byte[SIZE]));

  public Digest {
    if (bytes.size() != SIZE) {
      throw new IllegalArgumentException("a digest has " + SIZE + " bytes");
    }
  }

  /// Begins to gather what is to be compared.
  public static Gathering gather() {
    return new Gathering();
  }

  /// Takes what is to be compared, in an order both sides keep. One thread at a time.
  public static final class Gathering {
    private final MessageDigest hash = Digests.sha256();
    private boolean empty = true;

    private Gathering() {}

    public Gathering add(ByteString bytes) {
      hash.update(bytes.toByteArray());
      empty = false;
      return this;
    }

    /// Ends the gathering.
    public Digest digest() {
      return empty ? OF_NOTHING : new Digest(ByteString.copyOf(hash.digest(), 0, SIZE));
    }
  }

  static Digest read(ByteReader reader) throws MalformedException {
    return new Digest(reader.bytes("digest", SIZE));
  }

  @Override
  public String toString() {
    return "Digest[redacted]";
  }
}
