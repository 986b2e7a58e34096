package im.waxwing.crypto;

import im.waxwing.base.ByteString;
import im.waxwing.base.SecretBytes;
import im.waxwing.model.Day;
import im.waxwing.model.EnvelopeId;
import im.waxwing.model.MailboxKey;
import im.waxwing.model.Way;
import java.util.Arrays;

/// The two keys of one number of a lane: from them come name and key of the envelope for every
/// mailbox, day and way (envelope.md §3).
///
/// A writer keeps them with the letter until its receipt, so that the letter can be wrapped anew. A
/// reader keeps them until the envelope has come, and afterwards only the id key, to know a repeat.
public final class LaneKeys {
  /// Each of the two keys.
  public static final int KEY_SIZE = 32;

  private static final String ID_LABEL = "waxwing envelope id v1";
  private static final String KEY_LABEL = "waxwing envelope key v1";

  private final long n;
  private final byte[] idKey;
  private final byte[] messageKey;

  private LaneKeys(long n, byte[] idKey, byte[] messageKey) {
    this.n = n;
    this.idKey = idKey;
    this.messageKey = messageKey;
  }

  static LaneKeys of(long n, byte[] idKey, byte[] messageKey) {
    return new LaneKeys(n, idKey, messageKey);
  }

  /// Takes up what [#idKey] and [#messageKey] gave out.
  ///
  /// @throws IllegalArgumentException if a key does not have [#KEY_SIZE] bytes
  public static LaneKeys restore(long n, SecretBytes idKey, SecretBytes messageKey) {
    if (idKey.size() != KEY_SIZE || messageKey.size() != KEY_SIZE) {
      throw new IllegalArgumentException("lane keys have " + KEY_SIZE + " bytes");
    }
    return new LaneKeys(n, idKey.exposeSecret(), messageKey.exposeSecret());
  }

  public long n() {
    return n;
  }

  public SecretBytes idKey() {
    return SecretBytes.copyOf(idKey);
  }

  /// To be erased as soon as the envelope has been opened.
  public SecretBytes messageKey() {
    return SecretBytes.copyOf(messageKey);
  }

  /// The envelope of this number that goes by `way` into the mailbox of `reader` on `day`.
  public EnvelopeKeys at(MailboxKey reader, Day day, Way way) {
    byte[] key = Kdf.hmac(messageKey, Kdf.input(KEY_LABEL, reader, day, way));
    return new EnvelopeKeys(n, id(idKey, reader, day, way), Kdf.secret(key));
  }

  /// The name of the envelope with this id key that goes by `way` into the mailbox of `reader` on
  /// `day`.
  public static EnvelopeId id(SecretBytes idKey, MailboxKey reader, Day day, Way way) {
    byte[] key = idKey.exposeSecret();
    try {
      return id(key, reader, day, way);
    } finally {
      Arrays.fill(key, (byte) 0);
    }
  }

  private static EnvelopeId id(byte[] idKey, MailboxKey reader, Day day, Way way) {
    return new EnvelopeId(
        ByteString.copyOf(Kdf.hmac(idKey, Kdf.input(ID_LABEL, reader, day, way))));
  }

  @Override
  public String toString() {
    return "LaneKeys[redacted]";
  }
}
