package im.waxwing.engine;

import im.waxwing.api.ContactView;
import im.waxwing.api.Event;
import im.waxwing.api.InvitationView;
import im.waxwing.api.MessageView;
import im.waxwing.api.ProblemException;
import im.waxwing.api.SetUp;
import im.waxwing.base.ByteString;
import im.waxwing.store.Durability;
import im.waxwing.store.Store;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/// A person with the real engine, crypto and store, in a [Village].
final class Someone {
  private final Hours hours;
  private final MemoryNet net;
  private final MemoryNode node;
  private final Path folder;
  private final String name;
  private final Random random;
  private int life;
  private boolean online = true;
  private Duration clockError = Duration.ZERO;
  Store store;
  MemoryCarrier carrier;
  Engine engine;
  final List<Event> events = new ArrayList<>();

  Someone(Hours hours, MemoryNet net, MemoryNode node, Path folder, String name) {
    this.hours = hours;
    this.net = net;
    this.node = node;
    this.folder = folder;
    this.name = name;
    this.random = new Random(name.hashCode());
    this.store = Store.open(folder, Durability.NONE);
    this.carrier = new MemoryCarrier(hours, net, node, online);
    this.engine = engine();
    begin();
  }

  private Engine engine() {
    int now = life;
    return new Engine(
        store,
        EngineSettings.DEFAULT.withDays(3, 12),
        new Surroundings(
            carrier,
            () -> hours.now().plus(clockError),
            (at, task) -> {
              hours.at(
                  at.minus(clockError),
                  () -> {
                    if (life == now) {
                      task.run();
                    }
                  });
              return () -> {};
            },
            random,
            Runnable::run,
            () -> node.address,
            (answer, limit) -> hours.passUntil(answer::isDone, limit)));
  }

  private void begin() {
    engine.start();
    engine.subscribe(events::add);
  }

  /// The power goes, and comes back.
  void crash() {
    life++;
    carrier.close();
    store.close();
    store = Store.open(folder, Durability.NONE);
    carrier = new MemoryCarrier(hours, net, node, online);
    carrier.setClockError(clockError);
    engine = engine();
    begin();
  }

  void setOnline(boolean now) {
    online = now;
    carrier.setOnline(now);
  }

  void setClockError(Duration error) {
    clockError = error;
    carrier.setClockError(error);
    carrier.tellReachability();
  }

  Someone setUp() throws ProblemException {
    engine.setUp(new SetUp(name, Optional.of(node.address.format())));
    return this;
  }

  /// An invitation that lies at the node.
  InvitationView invites() throws ProblemException {
    InvitationView made = engine.invite(Duration.ofDays(7));
    hours.passUntil(
        () -> invitation(made.id()).state() == InvitationView.State.OPEN, Duration.ofMinutes(1));
    return invitation(made.id());
  }

  InvitationView invitation(String id) {
    try {
      return engine.invitations().stream()
          .filter(made -> made.id().equals(id))
          .findFirst()
          .orElseThrow();
    } catch (ProblemException e) {
      throw new AssertionError(e);
    }
  }

  ContactView contact(String contactName) {
    try {
      return engine.contacts().stream()
          .filter(contact -> contact.name().equals(contactName))
          .findFirst()
          .orElseThrow();
    } catch (ProblemException e) {
      throw new AssertionError(e);
    }
  }

  boolean knows(String contactName) {
    try {
      return engine.contacts().stream()
          .anyMatch(
              contact ->
                  contact.name().equals(contactName)
                      && contact.state() == ContactView.State.ESTABLISHED);
    } catch (ProblemException e) {
      throw new AssertionError(e);
    }
  }

  MessageView writes(Someone reader, String text) throws ProblemException {
    return writes(reader, text, Optional.empty());
  }

  MessageView answers(Someone reader, MessageView message, String text) throws ProblemException {
    return writes(reader, text, Optional.of(message.id()));
  }

  private MessageView writes(Someone reader, String text, Optional<String> replyTo)
      throws ProblemException {
    byte[] id = new byte[16];
    random.nextBytes(id);
    return engine.send(
        contact(reader.name).conversation(), ByteString.copyOf(id).base64Url(), text, replyTo);
  }

  List<MessageView> with(Someone other) {
    try {
      return engine.messages(contact(other.name).conversation(), Optional.empty(), 500).messages();
    } catch (ProblemException e) {
      throw new AssertionError(e);
    }
  }

  List<String> textsWith(Someone other) {
    return with(other).stream().map(MessageView::text).toList();
  }

  List<MessageView.State> statesWith(Someone other) {
    return with(other).stream().map(MessageView::state).toList();
  }

  void readsAll(Someone other) throws ProblemException {
    List<MessageView> all = with(other);
    engine.markRead(contact(other.name).conversation(), all.getLast().id());
  }

  String name() {
    return name;
  }
}
