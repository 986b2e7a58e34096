package im.waxwing.engine;

import im.waxwing.api.Event;
import im.waxwing.api.Messenger;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/// Those who are told of every change. Safe for many threads.
final class Listeners {
  private final List<Listener> listeners = new CopyOnWriteArrayList<>();

  /// One of them; equal only to itself, so that the same consumer may listen twice.
  private static final class Listener {
    final Consumer<? super Event> consumer;

    Listener(Consumer<? super Event> consumer) {
      this.consumer = consumer;
    }
  }

  Messenger.EventSubscription add(Consumer<? super Event> consumer) {
    Listener listener = new Listener(consumer);
    listeners.add(listener);
    return () -> listeners.remove(listener);
  }

  void tell(List<Event> events) {
    for (Event event : events) {
      listeners.forEach(listener -> listener.consumer.accept(event));
    }
  }
}
