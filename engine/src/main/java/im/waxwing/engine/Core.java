package im.waxwing.engine;

import im.waxwing.api.ProblemException;
import im.waxwing.api.ProblemKind;
import im.waxwing.base.ByteString;
import im.waxwing.model.Day;
import im.waxwing.model.MessageId;
import im.waxwing.store.Home;
import im.waxwing.store.Store;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// The engine's parts, each of which knows the others through it. One thread at a time.
///
/// Out go letters by way of [Conversations] and others, [Outbox] and [Dispatch]; in they come by
/// way of [Mailboxes], [Inbox] and [Lanes].
final class Core {
  final EngineSettings settings;
  final Surroundings around;
  final Serial serial;
  final Clockwork clockwork;
  final Listeners listeners = new Listeners();
  final Ledger ledger;
  final Nodes nodes;
  final Networks networks;
  final Ways ways;
  final Lanes lanes;
  final Mailboxes mailboxes;
  final Inbox inbox;
  final Outbox outbox;
  final Dispatch dispatch;
  final Receipts receipts;
  final Repair repair;
  final Conversations conversations;
  final Changes changes;
  final Vanishing vanishing;
  final Tidying tidying;
  final Presence presence;
  final Contacts contacts;
  final Devices devices;
  final Moving moving;
  final Renewal renewal;
  final Invitations invitations;
  final Guests guests;
  final Views views;
  private @Nullable Own own;

  Core(Store store, Surroundings around, EngineSettings settings) {
    this.settings = settings;
    this.around = around;
    this.serial = new Serial(around.executor());
    this.clockwork = new Clockwork(around.clock(), around.timer(), serial);
    this.ledger = new Ledger(store, clockwork, listeners);
    this.nodes = new Nodes(this);
    this.networks = new Networks(this);
    this.ways = new Ways(this);
    this.lanes = new Lanes(this);
    this.mailboxes = new Mailboxes(this);
    this.inbox = new Inbox(this);
    this.outbox = new Outbox(this);
    this.dispatch = new Dispatch(this);
    this.receipts = new Receipts(this);
    this.repair = new Repair(this);
    this.conversations = new Conversations(this);
    this.changes = new Changes(this);
    this.vanishing = new Vanishing(this);
    this.tidying = new Tidying(this);
    this.presence = new Presence(this);
    this.contacts = new Contacts(this);
    this.devices = new Devices(this);
    this.moving = new Moving(this);
    this.renewal = new Renewal(this);
    this.invitations = new Invitations(this);
    this.guests = new Guests(this);
    this.views = new Views(this);
  }

  boolean isSetUp() {
    return own != null;
  }

  Own own() {
    Own known = own;
    if (known == null) {
      throw new IllegalStateException("there is no account yet");
    }
    return known;
  }

  void setOwn(Own newOwn) {
    own = newOwn;
    newOwn.gate().flatMap(Home::withAdmission).ifPresent(around.carrier()::livesAt);
  }

  /// Its mailboxes are others than before.
  void relocate() {
    setOwn(own().owning(ledger.read(step -> step.tables().mailboxes().all())));
  }

  /// The time to reckon with: that of a home that can be reached, the main one first.
  Instant now() {
    return clockwork.now(nodes.timekeeper());
  }

  Day today() {
    return Day.of(now());
  }

  void needAccount() throws ProblemException {
    if (own == null) {
      throw new ProblemException(ProblemKind.NOT_SET_UP);
    }
  }

  void clearOwn() {
    own = null;
  }

  /// Tries everything that waits, at once.
  void hurry() {
    if (isSetUp()) {
      ways.forgive();
      dispatch.pumpAll();
      mailboxes.refresh();
      invitations.work();
    }
  }

  /// Ends all that goes on by itself.
  void stop() {
    clockwork.cancelAll();
    mailboxes.stop();
  }

  MessageId newMessageId() {
    return new MessageId(random(MessageId.SIZE));
  }

  ByteString random(int size) {
    byte[] bytes = new byte[size];
    around.random().nextBytes(bytes);
    return ByteString.copyOf(bytes);
  }

  /// Tells of a change that no step wrote down.
  void tellStatus() {
    listeners.tell(ledger.read(views::statusEvent));
  }
}
