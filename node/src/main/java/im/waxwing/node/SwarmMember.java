package im.waxwing.node;

import im.waxwing.base.ByteString;
import im.waxwing.model.AdmissionToken;
import im.waxwing.model.Day;
import im.waxwing.protocol.AnswerCode;
import im.waxwing.protocol.Request;
import im.waxwing.protocol.VerifyingKey;
import im.waxwing.protocol.swarm.Kept;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/// Carries out in this node's own store what devices ask of its swarms. Believes nobody: whoever
/// brings a request, an app, a coordinator or anti-entropy, the device's signature is checked here
/// (swarm.md §2, §4). Safe for many threads.
final class SwarmMember {
  /// Who brings a request. An app's has to be of these days, another member's may be older.
  enum Bringer {
    DEVICE(1, 1, 0),
    MEMBER(MailboxStore.DAYS_KEPT + 1, 2, 1);

    final int daysBehind;
    final int depositAhead;
    final int slack;

    Bringer(int daysBehind, int depositAhead, int slack) {
      this.daysBehind = daysBehind;
      this.depositAhead = depositAhead;
      this.slack = slack;
    }
  }

  /// What became of a request here.
  interface Outcome {
    /// @param body a drawer's object, or empty
    void done(AnswerCode code, ByteString body);
  }

  /// What is kept, for which day.
  record Place(ByteString name, Day day) {
    @Override
    public String toString() {
      return "Place[redacted]";
    }
  }

  // mailbox.md §3
  private static final int OPEN_AHEAD = 31;
  private static final int DRAWER_AHEAD = 62;

  private final Office office;
  private final SwarmPlacement placement;
  private final SwarmReader reader;

  SwarmMember(Office office, SwarmPlacement placement, SwarmReader reader) {
    this.office = office;
    this.placement = placement;
    this.reader = reader;
  }

  /// Where a request belongs; empty: it is about something that is not here.
  Optional<Place> place(Request request) throws SQLException {
    return switch (request) {
      case Request.Open open -> Optional.of(new Place(open.mailbox().bytes(), open.day()));
      case Request.PutDrawer put -> Optional.of(new Place(put.handle().bytes(), put.lastDay()));
      case Request.Deposit deposit -> known(deposit.mailbox().bytes());
      case Request.Delete delete -> known(delete.mailbox().bytes());
      case Request.TakeDrawer take -> known(take.handle().bytes());
      case Request.RemoveDrawer remove -> known(remove.handle().bytes());
      case Request.Subscribe _, Request.Fetch _, Request.Unsubscribe _, Request.Reach _ ->
          Optional.empty();
    };
  }

  private Optional<Place> known(ByteString name) throws SQLException {
    return reader.find(name).map(known -> new Place(name, known.day()));
  }

  /// What a member confirms of a deposit.
  Kept kept(Request.Deposit deposit, Day day) {
    return Kept.of(placement.network(), deposit.mailbox(), deposit.id(), deposit.envelope(), day);
  }

  /// Why not, before anything is done or passed on; `OK`: nothing speaks against it.
  AnswerCode check(Request request, Place place, Bringer bringer) throws SQLException {
    if (!placement.members(place.name(), place.day()).contains(office.node())) {
      return AnswerCode.NOT_ALLOWED;
    }
    long ahead = place.day().since(Day.of(office.clock().instant()));
    return switch (request) {
      case Request.Open open ->
          within(ahead, -bringer.daysBehind, OPEN_AHEAD + bringer.slack)
              ? admitted(open, open.owner(), open.token(), place)
              : AnswerCode.WRONG_DAY;
      case Request.PutDrawer put ->
          within(ahead, -bringer.slack, DRAWER_AHEAD + bringer.slack)
              ? admitted(put, put.owner(), put.token(), place)
              : AnswerCode.WRONG_DAY;
      case Request.Deposit deposit ->
          within(ahead, -bringer.daysBehind, bringer.depositAhead)
              ? signed(deposit, mailbox(place).map(Mailbox::depositor))
              : AnswerCode.WRONG_DAY;
      case Request.Delete delete -> signed(delete, mailbox(place).map(Mailbox::owner));
      case Request.RemoveDrawer remove -> removable(remove, place);
      case Request.TakeDrawer _ ->
          ahead >= -bringer.slack ? AnswerCode.OK : AnswerCode.UNKNOWN_DRAWER;
      case Request.Subscribe _, Request.Fetch _, Request.Unsubscribe _, Request.Reach _ ->
          AnswerCode.NOT_ALLOWED;
    };
  }

  private static boolean within(long ahead, long least, long most) {
    return ahead >= least && ahead <= most;
  }

  private AnswerCode admitted(
      Request.Signed request, VerifyingKey owner, AdmissionToken token, Place place) {
    return placement.admission().admits(token, owner, place.name())
        ? signed(request, Optional.of(owner))
        : AnswerCode.NOT_ADMITTED;
  }

  private AnswerCode signed(Request.Signed request, Optional<VerifyingKey> key) {
    if (key.isEmpty()) {
      return AnswerCode.UNKNOWN_MAILBOX;
    }
    if (!request.isSignedBy(key.get(), placement.network())) {
      return AnswerCode.BAD_SIGNATURE;
    }
    boolean needsRoom = !(request instanceof Request.Delete);
    return needsRoom && office.committer().diskIsFull() ? AnswerCode.FULL : AnswerCode.OK;
  }

  private AnswerCode removable(Request.RemoveDrawer remove, Place place) throws SQLException {
    Optional<Request> laid = reader.find(place.name()).map(SwarmReader.Known::request);
    if (laid.isEmpty() || !(laid.get() instanceof Request.PutDrawer put)) {
      return AnswerCode.UNKNOWN_DRAWER;
    }
    return remove.isSignedBy(put.owner(), placement.network())
        ? AnswerCode.OK
        : AnswerCode.BAD_SIGNATURE;
  }

  private Optional<Mailbox> mailbox(Place place) throws SQLException {
    return reader.mailbox(place.name());
  }

  /// Carries out what [#check] found good; the outcome comes when it is on disk, on the committer's
  /// thread.
  void carryOut(Request request, Place place, Outcome outcome) throws SQLException {
    switch (request) {
      case Request.Open open -> submit(outcome, store -> answer(outcome, store.swarm().open(open)));
      case Request.Deposit deposit -> deposit(mailbox(place), deposit, outcome);
      case Request.Delete delete -> delete(mailbox(place), delete, outcome);
      case Request.PutDrawer put ->
          submit(outcome, store -> answer(outcome, store.swarm().putDrawer(put)));
      case Request.TakeDrawer take -> submit(outcome, store -> take(take, place, store, outcome));
      case Request.RemoveDrawer remove ->
          submit(
              outcome,
              store -> {
                store.swarm().removeDrawer(remove, place.day());
                return answer(outcome, AnswerCode.OK);
              });
      case Request.Subscribe _, Request.Fetch _, Request.Unsubscribe _, Request.Reach _ ->
          outcome.done(AnswerCode.NOT_ALLOWED, ByteString.EMPTY);
    }
  }

  private void deposit(Optional<Mailbox> mailbox, Request.Deposit request, Outcome outcome) {
    if (mailbox.isEmpty()) {
      outcome.done(AnswerCode.UNKNOWN_MAILBOX, ByteString.EMPTY);
      return;
    }
    submit(
        outcome,
        store -> {
          AnswerCode code = store.swarm().deposit(mailbox.get(), request);
          return () -> {
            office.subscriptions().arrived(mailbox.get());
            outcome.done(code, ByteString.EMPTY);
          };
        });
  }

  private void delete(Optional<Mailbox> mailbox, Request.Delete request, Outcome outcome) {
    if (mailbox.isEmpty()) {
      outcome.done(AnswerCode.UNKNOWN_MAILBOX, ByteString.EMPTY);
      return;
    }
    submit(
        outcome,
        store -> {
          AnswerCode code = store.swarm().delete(mailbox.get(), request);
          return () -> {
            office.subscriptions().deleted(mailbox.get(), request.ids());
            outcome.done(code, ByteString.EMPTY);
          };
        });
  }

  private static Runnable take(
      Request.TakeDrawer take, Place place, MailboxStore store, Outcome outcome)
      throws SQLException {
    return switch (store.takeDrawer(take, place.day())) {
      case MailboxStore.Taken.Yes(ByteString object) -> () -> outcome.done(AnswerCode.OK, object);
      case MailboxStore.Taken.No(AnswerCode code) -> answer(outcome, code);
    };
  }

  private static Runnable answer(Outcome outcome, AnswerCode code) {
    return () -> outcome.done(code, ByteString.EMPTY);
  }

  /// Has something done in the store. False: too much waits.
  boolean drop(List<ByteString> names) {
    return office
        .committer()
        .submit(
            work(
                store -> {
                  for (ByteString name : names) {
                    store.swarm().drop(name);
                  }
                  return () -> {};
                },
                (_, _) -> {}));
  }

  /// Forgets what is over; done again the next day if too much waits.
  void sweep(Day today) {
    boolean _ =
        office
            .committer()
            .submit(
                work(
                    store -> {
                      store.swarm().sweep(today);
                      return () -> {};
                    },
                    (_, _) -> {}));
  }

  private interface Step {
    Runnable carryOut(MailboxStore store) throws SQLException;
  }

  private void submit(Outcome outcome, Step step) {
    if (!office.committer().submit(work(step, outcome))) {
      office.counters().busy.increment();
      outcome.done(AnswerCode.BUSY, ByteString.EMPTY);
    }
  }

  private static Committer.Work work(Step step, Outcome outcome) {
    return new Committer.Work() {
      @Override
      public Runnable carryOut(MailboxStore store) throws SQLException {
        return step.carryOut(store);
      }

      @Override
      public void undone(AnswerCode why) {
        outcome.done(why, ByteString.EMPTY);
      }
    };
  }
}
