package im.waxwing.node;

import im.waxwing.protocol.AnswerCode;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.FileStore;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/// The only thread that touches the store: takes up to [#BATCH] pieces of work at a time, carries
/// them out in one transaction, commits once, and lets their answers go only then. So one `fsync`
/// serves many writers, and what was answered is on disk.
final class Committer implements AutoCloseable {
  static final int BATCH = 256;

  private static final Logger LOG = System.getLogger(Committer.class.getName());
  private static final long IDLE_MILLIS = 2_000;

  /// Something to do in a transaction.
  interface Work {
    /// Carries it out and returns what to do once it is on disk.
    Runnable carryOut(MailboxStore store) throws SQLException;

    /// The transaction was undone: nothing of this work happened.
    void undone(AnswerCode why);
  }

  private final MailboxStore store;
  private final Subscriptions subscriptions;
  private final FileStore disk;
  private final long diskReserve;
  private final BlockingQueue<Work> queue;
  private final ConcurrentLinkedQueue<Runnable> errands = new ConcurrentLinkedQueue<>();
  private final Thread thread;
  private volatile boolean closing;
  private volatile boolean diskFull;
  private boolean logEmpty;

  Committer(MailboxStore store, Subscriptions subscriptions, FileStore disk, Limits limits) {
    this.store = store;
    this.subscriptions = subscriptions;
    this.disk = disk;
    this.diskReserve = limits.diskReserveInBytes();
    this.queue = new ArrayBlockingQueue<>(limits.waitingWork());
    this.thread = Thread.ofPlatform().name("waxwing-committer").unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  /// Queues work; false: too much waits already, or the node is stopping. Any thread.
  boolean submit(Work work) {
    return !closing && queue.offer(work);
  }

  /// Has something small done on the committer's thread, outside a transaction. Any thread.
  void errand(Runnable errand) {
    errands.add(errand);
    boolean _ = queue.offer(NOTHING);
  }

  /// Whether the disk is so full that nothing new is stored.
  boolean diskIsFull() {
    return diskFull;
  }

  private void run() {
    while (!closing || !queue.isEmpty()) {
      try {
        step();
      } catch (SQLException | RuntimeException e) {
        LOG.log(Level.ERROR, "the store failed; check the disk of the data folder", e);
        startAfresh();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  private void startAfresh() {
    try {
      store.rollback();
    } catch (SQLException e) {
      LOG.log(Level.ERROR, "the store failed again", e);
    }
  }

  private void step() throws InterruptedException, SQLException {
    Work first = queue.poll(IDLE_MILLIS, TimeUnit.MILLISECONDS);
    runErrands();
    if (first == null) {
      rest();
      return;
    }
    List<Work> batch = new ArrayList<>(BATCH);
    batch.add(first);
    queue.drainTo(batch, BATCH - 1);
    lookAtDisk();
    carryOut(batch);
    subscriptions.pushNew(store);
    store.commit();
  }

  private void carryOut(List<Work> batch) throws SQLException {
    List<Runnable> answers = new ArrayList<>(batch.size());
    try {
      for (Work work : batch) {
        answers.add(work.carryOut(store));
      }
      store.commit();
      logEmpty = false;
    } catch (SQLException | RuntimeException e) {
      undo(batch, e);
      return;
    }
    answers.forEach(Runnable::run);
  }

  private void undo(List<Work> batch, Exception cause) throws SQLException {
    AnswerCode why = isDiskFull(cause) ? AnswerCode.FULL : AnswerCode.BUSY;
    if (why == AnswerCode.BUSY) {
      LOG.log(Level.ERROR, "the store failed; check the disk of the data folder", cause);
    }
    try {
      store.rollback();
    } finally {
      batch.forEach(work -> work.undone(why));
    }
  }

  private static boolean isDiskFull(Exception cause) {
    return cause instanceof SQLiteException e && e.getResultCode() == SQLiteErrorCode.SQLITE_FULL;
  }

  private void runErrands() throws SQLException {
    boolean any = false;
    for (Runnable errand = errands.poll(); errand != null; errand = errands.poll()) {
      errand.run();
      any = true;
    }
    if (any) {
      subscriptions.pushNew(store);
      store.commit();
    }
  }

  private void rest() throws SQLException {
    if (!logEmpty) {
      store.emptyLog();
      logEmpty = true;
    }
  }

  private void lookAtDisk() {
    try {
      diskFull = disk.getUsableSpace() < diskReserve;
    } catch (IOException e) {
      LOG.log(Level.WARNING, "cannot see how much room the disk has", e);
    }
  }

  /// Finishes what was queued, then closes the store.
  @Override
  public void close() throws SQLException {
    closing = true;
    boolean _ = queue.offer(NOTHING);
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    store.close();
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private static final Work NOTHING =
      new Work() {
        @Override
        public Runnable carryOut(MailboxStore store) {
          return () -> {};
        }

        @Override
        public void undone(AnswerCode why) {}
      };
}
