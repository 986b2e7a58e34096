package im.waxwing.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.sqlite.JDBC;

class MigrationsTest {
  @Test
  void aStoreWithoutWaysKeepsWhatItHasAndLivesWhereItLived() throws SQLException {
    try (Connection connection = JDBC.createConnection("jdbc:sqlite::memory:", new Properties())) {
      Migrations.run(connection, 2);
      try (Statement statement = connection.createStatement()) {
        statement.executeUpdate(
            """
            INSERT INTO account VALUES
              (1, x'01', 1, 'Alice', 'home.example:7443/KEY/TOKEN', 5, x'02', x'03', 1);
            INSERT INTO mailbox VALUES (5, 'home.example:7443/KEY', x'04', x'05', x'06', 100, NULL);
            INSERT INTO mailbox VALUES (6, 'home.example:7443/KEY', x'07', x'08', x'09', 100, 120);
            INSERT INTO contact VALUES (x'0a', x'0b', 'Bob', 'ESTABLISHED', 0, 0, 1, 0);
            INSERT INTO piece VALUES (7, 8, 9, x'0c', x'0d', 100, x'0e', x'0f', x'10', 0);
            """);
      }

      Migrations.run(connection, 3);

      assertThat(rows(connection, "SELECT id, home, former, key, last_day FROM mailbox"))
          .containsExactly(
              "5 home.example:7443/KEY/TOKEN 0 \u0004 null",
              "6 home.example:7443/KEY/TOKEN 0 \u0007 120");
      assertThat(rows(connection, "SELECT name, ways FROM account"))
          .containsExactly("Alice FEDERATED");
      assertThat(rows(connection, "SELECT name, ways FROM contact")).containsExactly("Bob null");
      // Sealed under an id that names no way: to be sealed anew.
      assertThat(rows(connection, "SELECT n, way FROM piece")).containsExactly("7 null");
    }
  }

  @Test
  void aStoreWithOneHomeLivesThereAndWritesToWhereItWrote() throws SQLException {
    try (Connection connection = JDBC.createConnection("jdbc:sqlite::memory:", new Properties())) {
      Migrations.run(connection, 3);
      try (Statement statement = connection.createStatement()) {
        statement.executeUpdate(
            """
            INSERT INTO account VALUES
              (1, x'01', 1, 'Alice', 'new:1/KEY/TOKEN', 5, x'02', x'03', 1, 'FEDERATED');
            INSERT INTO mailbox VALUES (4, x'04', x'05', x'06', 100, 120, 'old:1/KEY/TOKEN', 1);
            INSERT INTO mailbox VALUES (5, x'07', x'08', x'09', 100, NULL, 'new:1/KEY/TOKEN', 0);
            INSERT INTO mailbox VALUES (6, x'0a', x'0b', x'0c', 100, 120, 'new:1/KEY/TOKEN', 0);
            INSERT INTO peer VALUES (7, x'0d', 1, 'there:1/KEY', x'41', x'42', NULL, NULL, NULL);
            INSERT INTO receiving_lane VALUES (8, 7, 0, 5, NULL, x'0e');
            INSERT INTO receiving_lane VALUES (9, 7, 0, 5, 6, x'0f');
            INSERT INTO receiving_lane VALUES (10, NULL, 1, 6, NULL, x'10');
            INSERT INTO invitation VALUES (11, x'11', 'link', 0, 0, 'OPEN', NULL, x'12', x'13',
              x'14', x'15', 110, 'LIES', 6, 10);
            """);
      }

      Migrations.run(connection, 4);

      assertThat(rows(connection, "SELECT id, role, last_day FROM mailbox"))
          .containsExactly("4 FORMER 120", "5 HOME null", "6 INVITATION 120");
      assertThat(rows(connection, "SELECT * FROM peer_mailbox"))
          .containsExactly("7 0 there:1/KEY A B");
      assertThat(rows(connection, "SELECT id, peer, first, own, invitation FROM receiving_lane"))
          .containsExactly("8 7 0 1 null", "9 7 0 1 6", "10 null 1 0 6");
      assertThat(rows(connection, "SELECT name, ways FROM account"))
          .containsExactly("Alice FEDERATED,ONION");
      assertThat(rows(connection, "SELECT id, home FROM invitation"))
          .containsExactly("11 new:1/KEY/TOKEN");
    }
  }

  private static List<String> rows(Connection connection, String query) throws SQLException {
    List<String> rows = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(query)) {
      int columns = result.getMetaData().getColumnCount();
      while (result.next()) {
        List<String> values = new ArrayList<>();
        for (int column = 1; column <= columns; column++) {
          values.add(result.getString(column));
        }
        rows.add(String.join(" ", values.stream().map(String::valueOf).toList()));
      }
    }
    return rows;
  }
}
