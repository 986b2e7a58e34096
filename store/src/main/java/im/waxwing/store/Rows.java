package im.waxwing.store;

import im.waxwing.model.AccountId;
import im.waxwing.model.ConversationId;
import im.waxwing.model.Day;
import im.waxwing.model.DrawerHandle;
import im.waxwing.model.Envelope;
import im.waxwing.model.EnvelopeId;
import im.waxwing.model.MailboxKey;
import im.waxwing.model.MessageId;
import im.waxwing.model.NetworkId;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// Statements of the messenger's tables: takes the model's own types as values.
final class Rows {
  private final Sql sql;

  Rows(Sql sql) {
    this.sql = sql;
  }

  /// Makes a value of a row.
  interface Reader<T> {
    T read(Columns columns) throws SQLException;
  }

  void run(String statement, @Nullable Object... values) {
    sql.update(statement, plain(values));
  }

  /// @return the new row's id
  long insert(String statement, @Nullable Object... values) {
    run(statement, values);
    return number("SELECT last_insert_rowid()");
  }

  <T> List<T> list(String query, Reader<T> reader, @Nullable Object... values) {
    return sql.query(query, row -> reader.read(row.columns()), plain(values));
  }

  <T> Optional<T> one(String query, Reader<T> reader, @Nullable Object... values) {
    return sql.first(query, row -> reader.read(row.columns()), plain(values));
  }

  long number(String query, @Nullable Object... values) {
    return optionalNumber(query, values).orElseThrow();
  }

  /// The first column of the first row; empty if it is NULL.
  OptionalLong optionalNumber(String query, @Nullable Object... values) {
    return sql.first(
            query,
            row -> row.isNull(1) ? OptionalLong.empty() : OptionalLong.of(row.number(1)),
            plain(values))
        .orElse(OptionalLong.empty());
  }

  private static @Nullable Object[] plain(@Nullable Object[] values) {
    @Nullable Object[] plain = new @Nullable Object[values.length];
    for (int i = 0; i < values.length; i++) {
      plain[i] = plain(values[i]);
    }
    return plain;
  }

  private static @Nullable Object plain(@Nullable Object value) {
    return switch (value) {
      case AccountId id -> id.bytes();
      case ConversationId id -> id.bytes();
      case MessageId id -> id.bytes();
      case EnvelopeId id -> id.bytes();
      case DrawerHandle handle -> handle.bytes();
      case MailboxKey key -> key.bytes();
      case NetworkId id -> id.bytes();
      case Envelope envelope -> envelope.bytes();
      case Day day -> day.number();
      case Instant instant -> instant.toEpochMilli();
      case Boolean flag -> flag ? 1L : 0L;
      case Enum<?> name -> name.name();
      case null, default -> value;
    };
  }
}
