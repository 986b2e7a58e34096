package im.waxwing.store;

import im.waxwing.base.ByteString;
import im.waxwing.base.MalformedException;
import im.waxwing.base.SecretBytes;
import im.waxwing.model.AccountId;
import im.waxwing.model.ConversationId;
import im.waxwing.model.Day;
import im.waxwing.model.DeviceAddress;
import im.waxwing.model.DeviceId;
import im.waxwing.model.MailboxKey;
import im.waxwing.model.MailboxTarget;
import im.waxwing.model.MessageId;
import im.waxwing.model.Place;
import im.waxwing.model.Way;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The row a query stands on; columns by name.
final class Columns {
  private final ResultSet columns;

  Columns(ResultSet columns) {
    this.columns = columns;
  }

  long number(String column) throws SQLException {
    return columns.getLong(column);
  }

  int integer(String column) throws SQLException {
    return columns.getInt(column);
  }

  @Nullable Long numberOrNull(String column) throws SQLException {
    long value = columns.getLong(column);
    return columns.wasNull() ? null : value;
  }

  boolean flag(String column) throws SQLException {
    return columns.getInt(column) != 0;
  }

  String text(String column) throws SQLException {
    return columns.getString(column);
  }

  @Nullable String textOrNull(String column) throws SQLException {
    return columns.getString(column);
  }

  <E extends Enum<E>> E name(String column, Class<E> type) throws SQLException {
    return Enum.valueOf(type, columns.getString(column));
  }

  <E extends Enum<E>> @Nullable E nameOrNull(String column, Class<E> type) throws SQLException {
    String name = textOrNull(column);
    return name == null ? null : Enum.valueOf(type, name);
  }

  ByteString bytes(String column) throws SQLException {
    return ByteString.copyOf(columns.getBytes(column));
  }

  @Nullable ByteString bytesOrNull(String column) throws SQLException {
    byte[] value = columns.getBytes(column);
    return value == null ? null : ByteString.copyOf(value);
  }

  SecretBytes secret(String column) throws SQLException {
    byte[] value = columns.getBytes(column);
    SecretBytes secret = SecretBytes.copyOf(value);
    Arrays.fill(value, (byte) 0);
    return secret;
  }

  Instant instant(String column) throws SQLException {
    return Instant.ofEpochMilli(columns.getLong(column));
  }

  Day day(String column) throws SQLException {
    return new Day(columns.getLong(column));
  }

  AccountId account(String column) throws SQLException {
    return new AccountId(bytes(column));
  }

  ConversationId conversation(String column) throws SQLException {
    return new ConversationId(bytes(column));
  }

  MessageId message(String column) throws SQLException {
    return new MessageId(bytes(column));
  }

  @Nullable MessageId messageOrNull(String column) throws SQLException {
    ByteString value = bytesOrNull(column);
    return value == null ? null : new MessageId(value);
  }

  @Nullable Instant instantOrNull(String column) throws SQLException {
    Long value = numberOrNull(column);
    return value == null ? null : Instant.ofEpochMilli(value);
  }

  DeviceAddress device() throws SQLException {
    return new DeviceAddress(account("account"), new DeviceId(integer("device")));
  }

  Place place(String column) throws SQLException {
    try {
      return Place.parse(text(column));
    } catch (MalformedException e) {
      throw new SQLException("a stored place is not one", e);
    }
  }

  Home home(String column) throws SQLException {
    try {
      return Home.parse(text(column));
    } catch (MalformedException e) {
      throw new SQLException("a stored home is not one", e);
    }
  }

  /// Ways as [#text(List)] writes them.
  List<Way> ways(String column) throws SQLException {
    return parse(text(column));
  }

  private static List<Way> parse(String text) {
    return Arrays.stream(text.split(",")).map(Way::valueOf).toList();
  }

  static String text(List<Way> ways) {
    return ways.stream().map(Way::name).collect(Collectors.joining(","));
  }

  MailboxTarget target() throws SQLException {
    return new MailboxTarget(
        place("place"), new MailboxKey(bytes("mailbox_key")), secret("deposit_secret"));
  }
}
