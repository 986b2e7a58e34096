package im.waxwing.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/// Brings a store to this version, one numbered script and one transaction after the other; the
/// database's `user_version` counts them (store.md §3).
final class Migrations {
  /// In order; script n makes version n. A published script is never changed.
  private static final List<String> SCRIPTS =
      List.of(
          "V1__core.sql",
          "V2__messenger.sql",
          "V3__ways.sql",
          "V4__homes.sql",
          "V5__sayings.sql",
          "V6__search.sql");

  private Migrations() {}

  static int newest() {
    return SCRIPTS.size();
  }

  static void run(Connection connection) throws SQLException {
    if (version(connection) > newest()) {
      throw new StoreException(StoreException.Reason.NEWER);
    }
    run(connection, newest());
  }

  /// Brings it as far as a version that was the newest once.
  static void run(Connection connection, int last) throws SQLException {
    for (int next = version(connection) + 1; next <= last; next++) {
      step(connection, next);
    }
  }

  private static int version(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("PRAGMA user_version")) {
      return row.getInt(1);
    }
  }

  private static void step(Connection connection, int version) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.executeUpdate("BEGIN IMMEDIATE");
      try {
        statement.executeUpdate(script(SCRIPTS.get(version - 1)));
        statement.executeUpdate("PRAGMA user_version = " + version);
        statement.executeUpdate("COMMIT");
      } catch (SQLException e) {
        statement.executeUpdate("ROLLBACK");
        throw e;
      }
    }
  }

  private static String script(String name) {
    try (InputStream in = Migrations.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("a migration is missing: " + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
