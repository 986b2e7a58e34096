package im.waxwing.engine;

import im.waxwing.crypto.Identity;
import im.waxwing.crypto.Sessions;
import im.waxwing.model.AccountId;
import im.waxwing.model.ConversationId;
import im.waxwing.model.DeviceAddress;
import im.waxwing.model.NodeAddress;
import im.waxwing.store.AccountTable;
import java.time.InstantSource;

/// This device, once it is set up: who it is and where it lives. What may change is in the store.
record Own(Identity identity, DeviceAddress address, Sessions sessions, Home home) {
  /// Where its mailbox stands.
  record Home(NodeAddress.WithAdmission withAdmission, long mailbox) {
    NodeAddress node() {
      return withAdmission.node();
    }

    @Override
    public String toString() {
      return "Home[redacted]";
    }
  }

  static Own of(AccountTable.Account account, InstantSource clock) {
    Identity identity = Identity.restore(account.identity());
    DeviceAddress address = new DeviceAddress(identity.account(), account.device());
    return new Own(
        identity,
        address,
        new Sessions(identity, address, clock),
        new Home(account.home(), account.mailbox()));
  }

  /// The same device, living elsewhere.
  Own at(Home newHome) {
    return new Own(identity, address, sessions, newHome);
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

  @Override
  public String toString() {
    return "Own[redacted]";
  }
}
