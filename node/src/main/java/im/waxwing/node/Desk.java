package im.waxwing.node;

import im.waxwing.base.ByteString;
import im.waxwing.base.MalformedException;
import im.waxwing.model.Day;
import im.waxwing.packet.ReplyBlock;
import im.waxwing.protocol.AnswerCode;
import im.waxwing.protocol.FetchedPage;
import im.waxwing.protocol.Held;
import im.waxwing.protocol.MailboxId;
import im.waxwing.protocol.NodeInfo;
import im.waxwing.protocol.NumberedRequest;
import im.waxwing.protocol.Request;
import im.waxwing.protocol.VerifyingKey;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// Checks what requests ask for and by what right, and hands the good ones to the [Committer].
/// Belongs to one event loop.
final class Desk {
  // mailbox.md §3
  private static final int OPEN_AHEAD = 31;
  private static final int OPEN_BEHIND = 1;
  private static final int DEPOSIT_AROUND = 1;
  private static final int DRAWER_AHEAD = 62;

  private static final Logger LOG = System.getLogger(Desk.class.getName());

  private final Office office;
  private final MailboxDirectory directory;
  private final ReplyDesk replies;

  Desk(Office office, MailboxDirectory directory, ReplyDesk replies) {
    this.office = office;
    this.directory = directory;
    this.replies = replies;
  }

  /// A request for this node. One without reply blocks that came by another node cannot be
  /// answered.
  void asked(Origin origin, NumberedRequest asked) throws MalformedException {
    Case request = new Case(origin, voice(origin, asked.blocks()), asked);
    origin.expectAnswer();
    try {
      consider(request, asked.request());
    } catch (SQLException e) {
      LOG.log(Level.ERROR, "the store cannot be read; check the disk of the data folder", e);
      origin.close();
    }
  }

  private Voice voice(Origin origin, List<ReplyBlock> blocks) throws MalformedException {
    if (!blocks.isEmpty()) {
      return replies.voice(blocks.getFirst(), origin);
    }
    if (origin instanceof Link link) {
      return link;
    }
    throw new MalformedException("reply blocks", "must be at least one");
  }

  /// A request on its way to an answer.
  private record Case(Origin origin, Voice voice, NumberedRequest asked) {
    long number() {
      return asked.number();
    }

    boolean hasBlocks() {
      return !asked.blocks().isEmpty();
    }

    /// Those that the answer does not use.
    List<ReplyBlock> stock() {
      return asked.blocks().subList(1, asked.blocks().size());
    }

    void answer(AnswerCode code) {
      voice.answer(number(), code, ByteString.EMPTY);
    }

    void answer(AnswerCode code, ByteString body) {
      voice.answer(number(), code, body);
    }

    void answer(ByteString body) {
      voice.answer(number(), AnswerCode.OK, body);
    }
  }

  private void consider(Case asked, Request request) throws SQLException {
    if (office.swarms().takes(request, asked::answer)) {
      return;
    }
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
      case Request.Reach reach -> reach(asked, reach);
      case Request.Unsubscribe unsubscribe ->
          submit(asked, _ -> () -> unsubscribe(asked, unsubscribe.subscription()));
    }
  }

  /// Only people who live here may have this node dial others.
  private void reach(Case asked, Request.Reach request) {
    if (!request.token().equals(office.token())) {
      asked.answer(AnswerCode.NOT_ADMITTED);
      return;
    }
    office
        .peers()
        .reach(
            request.node(),
            reached -> {
              switch (reached) {
                case Reached.Here(NodeInfo info) -> asked.answer(info.encode());
                case Reached.Not(AnswerCode why) -> asked.answer(why);
              }
            });
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
    } else if (mailbox.ofSwarm()) {
      asked.answer(AnswerCode.BUSY);
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
      return;
    }
    Optional<ByteString> audience = office.swarms().audience(mailbox.get(), office.node());
    if (audience.isEmpty()) {
      asked.answer(AnswerCode.BUSY);
    } else if (!request.isSignedBy(mailbox.get().owner(), audience.get())) {
      asked.answer(AnswerCode.BAD_SIGNATURE);
    } else {
      submit(asked, step.apply(mailbox.get()));
    }
  }

  private Step subscribe(Case asked, Mailbox mailbox) {
    return _ -> () -> asked.answer(added(asked, mailbox));
  }

  private AnswerCode added(Case asked, Mailbox mailbox) {
    if (asked.hasBlocks()) {
      return office
          .stocked()
          .subscribe(mailbox, asked.number(), asked.stock(), replies, office.clock().instant());
    }
    int most = office.limits().subscriptionsPerLink();
    boolean added =
        office.subscriptions().add((Link) asked.origin(), asked.number(), mailbox, most);
    return added ? AnswerCode.OK : AnswerCode.FULL;
  }

  private void unsubscribe(Case asked, long number) {
    if (asked.hasBlocks()) {
      office.stocked().unsubscribe(number);
    } else {
      office.subscriptions().remove((Link) asked.origin(), number);
    }
    asked.answer(AnswerCode.OK);
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
