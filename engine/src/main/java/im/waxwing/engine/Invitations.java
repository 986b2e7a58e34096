package im.waxwing.engine;

import im.waxwing.api.ProblemException;
import im.waxwing.api.ProblemKind;
import im.waxwing.base.ByteString;
import im.waxwing.base.MalformedException;
import im.waxwing.base.SecretBytes;
import im.waxwing.carrier.Answer;
import im.waxwing.carrier.Done;
import im.waxwing.carrier.Drawer;
import im.waxwing.carrier.Refusal;
import im.waxwing.content.proto.DrawerObject;
import im.waxwing.content.proto.Used;
import im.waxwing.crypto.Drawers;
import im.waxwing.crypto.InvitationSecrets;
import im.waxwing.crypto.KeyUse;
import im.waxwing.crypto.OwnMailboxes;
import im.waxwing.model.AccountId;
import im.waxwing.model.Day;
import im.waxwing.model.MailboxTarget;
import im.waxwing.model.OwnMailbox;
import im.waxwing.model.Path;
import im.waxwing.store.Home;
import im.waxwing.store.InvitationTable;
import im.waxwing.store.InvitationTable.DrawerState;
import im.waxwing.store.InvitationTable.Made;
import im.waxwing.store.InvitationTable.State;
import im.waxwing.store.LaneTable.Source;
import im.waxwing.store.MailboxTable.Role;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Invitations made here: each has a drawer with what the guest needs to write first, a mailbox and
/// a lane of its own, and is good for one guest (delivery.md §5).
final class Invitations {
  private static final Duration SHORTEST = Duration.ofHours(1);
  private static final Duration LONGEST = Duration.ofDays(30);

  /// First letters may come so long after an invitation has expired.
  private static final int GRACE_DAYS = 7;

  private static final String RETRY = "drawers";

  private final Core core;
  private final Set<Long> atWork = new LinkedHashSet<>();
  private int failures;

  Invitations(Core core) {
    this.core = core;
  }

  Made create(Step step, Duration life) throws ProblemException {
    if (life.compareTo(SHORTEST) < 0 || life.compareTo(LONGEST) > 0) {
      throw new ProblemException(ProblemKind.BAD_REQUEST);
    }
    Home home = core.own().main();
    Instant now = core.clockwork.now(home.place());
    SecretBytes secret = SecretBytes.generate(InvitationSecrets.SECRET_SIZE);
    InvitationLink link =
        InvitationLink.of(now.plus(life), core.own().account(), secret, home.place());
    InvitationSecrets secrets = InvitationSecrets.of(secret);
    OwnMailbox mailbox = OwnMailboxes.generate(home.place(), secrets.depositSecret());
    long mailboxId =
        step.tables()
            .mailboxes()
            .add(
                mailbox,
                home,
                Day.of(now).plus(-1),
                link.lastDay().plus(GRACE_DAYS),
                Role.INVITATION);
    long lane =
        core.lanes.addReceiving(
            step, null, true, Source.invitation(mailboxId), secrets.firstLane());
    Made made =
        new Made(
            0,
            core.random(16),
            link.format(),
            now,
            link.expiresAt(),
            State.OPEN,
            null,
            secrets.handle(),
            secrets.drawerKey(),
            SecretBytes.generate(OwnMailbox.OWNER_SEED_SIZE),
            sealed(secrets, introduction(step, mailbox.target())),
            link.lastDay(),
            DrawerState.PUT,
            home,
            mailboxId,
            lane);
    long id = step.tables().invitations().add(made);
    step.changedInvitation(id);
    step.afterwards(core.mailboxes::refresh);
    return step.tables().invitations().find(id).orElseThrow();
  }

  private DrawerObject introduction(Step step, MailboxTarget target) {
    String name = step.tables().account().find().orElseThrow().name();
    Introduced introduced =
        new Introduced(
            core.own().sessions().newBundle(step.state(), KeyUse.ONE_TIME),
            List.of(target),
            name,
            null);
    return DrawerObject.newBuilder().setIntroduction(introduced.encode()).build();
  }

  private static ByteString sealed(InvitationSecrets secrets, DrawerObject object) {
    return Drawers.seal(
        secrets.drawerKey(), secrets.handle(), ByteString.copyOf(object.toByteArray()));
  }

  Made revoke(Step step, Made made) {
    if (made.state() == State.OPEN) {
      InvitationTable invitations = step.tables().invitations();
      invitations.putState(made.id(), State.REVOKED, null);
      invitations.putDrawer(made.id(), DrawerState.REMOVE);
      dropMailbox(step, made.mailbox());
      step.changedInvitation(made.id());
      step.afterwards(core.mailboxes::refresh);
      step.afterwards(this::work);
    }
    return step.tables().invitations().find(made.id()).orElseThrow();
  }

  /// A guest writes first.
  ///
  /// @throws MalformedException if the invitation is not open to it
  void mayBeUsed(Made made, AccountId guest) throws MalformedException {
    if (made.state() != State.OPEN || core.own().isOwn(guest)) {
      throw new MalformedException("hello", "must come to an open invitation of another account");
    }
  }

  /// The first valid Hello wins. Whoever looks into the drawer afterwards learns who did; in a
  /// network, where a drawer's object stays as it is, that somebody has taken it.
  void used(Step step, Made made, AccountId guest) {
    step.tables().invitations().putState(made.id(), State.USED, guest);
    step.changedInvitation(made.id());
    if (!made.home().isNetwork()) {
      layNotice(step, made, guest);
    }
  }

  private void layNotice(Step step, Made made, AccountId guest) {
    DrawerObject notice =
        DrawerObject.newBuilder()
            .setUsed(Used.newBuilder().setAccount(Contents.theirs(guest.bytes())))
            .build();
    ByteString sealed =
        Drawers.seal(made.drawerKey(), made.handle(), ByteString.copyOf(notice.toByteArray()));
    step.tables().invitations().putObject(made.id(), sealed);
    step.afterwards(this::work);
  }

  /// A node that lost the mailbox of an invitation has lost its drawer, too.
  void layAgain(Step step, long mailbox) {
    for (Made made : step.tables().invitations().all()) {
      if (made.mailbox() == mailbox && made.drawer() == DrawerState.LIES) {
        step.tables().invitations().putDrawer(made.id(), DrawerState.PUT);
        step.changedInvitation(made.id());
        step.afterwards(this::work);
      }
    }
  }

  /// A mailbox whose time is over is read no more.
  void dropMailbox(Step step, long mailbox) {
    for (Made made : step.tables().invitations().all()) {
      if (made.mailbox() == mailbox) {
        core.lanes.removeReceiving(step, made.lane());
      }
    }
    step.tables().mailboxes().remove(mailbox);
  }

  // --- drawers at the node ---

  /// Does at the node what is still to be done for drawers.
  void work() {
    List<Made> ready =
        core.ledger.read(
            step ->
                step.tables().invitations().all().stream()
                    .filter(made -> !atWork.contains(made.id()) && isReady(step, made))
                    .toList());
    ready.forEach(this::work);
    expireNext();
  }

  /// A drawer is laid once letters can come: its taker may write at once.
  private boolean isReady(Step step, Made made) {
    Instant now = core.clockwork.now(made.home().place());
    return switch (made.drawer()) {
      case PUT ->
          Day.of(now).compareTo(made.lastDay()) <= 0
              && (made.state() != State.OPEN || core.mailboxes.isReady(step, made.mailbox()));
      case REMOVE -> true;
      case LIES, GONE -> false;
    };
  }

  private void work(Made made) {
    atWork.add(made.id());
    NodeWork node = new NodeWork(made);
    if (made.drawer() == DrawerState.PUT) {
      node.put();
    } else {
      node.remove();
    }
  }

  /// One request for one drawer.
  private final class NodeWork {
    private final Made made;
    private final Path path;
    private final Drawer drawer;

    NodeWork(Made made) {
      this.made = made;
      this.path = core.networks.ready(Path.to(made.home().place()));
      this.drawer =
          new Drawer(
              made.handle(), made.ownerSeed(), new Drawer.Sealed(made.object()), made.lastDay());
    }

    void put() {
      core.around
          .carrier()
          .putDrawer(
              path,
              drawer,
              made.home().token(),
              answer -> core.serial.execute(() -> done(answer, DrawerState.LIES)));
    }

    void remove() {
      core.around
          .carrier()
          .removeDrawer(
              path, drawer, answer -> core.serial.execute(() -> done(answer, DrawerState.GONE)));
    }

    private void done(Answer<Done> answer, DrawerState state) {
      atWork.remove(made.id());
      switch (answer) {
        case Answer.Given<Done> _ -> put(state);
        case Answer.Unreachable<Done> _ -> retryLater();
        case Answer.Refused<Done>(Refusal reason) when reason == Refusal.UNKNOWN_DRAWER ->
            put(DrawerState.GONE);
        case Answer.Refused<Done>(Refusal reason) -> {
          boolean atHome = !made.home().isNetwork() && core.own().livesAt(made.home().place());
          if (reason == Refusal.NOT_ADMITTED && atHome) {
            core.nodes.setRefusing(true);
          }
          retryLater();
        }
      }
    }

    /// Unless something else is to lie there by now.
    private void put(DrawerState state) {
      failures = 0;
      core.ledger.writeSurely(
          step -> {
            Made now = step.tables().invitations().find(made.id()).orElseThrow();
            if (now.drawer() == made.drawer() && now.object().equals(made.object())) {
              step.tables().invitations().putDrawer(made.id(), state);
              step.changedInvitation(made.id());
            }
            step.afterwards(Invitations.this::work);
          });
    }
  }

  private void retryLater() {
    Instant at = core.clockwork.now().plus(Dispatch.pause(core.settings, ++failures));
    core.clockwork.wakeBy(RETRY, at, this::work);
  }

  // --- expiry ---

  /// Tells those who look on when an invitation expires.
  private void expireNext() {
    Instant now = core.now();
    @Nullable Made next = null;
    for (Made made : core.ledger.read(step -> step.tables().invitations().all())) {
      boolean sooner = next == null || made.expiresAt().isBefore(next.expiresAt());
      if (made.state() == State.OPEN && made.expiresAt().isAfter(now) && sooner) {
        next = made;
      }
    }
    if (next != null) {
      long id = next.id();
      Instant at = core.clockwork.now().plus(Duration.between(now, next.expiresAt()));
      core.clockwork.wake(
          "expiry",
          at,
          () -> {
            core.ledger.writeSurely(step -> step.changedInvitation(id));
            expireNext();
          });
    }
  }
}
