package im.waxwing.carrier.relayed;

import im.waxwing.base.ByteString;
import im.waxwing.base.MalformedException;
import im.waxwing.protocol.AnswerCode;
import im.waxwing.protocol.FetchedPage;
import im.waxwing.protocol.Held;
import im.waxwing.protocol.OwnMailboxDay;
import im.waxwing.protocol.consensus.Entry;
import java.util.List;
import java.util.function.Consumer;

/// One step of reading a mailbox that a swarm keeps: the next envelope of one member, or, when that
/// has no more, of the next, until enough members were read (swarm.md §10).
///
/// Belongs to the carrier's event loop.
final class SwarmFetch {
  /// How far reading came: the member's place in the swarm, how many of those before it were passed
  /// over, and the last sequence read there. As a number it grows.
  record Cursor(int member, int passedOver, long sequence) {
    private static final int MEMBER_AT = 56;
    private static final int PASSED_AT = 48;

    static Cursor of(long number) {
      return new Cursor(
          (int) (number >>> MEMBER_AT),
          (int) (number >>> PASSED_AT) & 0xFF,
          number & ((1L << PASSED_AT) - 1));
    }

    long number() {
      return (long) member << MEMBER_AT | (long) passedOver << PASSED_AT | sequence;
    }

    /// Whether a member tells of an envelope behind this one, and not of one too far.
    boolean mayGoTo(long other) {
      return other > sequence && other < 1L << PASSED_AT;
    }

    int read() {
      return member - passedOver;
    }

    Cursor at(long other) {
      return new Cursor(member, passedOver, other);
    }

    Cursor behindMember() {
      return new Cursor(member + 1, passedOver, 0);
    }

    Cursor passingOver() {
      return new Cursor(member + 1, passedOver + 1, 0);
    }
  }

  private final OnionKeeper keeper;
  private final OwnMailboxDay mailbox;
  private final Consumer<Outcome> outcome;
  private final List<Entry> swarm;
  private final int enough;
  private Cursor cursor;

  /// Whether a member has the mailbox, or had envelopes before.
  private boolean known;

  private AnswerCode refusal = AnswerCode.OK;

  SwarmFetch(OnionKeeper keeper, OwnMailboxDay mailbox, long after, Consumer<Outcome> outcome) {
    this.keeper = keeper;
    this.mailbox = mailbox;
    this.outcome = outcome;
    this.cursor = Cursor.of(after);
    this.swarm = keeper.members(Subject.of(mailbox));
    this.enough = keeper.enough(swarm);
    this.known = after > 0;
  }

  void next() {
    if (swarm.isEmpty()) {
      outcome.accept(new Outcome.Answered(AnswerCode.WRONG_DAY, ByteString.EMPTY));
    } else if (cursor.read() >= enough) {
      outcome.accept(end());
    } else if (cursor.passedOver() > swarm.size() - enough || cursor.member() >= swarm.size()) {
      outcome.accept(new Outcome.NoAnswer());
    } else {
      ask(swarm.get(cursor.member()));
    }
  }

  private Outcome end() {
    return known || refusal == AnswerCode.OK
        ? new Outcome.Answered(AnswerCode.OK, new FetchedPage(List.of(), false).encode())
        : new Outcome.Answered(refusal, ByteString.EMPTY);
  }

  private void ask(Entry member) {
    if (!keeper.canAsk(member)) {
      passOver();
      return;
    }
    keeper.run(
        Errand.toMember(
            member.key(),
            Subject.of(mailbox),
            mailbox.fetch(cursor.sequence()),
            came -> {
              switch (came) {
                case Outcome.Answered(AnswerCode code, ByteString body)
                    when code == AnswerCode.OK ->
                    read(body);
                case Outcome.Answered(AnswerCode code, _) -> {
                  refusal = code;
                  cursor = cursor.behindMember();
                  next();
                }
                case Outcome.NoAnswer() -> passOver();
              }
            }));
  }

  private void passOver() {
    cursor = cursor.passingOver();
    next();
  }

  private void read(ByteString body) {
    known = true;
    FetchedPage page;
    try {
      page = FetchedPage.decode(body);
    } catch (MalformedException _) {
      passOver();
      return;
    }
    if (page.held().isEmpty()) {
      cursor = cursor.behindMember();
      next();
    } else if (!cursor.mayGoTo(page.held().getFirst().sequence())) {
      passOver();
    } else {
      Held first = page.held().getFirst();
      Held here = new Held(cursor.at(first.sequence()).number(), first.id(), first.envelope());
      FetchedPage told = new FetchedPage(List.of(here), true);
      outcome.accept(new Outcome.Answered(AnswerCode.OK, told.encode()));
    }
  }
}
