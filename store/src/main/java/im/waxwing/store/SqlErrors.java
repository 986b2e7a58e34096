package im.waxwing.store;

import im.waxwing.store.StoreException.Reason;
import java.sql.SQLException;

/// Tells what went wrong by SQLite's result code: the low byte is the kind, the rest the detail.
final class SqlErrors {
  private static final int BUSY = 5;
  private static final int LOCKED = 6;
  private static final int READONLY = 8;
  private static final int IOERR = 10;
  private static final int CORRUPT = 11;
  private static final int FULL = 13;
  private static final int CANTOPEN = 14;
  private static final int NOTADB = 26;

  private SqlErrors() {}

  static RuntimeException translate(SQLException e) {
    return switch (e.getErrorCode() & 0xFF) {
      case FULL, IOERR, READONLY, CANTOPEN -> new StoreException(Reason.DISK_FULL, e);
      case CORRUPT, NOTADB -> new StoreException(Reason.DAMAGED, e);
      case BUSY, LOCKED -> new StoreException(Reason.LOCKED, e);
      default -> new IllegalStateException("a statement of the store is wrong", e);
    };
  }
}
