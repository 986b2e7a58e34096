package im.waxwing.testkit;

import im.waxwing.api.ConversationView;
import im.waxwing.api.MessageView;
import im.waxwing.api.Messenger;
import im.waxwing.api.ProblemException;
import im.waxwing.api.Quote;
import im.waxwing.api.ReactionView;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The end of a world: nothing goes wrong any more, everything has time to settle, and then all
/// must be as it should.
final class Calm {
  /// Without a broken disk nothing may wait for being wrapped anew, which comes a day after a node
  /// accepted a letter.
  private static final Duration PROMPT = Duration.ofMinutes(30);

  /// A node that lost its disk lost letters that it had accepted: these come again on another day.
  private static final Duration AFTER_A_BROKEN_DISK = Duration.ofDays(22);

  private static final Duration LOOK = Duration.ofSeconds(20);
  private static final Duration RARE_LOOK = Duration.ofHours(4);

  private final World world;

  Calm(World world) {
    this.world = world;
  }

  /// Ends all troubles.
  void begin() {
    world.trace().note("calm");
    world.network().setWeather(Weather.CALM);
    world.network().joinAll();
    world.nodes().forEach(Calm::mend);
    world.onion().ifPresent(SimulatedOnion::mend);
    world.people().forEach(Calm::mend);
    if (world.onion().isPresent()) {
      // Who lives at a node only and who lives in the network only meet by this one alone.
      world.people().forEach(person -> person.choosesWays(List.of("federated", "onion", "relay")));
    }
  }

  private static void mend(SimulatedNode node) {
    node.setTrouble(SimulatedNode.Trouble.NONE);
    node.setSlowness(Duration.ZERO);
    node.setClockError(Duration.ZERO);
    node.refuseNobody();
    node.machine().switchOn();
  }

  private static void mend(Person person) {
    person.machine().keepPower();
    person.machine().setClockError(Duration.ZERO);
    person.setDiskFull(false);
    person.startIfDark();
  }

  /// Lets everything settle, has half of everything read, and lets that settle.
  void settle() {
    Duration limit = world.hasLostDisks() ? AFTER_A_BROKEN_DISK : PROMPT;
    settleWithin(limit);
    world.people().forEach(this::readHalf);
    settleWithin(limit);
  }

  private void readHalf(Person reader) {
    for (Person writer : world.people()) {
      if (writer != reader && world.chance().happens(0.5)) {
        reader.reads(writer);
      }
    }
  }

  private void settleWithin(Duration limit) {
    Duration begin = world.time().sinceBeginning();
    Duration prompt = begin.plus(PROMPT);
    Duration end = begin.plus(limit);
    while (!isSettled()) {
      if (world.time().sinceBeginning().compareTo(end) > 0) {
        throw new AssertionError("does not settle within " + limit + ": " + unsettled());
      }
      world.people().forEach(this::retryFailures);
      world.pass(world.time().sinceBeginning().compareTo(prompt) < 0 ? LOOK : RARE_LOOK);
    }
  }

  private void retryFailures(Person writer) {
    if (!writer.isRunning() || writer.hasIntentions()) {
      return;
    }
    for (Person reader : world.people()) {
      if (reader != writer && messages(writer, reader).stream().anyMatch(Calm::isFailed)) {
        writer.retriesFailures(reader);
      }
    }
  }

  private static boolean isFailed(MessageView message) {
    return message.state() == MessageView.State.FAILED;
  }

  private boolean isSettled() {
    return world.people().stream().allMatch(person -> person.isRunning() && !person.hasIntentions())
        && world.nodes().stream().allMatch(node -> node.envelopes() == 0)
        && world.onion().stream().allMatch(onion -> onion.envelopes() == 0)
        && world.people().stream().allMatch(person -> person.waiting().isEmpty())
        && world.written().stream().allMatch(this::isDelivered);
  }

  private boolean isDelivered(Written message) {
    return messages(message.writer(), message.reader()).stream()
        .anyMatch(
            view ->
                view.id().equals(message.id())
                    && (view.state() == MessageView.State.DELIVERED
                        || view.state() == MessageView.State.READ));
  }

  private String unsettled() {
    StringBuilder words = new StringBuilder();
    for (SimulatedNode node : world.nodes()) {
      words.append(node.name()).append(" holds ").append(node.envelopes()).append("; ");
    }
    world.onion().ifPresent(onion -> words.append("the network holds ").append(onion.envelopes()));
    for (Person person : world.people()) {
      words
          .append(person.name())
          .append(person.isRunning() ? "" : " is dark")
          .append(person.hasIntentions() ? " means to do something" : "")
          .append(person.waiting())
          .append("; ");
    }
    world.written().stream()
        .filter(message -> !isDelivered(message))
        .forEach(message -> words.append(message).append(" is not delivered; "));
    return words.toString();
  }

  private List<MessageView> messages(Person person, Person other) {
    return person.sees(
        messenger -> {
          Optional<String> conversation = Person.conversation(messenger, other);
          return conversation.isEmpty()
              ? List.<MessageView>of()
              : Person.messages(messenger, conversation.get());
        });
  }

  /// Checks everything that was promised.
  void check() {
    for (Person person : world.people()) {
      for (Person other : world.people()) {
        if (person != other) {
          check(person, other);
        }
      }
    }
  }

  private void check(Person person, Person other) {
    List<MessageView> shown = messages(person, other);
    List<Written> written =
        world.written().stream().filter(one -> one.isBetween(person, other)).toList();
    String where = person.name() + " with " + other.name() + ": ";
    everyMessageIsShownOnce(where, shown, written);
    whatWasSeenBeforeStandsBefore(where, shown, written);
    bothSeeTheSameOrder(where, shown, messages(other, person));
    changesFit(where, person, other, shown, messages(other, person));
    statesFit(where, shown, messages(other, person));
    unreadIsRight(where, person, other, shown);
  }

  private void everyMessageIsShownOnce(
      String where, List<MessageView> shown, List<Written> written) {
    Map<String, MessageView> byId = new HashMap<>();
    for (MessageView view : shown) {
      require(byId.put(view.id(), view) == null, where + "a message is shown twice");
    }
    for (Written message : written) {
      MessageView view = byId.remove(message.id());
      require(view != null, where + message + " is not shown");
      require(
          view != null && view.text().equals(world.afterwards().text(message)),
          where + message + " has another text");
    }
    require(byId.isEmpty(), where + "a message is shown that nobody wrote");
  }

  private static void whatWasSeenBeforeStandsBefore(
      String where, List<MessageView> shown, List<Written> written) {
    Map<String, Written> byId = new HashMap<>();
    written.forEach(message -> byId.put(message.id(), message));
    Set<String> before = new HashSet<>();
    for (MessageView view : shown) {
      Written message = byId.get(view.id());
      require(
          message != null && before.containsAll(message.seen()),
          where + message + " stands before what its writer had seen");
      before.add(view.id());
    }
  }

  private static void bothSeeTheSameOrder(
      String where, List<MessageView> here, List<MessageView> there) {
    List<String> ids = here.stream().map(MessageView::id).toList();
    require(ids.equals(there.stream().map(MessageView::id).toList()), where + "the orders differ");
  }

  private void changesFit(
      String where, Person person, Person other, List<MessageView> here, List<MessageView> there) {
    for (int i = 0; i < here.size(); i++) {
      MessageView mine = here.get(i);
      MessageView theirs = there.get(i);
      boolean unsent = world.afterwards().isUnsent(mine.id());
      require(mine.unsent() == unsent, where + "unsent is " + mine.unsent());
      require(mine.editedAt().equals(theirs.editedAt()), where + "edited at different times");
      require(
          mine.replyTo().map(Quote::id).equals(theirs.replyTo().map(Quote::id)),
          where + "answers to different messages");
      Map<String, String> emojis = world.afterwards().emojis(mine.id());
      require(
          Set.copyOf(mine.reactions()).equals(reactions(emojis, person, other)),
          where + "reactions differ from what was done");
    }
  }

  private static Set<ReactionView> reactions(
      Map<String, String> emojis, Person person, Person other) {
    Set<ReactionView> views = new HashSet<>();
    String mine = emojis.get(person.name());
    String theirs = emojis.get(other.name());
    if (mine != null) {
      views.add(new ReactionView(mine, mine.equals(theirs) ? 2 : 1, true));
    }
    if (theirs != null && !theirs.equals(mine)) {
      views.add(new ReactionView(theirs, 1, false));
    }
    return views;
  }

  private void statesFit(String where, List<MessageView> here, List<MessageView> there) {
    for (int i = 0; i < here.size(); i++) {
      MessageView mine = here.get(i);
      if (mine.mine()) {
        boolean read = there.get(i).state() == MessageView.State.READ;
        require(fits(mine.state(), read), where + "a message is " + mine.state());
      }
    }
  }

  /// That something was read is told once: a node that loses its disk may lose that word.
  private boolean fits(MessageView.State state, boolean read) {
    return switch (state) {
      case READ -> read;
      case DELIVERED -> !read || world.hasLostDisks();
      case SENDING, SENT, FAILED, RECEIVED -> false;
    };
  }

  private static void unreadIsRight(
      String where, Person person, Person other, List<MessageView> shown) {
    long expected =
        shown.stream()
            .filter(view -> view.state() == MessageView.State.RECEIVED && !view.unsent())
            .count();
    int unread = person.sees(messenger -> unread(messenger, other));
    require(unread == expected, where + unread + " unread, not " + expected);
  }

  private static int unread(Messenger messenger, Person other) throws ProblemException {
    return messenger.conversations().stream()
        .filter(conversation -> conversation.name().equals(other.name()))
        .mapToInt(ConversationView::unread)
        .sum();
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new AssertionError(otherwise);
    }
  }
}
