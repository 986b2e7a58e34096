package im.waxwing.engine;

import im.waxwing.api.ProblemException;
import im.waxwing.api.ProblemKind;
import im.waxwing.base.ByteString;
import im.waxwing.base.MalformedException;
import im.waxwing.content.proto.Content;
import im.waxwing.content.proto.Hello;
import im.waxwing.content.proto.Profile;
import im.waxwing.content.proto.SignedDeviceList;
import im.waxwing.content.proto.Welcome;
import im.waxwing.crypto.LaneSeed;
import im.waxwing.model.AccountId;
import im.waxwing.model.DeviceAddress;
import im.waxwing.model.MailboxTarget;
import im.waxwing.store.AccountTable.Account;
import im.waxwing.store.ContactTable.Contact;
import im.waxwing.store.ContactTable.State;
import im.waxwing.store.InvitationTable.Made;
import im.waxwing.store.LaneTable.Receiving;
import im.waxwing.store.LaneTable.Source;
import im.waxwing.store.OutboxTable.Purpose;
import im.waxwing.store.PeerTable.Peer;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The people this account knows: how they come, by Hello and Welcome, and what they call
/// themselves (delivery.md §5).
final class Contacts {
  private final Core core;

  Contacts(Core core) {
    this.core = core;
  }

  /// The first letter of a device: to an invitation, or to a device that was introduced.
  void hello(Step step, Receiving lane, DeviceAddress writer, Hello hello)
      throws MalformedException {
    SignedDevices devices = verified(step, writer.account(), hello.getDevices());
    List<MailboxTarget> targets = targetsOf(devices, writer);
    Optional<Made> invitation = step.tables().invitations().withLane(lane.id());
    if (invitation.isPresent()) {
      core.invitations.mayBeUsed(invitation.get(), writer.account());
      meet(step, writer.account(), hello.getName(), devices.version());
    } else {
      needIntroduced(step, lane, writer);
    }
    long peer =
        knowsNewer(step, writer, devices) ? known(step, writer) : upsert(step, writer, targets);
    openLanes(step, peer, hello, invitation.map(Made::mailbox).orElse(null));
    if (invitation.isPresent()) {
      step.tables().lanes().putPeer(lane.id(), peer);
      core.invitations.used(step, invitation.get(), writer.account());
      welcome(step, step.tables().peers().find(peer).orElseThrow());
    }
  }

  /// Whether a list told meanwhile says where the device lives by now.
  private static boolean knowsNewer(Step step, DeviceAddress writer, SignedDevices devices) {
    long version =
        step.tables().contacts().find(writer.account()).map(Contact::listVersion).orElse(0L);
    return version > devices.version() && step.tables().peers().find(writer).isPresent();
  }

  private static long known(Step step, DeviceAddress writer) {
    return step.tables().peers().find(writer).orElseThrow().id();
  }

  private void openLanes(Step step, long peer, Hello hello, @Nullable Long invitationMailbox)
      throws MalformedException {
    LaneSeed toUs = new LaneSeed(Contents.secret("lane", hello.getLaneToYou()));
    LaneSeed toThem = new LaneSeed(Contents.secret("lane", hello.getLaneToMe()));
    core.lanes.addReceiving(step, peer, false, new Source(true, invitationMailbox), toUs);
    step.tables().peers().putLane(peer, core.lanes.addSending(step, peer, false, toThem));
  }

  private void meet(Step step, AccountId account, String name, long listVersion) {
    Optional<Contact> known = step.tables().contacts().find(account);
    if (known.isPresent()) {
      update(step, known.get(), name, State.ESTABLISHED, listVersion);
    } else {
      add(step, account, name, State.ESTABLISHED, listVersion);
    }
  }

  Contact add(Step step, AccountId account, String name, State state, long listVersion) {
    Contact contact =
        new Contact(
            account, core.own().with(account), name, state, false, false, listVersion, core.now());
    step.tables().contacts().add(contact);
    changed(step, contact);
    return contact;
  }

  void update(Step step, Contact old, String name, State state, long listVersion) {
    Contact contact =
        new Contact(
            old.account(),
            old.conversation(),
            name,
            state,
            old.verified(),
            old.keyChanged(),
            Math.max(listVersion, old.listVersion()),
            old.createdAt());
    put(step, contact);
  }

  private static void put(Step step, Contact contact) {
    step.tables().contacts().update(contact);
    changed(step, contact);
  }

  private static void changed(Step step, Contact contact) {
    step.changedContact(contact.account());
    step.changedConversation(contact.conversation());
  }

  /// A device of an account that is known already, other than by an invitation.
  private void needIntroduced(Step step, Receiving lane, DeviceAddress writer)
      throws MalformedException {
    Peer expected = expectedIn(step, lane);
    boolean known =
        core.own().isOwn(writer.account())
            || step.tables().contacts().find(writer.account()).isPresent();
    if (!known || !expected.address().equals(writer)) {
      throw new MalformedException("hello", "must come from the device it is awaited from");
    }
  }

  private static Peer expectedIn(Step step, Receiving lane) throws MalformedException {
    Long peer = lane.peer();
    if (peer == null) {
      throw new MalformedException("hello", "must come through a lane that awaits one");
    }
    return step.tables().peers().find(peer).orElseThrow();
  }

  private void welcome(Step step, Peer guest) {
    Account account = step.tables().account().find().orElseThrow();
    Welcome welcome =
        Welcome.newBuilder()
            .setDevices(SignedDevices.signed(account.list(), account.listSignature()))
            .setName(account.name())
            .build();
    core.outbox.add(step, guest, Purpose.OTHER, Content.newBuilder().setWelcome(welcome));
  }

  /// The host has let us in: letters go to its own mailbox from now on.
  void welcome(Step step, Peer host, Welcome welcome) throws MalformedException {
    AccountId account = host.address().account();
    SignedDevices devices = verified(step, account, welcome.getDevices());
    targetsOf(devices, host.address());
    Contact contact = contact(step, account);
    if (devices.version() > contact.listVersion()) {
      core.devices.take(step, account, devices);
    }
    update(step, contact, welcome.getName(), State.ESTABLISHED, devices.version());
    step.tables().outbox().removeHellos(host.id());
  }

  /// A contact calls itself otherwise.
  void profile(Step step, Peer peer, Profile profile) throws MalformedException {
    Contact old = contact(step, peer.address().account());
    update(step, old, profile.getName(), old.state(), old.listVersion());
  }

  /// Letters came under another key than the contact's: refused, and shown.
  void keyChanged(Step step, AccountId account) {
    step.tables()
        .contacts()
        .find(account)
        .filter(contact -> !contact.keyChanged())
        .ifPresent(
            old -> {
              put(
                  step,
                  new Contact(
                      old.account(),
                      old.conversation(),
                      old.name(),
                      old.state(),
                      false,
                      true,
                      old.listVersion(),
                      old.createdAt()));
              step.changedStatus();
            });
  }

  void setVerified(Step step, Contact old, boolean verified) {
    put(
        step,
        new Contact(
            old.account(),
            old.conversation(),
            old.name(),
            old.state(),
            verified,
            old.keyChanged() && !verified,
            old.listVersion(),
            old.createdAt()));
    step.changedStatus();
  }

  /// @param nickname null: as they call themselves
  void rename(Step step, Contact contact, @Nullable String nickname) {
    step.tables().contacts().putNickname(contact.account(), nickname);
    changed(step, contact);
  }

  /// From now on a contact's letters are dropped, and none go to them; or no longer.
  void block(Step step, Contact contact, boolean blocked) {
    if (step.tables().contacts().isBlocked(contact.account()) == blocked) {
      return;
    }
    if (blocked) {
      step.tables().contacts().block(contact.account());
      step.tables().mailboxes().askToRenew();
      step.afterwards(core.renewal::work);
    } else {
      step.tables().contacts().unblock(contact.account(), core.clockwork.now());
      core.devices.tellAgain(step, contact);
    }
    changed(step, contact);
  }

  /// Tells every contact how the person is called now.
  void rename(Step step, String name) {
    step.tables().account().rename(name);
    for (Contact contact : step.tables().contacts().all()) {
      for (Peer peer : writable(step, contact.account())) {
        core.outbox.add(
            step,
            peer,
            Purpose.OTHER,
            Content.newBuilder().setProfile(Profile.newBuilder().setName(name)));
      }
    }
    step.changedStatus();
  }

  static Contact contact(Step step, AccountId account) throws MalformedException {
    return step.tables()
        .contacts()
        .find(account)
        .orElseThrow(() -> new MalformedException("letter", "must come from a contact"));
  }

  /// The devices of a contact, for what the person writes to them.
  List<Peer> readers(Step step, Contact contact) throws ProblemException {
    if (step.tables().contacts().isBlocked(contact.account())) {
      throw new ProblemException(ProblemKind.CONTACT_BLOCKED);
    }
    List<Peer> readers = writable(step, contact.account());
    if (contact.state() == State.LOST || readers.isEmpty()) {
      throw new ProblemException(ProblemKind.CONTACT_LOST);
    }
    return readers;
  }

  /// The devices of an account that can be written to; none of one that is blocked.
  static List<Peer> writable(Step step, AccountId account) {
    if (step.tables().contacts().isBlocked(account)) {
      return List.of();
    }
    return step.tables().peers().of(account).stream().filter(peer -> peer.lane() != null).toList();
  }

  static long upsert(Step step, DeviceAddress address, List<MailboxTarget> targets) {
    Optional<Peer> known = step.tables().peers().find(address);
    if (known.isEmpty()) {
      return step.tables().peers().add(address, targets);
    }
    step.tables().peers().putTargets(known.get().id(), targets);
    return known.get().id();
  }

  static SignedDevices verified(Step step, AccountId account, SignedDeviceList signed)
      throws MalformedException {
    ByteString key =
        step.state()
            .identityKey(account)
            .orElseThrow(() -> new MalformedException("device list", "must be a known account's"));
    SignedDevices devices = SignedDevices.verified(signed, key);
    if (!devices.account().equals(account)) {
      throw new MalformedException("device list", "must be the writer's own");
    }
    return devices;
  }

  private static List<MailboxTarget> targetsOf(SignedDevices devices, DeviceAddress device)
      throws MalformedException {
    List<MailboxTarget> targets = devices.devices().get(device.device().number());
    if (targets == null) {
      throw new MalformedException("device list", "must name the device that sends it");
    }
    return targets;
  }
}
