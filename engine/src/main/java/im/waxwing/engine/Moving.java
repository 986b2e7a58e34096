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
import im.waxwing.model.NodeAddress;
import im.waxwing.model.OwnMailbox;
import im.waxwing.model.Path;
import im.waxwing.store.MailboxTable.DayState;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/// Moves this device's mailbox to another node (delivery.md §11). The new mailbox is opened first;
/// then one step makes it the device's own, keeps the old one for a while, and tells everybody.
/// Until that step nothing is written down, so that a crash leaves things as they were.
final class Moving {
  /// Letters that still come to the old mailbox are read so long.
  static final int FORMER_DAYS = 30;

  private final Core core;

  Moving(Core core) {
    this.core = core;
  }

  /// @return done when the device lives there; who gives up waiting completes it, and nothing moves
  CompletableFuture<Boolean> to(NodeAddress.WithAdmission home) {
    CompletableFuture<Boolean> result = new CompletableFuture<>();
    if (home.equals(core.own().home().withAdmission())) {
      result.complete(false);
      return result;
    }
    new Move(home, result).openNext();
    return result;
  }

  /// One attempt.
  private final class Move {
    private final NodeAddress.WithAdmission home;
    private final CompletableFuture<Boolean> result;
    private final OwnMailbox mailbox;
    private final Deque<Integer> toOpen = new ArrayDeque<>(List.of(0, 1));

    Move(NodeAddress.WithAdmission home, CompletableFuture<Boolean> result) {
      this.home = home;
      this.result = result;
      this.mailbox =
          OwnMailboxes.generate(
              home.node(), SecretBytes.generate(MailboxTarget.DEPOSIT_SECRET_SIZE));
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
                Path.through(home.node()),
                mailbox,
                today().plus(offset),
                home.token(),
                answer -> core.serial.execute(() -> opened(answer)));
      }
    }

    private void opened(Answer<Done> answer) {
      switch (answer) {
        case Answer.Given<Done> _ -> openNext();
        case Answer.Unreachable<Done> _ -> fail(ProblemKind.NODE_UNREACHABLE);
        case Answer.Refused<Done>(Refusal reason) ->
            fail(
                switch (reason) {
                  case NOT_ADMITTED -> ProblemKind.NODE_REFUSED;
                  case WRONG_DAY -> ProblemKind.CLOCK_WRONG;
                  case FULL, BUSY -> ProblemKind.NODE_FULL;
                  case UNREACHABLE_NODE -> ProblemKind.NODE_UNREACHABLE;
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

    private void settle(Step step) {
      Own old = core.own();
      Day today = today();
      long id = step.tables().mailboxes().add(mailbox, home.token(), today.plus(-1), null);
      step.tables().mailboxes().mark(id, today, DayState.OPEN);
      step.tables().mailboxes().mark(id, today.plus(1), DayState.OPEN);
      step.tables()
          .mailboxes()
          .leave(old.home().mailbox(), core.clockwork.today(old.home().node()).plus(FORMER_DAYS));
      step.tables().lanes().moveReceiving(old.home().mailbox(), id);
      step.tables().account().move(home, id);
      step.afterwards(() -> moved(old.at(new Own.Home(home, id))));
      core.devices.moved(step, mailbox.target());
    }

    private Day today() {
      return core.clockwork.today(home.node());
    }

    private void fail(ProblemKind kind) {
      result.completeExceptionally(new ProblemException(kind));
    }
  }

  private void moved(Own own) {
    core.setOwn(own);
    core.ledger.read(
        step -> {
          core.lanes.load(step);
          return true;
        });
    core.nodes.setRefusing(false);
    core.mailboxes.refresh();
    core.inbox.lookAgain();
    core.tellStatus();
    core.views.tellTravel();
  }
}
