package im.waxwing.crypto;

import im.waxwing.base.ByteString;
import im.waxwing.base.MalformedException;
import org.signal.libsignal.protocol.IdentityKey;
import org.signal.libsignal.protocol.InvalidKeyException;
import org.signal.libsignal.protocol.fingerprint.Fingerprint;
import org.signal.libsignal.protocol.fingerprint.FingerprintParsingException;
import org.signal.libsignal.protocol.fingerprint.FingerprintVersionMismatchException;
import org.signal.libsignal.protocol.fingerprint.NumericFingerprintGenerator;

/// What two people compare to know that they hold each other's true identity keys: sixty digits to
/// read out, or bytes to scan. Both sides see the same digits (envelope.md §8).
public final class SafetyNumber {
  private static final int ITERATIONS = 5200;
  private static final int VERSION = 2;

  private final Fingerprint fingerprint;

  private SafetyNumber(Fingerprint fingerprint) {
    this.fingerprint = fingerprint;
  }

  /// @param ownKey 33 bytes
  /// @param otherKey 33 bytes
  /// @throws MalformedException if a key is no identity key
  public static SafetyNumber between(ByteString ownKey, ByteString otherKey)
      throws MalformedException {
    NativeCode.enter();
    try {
      return new SafetyNumber(
          new NumericFingerprintGenerator(ITERATIONS)
              .createFor(VERSION, name(ownKey), key(ownKey), name(otherKey), key(otherKey)));
    } catch (InvalidKeyException e) {
      throw new MalformedException("identity key", "must be an X25519 key");
    }
  }

  private static byte[] name(ByteString key) {
    return Identity.accountOf(key).bytes().toByteArray();
  }

  private static IdentityKey key(ByteString bytes) throws InvalidKeyException {
    return new IdentityKey(Keys.publicKey(bytes));
  }

  /// Sixty digits without spaces, the same on both sides.
  public String digits() {
    return fingerprint.getDisplayableFingerprint().getDisplayText();
  }

  /// What this side shows as a QR code.
  public ByteString scannable() {
    return ByteString.copyOf(fingerprint.getScannableFingerprint().getSerialized());
  }

  /// Whether `scanned` is what the other side shows when it holds the same keys.
  ///
  /// @throws MalformedException if it is not a safety number
  public boolean matches(ByteString scanned) throws MalformedException {
    try {
      return fingerprint.getScannableFingerprint().compareTo(scanned.toByteArray());
    } catch (FingerprintParsingException | FingerprintVersionMismatchException e) {
      throw new MalformedException("safety number", "must be scanned from another Waxwing");
    }
  }

  @Override
  public String toString() {
    return "SafetyNumber[redacted]";
  }
}
