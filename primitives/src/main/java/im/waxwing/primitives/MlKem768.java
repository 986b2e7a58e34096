package im.waxwing.primitives;

import java.io.Serial;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.spec.NamedParameterSpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.DecapsulateException;
import javax.crypto.KEM;
import javax.crypto.SecretKey;
import javax.security.auth.DestroyFailedException;

/// ML-KEM-768 (FIPS 203), by the JDK: whoever knows a public key sends a secret of 32 bytes that
/// only the owner of the key can take out of the ciphertext.
///
/// All randomness comes from the caller, so that known answers can be checked. A ciphertext made
/// for another key, or changed on its way, gives another secret, not an error. Safe for many
/// threads.
public final class MlKem768 {

  /// Bytes of a public key.
  public static final int PUBLIC_KEY_LENGTH = 1_184;

  /// Bytes of a ciphertext.
  public static final int CIPHERTEXT_LENGTH = 1_088;

  /// Bytes of a shared secret.
  public static final int SECRET_LENGTH = 32;

  /// Bytes of randomness for one secret: m of FIPS 203.
  public static final int RANDOMNESS_LENGTH = 32;

  /// Bytes of randomness for a key: d and z of FIPS 203.
  public static final int SEED_LENGTH = 64;

  /// What stands before the public key in its X.509 form, the only one the JDK reads.
  private static final byte[] X509_PREFIX =
      HexFormat.of().parseHex("308204b2300b0609608648016503040402038204a100");

  private MlKem768() {}

  /// Makes a fresh secret for the owner of `publicKey`. False, and nothing written, if that is no
  /// public key.
  ///
  /// @param randomness 32 bytes that nobody can guess, used once
  /// @param ciphertext into which, at `at`, the 1,088 bytes go that carry the secret
  /// @param secret 32 bytes, to be wiped after use
  public static boolean encapsulate(
      byte[] publicKey, byte[] randomness, byte[] ciphertext, int at, byte[] secret) {
    Lengths.exactly("an ML-KEM-768 public key", publicKey, PUBLIC_KEY_LENGTH);
    Lengths.exactly("the randomness of ML-KEM", randomness, RANDOMNESS_LENGTH);
    Lengths.within(ciphertext, at, CIPHERTEXT_LENGTH);
    Lengths.exactly("a secret of ML-KEM", secret, SECRET_LENGTH);
    try (var given = new Given(randomness)) {
      KEM.Encapsulated made = kem().newEncapsulator(decoded(publicKey), given).encapsulate();
      System.arraycopy(made.encapsulation(), 0, ciphertext, at, CIPHERTEXT_LENGTH);
      copy(made.key(), secret);
      return true;
    } catch (InvalidKeyException _) {
      return false;
    } catch (GeneralSecurityException cause) {
      throw Jdk.broken(cause);
    }
  }

  /// The JDK keeps a copy that nobody can wipe.
  private static void copy(SecretKey key, byte[] secret) {
    byte[] copied = key.getEncoded();
    System.arraycopy(copied, 0, secret, 0, SECRET_LENGTH);
    Arrays.fill(copied, (byte) 0);
  }

  private static PublicKey decoded(byte[] publicKey) throws GeneralSecurityException {
    byte[] encoded = Arrays.copyOf(X509_PREFIX, X509_PREFIX.length + PUBLIC_KEY_LENGTH);
    System.arraycopy(publicKey, 0, encoded, X509_PREFIX.length, PUBLIC_KEY_LENGTH);
    return KeyFactory.getInstance("ML-KEM-768").generatePublic(new X509EncodedKeySpec(encoded));
  }

  private static KEM kem() throws GeneralSecurityException {
    return KEM.getInstance("ML-KEM-768");
  }

  /// A key that takes secrets out of ciphertexts. Close it to wipe what it holds.
  public static final class DecapsulationKey implements AutoCloseable {
    private final PrivateKey secret;
    private final KEM.Decapsulator decapsulator;
    private final byte[] publicKey;

    private DecapsulationKey(KeyPair pair) throws GeneralSecurityException {
      this.secret = pair.getPrivate();
      this.decapsulator = kem().newDecapsulator(secret);
      byte[] encoded = pair.getPublic().getEncoded();
      this.publicKey = Arrays.copyOfRange(encoded, X509_PREFIX.length, encoded.length);
    }

    /// The key of a seed of 64 bytes, d ‖ z, which is not kept.
    public static DecapsulationKey ofSeed(byte[] seed) {
      Lengths.exactly("an ML-KEM seed", seed, SEED_LENGTH);
      try (var given = new Given(seed)) {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("ML-KEM");
        generator.initialize(NamedParameterSpec.ML_KEM_768, given);
        return new DecapsulationKey(generator.generateKeyPair());
      } catch (GeneralSecurityException cause) {
        throw Jdk.broken(cause);
      }
    }

    /// A fresh copy of the public key.
    public byte[] publicKey() {
      return publicKey.clone();
    }

    /// Writes the 32 bytes that the ciphertext of 1,088 bytes at `at` carries.
    ///
    /// @param secret to be wiped after use
    public void decapsulate(byte[] ciphertext, int at, byte[] secret) {
      Lengths.within(ciphertext, at, CIPHERTEXT_LENGTH);
      Lengths.exactly("a secret of ML-KEM", secret, SECRET_LENGTH);
      try {
        byte[] alone = Arrays.copyOfRange(ciphertext, at, at + CIPHERTEXT_LENGTH);
        copy(decapsulator.decapsulate(alone), secret);
      } catch (DecapsulateException cause) {
        throw Jdk.broken(cause);
      }
    }

    /// The JDK's key and its decapsulator share the array that is wiped here.
    @Override
    public void close() {
      try {
        secret.destroy();
      } catch (DestroyFailedException cause) {
        throw new IllegalStateException("this Java installation keeps keys", cause);
      }
    }

    @Override
    public String toString() {
      return "DecapsulationKey[redacted]";
    }
  }

  /// Gives known bytes, in order, to an algorithm that asks for random ones.
  private static final class Given extends SecureRandom implements AutoCloseable {
    @Serial private static final long serialVersionUID = 1;

    private final byte[] bytes;
    private int at;

    Given(byte[] bytes) {
      this.bytes = bytes.clone();
    }

    @Override
    public void nextBytes(byte[] target) {
      System.arraycopy(bytes, at, target, 0, target.length);
      at += target.length;
    }

    @Override
    public void close() {
      Arrays.fill(bytes, (byte) 0);
    }
  }
}
