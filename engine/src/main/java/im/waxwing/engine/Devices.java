package im.waxwing.engine;

import im.waxwing.base.ByteString;
import im.waxwing.base.MalformedException;
import im.waxwing.base.SecretBytes;
import im.waxwing.content.proto.Content;
import im.waxwing.content.proto.DeviceChange;
import im.waxwing.content.proto.Hello;
import im.waxwing.crypto.CryptoException;
import im.waxwing.crypto.Identity;
import im.waxwing.crypto.KeyUse;
import im.waxwing.crypto.LaneSeed;
import im.waxwing.model.AccountId;
import im.waxwing.model.DeviceAddress;
import im.waxwing.model.DeviceId;
import im.waxwing.model.MailboxTarget;
import im.waxwing.model.MessageId;
import im.waxwing.store.AccountTable.Account;
import im.waxwing.store.ContactTable.Contact;
import im.waxwing.store.ContactTable.State;
import im.waxwing.store.Home;
import im.waxwing.store.LaneTable.Source;
import im.waxwing.store.OutboxTable.Purpose;
import im.waxwing.store.PeerTable.Peer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The devices of accounts: those of contacts, told in signed lists, and this account's own. A new
/// device is introduced to each other device by a bundle and the seed of a first lane, and is
/// greeted with a Hello (delivery.md §4).
final class Devices {
  private final Core core;

  Devices(Core core) {
    this.core = core;
  }

  /// What a new device of this account is given by one that is there.
  ///
  /// @param identity the account's identity key pair
  /// @param devices the account's devices so far
  record Provision(
      SecretBytes identity,
      DeviceId device,
      String name,
      Home home,
      SignedDevices devices,
      List<Known> contacts) {
    /// A contact, with the messages that new ones will refer to.
    record Known(
        AccountId account,
        ByteString identityKey,
        String name,
        boolean verified,
        Map<Integer, List<MailboxTarget>> devices,
        List<MessageId> heads) {
      @Override
      public String toString() {
        return "Known[redacted]";
      }
    }

    @Override
    public String toString() {
      return "Provision[redacted]";
    }
  }

  /// What the new device answers: where it can be written to, and what each other device needs to
  /// write first to it.
  record Joining(
      DeviceId device, List<MailboxTarget> targets, Map<DeviceAddress, Introduced> introductions) {
    @Override
    public String toString() {
      return "Joining[redacted]";
    }
  }

  /// Makes what a new device needs.
  Provision provision(Step step, DeviceId device) {
    Account account = step.tables().account().find().orElseThrow();
    List<Provision.Known> contacts = new ArrayList<>();
    for (Contact contact : step.tables().contacts().all()) {
      if (contact.state() == State.ESTABLISHED) {
        contacts.add(known(step, contact));
      }
    }
    return new Provision(
        account.identity(), device, account.name(), core.own().main(), ownList(account), contacts);
  }

  private static Provision.Known known(Step step, Contact contact) {
    Map<Integer, List<MailboxTarget>> devices = new LinkedHashMap<>();
    for (Peer peer : Contacts.writable(step, contact.account())) {
      devices.put(peer.address().device().number(), peer.targets());
    }
    return new Provision.Known(
        contact.account(),
        step.state().identityKey(contact.account()).orElseThrow(),
        contact.name(),
        contact.verified(),
        devices,
        step.tables().messages().heads(contact.conversation()));
  }

  private static SignedDevices ownList(Account account) {
    try {
      return SignedDevices.decode(SignedDevices.signed(account.list(), account.listSignature()));
    } catch (MalformedException e) {
      throw new IllegalStateException("the stored device list cannot be read", e);
    }
  }

  /// On the new device, whose account was just set up: awaits a Hello of every other device.
  Joining join(Step step, Provision provision) {
    Map<DeviceAddress, Introduced> introductions = new LinkedHashMap<>();
    provision
        .devices()
        .devices()
        .forEach(
            (device, targets) ->
                introduce(step, introductions, core.own().account(), device, targets));
    for (Provision.Known known : provision.contacts()) {
      step.state().putIdentityKey(known.account(), known.identityKey());
      Contact contact =
          core.contacts.add(step, known.account(), known.name(), State.ESTABLISHED, 0);
      core.contacts.setVerified(step, contact, known.verified());
      core.conversations.knowEarlier(step, contact, known.heads());
      known
          .devices()
          .forEach(
              (device, targets) ->
                  introduce(step, introductions, known.account(), device, targets));
    }
    return new Joining(core.own().address().device(), core.own().targets(), introductions);
  }

  private void introduce(
      Step step,
      Map<DeviceAddress, Introduced> introductions,
      AccountId account,
      int device,
      List<MailboxTarget> targets) {
    DeviceAddress address = new DeviceAddress(account, new DeviceId(device));
    long peer = Contacts.upsert(step, address, targets);
    LaneSeed first = LaneSeed.generate();
    core.lanes.addReceiving(step, peer, true, Source.OWN, first);
    introductions.put(
        address,
        new Introduced(
            core.own().sessions().newBundle(step.state(), KeyUse.ONE_TIME),
            core.own().targets(),
            "",
            first.secret()));
  }

  /// On the device that was there: takes the new one into the list, greets it, and tells everybody.
  void admit(Step step, Joining joining) throws MalformedException {
    Account account = step.tables().account().find().orElseThrow();
    SignedDevices devices = ownList(account).with(joining.device(), joining.targets());
    putOwn(step, devices);
    DeviceAddress added = new DeviceAddress(core.own().account(), joining.device());
    greet(step, added, joining.introductions().get(core.own().address()));
    for (Contact contact : step.tables().contacts().all()) {
      for (Peer peer : Contacts.writable(step, contact.account())) {
        tell(step, peer, joining.introductions().get(peer.address()));
      }
    }
  }

  /// This device lives elsewhere: every device that writes to it is told.
  void moved(Step step, List<MailboxTarget> targets) {
    Account account = step.tables().account().find().orElseThrow();
    putOwn(step, ownList(account).with(core.own().address().device(), targets));
    tellAll(step);
  }

  private void putOwn(Step step, SignedDevices devices) {
    Identity identity = core.own().identity();
    ByteString list = devices.encode(identity.registrationId());
    step.tables().account().putList(list, identity.signDeviceList(list), devices.version());
  }

  private void tellAll(Step step) {
    List<Peer> all = new ArrayList<>(Contacts.writable(step, core.own().account()));
    for (Contact contact : step.tables().contacts().all()) {
      all.addAll(Contacts.writable(step, contact.account()));
    }
    all.forEach(peer -> tell(step, peer, null));
  }

  /// Tells a contact, who was not told meanwhile, where this account's devices live.
  void tellAgain(Step step, Contact contact) {
    Contacts.writable(step, contact.account()).forEach(peer -> tell(step, peer, null));
  }

  private void tell(Step step, Peer peer, @Nullable Introduced introduced) {
    Account account = step.tables().account().find().orElseThrow();
    DeviceChange.Builder change =
        DeviceChange.newBuilder()
            .setDevices(SignedDevices.signed(account.list(), account.listSignature()));
    if (introduced != null) {
      change.addIntroductions(introduced.encode());
    }
    core.outbox.add(step, peer, Purpose.OTHER, Content.newBuilder().setDeviceChange(change));
  }

  /// A contact has other devices than before.
  void changed(Step step, Peer peer, DeviceChange change) throws MalformedException {
    AccountId account = peer.address().account();
    if (core.own().isOwn(account)) {
      ownChanged(step, peer, change);
      return;
    }
    Contact contact = Contacts.contact(step, account);
    SignedDevices devices = Contacts.verified(step, account, change.getDevices());
    if (devices.version() <= contact.listVersion()) {
      return;
    }
    take(step, account, devices);
    core.contacts.update(step, contact, contact.name(), contact.state(), devices.version());
    for (var introduction : change.getIntroductionsList()) {
      Introduced introduced = Introduced.of(introduction);
      DeviceAddress added = new DeviceAddress(account, introduced.bundle().device());
      boolean listed = introduced.targets().equals(devices.devices().get(added.device().number()));
      boolean unknown =
          step.tables().peers().find(added).map(known -> known.lane() == null).orElse(true);
      if (listed && unknown) {
        greet(step, added, introduced);
      }
    }
  }

  /// Another own device has moved, or knows of one more.
  private void ownChanged(Step step, Peer peer, DeviceChange change) throws MalformedException {
    SignedDevices theirs = Contacts.verified(step, core.own().account(), change.getDevices());
    Account account = step.tables().account().find().orElseThrow();
    SignedDevices ours = ownList(account);
    if (theirs.version() < ours.version() || theirs.devices().equals(ours.devices())) {
      return;
    }
    int self = core.own().address().device().number();
    boolean knowsUs = Objects.equals(theirs.devices().get(self), ours.devices().get(self));
    if (knowsUs && theirs.version() > ours.version()) {
      step.tables()
          .account()
          .putList(
              Contents.ours(change.getDevices().getList()),
              Contents.ours(change.getDevices().getSignature()),
              theirs.version());
      take(step, core.own().account(), theirs);
    } else {
      // Both have moved at once: each knows best where it lives itself.
      SignedDevices both = ours.joinedBy(theirs, peer.address().device());
      putOwn(step, both);
      take(step, core.own().account(), both);
      tellAll(step);
    }
  }

  /// Takes over where the devices of an account can be written to.
  void take(Step step, AccountId account, SignedDevices devices) {
    for (Peer peer : step.tables().peers().of(account)) {
      List<MailboxTarget> targets = devices.devices().get(peer.address().device().number());
      if (targets != null && !targets.equals(peer.targets())) {
        step.tables().peers().putTargets(peer.id(), targets);
        core.outbox.retarget(step, peer.id());
      }
    }
  }

  /// Begins a session and both lanes with a device that was introduced.
  private void greet(Step step, DeviceAddress address, @Nullable Introduced introduced)
      throws MalformedException {
    SecretBytes seed = introduced == null ? null : introduced.firstLane();
    if (introduced == null || seed == null) {
      throw new MalformedException("introduction", "must bring a first lane");
    }
    greet(step, address, introduced, new LaneSeed(seed));
  }

  /// Begins a session and both lanes with a device, whose first lane begins with `first`.
  ///
  /// @throws MalformedException if its bundle is not its account's
  Peer greet(Step step, DeviceAddress address, Introduced introduced, LaneSeed first)
      throws MalformedException {
    try {
      core.own().sessions().start(step.state(), address, introduced.bundle());
    } catch (CryptoException e) {
      throw new MalformedException("introduction", "must hold a bundle of its account");
    }
    long peer = Contacts.upsert(step, address, introduced.targets());
    LaneSeed toThem = LaneSeed.generate();
    LaneSeed toUs = LaneSeed.generate();
    long firstLane = core.lanes.addSending(step, peer, true, first);
    core.lanes.addReceiving(step, peer, false, Source.OWN, toUs);
    step.tables().peers().putLane(peer, core.lanes.addSending(step, peer, false, toThem));
    Peer ready = step.tables().peers().find(peer).orElseThrow();
    hello(step, ready, firstLane, toThem, toUs);
    return ready;
  }

  private void hello(Step step, Peer peer, long firstLane, LaneSeed toThem, LaneSeed toUs) {
    Account account = step.tables().account().find().orElseThrow();
    Hello hello =
        Hello.newBuilder()
            .setDevices(SignedDevices.signed(account.list(), account.listSignature()))
            .setName(account.name())
            .setLaneToYou(Contents.theirs(toThem.secret()))
            .setLaneToMe(Contents.theirs(toUs.secret()))
            .build();
    core.outbox.add(
        step,
        peer,
        Purpose.HELLO,
        core.newMessageId(),
        Content.newBuilder().setHello(hello),
        firstLane);
  }
}
