package im.waxwing.store;

import im.waxwing.base.ByteString;
import im.waxwing.base.SecretBytes;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Runs statements on the store's connection; each text is prepared once. One thread at a time.
///
/// Parameters and columns: `long`, `int`, `String`, [ByteString] and [SecretBytes] (blobs), null.
final class Sql implements AutoCloseable {
  private final Connection connection;
  private final Map<String, PreparedStatement> prepared = new HashMap<>();

  Sql(Connection connection) {
    this.connection = connection;
  }

  /// Reads one row; `row` stands on it.
  interface RowMapper<T> {
    T map(Row row) throws SQLException;
  }

  /// @return how many rows were changed
  int update(String sql, @Nullable Object... parameters) {
    try {
      return bind(sql, parameters).executeUpdate();
    } catch (SQLException e) {
      throw failed(sql, e);
    }
  }

  <T> List<T> query(String sql, RowMapper<T> mapper, @Nullable Object... parameters) {
    try (ResultSet rows = bind(sql, parameters).executeQuery()) {
      List<T> result = new ArrayList<>();
      Row row = new Row(rows);
      while (rows.next()) {
        result.add(mapper.map(row));
      }
      return result;
    } catch (SQLException e) {
      throw failed(sql, e);
    }
  }

  /// The first row, if there is one.
  <T> Optional<T> first(String sql, RowMapper<T> mapper, @Nullable Object... parameters) {
    try (ResultSet rows = bind(sql, parameters).executeQuery()) {
      return rows.next() ? Optional.of(mapper.map(new Row(rows))) : Optional.empty();
    } catch (SQLException e) {
      throw failed(sql, e);
    }
  }

  /// The driver gives up a statement that failed, so it has to be prepared anew.
  private RuntimeException failed(String sql, SQLException cause) {
    PreparedStatement broken = prepared.remove(sql);
    try {
      if (broken != null) {
        broken.close();
      }
    } catch (SQLException e) {
      cause.addSuppressed(e);
    }
    return SqlErrors.translate(cause);
  }

  private PreparedStatement bind(String sql, @Nullable Object... parameters) throws SQLException {
    PreparedStatement statement = prepared.get(sql);
    if (statement == null) {
      statement = connection.prepareStatement(sql);
      prepared.put(sql, statement);
    }
    for (int i = 0; i < parameters.length; i++) {
      bind(statement, i + 1, parameters[i]);
    }
    return statement;
  }

  private static void bind(PreparedStatement statement, int index, @Nullable Object value)
      throws SQLException {
    switch (value) {
      case null -> statement.setObject(index, null);
      case ByteString bytes -> statement.setBytes(index, bytes.toByteArray());
      case SecretBytes bytes -> statement.setBytes(index, bytes.exposeSecret());
      case Long number -> statement.setLong(index, number);
      case Integer number -> statement.setInt(index, number);
      case String text -> statement.setString(index, text);
      default -> throw new IllegalArgumentException("not a type of the store");
    }
  }

  @Override
  public void close() throws SQLException {
    for (PreparedStatement statement : prepared.values()) {
      statement.close();
    }
    prepared.clear();
  }

  /// One row of a result, its columns counted from 1.
  static final class Row {
    private final ResultSet rows;

    private Row(ResultSet rows) {
      this.rows = rows;
    }

    long number(int column) throws SQLException {
      return rows.getLong(column);
    }

    int integer(int column) throws SQLException {
      return rows.getInt(column);
    }

    String text(int column) throws SQLException {
      return rows.getString(column);
    }

    ByteString bytes(int column) throws SQLException {
      return ByteString.copyOf(rows.getBytes(column));
    }

    SecretBytes secret(int column) throws SQLException {
      return SecretBytes.copyOf(rows.getBytes(column));
    }

    /// The same row with its columns by name.
    Columns columns() {
      return new Columns(rows);
    }

    boolean isNull(int column) throws SQLException {
      return rows.getObject(column) == null;
    }
  }
}
