package im.waxwing.engine;

import im.waxwing.api.ProblemException;
import im.waxwing.api.ProblemKind;
import im.waxwing.api.StatusView;
import im.waxwing.base.ByteString;
import im.waxwing.base.SecretBytes;
import im.waxwing.crypto.Identity;
import im.waxwing.crypto.OwnMailboxes;
import im.waxwing.engine.Devices.Joining;
import im.waxwing.engine.Devices.Provision;
import im.waxwing.model.Day;
import im.waxwing.model.DeviceId;
import im.waxwing.model.MailboxTarget;
import im.waxwing.model.OwnMailbox;
import im.waxwing.store.AccountTable.Account;
import im.waxwing.store.Home;
import im.waxwing.store.MailboxTable;
import java.util.List;
import java.util.Map;

/// How an engine begins: takes up what the store holds, or sets up an account or a further device.
final class Beginning {
  private static final DeviceId FIRST = new DeviceId(1);

  private final Core core;

  Beginning(Core core) {
    this.core = core;
  }

  /// Takes up everything unfinished, if there is an account.
  void run() {
    core.ledger.showWith(core.views::events);
    core.ledger
        .read(step -> step.tables().account().find())
        .ifPresent(
            account -> {
              core.setOwn(own(account));
              work();
            });
  }

  private Own own(Account account) {
    List<MailboxTable.Own> all = core.ledger.read(step -> step.tables().mailboxes().all());
    return Own.of(account, all, core.around.clock());
  }

  private void work() {
    core.vanishing.vanish();
    core.tidying.begin();
    core.ledger.read(
        step -> {
          core.lanes.load(step);
          return true;
        });
    core.ledger.writeSurely(core.repair::askWhereSessionsAreLost);
    core.mailboxes.refresh();
    core.dispatch.pumpAll();
    core.receipts.soon();
    core.conversations.watchEarly();
    core.invitations.work();
    core.guests.work();
    core.renewal.work();
    core.inbox.lookAgain();
  }

  /// Makes an account and its first device.
  StatusView setUp(String name, Home home) throws ProblemException {
    needNoAccount();
    Identity identity = Identity.generate();
    orForget(
        step -> {
          account(step, identity, FIRST, name, home);
          putList(
              step,
              identity,
              new SignedDevices(identity.account(), 1, Map.of(1, core.own().targets())));
          step.changedStatus();
          return true;
        });
    work();
    return core.ledger.read(core.views::status);
  }

  /// Makes this a further device of an account.
  Joining join(Provision provision) throws ProblemException {
    needNoAccount();
    Identity identity = Identity.restore(provision.identity());
    Joining joining =
        orForget(
            step -> {
              account(step, identity, provision.device(), provision.name(), provision.home());
              putList(
                  step,
                  identity,
                  provision.devices().with(provision.device(), core.own().targets()));
              return core.devices.join(step, provision);
            });
    work();
    return joining;
  }

  /// Without a commit there is no account in memory either.
  private <T> T orForget(Ledger.Work<T, RuntimeException> work) {
    try {
      return core.ledger.write(work);
    } catch (RuntimeException e) {
      core.clearOwn();
      throw e;
    }
  }

  private void needNoAccount() throws ProblemException {
    if (core.isSetUp()) {
      throw new ProblemException(ProblemKind.ALREADY_SET_UP);
    }
  }

  private void account(Step step, Identity identity, DeviceId device, String name, Home home) {
    OwnMailbox mailbox =
        OwnMailboxes.generate(
            home.place(), SecretBytes.generate(MailboxTarget.DEPOSIT_SECRET_SIZE));
    Day yesterday = core.clockwork.today(home.place()).plus(-1);
    step.tables().mailboxes().add(mailbox, home, yesterday, null, MailboxTable.Role.HOME);
    Account account =
        new Account(identity.exposeSecret(), device, name, ByteString.EMPTY, ByteString.EMPTY, 0);
    step.tables().account().put(account, Ways.DEFAULT);
    step.state().putIdentityKey(identity.account(), identity.publicKey());
    core.setOwn(Own.of(account, step.tables().mailboxes().all(), core.around.clock()));
    core.own().sessions().removeForeignSessions(step.state());
  }

  private static void putList(Step step, Identity identity, SignedDevices devices) {
    ByteString list = devices.encode(identity.registrationId());
    step.tables().account().putList(list, identity.signDeviceList(list), devices.version());
  }
}
