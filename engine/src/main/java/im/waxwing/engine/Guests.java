package im.waxwing.engine;

import im.waxwing.api.InvitationPreview;
import im.waxwing.api.ProblemException;
import im.waxwing.api.ProblemKind;
import im.waxwing.base.ByteString;
import im.waxwing.base.MalformedException;
import im.waxwing.carrier.Answer;
import im.waxwing.carrier.Drawer;
import im.waxwing.carrier.Refusal;
import im.waxwing.content.proto.DrawerObject;
import im.waxwing.crypto.Drawers;
import im.waxwing.crypto.Identity;
import im.waxwing.crypto.InvitationSecrets;
import im.waxwing.model.AccountId;
import im.waxwing.model.DeviceAddress;
import im.waxwing.store.ContactTable.Contact;
import im.waxwing.store.ContactTable.State;
import im.waxwing.store.InvitationTable.Taken;
import im.waxwing.store.StoreException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/// Invitations of others: looked at, accepted, and watched until the host has answered (delivery.md
/// §5).
final class Guests {
  private static final int NONCE = 16;
  private static final Duration LATEST_CHECK = Duration.ofHours(1);

  /// A host may answer so long after its invitation has expired.
  private static final Duration GRACE = Duration.ofDays(7);

  private static final String ALARM = "waiting guests";

  private final Core core;
  private int checks;

  Guests(Core core) {
    this.core = core;
  }

  // --- looking ---

  /// Looks whose invitation it is; what lies in the drawer is bound to this device by it.
  CompletableFuture<InvitationPreview> preview(String text) throws ProblemException {
    InvitationLink link = link(text);
    Optional<Contact> known = core.ledger.read(step -> step.tables().contacts().find(link.host()));
    if (known.isPresent() && known.get().state() != State.LOST) {
      return CompletableFuture.completedFuture(view(link, known.get().name(), true));
    }
    return introduction(link).thenApply(host -> view(link, host.name(), false));
  }

  private static InvitationPreview view(InvitationLink link, String name, boolean known) {
    return new InvitationPreview(name, link.place().host(), link.expiresAt(), known);
  }

  private InvitationLink link(String text) throws ProblemException {
    InvitationLink link;
    try {
      link = InvitationLink.parse(text);
    } catch (InvitationLink.FaultException e) {
      throw new ProblemException(
          switch (e.fault()) {
            case INVALID -> ProblemKind.INVITATION_INVALID;
            case CUT_OFF -> ProblemKind.INVITATION_CUT_OFF;
            case TOO_NEW -> ProblemKind.INVITATION_TOO_NEW;
          });
    }
    if (core.own().isOwn(link.host())) {
      throw new ProblemException(ProblemKind.INVITATION_OWN);
    }
    if (!link.expiresAt().isAfter(core.clockwork.now(link.place()))) {
      throw new ProblemException(ProblemKind.INVITATION_EXPIRED);
    }
    return link;
  }

  private CompletableFuture<Introduced> introduction(InvitationLink link) {
    Taken taken = core.ledger.write(step -> known(step, link));
    CompletableFuture<Introduced> result = new CompletableFuture<>();
    ByteString before = taken.introduction();
    if (before != null) {
      complete(result, taken, before);
    } else if (!core.ways.leadTo(taken.place())) {
      fail(result, ProblemKind.NO_WAY);
    } else {
      take(taken, answer -> took(result, taken, answer));
    }
    return result;
  }

  private void take(Taken taken, Consumer<Answer<Drawer.Sealed>> outcome) {
    core.ways.ask(
        taken.place(),
        (path, told) ->
            core.around
                .carrier()
                .takeDrawer(
                    path,
                    taken.handle(),
                    InvitationLink.lastDay(taken.expiresAt()),
                    taken.nonce(),
                    told),
        outcome);
  }

  /// The nonce is on disk before it binds the drawer.
  private Taken known(Step step, InvitationLink link) {
    InvitationSecrets secrets = InvitationSecrets.of(link.secret());
    Optional<Taken> before = step.tables().invitations().taken(secrets.handle());
    if (before.isPresent()) {
      return before.get();
    }
    Taken taken =
        new Taken(
            secrets.handle(),
            core.random(NONCE),
            link.host(),
            link.place(),
            secrets.drawerKey(),
            link.expiresAt(),
            null,
            false);
    step.tables().invitations().addTaken(taken);
    return taken;
  }

  private void took(
      CompletableFuture<Introduced> result, Taken taken, Answer<Drawer.Sealed> answer) {
    switch (answer) {
      case Answer.Given<Drawer.Sealed>(Drawer.Sealed sealed) -> opened(result, taken, sealed);
      case Answer.Unreachable<Drawer.Sealed> _ ->
          fail(result, core.nodes.unreachable(taken.place()));
      case Answer.Refused<Drawer.Sealed>(Refusal reason) ->
          fail(
              result,
              switch (reason) {
                case TAKEN -> ProblemKind.INVITATION_USED;
                case UNKNOWN_DRAWER -> ProblemKind.INVITATION_REVOKED;
                case BUSY, UNREACHABLE_NODE -> core.nodes.unreachable(taken.place());
                case NOT_ALLOWED -> ProblemKind.WAY_NOT_ALLOWED;
                case FULL -> ProblemKind.NODE_FULL;
                case UNKNOWN_MAILBOX, WRONG_DAY, CONFLICT, NOT_ADMITTED, BAD_SIGNATURE ->
                    ProblemKind.UNEXPECTED;
              });
    }
  }

  private void opened(CompletableFuture<Introduced> result, Taken taken, Drawer.Sealed sealed) {
    try {
      DrawerObject object = open(taken, sealed);
      if (object.hasUsed()) {
        fail(result, ProblemKind.INVITATION_USED);
        return;
      }
      ByteString introduction = ByteString.copyOf(object.getIntroduction().toByteArray());
      core.ledger.write(
          step -> {
            step.tables().invitations().putIntroduction(taken.handle(), introduction);
            return true;
          });
      complete(result, taken, introduction);
    } catch (MalformedException e) {
      fail(result, ProblemKind.INVITATION_INVALID);
    } catch (StoreException e) {
      result.completeExceptionally(e);
    }
  }

  private static DrawerObject open(Taken taken, Drawer.Sealed sealed) throws MalformedException {
    return Contents.decodeDrawer(Drawers.open(taken.drawerKey(), taken.handle(), sealed.bytes()));
  }

  private static void complete(
      CompletableFuture<Introduced> result, Taken taken, ByteString introduction) {
    try {
      Introduced host = Introduced.decode(introduction);
      if (!Identity.accountOf(host.bundle().identityKey()).equals(taken.host())
          || host.name().isEmpty()) {
        throw new MalformedException("introduction", "must be the host's");
      }
      result.complete(host);
    } catch (MalformedException e) {
      fail(result, ProblemKind.INVITATION_INVALID);
    }
  }

  private static void fail(CompletableFuture<?> result, ProblemKind kind) {
    result.completeExceptionally(new ProblemException(kind));
  }

  // --- accepting ---

  CompletableFuture<Contact> accept(String text) throws ProblemException {
    InvitationLink link = link(text);
    Optional<Contact> known = core.ledger.read(step -> step.tables().contacts().find(link.host()));
    if (known.isPresent() && known.get().state() != State.LOST) {
      throw new ProblemException(ProblemKind.CONTACT_EXISTS);
    }
    CompletableFuture<Contact> result = new CompletableFuture<>();
    CompletableFuture<Introduced> _ =
        introduction(link)
            .whenComplete(
                (host, failure) -> {
                  if (failure != null) {
                    result.completeExceptionally(failure);
                  } else {
                    accept(result, link, host);
                  }
                });
    return result;
  }

  private void accept(CompletableFuture<Contact> result, InvitationLink link, Introduced host) {
    try {
      result.complete(core.ledger.write(step -> accept(step, link, host)));
      checks = 0;
      work();
    } catch (MalformedException e) {
      fail(result, ProblemKind.INVITATION_INVALID);
    } catch (RuntimeException e) {
      result.completeExceptionally(e);
    }
  }

  private Contact accept(Step step, InvitationLink link, Introduced host)
      throws MalformedException {
    Optional<Contact> known = step.tables().contacts().find(link.host());
    if (known.isEmpty()) {
      core.contacts.add(step, link.host(), host.name(), State.WAITING, 0);
    } else if (known.get().state() == State.LOST) {
      core.contacts.update(step, known.get(), host.name(), State.WAITING, 0);
    } else {
      return known.get();
    }
    InvitationSecrets secrets = InvitationSecrets.of(link.secret());
    DeviceAddress address = new DeviceAddress(link.host(), host.bundle().device());
    core.devices.greet(step, address, host, secrets.firstLane());
    step.tables().invitations().accept(secrets.handle());
    return step.tables().contacts().find(link.host()).orElseThrow();
  }

  // --- waiting for the host ---

  /// Looks again into the drawers of hosts that have not answered: somebody else may have been
  /// first.
  void work() {
    List<Taken> waiting = core.ledger.read(step -> step.tables().invitations().waiting());
    if (waiting.isEmpty()) {
      return;
    }
    Duration pause = core.settings.drawerCheck();
    for (int i = 0; i < checks && pause.compareTo(LATEST_CHECK) < 0; i++) {
      pause = pause.multipliedBy(2);
    }
    core.clockwork.wakeBy(ALARM, core.clockwork.now().plus(pause), this::check);
  }

  private void check() {
    checks++;
    for (Taken taken : core.ledger.read(step -> step.tables().invitations().waiting())) {
      Instant now = core.clockwork.now(taken.place());
      if (now.isAfter(taken.expiresAt().plus(GRACE))) {
        lost(taken.host());
      } else if (now.isBefore(taken.expiresAt())) {
        take(taken, answer -> checked(taken, answer));
      }
    }
    work();
  }

  private void checked(Taken taken, Answer<Drawer.Sealed> answer) {
    switch (answer) {
      case Answer.Given<Drawer.Sealed>(Drawer.Sealed sealed) -> {
        try {
          DrawerObject object = open(taken, sealed);
          boolean others =
              object.hasUsed()
                  && !core.own().isOwn(Contents.account("used by", object.getUsed().getAccount()));
          if (others) {
            lost(taken.host());
          }
        } catch (MalformedException e) {
          // The node gave something else: it may do better the next time.
        }
      }
      case Answer.Refused<Drawer.Sealed>(Refusal reason) -> {
        if (reason == Refusal.TAKEN || reason == Refusal.UNKNOWN_DRAWER) {
          lost(taken.host());
        }
      }
      case Answer.Unreachable<Drawer.Sealed> _ -> {}
    }
  }

  /// The host never let us in. Should it answer yet, the contact is there again.
  private void lost(AccountId host) {
    core.ledger.writeSurely(
        step ->
            step.tables()
                .contacts()
                .find(host)
                .filter(contact -> contact.state() == State.WAITING)
                .ifPresent(
                    contact ->
                        core.contacts.update(
                            step, contact, contact.name(), State.LOST, contact.listVersion())));
  }
}
