package im.waxwing.crypto;

import im.waxwing.base.ByteString;
import im.waxwing.base.MalformedException;
import im.waxwing.base.SecretBytes;
import im.waxwing.model.AccountId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import org.signal.libsignal.protocol.IdentityKey;
import org.signal.libsignal.protocol.IdentityKeyPair;
import org.signal.libsignal.protocol.InvalidKeyException;
import org.signal.libsignal.protocol.ecc.ECPublicKey;

/// An account's long-term key pair, which *is* the account, and this device's registration number.
///
/// Safe for many threads.
public final class Identity {
  /// 0x05 and an X25519 key.
  public static final int PUBLIC_KEY_SIZE = 33;

  /// XEdDSA.
  public static final int SIGNATURE_SIZE = 64;

  private static final int MAX_REGISTRATION_ID = 16_380;
  private static final String ACCOUNT = "waxwing account v1";
  private static final String DEVICE_LIST = "waxwing device list v1";

  private final IdentityKeyPair pair;
  private final int registrationId;

  private Identity(IdentityKeyPair pair, int registrationId) {
    this.pair = pair;
    this.registrationId = registrationId;
  }

  /// A new account.
  public static Identity generate() {
    NativeCode.enter();
    return new Identity(IdentityKeyPair.generate(), RandomNumber.upTo(MAX_REGISTRATION_ID));
  }

  /// @param serialized what [#exposeSecret] gave
  /// @throws IllegalArgumentException if it is anything else
  public static Identity restore(SecretBytes serialized) {
    NativeCode.enter();
    byte[] bytes = serialized.exposeSecret();
    try {
      ByteBuffer in = ByteBuffer.wrap(bytes);
      int registrationId = in.getShort();
      byte[] pair = Arrays.copyOfRange(bytes, Short.BYTES, bytes.length);
      return new Identity(new IdentityKeyPair(pair), registrationId);
    } catch (InvalidKeyException e) {
      throw new IllegalArgumentException("not a stored identity", e);
    } finally {
      Arrays.fill(bytes, (byte) 0);
    }
  }

  /// The whole identity, for the device's own store.
  public SecretBytes exposeSecret() {
    byte[] serialized = pair.serialize();
    ByteBuffer buffer = ByteBuffer.allocate(Short.BYTES + serialized.length);
    buffer.putShort((short) registrationId).put(serialized);
    Arrays.fill(serialized, (byte) 0);
    return Kdf.secret(buffer.array());
  }

  /// [#PUBLIC_KEY_SIZE] bytes.
  public ByteString publicKey() {
    return ByteString.copyOf(pair.getPublicKey().serialize());
  }

  public AccountId account() {
    return accountOf(publicKey());
  }

  /// 1 to 16,380.
  public int registrationId() {
    return registrationId;
  }

  /// The account that an identity key stands for: its hash (envelope.md §1).
  public static AccountId accountOf(ByteString publicKey) {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      sha256.update(ACCOUNT.getBytes(StandardCharsets.US_ASCII));
      return new AccountId(ByteString.copyOf(sha256.digest(publicKey.toByteArray())));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /// Signs this account's encoded device list (envelope.md §1).
  ///
  /// @return [#SIGNATURE_SIZE] bytes
  public ByteString signDeviceList(ByteString encoded) {
    return ByteString.copyOf(sign(deviceList(encoded)));
  }

  /// Whether the owner of `publicKey` signed this encoded device list.
  ///
  /// @throws MalformedException if `publicKey` is no identity key
  public static boolean isSignedDeviceList(
      ByteString publicKey, ByteString encoded, ByteString signature) throws MalformedException {
    NativeCode.enter();
    try {
      ECPublicKey key = Keys.publicKey(publicKey);
      return signature.size() == SIGNATURE_SIZE
          && key.verifySignature(deviceList(encoded), signature.toByteArray());
    } catch (InvalidKeyException e) {
      throw new MalformedException("identity key", "must be an X25519 key");
    }
  }

  private static byte[] deviceList(ByteString encoded) {
    return ByteString.copyOf(DEVICE_LIST.getBytes(StandardCharsets.US_ASCII))
        .plus(encoded)
        .toByteArray();
  }

  byte[] sign(byte[] message) {
    NativeCode.enter();
    return pair.getPrivateKey().calculateSignature(message);
  }

  IdentityKey key() {
    return pair.getPublicKey();
  }

  IdentityKeyPair pair() {
    return pair;
  }

  @Override
  public String toString() {
    return "Identity[redacted]";
  }
}
