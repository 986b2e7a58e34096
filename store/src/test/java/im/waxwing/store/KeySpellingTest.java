package im.waxwing.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import im.waxwing.base.SecretBytes;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Properties;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.JDBC;

/// SQLite3MC takes a wrongly spelled key for a passphrase without a word, and derives another key
/// from it. The derivation is done here a second time to see which of the two happened.
class KeySpellingTest {
  private static final int ROUNDS = 64_007;
  private static final int SALT_SIZE = 16;

  private final SecretBytes key = SecretBytes.generate(32);
  private final String hex = HexFormat.of().formatHex(key.exposeSecret());

  @TempDir Path folder;

  @Test
  void oursIsTheKeyItself() throws Exception {
    Path file = folder.resolve("store.db");
    Database.open(file, key, Durability.FULL).close();
    SecretBytes stretched = stretched("raw:" + hex, file);

    assertThatThrownBy(() -> Database.open(file, stretched, Durability.FULL))
        .isInstanceOf(SQLException.class);
    Database.open(file, key, Durability.FULL).close();
  }

  @Test
  void anotherSpellingWouldHaveBeenAPassphrase() throws Exception {
    Path file = folder.resolve("other.db");
    String other = "x'" + hex + "'";
    write(file, other);

    assertThatThrownBy(() -> Database.open(file, key, Durability.FULL))
        .isInstanceOf(SQLException.class);
    Connection opened = Database.open(file, stretched(other, file), Durability.FULL);
    assertThat(opened.isValid(0)).isTrue();
    opened.close();
  }

  private static void write(Path file, String spelling) throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("cipher", "chacha20");
    properties.setProperty("key", spelling);
    try (Connection connection = JDBC.createConnection("jdbc:sqlite:" + file, properties);
        Statement statement = connection.createStatement()) {
      statement.executeUpdate("CREATE TABLE something (text TEXT)");
    }
  }

  /// What SQLite3MC's chacha20 makes of a passphrase: the file begins with the salt.
  private static SecretBytes stretched(String passphrase, Path file) throws Exception {
    byte[] salt = Arrays.copyOf(Files.readAllBytes(file), SALT_SIZE);
    PBEKeySpec spec = new PBEKeySpec(passphrase.toCharArray(), salt, ROUNDS, 256);
    return SecretBytes.copyOf(
        SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256").generateSecret(spec).getEncoded());
  }
}
