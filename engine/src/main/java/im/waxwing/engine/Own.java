package im.waxwing.engine;

import im.waxwing.crypto.Identity;
import im.waxwing.crypto.Sessions;
import im.waxwing.model.AccountId;
import im.waxwing.model.ConversationId;
import im.waxwing.model.DeviceAddress;
import im.waxwing.model.MailboxTarget;
import im.waxwing.model.NetworkAddress;
import im.waxwing.model.NodeAddress;
import im.waxwing.model.Place;
import im.waxwing.store.AccountTable;
import im.waxwing.store.Home;
import im.waxwing.store.MailboxTable;
import im.waxwing.store.MailboxTable.Role;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// This device, once it is set up: who it is and where it lives. What may change is in the store.
///
/// @param mailboxes in which it lives: one at a node, one in a network, or both, in this order
/// @param former in which it lived before, and which are still read
record Own(
    Identity identity,
    DeviceAddress address,
    Sessions sessions,
    List<MailboxTable.Own> mailboxes,
    List<MailboxTable.Own> former) {
  Own {
    if (mailboxes.isEmpty()) {
      throw new IllegalArgumentException("a device lives somewhere");
    }
  }

  /// @param all the mailboxes that the device owns
  static Own of(AccountTable.Account account, List<MailboxTable.Own> all, InstantSource clock) {
    Identity identity = Identity.restore(account.identity());
    DeviceAddress address = new DeviceAddress(identity.account(), account.device());
    return new Own(
        identity, address, new Sessions(identity, address, clock), homes(all), former(all));
  }

  private static List<MailboxTable.Own> homes(List<MailboxTable.Own> all) {
    return all.stream()
        .filter(own -> own.role() == Role.HOME)
        .sorted(Comparator.comparing((MailboxTable.Own own) -> own.home().isNetwork()))
        .toList();
  }

  private static List<MailboxTable.Own> former(List<MailboxTable.Own> all) {
    return all.stream().filter(own -> own.role() == Role.FORMER).toList();
  }

  /// The same device, living elsewhere.
  ///
  /// @param all as of [#of]
  Own owning(List<MailboxTable.Own> all) {
    return new Own(identity, address, sessions, homes(all), former(all));
  }

  AccountId account() {
    return address.account();
  }

  boolean isOwn(AccountId other) {
    return account().equals(other);
  }

  /// The conversation with an account; with the own one, that of its devices among themselves.
  ConversationId with(AccountId other) {
    return ConversationId.between(account(), other);
  }

  // --- where it lives ---

  /// The node, or else the network: it tells the time, and invitations are made there.
  Home main() {
    return mailboxes.getFirst().home();
  }

  /// The node where it lives, if it lives at one.
  Optional<NodeAddress> node() {
    return main().place() instanceof NodeAddress node ? Optional.of(node) : Optional.empty();
  }

  /// The node by which its letters leave: where it lives, or else where it lived last, as long as
  /// it is read there. So contacts hear of a move into a network, whatever they live at.
  Optional<Home> gate() {
    return node().isPresent()
        ? Optional.of(main())
        : former.reversed().stream()
            .map(MailboxTable.Own::home)
            .filter(home -> !home.isNetwork())
            .findFirst();
  }

  /// The network where it lives, if it lives in one.
  Optional<NetworkAddress> network() {
    return mailboxes.getLast().place() instanceof NetworkAddress network
        ? Optional.of(network)
        : Optional.empty();
  }

  boolean livesAt(Place place) {
    return mailboxes.stream().anyMatch(own -> own.place().name().equals(place.name()));
  }

  /// Where letters to it go.
  List<MailboxTarget> targets() {
    return mailboxes.stream().map(own -> own.mailbox().target()).toList();
  }

  @Override
  public String toString() {
    return "Own[redacted]";
  }
}
