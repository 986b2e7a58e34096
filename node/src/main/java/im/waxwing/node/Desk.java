package im.waxwing.node;

import im.waxwing.base.ByteString;
import im.waxwing.base.MalformedException;
import im.waxwing.model.Day;
import im.waxwing.packet.Geometry;
import im.waxwing.packet.PacketUnwrapper;
import im.waxwing.packet.RecipientId;
import im.waxwing.packet.ReplayTags;
import im.waxwing.packet.Unwrapped;
import im.waxwing.protocol.AnswerCode;
import im.waxwing.protocol.FetchedPage;
import im.waxwing.protocol.Held;
import im.waxwing.protocol.MailboxId;
import im.waxwing.protocol.NumberedRequest;
import im.waxwing.protocol.Request;
import im.waxwing.protocol.VerifyingKey;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// Opens packets, checks what the requests inside ask for and by what right, and hands the good
/// ones to the [Committer]. Belongs to one event loop.
final class Desk implements Link.Packets {
  // mailbox.md §3
  private static final int OPEN_AHEAD = 31;
  private static final int OPEN_BEHIND = 1;
  private static final int DEPOSIT_AROUND = 1;
  private static final int DRAWER_AHEAD = 62;

  private static final Logger LOG = System.getLogger(Desk.class.getName());

  private final Office office;
  private final MailboxDirectory directory;
  private final PacketUnwrapper unwrapper = new PacketUnwrapper(Geometry.STANDARD);

  Desk(Office office, MailboxDirectory directory) {
    this.office = office;
    this.directory = directory;
  }

  @Override
  public void arrived(Link link, ByteString packet) {
    office.counters().packets.increment();
    try {
      NumberedRequest request = NumberedRequest.decode(open(packet.toByteArray()));
      if (!request.blocks().isEmpty()) {
        throw new MalformedException("reply blocks", "must be none");
      }
      link.expectAnswer();
      consider(new Case(link, request.number()), request.request());
    } catch (MalformedException _) {
      link.malformed();
    } catch (SQLException e) {
      LOG.log(Level.ERROR, "the store cannot be read; check the disk of the data folder", e);
      link.close();
    }
  }

  private byte[] open(byte[] packet) throws MalformedException {
    List<EpochKeys.Opener> openers = office.keys().now().openers();
    for (EpochKeys.Opener opener : openers.subList(0, openers.size() - 1)) {
      try {
        return open(opener, packet);
      } catch (MalformedException _) {
        // Perhaps made for the key of the epoch before.
      }
    }
    return open(openers.getLast(), packet);
  }

  private byte[] open(EpochKeys.Opener opener, byte[] packet) throws MalformedException {
    Unwrapped unwrapped = unwrapper.unwrap(opener.key(), packet);
    if (opener.tags().add(unwrapped.replayTag()) != ReplayTags.Outcome.NEW) {
      office.counters().replayed.increment();
      throw new MalformedException("packet", "must be a new one");
    }
    if (unwrapped instanceof Unwrapped.Deliver(_, RecipientId recipient, ByteString payload)
        && recipient.equals(RecipientId.NODE)) {
      return payload.toByteArray();
    }
    throw new MalformedException("packet", "must end at this node");
  }

  /// A request on its way to an answer.
  private record Case(Link link, long number) {
    void answer(AnswerCode code) {
      link.answer(number, code, ByteString.EMPTY);
    }

    void answer(ByteString body) {
      link.answer(number, AnswerCode.OK, body);
    }
  }

  private void consider(Case asked, Request request) throws SQLException {
    Day today = Day.of(office.clock().instant());
    switch (request) {
      case Request.Open open -> open(asked, open, today);
      case Request.Deposit deposit -> deposit(asked, deposit, today);
      case Request.Subscribe subscribe ->
          asOwner(asked, subscribe, subscribe.mailbox(), mailbox -> subscribe(asked, mailbox));
      case Request.Fetch fetch ->
          asOwner(asked, fetch, fetch.mailbox(), mailbox -> fetch(asked, mailbox, fetch.after()));
      case Request.Delete delete ->
          asOwner(asked, delete, delete.mailbox(), mailbox -> delete(asked, mailbox, delete));
      case Request.PutDrawer put -> putDrawer(asked, put, today);
      case Request.TakeDrawer take -> submit(asked, store -> takeDrawer(asked, take, today, store));
      case Request.RemoveDrawer remove ->
          submit(asked, store -> removeDrawer(asked, remove, store));
      case Request.Reach _ -> asked.answer(AnswerCode.NOT_ALLOWED);
      case Request.Unsubscribe unsubscribe ->
          submit(
              asked,
              _ ->
                  () -> {
                    office.subscriptions().remove(asked.link(), unsubscribe.subscription());
                    asked.answer(AnswerCode.OK);
                  });
    }
  }

  private void open(Case asked, Request.Open request, Day today) {
    long ahead = request.day().since(today);
    if (ahead < -OPEN_BEHIND || ahead > OPEN_AHEAD) {
      asked.answer(AnswerCode.WRONG_DAY);
    } else if (!request.token().equals(office.token())) {
      asked.answer(AnswerCode.NOT_ADMITTED);
    } else if (!request.isSignedBy(request.owner(), office.node())) {
      asked.answer(AnswerCode.BAD_SIGNATURE);
    } else if (office.committer().diskIsFull()) {
      asked.answer(AnswerCode.FULL);
    } else {
      submitForCode(asked, store -> store.open(request));
    }
  }

  private void deposit(Case asked, Request.Deposit request, Day today) throws SQLException {
    Optional<Mailbox> found = directory.find(request.mailbox());
    if (found.isEmpty()) {
      asked.answer(AnswerCode.UNKNOWN_MAILBOX);
      return;
    }
    Mailbox mailbox = found.get();
    if (Math.abs(mailbox.day().since(today)) > DEPOSIT_AROUND) {
      asked.answer(AnswerCode.WRONG_DAY);
    } else if (!request.isSignedBy(mailbox.depositor(), office.node())) {
      asked.answer(AnswerCode.BAD_SIGNATURE);
    } else if (office.committer().diskIsFull()) {
      asked.answer(AnswerCode.FULL);
    } else {
      submit(
          asked,
          store -> {
            AnswerCode code = store.deposit(mailbox, request.id(), request.envelope());
            return () -> {
              office.subscriptions().arrived(mailbox);
              asked.answer(code);
            };
          });
    }
  }

  /// What only the owner of a mailbox may ask.
  private void asOwner(
      Case asked, Request.Signed request, MailboxId id, Function<Mailbox, Step> step)
      throws SQLException {
    Optional<Mailbox> mailbox = directory.find(id);
    if (mailbox.isEmpty()) {
      asked.answer(AnswerCode.UNKNOWN_MAILBOX);
    } else if (!request.isSignedBy(mailbox.get().owner(), office.node())) {
      asked.answer(AnswerCode.BAD_SIGNATURE);
    } else {
      submit(asked, step.apply(mailbox.get()));
    }
  }

  private Step subscribe(Case asked, Mailbox mailbox) {
    int most = office.limits().subscriptionsPerLink();
    return _ ->
        () -> {
          boolean added = office.subscriptions().add(asked.link(), asked.number(), mailbox, most);
          asked.answer(added ? AnswerCode.OK : AnswerCode.FULL);
        };
  }

  private static Step fetch(Case asked, Mailbox mailbox, long after) {
    return store -> {
      List<Held> held = store.behind(mailbox, after, FetchedPage.MAX_HELD + 1);
      boolean more = held.size() > FetchedPage.MAX_HELD;
      FetchedPage page = new FetchedPage(held.stream().limit(FetchedPage.MAX_HELD).toList(), more);
      return () -> asked.answer(page.encode());
    };
  }

  private Step delete(Case asked, Mailbox mailbox, Request.Delete request) {
    return store -> {
      store.delete(mailbox, request.ids());
      return () -> {
        office.subscriptions().deleted(mailbox, request.ids());
        asked.answer(AnswerCode.OK);
      };
    };
  }

  private void putDrawer(Case asked, Request.PutDrawer request, Day today) {
    long ahead = request.lastDay().since(today);
    if (ahead < 0 || ahead > DRAWER_AHEAD) {
      asked.answer(AnswerCode.WRONG_DAY);
    } else if (!request.token().equals(office.token())) {
      asked.answer(AnswerCode.NOT_ADMITTED);
    } else if (!request.isSignedBy(request.owner(), office.node())) {
      asked.answer(AnswerCode.BAD_SIGNATURE);
    } else if (office.committer().diskIsFull()) {
      asked.answer(AnswerCode.FULL);
    } else {
      submitForCode(asked, store -> store.putDrawer(request));
    }
  }

  private static Runnable takeDrawer(
      Case asked, Request.TakeDrawer request, Day today, MailboxStore store) throws SQLException {
    return switch (store.takeDrawer(request, today)) {
      case MailboxStore.Taken.Yes(ByteString bytes) -> () -> asked.answer(bytes);
      case MailboxStore.Taken.No(AnswerCode code) -> () -> asked.answer(code);
    };
  }

  private Runnable removeDrawer(Case asked, Request.RemoveDrawer request, MailboxStore store)
      throws SQLException {
    Optional<VerifyingKey> owner = store.drawerOwner(request.handle().bytes());
    if (owner.isEmpty()) {
      return () -> asked.answer(AnswerCode.UNKNOWN_DRAWER);
    }
    if (!request.isSignedBy(owner.get(), office.node())) {
      return () -> asked.answer(AnswerCode.BAD_SIGNATURE);
    }
    store.removeDrawer(request.handle().bytes());
    return () -> asked.answer(AnswerCode.OK);
  }

  /// The part of a request that needs the store; gives what to do after the commit.
  private interface Step {
    Runnable carryOut(MailboxStore store) throws SQLException;
  }

  private interface CodeStep {
    AnswerCode carryOut(MailboxStore store) throws SQLException;
  }

  private void submitForCode(Case asked, CodeStep step) {
    submit(
        asked,
        store -> {
          AnswerCode code = step.carryOut(store);
          return () -> asked.answer(code);
        });
  }

  private void submit(Case asked, Step step) {
    boolean queued =
        office
            .committer()
            .submit(
                new Committer.Work() {
                  @Override
                  public Runnable carryOut(MailboxStore store) throws SQLException {
                    return step.carryOut(store);
                  }

                  @Override
                  public void undone(AnswerCode why) {
                    asked.answer(why);
                  }
                });
    if (!queued) {
      office.counters().busy.increment();
      asked.answer(AnswerCode.BUSY);
    }
  }
}
