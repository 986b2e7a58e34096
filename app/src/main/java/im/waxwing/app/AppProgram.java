package im.waxwing.app;

import im.waxwing.api.ProblemException;
import im.waxwing.api.ProblemKind;
import im.waxwing.carrier.relayed.RelayedCarrier;
import im.waxwing.cli.Version;
import im.waxwing.engine.Engine;
import im.waxwing.engine.EngineSettings;
import im.waxwing.engine.Patience;
import im.waxwing.engine.Surroundings;
import im.waxwing.store.Store;
import im.waxwing.store.StoreException;
import im.waxwing.web.ApiTokens;
import im.waxwing.web.WebServer;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;

/// A person's messenger, put together: store, carrier, engine, own node, page.
final class AppProgram implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(AppProgram.class.getName());

  private static final ThreadFactory ENGINE_THREAD =
      Thread.ofPlatform().name("waxwing-engine").factory();

  private final OpenParts parts;
  private final Engine engine;
  private final WebServer web;

  private AppProgram(OpenParts parts, Engine engine, WebServer web) {
    this.parts = parts;
    this.engine = engine;
    this.web = web;
  }

  /// Starts everything, or leaves nothing behind. The lock stays the caller's.
  static AppProgram start(Path folder, AppConfig config, FolderLock lock) throws ProblemException {
    OpenParts parts = new OpenParts();
    boolean whole = false;
    try {
      AppLog.to(folder);
      AppProgram program = wire(folder, config, parts);
      lock.tell(program.port());
      LOG.log(System.Logger.Level.INFO, "started, version " + Version.TEXT);
      whole = true;
      return program;
    } catch (IOException e) {
      throw new ProblemException(ProblemKind.DISK_FULL, e);
    } finally {
      if (!whole) {
        parts.close();
      }
    }
  }

  private static AppProgram wire(Path folder, AppConfig config, OpenParts parts)
      throws IOException, ProblemException {
    Clock clock = Clock.offset(Clock.systemUTC(), config.clockOffset());
    Store store = parts.add(openStore(folder));
    RelayedCarrier carrier = parts.add(RelayedCarrier.start(clock));
    ClockTimer timer = parts.add(new ClockTimer(clock));
    OwnNode ownNode = parts.add(new OwnNode(folder, carrier::hurry));
    ExecutorService thread = parts.add(Executors.newSingleThreadExecutor(ENGINE_THREAD));
    Surroundings around =
        new Surroundings(
            carrier, clock, timer, new SecureRandom(), thread, ownNode, Patience.BLOCKING);
    EngineSettings settings = EngineSettings.DEFAULT.withVersion(Version.TEXT);
    Engine engine = parts.add(new Engine(store, settings, around));
    engine.start();
    ApiTokens tokens = ApiTokens.open(folder, Clock.systemUTC());
    tokens.writeProgramToken();
    Vertx vertx = vertx(parts);
    WebServer web =
        parts.add(WebServer.start(vertx, engine, tokens, Clock.systemUTC(), config.port()));
    ownNode.resume();
    return new AppProgram(parts, engine, web);
  }

  private static Vertx vertx(OpenParts parts) {
    Vertx vertx =
        Vertx.vertx(
            new VertxOptions()
                .setEventLoopPoolSize(1)
                .setWorkerPoolSize(1)
                .setInternalBlockingPoolSize(1)
                .setUseDaemonThread(true));
    parts.add(() -> vertx.close().await());
    return vertx;
  }

  private static Store openStore(Path folder) throws ProblemException {
    try {
      return Store.open(folder);
    } catch (StoreException e) {
      throw new ProblemException(
          switch (e.reason()) {
            case NEWER -> ProblemKind.STORE_NEWER;
            case DAMAGED -> ProblemKind.STORE_DAMAGED;
            case DISK_FULL -> ProblemKind.DISK_FULL;
            case LOCKED -> ProblemKind.ALREADY_RUNNING;
          },
          e);
    }
  }

  /// Whether no account was set up yet.
  boolean isNew() {
    return engine.status().name().isEmpty();
  }

  int port() {
    return web.port();
  }

  /// A fresh link that opens the page once.
  String openLink() {
    return web.openLink();
  }

  @Override
  public void close() {
    parts.close();
    LOG.log(System.Logger.Level.INFO, "stopped");
  }
}
