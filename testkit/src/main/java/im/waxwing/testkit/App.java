package im.waxwing.testkit;

import im.waxwing.api.Messenger;
import im.waxwing.carrier.Carrier;
import im.waxwing.engine.Engine;
import im.waxwing.engine.EngineSettings;
import im.waxwing.engine.Surroundings;
import im.waxwing.engine.Timer;
import im.waxwing.store.Durability;
import im.waxwing.store.OutboxTable;
import im.waxwing.store.Store;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/// The real program of one person, without sockets and pages: engine and store, on a machine whose
/// power may go at every commit.
final class App {
  private static final long NO_LIMIT = 1L << 40;
  private static final EngineSettings SETTINGS = EngineSettings.DEFAULT.withDays(4, 12);

  private final Store store;
  private final Carrier carrier;
  private final Engine engine;

  private App(Store store, Carrier carrier, Engine engine) {
    this.store = store;
    this.carrier = carrier;
    this.engine = engine;
  }

  static App open(Path folder, Machine machine, Carrier carrier, RandomGenerator random) {
    Store store = Store.open(folder, Durability.NONE, new Steps(machine));
    Surroundings surroundings =
        new Surroundings(
            carrier,
            machine.clock(),
            (instant, task) -> alarm(machine, instant, task),
            random,
            Runnable::run,
            () -> {
              throw new UnsupportedOperationException("everybody names a node");
            },
            (answer, limit) -> machine.await(answer::isDone, limit));
    return new App(store, carrier, new Engine(store, SETTINGS, surroundings));
  }

  private record Steps(Machine machine) implements Store.CommitWatch {
    @Override
    public void beforeCommit() {
      machine.step();
    }

    @Override
    public void afterCommit() {
      machine.step();
    }
  }

  /// Goes off after the time that is left by the machine's clock, however that is set meanwhile.
  private static Timer.Alarm alarm(Machine machine, Instant instant, Runnable task) {
    AtomicBoolean cancelled = new AtomicBoolean();
    machine.after(
        Duration.between(machine.clock().instant(), instant),
        () -> {
          if (!cancelled.get()) {
            task.run();
          }
        });
    return () -> cancelled.set(true);
  }

  void start() {
    engine.start();
  }

  Messenger messenger() {
    return engine;
  }

  /// Has the disk take nothing more, or again as much as it likes.
  void limitDisk(boolean full) {
    store.limitSize(full ? 1 : NO_LIMIT);
  }

  /// What still waits here, in words: letters without receipt, receipts that are owed.
  List<String> waiting() {
    Instant never = Instant.EPOCH.plus(Duration.ofDays(100_000));
    return store.inTransaction(
        transaction ->
            Stream.concat(
                    transaction.tables().outbox().createdBefore(never).stream()
                        .filter(letter -> !isDone(letter))
                        .map(letter -> letter.purpose() + " " + letter.state()),
                    transaction.tables().inbox().owed(1).stream().map(_ -> "a receipt owed"))
                .toList());
  }

  /// Receipts and the like are never answered: a node's word is the end of it.
  private static boolean isDone(OutboxTable.Out letter) {
    return letter.state() == OutboxTable.State.ACCEPTED
        && (letter.purpose() == OutboxTable.Purpose.RECEIPT
            || letter.purpose() == OutboxTable.Purpose.RETRY);
  }

  /// Goes as programs go when the power does: nothing is finished, wires and files are let go.
  void drop() {
    carrier.close();
    store.close();
  }
}
