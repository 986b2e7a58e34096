package im.waxwing.primitives;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.NamedParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;

/// ML-DSA-65 signatures (FIPS 204), which also hold against quantum computers: public key 1,952
/// bytes, secret key 4,032, signature 3,309. Keys are in the raw form of the standard.
///
/// Safe for many threads.
public final class MlDsa65 {

  // FIPS 204 §4, table 2
  /// Bytes of a public key.
  public static final int PUBLIC_KEY_LENGTH = 1952;

  /// Bytes of a secret key.
  public static final int SECRET_KEY_LENGTH = 4032;

  /// Bytes of a signature.
  public static final int SIGNATURE_LENGTH = 3309;

  // What X.509 and PKCS #8 put before the raw key (RFC 9881).
  private static final byte[] PUBLIC_HEADER =
      HexFormat.of().parseHex("308207b2300b0609608648016503040312038207a100");
  private static final byte[] SECRET_HEADER =
      HexFormat.of().parseHex("30820fd8020100300b060960864801650304031204820fc404820fc0");

  private static final String NAME = "ML-DSA-65";

  private MlDsa65() {}

  /// Whether `signature` was made over `message` by the owner of `publicKey`. Any lengths may be
  /// given: wrong ones are not a signature.
  public static boolean verify(byte[] publicKey, byte[] message, byte[] signature) {
    if (publicKey.length != PUBLIC_KEY_LENGTH || signature.length != SIGNATURE_LENGTH) {
      return false;
    }
    try {
      Signature machine = Signature.getInstance(NAME);
      machine.initVerify(publicKey(publicKey));
      machine.update(message);
      return machine.verify(signature);
    } catch (SignatureException malformed) {
      return false;
    } catch (GeneralSecurityException cause) {
      throw Jdk.broken(cause);
    }
  }

  private static PublicKey publicKey(byte[] raw) throws GeneralSecurityException {
    return KeyFactory.getInstance(NAME)
        .generatePublic(new X509EncodedKeySpec(join(PUBLIC_HEADER, raw)));
  }

  private static byte[] join(byte[] head, byte[] tail) {
    byte[] joined = Arrays.copyOf(head, head.length + tail.length);
    System.arraycopy(tail, 0, joined, head.length, tail.length);
    return joined;
  }

  /// A key that signs. Close it to wipe what it holds.
  public static final class SigningKey implements AutoCloseable {
    private final byte[] publicKey;
    private final byte[] secretKey;

    private SigningKey(byte[] publicKey, byte[] secretKey) {
      Lengths.exactly("an ML-DSA-65 public key", publicKey, PUBLIC_KEY_LENGTH);
      Lengths.exactly("an ML-DSA-65 secret key", secretKey, SECRET_KEY_LENGTH);
      this.publicKey = publicKey.clone();
      this.secretKey = secretKey.clone();
    }

    /// A new key; the same randomness gives the same one.
    public static SigningKey generate(SecureRandom random) {
      try {
        KeyPairGenerator generator = KeyPairGenerator.getInstance(NAME);
        generator.initialize(NamedParameterSpec.ML_DSA_65, random);
        KeyPair pair = generator.generateKeyPair();
        return new SigningKey(
            behind(PUBLIC_HEADER, pair.getPublic().getEncoded()),
            behind(SECRET_HEADER, pair.getPrivate().getEncoded()));
      } catch (GeneralSecurityException cause) {
        throw Jdk.broken(cause);
      }
    }

    /// The key of raw parts, which are copied.
    public static SigningKey of(byte[] publicKey, byte[] secretKey) {
      return new SigningKey(publicKey, secretKey);
    }

    /// A fresh copy of the public key.
    public byte[] publicKey() {
      return publicKey.clone();
    }

    /// A fresh copy of the secret key; the caller owns it and should wipe it.
    public byte[] exposeSecret() {
      return secretKey.clone();
    }

    /// A signature of 3,309 bytes, hedged: other randomness gives another one.
    public byte[] sign(byte[] message, SecureRandom random) {
      byte[] encoded = join(SECRET_HEADER, secretKey);
      try {
        PrivateKey key =
            KeyFactory.getInstance(NAME).generatePrivate(new PKCS8EncodedKeySpec(encoded));
        Signature machine = Signature.getInstance(NAME);
        machine.initSign(key, random);
        machine.update(message);
        return machine.sign();
      } catch (GeneralSecurityException cause) {
        throw Jdk.broken(cause);
      } finally {
        Arrays.fill(encoded, (byte) 0);
      }
    }

    private static byte[] behind(byte[] header, byte[] encoded) {
      if (!Arrays.equals(header, Arrays.copyOf(encoded, header.length))) {
        throw new IllegalStateException(
            "this Java installation writes ML-DSA keys in another form");
      }
      return Arrays.copyOfRange(encoded, header.length, encoded.length);
    }

    @Override
    public void close() {
      Arrays.fill(secretKey, (byte) 0);
    }

    @Override
    public String toString() {
      return "SigningKey[redacted]";
    }
  }
}
