package im.waxwing.web;

import im.waxwing.base.ByteString;
import im.waxwing.base.MalformedException;
import im.waxwing.base.SecretBytes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.InstantSource;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Makes and checks the tokens that let an interface in (api.md §2). The key lies in the data
/// folder, so tokens outlive a restart.
///
/// Safe for many threads.
public final class ApiTokens {
  private static final byte[] LABEL = "waxwing api token v1".getBytes(StandardCharsets.US_ASCII);
  private static final int EXPIRY = Long.BYTES;
  private static final int RANDOM = 16;
  private static final int MAC = 32;
  private static final int SIZE = EXPIRY + RANDOM + MAC;
  private static final int MAX_TEXT = 128;
  private static final String KEY_FILE = "api-key";
  private static final String TOKEN_FILE = "api-token";
  private static final int KEY = 32;
  private static final Duration PROGRAM_LIFE = Duration.ofDays(3650);

  private final Path folder;
  private final SecretBytes key;
  private final InstantSource clock;

  private ApiTokens(Path folder, SecretBytes key, InstantSource clock) {
    this.folder = folder;
    this.key = key;
    this.clock = clock;
  }

  /// Reads the key of this data folder, or makes it on first use.
  public static ApiTokens open(Path folder, InstantSource clock) throws IOException {
    Path file = folder.resolve(KEY_FILE);
    return new ApiTokens(folder, Files.exists(file) ? read(file) : make(file), clock);
  }

  /// Lays a token for programs of the same person into the data folder.
  public void writeProgramToken() throws IOException {
    String token = issue(PROGRAM_LIFE) + "\n";
    PrivateFile.write(folder.resolve(TOKEN_FILE), token.getBytes(StandardCharsets.US_ASCII));
  }

  /// A new token. It is a secret: never for logs.
  public String issue(Duration life) {
    byte[] body = new byte[EXPIRY + RANDOM];
    ByteBuffer.wrap(body)
        .putLong(clock.instant().plus(life).getEpochSecond())
        .put(SecretBytes.generate(RANDOM).exposeSecret());
    return ByteString.copyOf(body).plus(ByteString.copyOf(mac(body))).base64Url();
  }

  /// Whether this token was made here and has not expired. Takes the same time for every wrong one.
  public boolean accepts(String token) {
    if (token.length() > MAX_TEXT) {
      return false;
    }
    try {
      ByteString bytes = ByteString.parseBase64Url("token", token);
      return bytes.size() == SIZE && accepts(bytes);
    } catch (MalformedException e) {
      return false;
    }
  }

  private static SecretBytes read(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    return bytes.length == KEY ? SecretBytes.copyOf(bytes) : make(file);
  }

  private static SecretBytes make(Path file) throws IOException {
    SecretBytes key = SecretBytes.generate(KEY);
    PrivateFile.write(file, key.exposeSecret());
    return key;
  }

  private boolean accepts(ByteString token) {
    byte[] body = token.slice(0, EXPIRY + RANDOM).toByteArray();
    byte[] given = token.slice(EXPIRY + RANDOM, SIZE).toByteArray();
    boolean genuine = MessageDigest.isEqual(mac(body), given);
    long expiry = ByteBuffer.wrap(body).getLong();
    return genuine && clock.instant().getEpochSecond() < expiry;
  }

  private byte[] mac(byte[] body) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key.exposeSecret(), "HmacSHA256"));
      mac.update(LABEL);
      return mac.doFinal(body);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has HmacSHA256", e);
    }
  }
}
