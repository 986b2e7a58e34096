package im.waxwing.node;

import im.waxwing.base.ByteString;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/// The P-256 key and self-signed certificate of the node's TLS links. Nobody trusts it for itself:
/// the node's Ed25519 key signs its hash (node.md §3).
///
/// @param keyPem PKCS #8 in PEM
/// @param linkKeyHash SHA-256 of the certificate's SubjectPublicKeyInfo
public record TlsIdentity(String keyPem, String certificatePem, ByteString linkKeyHash) {
  static final String KEY_FILE = "tls-key";
  static final String CERTIFICATE_FILE = "tls-certificate";

  /// The name says nothing about the node; the dates let every clock agree.
  private static final X500Name NAME = new X500Name("CN=waxwing");

  private static final Instant FROM = Instant.parse("2020-01-01T00:00:00Z");
  private static final Instant UNTIL = Instant.parse("2099-12-31T00:00:00Z");

  /// The identity in a folder; made at the first time.
  public static TlsIdentity openOrCreate(Path folder) throws IOException, GeneralSecurityException {
    Path key = folder.resolve(KEY_FILE);
    Path certificate = folder.resolve(CERTIFICATE_FILE);
    if (!Files.exists(key) || !Files.exists(certificate)) {
      create(key, certificate);
    }
    String certificatePem = Files.readString(certificate);
    return new TlsIdentity(Files.readString(key), certificatePem, linkKeyHash(certificatePem));
  }

  private static ByteString linkKeyHash(String certificatePem) throws GeneralSecurityException {
    byte[] bytes = certificatePem.getBytes(StandardCharsets.US_ASCII);
    X509Certificate certificate =
        (X509Certificate)
            CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(bytes));
    byte[] publicKeyInfo = certificate.getPublicKey().getEncoded();
    return ByteString.copyOf(MessageDigest.getInstance("SHA-256").digest(publicKeyInfo));
  }

  private static void create(Path key, Path certificate)
      throws IOException, GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"));
    KeyPair pair = generator.generateKeyPair();
    OwnerOnly.write(key, pem("PRIVATE KEY", pair.getPrivate().getEncoded()));
    OwnerOnly.write(certificate, pem("CERTIFICATE", selfSigned(pair)));
  }

  private static byte[] selfSigned(KeyPair pair) throws IOException {
    try {
      return new JcaX509v3CertificateBuilder(
              NAME,
              new BigInteger(64, new SecureRandom()),
              Date.from(FROM),
              Date.from(UNTIL),
              NAME,
              pair.getPublic())
          .build(new JcaContentSignerBuilder("SHA256withECDSA").build(pair.getPrivate()))
          .getEncoded();
    } catch (OperatorCreationException e) {
      throw new IllegalStateException("every Java platform signs with ECDSA", e);
    }
  }

  private static byte[] pem(String kind, byte[] der) {
    String lines =
        Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII)).encodeToString(der);
    return ("-----BEGIN " + kind + "-----\n" + lines + "\n-----END " + kind + "-----\n")
        .getBytes(StandardCharsets.US_ASCII);
  }

  @Override
  public String toString() {
    return "TlsIdentity[redacted]";
  }
}
