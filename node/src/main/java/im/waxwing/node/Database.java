package im.waxwing.node;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.regex.Pattern;
import org.sqlite.SQLiteConfig;

/// Opens the node's SQLite file: write-ahead log, every commit on disk before it returns, deleted
/// content overwritten.
final class Database {
  static final String FILE = "node.db";

  private static final List<String> VERSIONS = List.of("V1__mailboxes.sql", "V2__swarms.sql");
  private static final Pattern STATEMENT_END = Pattern.compile(";\\s*\\n");

  private Database() {}

  /// The connection that writes; brings an empty file to the current version.
  static Connection openForWriting(Path folder) throws SQLException, NodeException {
    Connection connection = DriverManager.getConnection(url(folder), writing().toProperties());
    try {
      migrate(connection);
      connection.setAutoCommit(false);
      return connection;
    } catch (SQLException | NodeException e) {
      connection.close();
      throw e;
    }
  }

  /// A connection that can only read, also while a node writes.
  static Connection openForReading(Path folder) throws SQLException {
    SQLiteConfig config = new SQLiteConfig();
    config.setReadOnly(true);
    config.setBusyTimeout(5_000);
    return DriverManager.getConnection(url(folder), config.toProperties());
  }

  private static String url(Path folder) {
    return "jdbc:sqlite:" + folder.resolve(FILE);
  }

  private static SQLiteConfig writing() {
    SQLiteConfig config = new SQLiteConfig();
    config.setPageSize(8_192);
    config.setJournalMode(SQLiteConfig.JournalMode.WAL);
    config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
    config.setBusyTimeout(5_000);
    config.setPragma(SQLiteConfig.Pragma.SECURE_DELETE, "true");
    return config;
  }

  private static void migrate(Connection connection) throws SQLException, NodeException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA wal_autocheckpoint = 2048");
      int version = version(statement);
      if (version > VERSIONS.size()) {
        throw new NodeException.BadStore(
            "the store was written by a newer version", "run that version or a newer one", null);
      }
      for (String step : VERSIONS.subList(version, VERSIONS.size())) {
        statement.execute("BEGIN");
        for (String sql : statements(step)) {
          statement.execute(sql);
        }
        statement.execute("PRAGMA user_version = " + ++version);
        statement.execute("COMMIT");
      }
    }
  }

  private static int version(Statement statement) throws SQLException {
    try (ResultSet rows = statement.executeQuery("PRAGMA user_version")) {
      return rows.getInt(1);
    }
  }

  private static List<String> statements(String name) {
    return STATEMENT_END.splitAsStream(resource(name)).filter(sql -> !sql.isBlank()).toList();
  }

  private static String resource(String name) {
    try (InputStream stream = Database.class.getResourceAsStream(name)) {
      if (stream == null) {
        throw new IllegalStateException("the program lacks " + name);
      }
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new IllegalStateException("the program cannot read " + name, e);
    }
  }
}
