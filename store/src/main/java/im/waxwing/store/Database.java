package im.waxwing.store;

import im.waxwing.base.SecretBytes;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Properties;
import org.sqlite.JDBC;

/// Opens the encrypted SQLite file (store.md §2).
final class Database {
  /// Any other spelling of 32 bytes would be taken for a passphrase, and stretched.
  private static final String RAW = "raw:";

  /// The exclusive lock is taken with the first read, and keeps the index of the log in memory.
  private static final List<String> SETTINGS =
      List.of(
          "busy_timeout = 0",
          "locking_mode = EXCLUSIVE",
          "journal_mode = WAL",
          "secure_delete = ON",
          "temp_store = MEMORY",
          "foreign_keys = ON",
          "fullfsync = ON",
          "checkpoint_fullfsync = ON");

  private Database() {}

  /// The key goes in as a property: the address, which may be logged, holds the file's name only.
  static Connection open(Path file, SecretBytes key, Durability durability) throws SQLException {
    Connection connection =
        JDBC.createConnection("jdbc:sqlite:" + file.toUri(), properties(key.exposeSecret()));
    try {
      configure(connection, durability);
      Migrations.run(connection);
      return connection;
    } catch (SQLException | RuntimeException e) {
      connection.close();
      throw e;
    }
  }

  private static Properties properties(byte[] key) {
    Properties properties = new Properties();
    properties.setProperty("cipher", "chacha20");
    properties.setProperty("key", RAW + HexFormat.of().formatHex(key));
    Arrays.fill(key, (byte) 0);
    return properties;
  }

  private static void configure(Connection connection, Durability durability) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (String setting : SETTINGS) {
        statement.execute("PRAGMA " + setting);
      }
      statement.execute(
          switch (durability) {
            case FULL -> "PRAGMA synchronous = FULL";
            case NONE -> "PRAGMA synchronous = OFF";
          });
    }
  }
}
