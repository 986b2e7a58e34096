package im.waxwing.engine;

import im.waxwing.carrier.Answer;
import im.waxwing.carrier.Carrier;
import im.waxwing.carrier.Done;
import im.waxwing.carrier.Fetched;
import im.waxwing.carrier.MailboxListener;
import im.waxwing.carrier.Refusal;
import im.waxwing.carrier.StoredEnvelope;
import im.waxwing.carrier.Subscription;
import im.waxwing.model.Day;
import im.waxwing.model.EnvelopeId;
import im.waxwing.model.Path;
import im.waxwing.store.InboxTable.Origin;
import im.waxwing.store.MailboxTable.DayState;
import im.waxwing.store.MailboxTable.Own;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// Our mailboxes from day to day: opens them ahead, listens to those of yesterday, today and
/// tomorrow, reads older ones to their end once, and has the node forget what is committed here
/// (delivery.md §7).
final class Mailboxes {
  private static final String RETRY = "mailboxes";
  private static final String AHEAD = "mailboxes ahead";
  private static final String MIDNIGHT = "midnight";
  private static final int READ_BACK = 31;

  /// Not everybody changes the day in the same second.
  private static final Duration MIDNIGHT_SPREAD = Duration.ofMinutes(2);

  private final Core core;
  private final Map<Box, Subscription> subscriptions = new TreeMap<>();
  private final Set<Box> opening = new TreeSet<>();
  private final Map<Box, Set<EnvelopeId>> acknowledged = new TreeMap<>();
  private boolean draining;
  private boolean forgetting;
  private int failures;

  /// One day of one mailbox.
  private record Box(long mailbox, Day day) implements Comparable<Box> {
    private static final Comparator<Box> ORDER =
        Comparator.comparingLong(Box::mailbox).thenComparing(Box::day);

    @Override
    public int compareTo(Box other) {
      return ORDER.compare(this, other);
    }
  }

  /// A mailbox and what is known of its days.
  private record Known(Own own, Set<Day> open, Set<Day> drained) {}

  Mailboxes(Core core) {
    this.core = core;
  }

  /// Brings everything into line with the day and with the mailboxes there are.
  void refresh() {
    List<Known> all = core.ledger.read(this::known);
    closeOthers(all);
    for (Known known : all) {
      if (hasEnded(known.own(), core.today()) && core.nodes.isConnected()) {
        drop(known.own());
      } else if (!core.nodes.isDistrusted(Path.to(known.own().place()))) {
        refresh(known, today(known.own()));
      }
    }
    drainNext(all);
    openAheadLater(all);
    atMidnight(all);
  }

  private void drop(Own own) {
    core.ledger.writeSurely(
        step -> {
          core.invitations.dropMailbox(step, own.id());
          step.afterwards(core::relocate);
        });
  }

  /// Listens no more.
  void stop() {
    subscriptions.values().forEach(Subscription::close);
    subscriptions.clear();
  }

  private List<Known> known(Step step) {
    List<Known> all = new ArrayList<>();
    for (Own own : step.tables().mailboxes().all()) {
      all.add(
          new Known(
              own,
              step.tables().mailboxes().days(own.id(), DayState.OPEN),
              step.tables().mailboxes().days(own.id(), DayState.DRAINED)));
    }
    return all;
  }

  private void refresh(Known known, Day today) {
    for (long offset = -1; offset <= 1; offset++) {
      Day day = today.plus(offset);
      if (isWithin(known.own(), day)) {
        if (known.open().contains(day)) {
          subscribe(known.own(), day);
        } else {
          open(known.own(), day);
        }
      }
    }
  }

  // --- opening ---

  private void open(Own own, Day day) {
    Box box = new Box(own.id(), day);
    if (opening.add(box)) {
      core.around
          .carrier()
          .open(
              path(own),
              own.mailbox(),
              day,
              own.home().token(),
              answer -> core.serial.execute(() -> opened(own, box, answer)));
    }
  }

  private void opened(Own own, Box box, Answer<Done> answer) {
    opening.remove(box);
    switch (answer) {
      case Answer.Given<Done> _ -> {
        failures = 0;
        setRefusing(own, false);
        core.ledger.writeSurely(
            step -> {
              step.tables().mailboxes().mark(own.id(), box.day(), DayState.OPEN);
              step.afterwards(() -> afterOpening(own, box.day()));
            });
      }
      case Answer.Unreachable<Done> _ -> retryLater();
      case Answer.Refused<Done>(Refusal reason) -> {
        setRefusing(own, reason == Refusal.NOT_ADMITTED);
        retryLater();
      }
    }
  }

  private void setRefusing(Own own, boolean now) {
    if (core.own().livesAt(own.place()) && !own.home().isNetwork()) {
      core.nodes.setRefusing(now);
    }
  }

  private void afterOpening(Own own, Day day) {
    if (Math.abs(day.since(today(own))) <= 1) {
      subscribe(own, day);
    }
    core.invitations.work();
    openAheadLater(core.ledger.read(this::known));
  }

  private void openAheadLater(List<Known> all) {
    boolean missing = all.stream().anyMatch(known -> !nextAhead(known).isEmpty());
    if (missing) {
      Duration pause = core.settings.openingPause();
      core.clockwork.wakeBy(
          AHEAD, core.clockwork.now().plus(pause).plus(atMost(pause)), this::openAhead);
    }
  }

  /// One mailbox of one day in one request; the next one after its answer.
  private void openAhead() {
    for (Known known : core.ledger.read(this::known)) {
      List<Day> days = nextAhead(known);
      if (!days.isEmpty()) {
        open(known.own(), days.getFirst());
        return;
      }
    }
  }

  private List<Day> nextAhead(Known known) {
    Day today = today(known.own());
    for (long offset = 2; offset <= core.settings.daysAhead(); offset++) {
      Day day = today.plus(offset);
      if (isWithin(known.own(), day) && !known.open().contains(day)) {
        return List.of(day);
      }
    }
    return List.of();
  }

  /// Whether letters can be deposited today and tomorrow.
  boolean isReady(Step step, long mailbox) {
    Set<Day> open = step.tables().mailboxes().days(mailbox, DayState.OPEN);
    return step.tables()
        .mailboxes()
        .find(mailbox)
        .map(this::today)
        .filter(today -> open.containsAll(Set.of(today, today.plus(1))))
        .isPresent();
  }

  // --- listening ---

  private void subscribe(Own own, Day day) {
    Box box = new Box(own.id(), day);
    if (!subscriptions.containsKey(box)) {
      Origin origin = new Origin(own, day);
      subscriptions.put(
          box,
          core.around.carrier().subscribe(path(own), own.mailbox(), day, listener(box, origin)));
    }
  }

  private MailboxListener listener(Box box, Origin origin) {
    return new MailboxListener() {
      @Override
      public void arrived(StoredEnvelope envelope) {
        core.serial.execute(() -> core.inbox.arrived(origin, envelope));
      }

      @Override
      public void caughtUp() {}

      @Override
      public void refused(Refusal reason) {
        core.serial.execute(() -> cannotListen(box, reason));
      }
    };
  }

  private void cannotListen(Box box, Refusal reason) {
    Subscription ended = subscriptions.remove(box);
    if (ended != null) {
      ended.close();
    }
    if (reason == Refusal.UNKNOWN_MAILBOX) {
      // The node has lost it, or forgot it in time: it is opened anew.
      core.ledger.writeSurely(
          step -> {
            step.tables().mailboxes().unmark(box.mailbox(), box.day());
            core.invitations.layAgain(step, box.mailbox());
          });
    }
    retryLater();
  }

  private void closeOthers(List<Known> all) {
    Set<Box> wanted = new TreeSet<>();
    for (Known known : all) {
      for (long offset = -1; offset <= 1; offset++) {
        wanted.add(new Box(known.own().id(), today(known.own()).plus(offset)));
      }
    }
    for (Box box : List.copyOf(subscriptions.keySet())) {
      Subscription subscription = subscriptions.get(box);
      if (!wanted.contains(box) && subscription != null) {
        subscription.close();
        subscriptions.remove(box);
      }
    }
  }

  // --- reading older days ---

  private void drainNext(List<Known> all) {
    if (draining) {
      return;
    }
    for (Known known : all) {
      if (!core.nodes.isConnected(known.own().place())) {
        continue;
      }
      Day today = today(known.own());
      for (long back = 2; back <= Math.min(core.settings.daysBack(), today.number()); back++) {
        Day day = today.plus(-back);
        if (isWithin(known.own(), day) && !known.drained().contains(day)) {
          draining = true;
          drain(known.own(), day, 0);
          return;
        }
      }
    }
  }

  private void drain(Own own, Day day, long after) {
    core.around
        .carrier()
        .fetch(
            path(own),
            own.mailbox(),
            day,
            after,
            answer -> core.serial.execute(() -> drained(own, day, answer)));
  }

  private void drained(Own own, Day day, Answer<Fetched> answer) {
    switch (answer) {
      case Answer.Given<Fetched>(Fetched fetched) when fetched.next().isPresent() -> {
        StoredEnvelope next = fetched.next().get();
        Origin origin = new Origin(own, day);
        core.inbox.arrived(origin, next);
        if (core.ledger.isDiskFull()) {
          draining = false;
          retryLater();
        } else {
          drain(own, day, next.sequence());
        }
      }
      case Answer.Unreachable<Fetched> _ -> {
        draining = false;
        retryLater();
      }
      case Answer.Refused<Fetched>(Refusal reason) when reason == Refusal.BUSY -> {
        draining = false;
        retryLater();
      }
      // Nothing is there, or will ever be.
      case Answer.Given<Fetched> _, Answer.Refused<Fetched> _ -> finished(own, day);
    }
  }

  private void finished(Own own, Day day) {
    core.ledger.writeSurely(
        step -> {
          step.tables().mailboxes().mark(own.id(), day, DayState.DRAINED);
          step.afterwards(
              () -> {
                draining = false;
                drainNext(core.ledger.read(this::known));
              });
        });
  }

  // --- forgetting at the node ---

  /// An envelope is committed here: the node may forget it. Several are named together.
  void acknowledge(long mailbox, Day day, EnvelopeId id) {
    acknowledged.computeIfAbsent(new Box(mailbox, day), _ -> new LinkedHashSet<>()).add(id);
    if (!forgetting) {
      forgetting = true;
      core.serial.execute(this::forget);
    }
  }

  private void forget() {
    forgetting = false;
    Map<Box, Set<EnvelopeId>> all = new TreeMap<>(Box.ORDER);
    all.putAll(acknowledged);
    acknowledged.clear();
    all.forEach(
        (box, ids) ->
            core.ledger
                .read(step -> step.tables().mailboxes().find(box.mailbox()))
                .ifPresent(own -> forget(own, box, List.copyOf(ids))));
  }

  private void forget(Own own, Box box, List<EnvelopeId> ids) {
    for (int from = 0; from < ids.size(); from += Carrier.MAX_DELETED) {
      List<EnvelopeId> some = ids.subList(from, Math.min(ids.size(), from + Carrier.MAX_DELETED));
      core.around
          .carrier()
          .delete(
              path(own),
              own.mailbox(),
              box.day(),
              some,
              answer -> core.serial.execute(() -> forgotten(box, some, answer)));
    }
  }

  private void forgotten(Box box, List<EnvelopeId> ids, Answer<Done> answer) {
    boolean again =
        switch (answer) {
          case Answer.Given<Done> _ -> false;
          case Answer.Unreachable<Done> _ -> true;
          case Answer.Refused<Done>(Refusal reason) -> reason == Refusal.BUSY;
        };
    if (again) {
      Instant later = core.clockwork.now().plus(core.settings.firstRetry());
      core.clockwork.wake(
          "forget " + box.mailbox() + " " + box.day().number() + " " + ids.getFirst().hashCode(),
          later,
          () -> ids.forEach(id -> acknowledge(box.mailbox(), box.day(), id)));
    }
  }

  // --- time ---

  /// The next one of all places: their clocks may differ.
  private void atMidnight(List<Known> all) {
    all.stream()
        .map(known -> core.clockwork.begin(today(known.own()).plus(1), known.own().place()))
        .min(Comparator.naturalOrder())
        .ifPresent(
            midnight ->
                core.clockwork.wake(
                    MIDNIGHT, midnight.plus(atMost(MIDNIGHT_SPREAD)), this::newDay));
  }

  private void newDay() {
    cleanUp();
    core.dispatch.pumpAll();
    refresh();
  }

  /// Drops what is too old to matter, and wraps anew what has waited long; only while a node tells
  /// the time, for a wrong clock would drop what matters.
  void cleanUp() {
    if (core.nodes.isConnected()) {
      core.ledger.writeSurely(this::forgetOld);
      core.ledger.writeSurely(core.outbox::maintain);
    }
  }

  private void forgetOld(Step step) {
    Day today = core.today();
    if (today.number() > READ_BACK) {
      Day oldest = today.plus(-READ_BACK);
      step.tables().mailboxes().forgetDaysBefore(oldest);
      step.tables().inbox().forgetUnmatchedBefore(oldest);
      step.tables().inbox().forgetBefore(oldest.start());
      core.lanes.forgetBefore(step, oldest);
    }
  }

  private void retryLater() {
    Instant at = core.clockwork.now().plus(Dispatch.pause(core.settings, ++failures));
    core.clockwork.wakeBy(RETRY, at, this::refresh);
  }

  private Duration atMost(Duration longest) {
    return Duration.ofMillis((long) (longest.toMillis() * core.around.random().nextDouble()));
  }

  private Day today(Own own) {
    return core.clockwork.today(own.place());
  }

  private static boolean isWithin(Own own, Day day) {
    Day last = own.lastDay();
    return day.compareTo(own.firstDay()) >= 0 && (last == null || day.compareTo(last) <= 0);
  }

  private static boolean hasEnded(Own own, Day today) {
    Day last = own.lastDay();
    return last != null && today.compareTo(last) > 0;
  }

  private Path path(Own own) {
    return core.networks.ready(Path.to(own.place()));
  }
}
