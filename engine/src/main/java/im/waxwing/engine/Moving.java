package im.waxwing.engine;

import im.waxwing.api.ProblemException;
import im.waxwing.api.ProblemKind;
import im.waxwing.base.SecretBytes;
import im.waxwing.carrier.Answer;
import im.waxwing.carrier.Done;
import im.waxwing.carrier.Refusal;
import im.waxwing.crypto.OwnMailboxes;
import im.waxwing.model.Day;
import im.waxwing.model.MailboxTarget;
import im.waxwing.model.NetworkAddress;
import im.waxwing.model.OwnMailbox;
import im.waxwing.model.Path;
import im.waxwing.model.Place;
import im.waxwing.store.Home;
import im.waxwing.store.MailboxTable;
import im.waxwing.store.MailboxTable.DayState;
import im.waxwing.store.MailboxTable.Role;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;

/// Moves this device's mailboxes: to another node, into an onion network, or out of it (delivery.md
/// §11). A new mailbox is opened first; then one step makes it the device's own, keeps the old one
/// for a while, and tells everybody. Until that step nothing is written down, so that a crash
/// leaves things as they were.
final class Moving {
  /// Letters that still come to the old mailbox are read so long.
  static final int FORMER_DAYS = 30;

  private final Core core;

  Moving(Core core) {
    this.core = core;
  }

  /// Lives at one place only, from then on.
  ///
  /// @return done when the device lives there; who gives up waiting completes it, and nothing moves
  CompletableFuture<Boolean> to(Home home) {
    return move(home, own -> !own.home().equals(home));
  }

  /// Lives in a network as well, from then on.
  ///
  /// @return as of [#to]
  CompletableFuture<Boolean> into(NetworkAddress network) {
    Home home = Home.in(network);
    return move(home, own -> own.home().isNetwork() && !own.home().equals(home));
  }

  /// Lives where it did, in a new mailbox.
  ///
  /// @return done when it does, or when this is its home no more
  CompletableFuture<Boolean> renew(MailboxTable.Own old) {
    CompletableFuture<Boolean> result = new CompletableFuture<>();
    new Move(old.home(), own -> own.id() == old.id(), result).openNext();
    return result;
  }

  /// Lives at its node only, from then on.
  void leaveNetwork(Step step) throws ProblemException {
    if (core.own().node().isEmpty()) {
      throw new ProblemException(ProblemKind.LAST_HOME);
    }
    if (core.own().network().isPresent()) {
      leave(step, own -> own.home().isNetwork());
      told(step);
    }
  }

  private CompletableFuture<Boolean> move(Home home, Predicate<MailboxTable.Own> left) {
    CompletableFuture<Boolean> result = new CompletableFuture<>();
    List<MailboxTable.Own> homes = core.own().mailboxes();
    Optional<MailboxTable.Own> there =
        homes.stream().filter(own -> own.home().equals(home)).findFirst();
    if (there.isEmpty()) {
      new Move(home, left, result).openNext();
    } else if (homes.stream().anyMatch(left)) {
      new Move(home, left, result).settle();
    } else {
      result.complete(false);
    }
    return result;
  }

  /// One attempt.
  private final class Move {
    private final Home home;
    private final Predicate<MailboxTable.Own> left;
    private final CompletableFuture<Boolean> result;
    private final OwnMailbox mailbox;
    private final Deque<Integer> toOpen = new ArrayDeque<>(List.of(0, 1));

    Move(Home home, Predicate<MailboxTable.Own> left, CompletableFuture<Boolean> result) {
      this.home = home;
      this.left = left;
      this.result = result;
      this.mailbox =
          OwnMailboxes.generate(
              home.place(), SecretBytes.generate(MailboxTarget.DEPOSIT_SECRET_SIZE));
    }

    /// Today's and tomorrow's have to be open before anybody is sent there.
    void openNext() {
      Integer offset = toOpen.poll();
      if (offset == null) {
        settle();
      } else {
        core.around
            .carrier()
            .open(
                core.networks.ready(Path.to(home.place())),
                mailbox,
                today().plus(offset),
                home.token(),
                answer -> core.serial.execute(() -> opened(answer)));
      }
    }

    private void opened(Answer<Done> answer) {
      switch (answer) {
        case Answer.Given<Done> _ -> openNext();
        case Answer.Unreachable<Done> _ -> fail(core.nodes.unreachable(home.place()));
        case Answer.Refused<Done>(Refusal reason) ->
            fail(
                switch (reason) {
                  case NOT_ADMITTED -> ProblemKind.NODE_REFUSED;
                  case WRONG_DAY -> ProblemKind.CLOCK_WRONG;
                  case FULL, BUSY -> ProblemKind.NODE_FULL;
                  case UNREACHABLE_NODE -> core.nodes.unreachable(home.place());
                  case NOT_ALLOWED -> ProblemKind.WAY_NOT_ALLOWED;
                  case UNKNOWN_MAILBOX, CONFLICT, TAKEN, UNKNOWN_DRAWER, BAD_SIGNATURE ->
                      ProblemKind.UNEXPECTED;
                });
      }
    }

    private void settle() {
      if (result.isDone()) {
        return;
      }
      try {
        core.ledger.write(
            step -> {
              settle(step);
              return true;
            });
        result.complete(true);
      } catch (RuntimeException e) {
        result.completeExceptionally(e);
      }
    }

    /// Between opening and settling the device may have moved otherwise.
    private void settle(Step step) {
      leave(step, left);
      boolean there =
          step.tables().mailboxes().homes().stream().anyMatch(own -> own.home().equals(home));
      if (!there) {
        Day today = today();
        long id = step.tables().mailboxes().add(mailbox, home, today.plus(-1), null, Role.HOME);
        step.tables().mailboxes().mark(id, today, DayState.OPEN);
        step.tables().mailboxes().mark(id, today.plus(1), DayState.OPEN);
      }
      told(step);
    }

    private Day today() {
      return core.clockwork.today(home.place());
    }

    private void fail(ProblemKind kind) {
      result.completeExceptionally(new ProblemException(kind));
    }
  }

  private void leave(Step step, Predicate<MailboxTable.Own> left) {
    for (MailboxTable.Own own : step.tables().mailboxes().homes()) {
      if (left.test(own)) {
        Place place = own.place();
        Day last = core.clockwork.today(place).plus(FORMER_DAYS);
        step.tables().mailboxes().leave(own.id(), last);
      }
    }
  }

  /// Where the device lives now is what its list says, and memory after the step.
  private void told(Step step) {
    Own moved = core.own().owning(step.tables().mailboxes().all());
    step.afterwards(() -> moved(moved));
    core.devices.moved(step, moved.targets());
  }

  private void moved(Own own) {
    core.setOwn(own);
    core.nodes.setRefusing(false);
    core.mailboxes.refresh();
    core.inbox.lookAgain();
    core.tellStatus();
    core.views.tellTravel();
    core.dispatch.pumpEach();
  }
}
