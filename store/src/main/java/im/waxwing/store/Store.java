package im.waxwing.store;

import im.waxwing.base.SecretBytes;
import im.waxwing.store.StoreException.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.locks.ReentrantLock;

/// All that one device keeps: an encrypted database in a folder of its own, beside the file with
/// its key (store.md).
///
/// Safe for many threads: one transaction runs at a time, the others wait.
public final class Store implements AutoCloseable {
  private static final String DATABASE = "store.db";

  private final Connection connection;
  private final Sql sql;
  private final CommitWatch watch;
  private final ReentrantLock lock = new ReentrantLock(true);

  private Store(Connection connection, CommitWatch watch) {
    this.connection = connection;
    this.sql = new Sql(connection);
    this.watch = watch;
  }

  /// Stands before and after every commit; a simulation lets the power go there.
  public interface CommitWatch {
    /// Everything is written; if this throws, nothing of it remains.
    void beforeCommit();

    /// The commit is done, whatever this throws.
    void afterCommit();
  }

  private enum Unwatched implements CommitWatch {
    INSTANCE;

    @Override
    public void beforeCommit() {}

    @Override
    public void afterCommit() {}
  }

  /// What is done in one transaction.
  ///
  /// @param <T> the result
  /// @param <X> the checked exception it may end with
  public interface Work<T, X extends Exception> {
    T run(Transaction transaction) throws X;
  }

  /// Opens the store in `folder`, or makes a new one; a commit survives loss of power.
  ///
  /// @throws StoreException for any of its reasons
  public static Store open(Path folder) {
    return open(folder, Durability.FULL);
  }

  /// Opens the store in `folder`, or makes a new one.
  ///
  /// @throws StoreException for any of its reasons
  public static Store open(Path folder, Durability durability) {
    return open(folder, durability, Unwatched.INSTANCE);
  }

  /// As [#open(Path, Durability)], with somebody at every commit.
  public static Store open(Path folder, Durability durability, CommitWatch watch) {
    try {
      Files.createDirectories(folder);
      Path database = folder.resolve(DATABASE);
      return new Store(Database.open(database, key(folder, database), durability), watch);
    } catch (IOException e) {
      throw new StoreException(Reason.DISK_FULL, e);
    } catch (SQLException e) {
      throw SqlErrors.translate(e);
    }
  }

  /// A database without its key is not begun anew: the key may be found again.
  private static SecretBytes key(Path folder, Path database) throws IOException {
    if (KeyFile.exists(folder)) {
      return KeyFile.read(folder);
    }
    if (Files.exists(database)) {
      throw new StoreException(Reason.DAMAGED);
    }
    return KeyFile.create(folder);
  }

  /// Runs `work` in a transaction of its own and commits; if it ends with an exception, nothing of
  /// it remains. The transaction must not be used afterwards.
  ///
  /// @throws StoreException if reading, writing or committing failed; the store goes on
  public <T, X extends Exception> T inTransaction(Work<T, X> work) throws X {
    lock.lock();
    try {
      if (lock.getHoldCount() > 1) {
        throw new IllegalStateException("a transaction within a transaction");
      }
      return committed(work);
    } finally {
      lock.unlock();
    }
  }

  private <T, X extends Exception> T committed(Work<T, X> work) throws X {
    sql.update("BEGIN IMMEDIATE");
    boolean done = false;
    try (Transaction transaction = new Transaction(sql)) {
      T result = work.run(transaction);
      watch.beforeCommit();
      sql.update("COMMIT");
      done = true;
      watch.afterCommit();
      return result;
    } finally {
      if (!done) {
        rollBack();
      }
    }
  }

  /// SQLite may have rolled back by itself, and then says that there is nothing to roll back.
  private void rollBack() {
    try {
      sql.update("ROLLBACK");
    } catch (StoreException | IllegalStateException _) {
      // Nothing was left to roll back; the exception that led here says what happened.
    }
  }

  /// Makes the database refuse to grow beyond about `sizeInBytes`; writes that need more end as
  /// [Reason#DISK_FULL], just as on a full disk.
  public void limitSize(long sizeInBytes) {
    lock.lock();
    try {
      long pageSize = sql.first("PRAGMA page_size", row -> row.number(1)).orElseThrow();
      sql.query(
          "PRAGMA max_page_count = " + Math.max(1, sizeInBytes / pageSize), row -> row.number(1));
    } finally {
      lock.unlock();
    }
  }

  /// Waits for the running transaction, then closes the files.
  @Override
  public void close() {
    lock.lock();
    try {
      sql.close();
      connection.close();
    } catch (SQLException e) {
      throw SqlErrors.translate(e);
    } finally {
      lock.unlock();
    }
  }
}
