package im.waxwing.carrier.relayed;

import im.waxwing.protocol.consensus.Entry;
import java.time.Instant;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// One of the app's guards, and the link to it while there is a reason for one.
///
/// Belongs to the carrier's event loop.
final class GuardLink implements NodeLink.Watcher {
  /// Who chooses between guards. Nothing is told of a guard to whoever waits in [#reach].
  interface Events {
    void up(GuardLink guard);

    void down(GuardLink guard);

    void drained(GuardLink guard);
  }

  private final Entry entry;
  private final Supplier<NodeLink> maker;
  private final Events events;
  private @Nullable NodeLink link;
  private @Nullable Consumer<Boolean> waiting;

  GuardLink(Entry entry, Supplier<NodeLink> maker, Events events) {
    this.entry = entry;
    this.maker = maker;
    this.events = events;
  }

  Entry entry() {
    return entry;
  }

  NodeLink link() {
    NodeLink open = link;
    if (open == null) {
      open = maker.get();
      link = open;
      open.watch(this);
    }
    return open;
  }

  boolean isUp() {
    return link != null && link.isUp();
  }

  /// @param then told whether it can be reached
  void reach(Consumer<Boolean> then) {
    NodeLink wanted = link();
    if (wanted.isUp() || wanted.isDown()) {
      then.accept(wanted.isUp());
    } else {
      waiting = then;
      wanted.connectIfNeeded();
    }
  }

  void hurry() {
    if (link != null) {
      link.hurry();
    }
  }

  void drop() {
    NodeLink old = link;
    link = null;
    if (old != null) {
      old.close();
    }
  }

  private boolean answered(boolean up) {
    Consumer<Boolean> then = waiting;
    waiting = null;
    if (then != null) {
      then.accept(up);
    }
    return then != null;
  }

  @Override
  public void up() {
    if (!answered(true)) {
      events.up(this);
    }
  }

  @Override
  public void down(Instant retryAt) {
    if (!answered(false)) {
      events.down(this);
    }
  }

  @Override
  public void drained() {
    events.drained(this);
  }
}
