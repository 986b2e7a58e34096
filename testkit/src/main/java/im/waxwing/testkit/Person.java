package im.waxwing.testkit;

import im.waxwing.api.ContactView;
import im.waxwing.api.InvitationView;
import im.waxwing.api.MessagePage;
import im.waxwing.api.MessageView;
import im.waxwing.api.Messenger;
import im.waxwing.api.ProblemException;
import im.waxwing.api.ProblemKind;
import im.waxwing.api.SetUp;
import im.waxwing.store.StoreException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/// Somebody with a [Machine] and the real app on it, without its sockets and pages. What a person
/// means to do they try again until it is done, in the order in which they meant it.
public final class Person {
  private static final Duration INVITATION_LIFE = Duration.ofDays(20);
  private static final Duration AFTER_FAILED_START = Duration.ofMinutes(1);
  private static final int PAGE = 500;

  private final World world;
  private final String name;
  private final Machine machine;
  private final Path folder;
  private final Deque<Intention> intentions = new ArrayDeque<>();
  private Optional<App> app = Optional.empty();
  private Duration darkness = Duration.ZERO;
  private boolean diskFull;

  Person(World world, String name, Machine machine, Path folder) {
    this.world = world;
    this.name = name;
    this.machine = machine;
    this.folder = folder;
    machine.onPowerCut(this::loseMemory);
  }

  public String name() {
    return name;
  }

  Machine machine() {
    return machine;
  }

  Path folder() {
    return folder;
  }

  boolean isRunning() {
    return app.isPresent();
  }

  /// Starts the app, if the machine has power, or tries to.
  void start() {
    machine.run(
        () -> {
          try {
            App opened = world.open(folder, machine);
            app = Optional.of(opened);
            opened.limitDisk(diskFull);
            opened.start();
          } catch (StoreException e) {
            giveUp(e);
          }
        });
  }

  /// The app ends with a word about the disk; somebody starts it again after a while.
  private void giveUp(StoreException e) {
    if (e.reason() != StoreException.Reason.DISK_FULL) {
      throw e;
    }
    darkness = AFTER_FAILED_START;
    machine.cutPower();
  }

  private void loseMemory() {
    drop();
    world.trace().note(name + "'s power goes");
    world.time().after(darkness, this::startIfDark);
  }

  /// How long it stays dark after the power went.
  void setDarkness(Duration duration) {
    darkness = duration;
  }

  /// Switches on again and starts the app, unless that runs.
  void startIfDark() {
    if (app.isEmpty()) {
      machine.switchOn();
      start();
    }
  }

  void drop() {
    app.ifPresent(App::drop);
    app = Optional.empty();
  }

  void setDiskFull(boolean full) {
    diskFull = full;
    app.ifPresent(opened -> opened.limitDisk(full));
  }

  /// Makes an account that lives at `node`.
  public void setsUpAt(SimulatedNode node) {
    String address = node.addressWithAdmission().format();
    means(
        "sets up at " + node.name(),
        messenger -> {
          if (messenger.status().name().isEmpty()) {
            messenger.setUp(new SetUp(name, Optional.of(address)));
          }
          return true;
        });
  }

  /// Makes an account that lives in `network` only.
  public void setsUpIn(SimulatedOnion network) {
    String address = network.address().format();
    means(
        "sets up in the network",
        messenger -> {
          if (messenger.status().name().isEmpty()) {
            messenger.setUp(new SetUp(name, Optional.of(address)));
          }
          return true;
        });
  }

  /// Lives in `network` as well.
  public void enters(SimulatedOnion network) {
    String address = network.address().format();
    means(
        "enters the network",
        messenger -> {
          messenger.enterNetwork(address);
          return true;
        });
  }

  /// Lives at the node only, if there is one.
  public void leavesTheNetwork() {
    means(
        "leaves the network",
        messenger -> {
          if (messenger.status().node().address().isPresent()) {
            messenger.leaveNetwork();
          }
          return true;
        });
  }

  /// Lives at `node` only.
  public void movesTo(SimulatedNode node) {
    moves(node.name(), node.addressWithAdmission().format());
  }

  /// Lives in `network` only.
  public void movesInto(SimulatedOnion network) {
    moves("the network", network.address().format());
  }

  private void moves(String where, String place) {
    means(
        "moves to " + where,
        messenger -> {
          messenger.moveHouse(place);
          return true;
        });
  }

  /// Allows these networks, in this order.
  public void choosesWays(List<String> networks) {
    means(
        "chooses to write by way of " + networks,
        messenger -> {
          messenger.setWays(networks);
          return true;
        });
  }

  /// Makes an invitation and hands it to `guest`, who accepts it.
  public void invites(Person guest) {
    means(
        "invites " + guest.name,
        messenger -> {
          InvitationView invitation = messenger.invite(INVITATION_LIFE);
          guest.accepts(this, invitation.link());
          return true;
        });
  }

  private void accepts(Person host, String link) {
    means(
        "accepts the invitation of " + host.name,
        messenger -> {
          try {
            messenger.accept(link);
            return true;
          } catch (ProblemException e) {
            if (!acceptedBefore(e.kind()) && !mayComeYet(e.kind())) {
              throw e;
            }
            return acceptedBefore(e.kind());
          }
        });
  }

  private static boolean acceptedBefore(ProblemKind kind) {
    return kind == ProblemKind.CONTACT_EXISTS;
  }

  /// The drawer is not laid yet, or a node lost it with its disk and gets it again.
  private static boolean mayComeYet(ProblemKind kind) {
    return kind == ProblemKind.INVITATION_REVOKED;
  }

  /// Writes to a contact, as soon as they are one.
  public void writes(Person reader, String text) {
    writes(reader, text, Optional.empty());
  }

  /// Answers the message that stands at `draw` among those of the conversation, if there is one.
  void answers(Person reader, String text, int draw) {
    writes(reader, text, Optional.of(draw));
  }

  private void writes(Person reader, String text, Optional<Integer> draw) {
    Target answered = new Target(draw.orElse(0));
    String id = world.newMessageId();
    int number = world.nextNumber();
    means(
        "writes #" + number + " to " + reader.name,
        messenger -> {
          Optional<String> conversation = conversation(messenger, reader);
          if (conversation.isEmpty()) {
            return false;
          }
          Set<String> seen = new HashSet<>();
          messages(messenger, conversation.get()).forEach(message -> seen.add(message.id()));
          if (!seen.contains(id)) {
            world.remember(new Written(number, id, this, reader, text, Set.copyOf(seen)));
          }
          Optional<String> replyTo =
              draw.flatMap(
                  _ -> answered.among(seen(messenger, conversation.get()), message -> true));
          messenger.send(conversation.get(), id, text, replyTo);
          return true;
        });
  }

  private static List<MessageView> seen(Messenger messenger, String conversation) {
    try {
      return messages(messenger, conversation);
    } catch (ProblemException e) {
      throw new IllegalStateException(e);
    }
  }

  /// A message that is chosen once, and stays the one that is meant when an attempt is repeated.
  private static final class Target {
    private final int draw;
    private Optional<String> chosen = Optional.empty();

    Target(int draw) {
      this.draw = draw;
    }

    Optional<String> among(List<MessageView> messages, Predicate<MessageView> fits) {
      List<MessageView> open =
          messages.stream().filter(message -> !message.unsent()).filter(fits).toList();
      if (chosen.isEmpty() && !open.isEmpty()) {
        chosen = Optional.of(open.get(draw % open.size()).id());
      }
      return chosen.filter(id -> open.stream().anyMatch(message -> message.id().equals(id)));
    }
  }

  /// Something done to a message.
  private interface Deed {
    void on(Messenger messenger, String conversation, String message) throws ProblemException;
  }

  private void does(String words, Person other, int draw, Predicate<MessageView> fits, Deed deed) {
    Target target = new Target(draw);
    means(
        words + " with " + other.name,
        messenger -> {
          Optional<String> conversation = conversation(messenger, other);
          if (conversation.isPresent()) {
            Optional<String> message = target.among(messages(messenger, conversation.get()), fits);
            if (message.isPresent()) {
              deed.on(messenger, conversation.get(), message.get());
            }
          }
          return true;
        });
  }

  /// Answers a message with an emoji, or takes it back.
  void reacts(Person other, int draw, Optional<String> emoji) {
    does(
        "reacts",
        other,
        draw,
        _ -> true,
        (messenger, conversation, message) -> {
          world.afterwards().reacted(message, this, emoji);
          messenger.react(conversation, message, emoji);
        });
  }

  /// Gives a message of their own another text.
  void edits(Person reader, int draw, String text) {
    does(
        "edits",
        reader,
        draw,
        MessageView::mine,
        (messenger, conversation, message) -> {
          world.afterwards().edited(message, text);
          messenger.edit(conversation, message, text);
        });
  }

  /// Removes a message of their own for both.
  void unsends(Person reader, int draw) {
    does(
        "unsends",
        reader,
        draw,
        MessageView::mine,
        (messenger, conversation, message) -> {
          world.afterwards().unsent(message);
          messenger.unsend(conversation, message);
        });
  }

  /// Begins to write something.
  void types(Person reader) {
    means(
        "types to " + reader.name,
        messenger -> {
          Optional<String> conversation = conversation(messenger, reader);
          if (conversation.isPresent()) {
            messenger.typing(conversation.get());
          }
          return true;
        });
  }

  /// Reads everything that a contact wrote and that has come.
  public void reads(Person writer) {
    means(
        "reads " + writer.name,
        messenger -> {
          Optional<String> conversation = conversation(messenger, writer);
          if (conversation.isPresent()) {
            List<MessageView> messages = messages(messenger, conversation.get());
            if (!messages.isEmpty()) {
              messenger.markRead(conversation.get(), messages.getLast().id());
            }
          }
          return true;
        });
  }

  /// Asks again for every letter that needs the person.
  void retriesFailures(Person reader) {
    means(
        "retries what failed to " + reader.name,
        messenger -> {
          Optional<String> conversation = conversation(messenger, reader);
          if (conversation.isPresent()) {
            for (MessageView message : messages(messenger, conversation.get())) {
              if (message.state() == MessageView.State.FAILED) {
                messenger.retry(conversation.get(), message.id());
              }
            }
          }
          return true;
        });
  }

  private void means(String words, Intention.Attempt attempt) {
    intentions.add(new Intention(words, attempt));
  }

  /// Tries what is still to be done, in order, up to the first that cannot be done now.
  void triesAgain() {
    while (!intentions.isEmpty() && app.isPresent() && tries(intentions.peek())) {
      intentions.remove();
    }
  }

  private boolean tries(Intention intention) {
    boolean[] done = {false};
    App running = app.orElseThrow();
    machine.run(
        () -> {
          try {
            done[0] = intention.attempt().succeeds(running.messenger());
          } catch (ProblemException e) {
            world.mayHappen(this, intention, e.kind());
          }
        });
    if (done[0]) {
      world.trace().note(name + " " + intention.words());
    }
    return done[0];
  }

  boolean hasIntentions() {
    return !intentions.isEmpty();
  }

  /// Looks without changing anything; the app must run.
  <T> T sees(View<T> view) {
    try {
      return view.of(app.orElseThrow().messenger());
    } catch (ProblemException e) {
      throw new AssertionError(name + " cannot look: " + e.kind(), e);
    }
  }

  /// What waits here for somebody else, in words.
  List<String> waiting() {
    return app.map(App::waiting).orElse(List.of());
  }

  /// A look at a messenger.
  @FunctionalInterface
  interface View<T> {
    T of(Messenger messenger) throws ProblemException;
  }

  /// The conversation with a contact, if they are one.
  static Optional<String> conversation(Messenger messenger, Person other) throws ProblemException {
    return messenger.contacts().stream()
        .filter(contact -> contact.name().equals(other.name()))
        .map(ContactView::conversation)
        .findFirst();
  }

  /// All that a conversation shows, oldest first.
  static List<MessageView> messages(Messenger messenger, String conversation)
      throws ProblemException {
    Deque<MessageView> all = new ArrayDeque<>();
    Optional<String> before = Optional.empty();
    MessagePage page;
    do {
      page = messenger.messages(conversation, before, PAGE);
      page.messages().reversed().forEach(all::addFirst);
      before = page.messages().stream().findFirst().map(MessageView::id);
    } while (page.more());
    return List.copyOf(all);
  }
}
