package im.waxwing.carrier.relayed;

import im.waxwing.base.ByteString;
import im.waxwing.base.MalformedException;
import im.waxwing.model.NodeKey;
import im.waxwing.packet.ReplyId;
import im.waxwing.protocol.AnswerCode;
import im.waxwing.protocol.Frame;
import im.waxwing.protocol.Request;
import im.waxwing.protocol.consensus.Consensus;
import im.waxwing.protocol.consensus.Entry;
import im.waxwing.protocol.swarm.Kept;
import im.waxwing.protocol.swarm.Receipts;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A request to a swarm, from when it was asked for until its outcome: one try after the other,
/// each by a fresh path to another member, until an answer can be believed (swarm.md §10).
///
/// A good answer to a deposit must prove itself. A refusal is believed when so many members say no
/// that any quorum has one of them. All else is a coordinator's word, and doing it twice does no
/// harm.
final class Errand {
  /// More than there are members of the usual swarm; after that nobody will answer.
  private static final int MOST_TRIES = 8;

  /// One packet of it.
  static final class Try {
    final Routes.Route route;
    final NodeLink guard;
    @Nullable ReplyId reply;
    long doubtTimer = -1;

    /// Whether it was answered, or is not waited for any more.
    boolean over;

    Try(Routes.Route route, NodeLink guard) {
      this.route = route;
      this.guard = guard;
    }

    /// Its answer is of no use any more.
    void forget() {
      over = true;
      if (reply != null) {
        guard.replies().forget(reply);
      }
    }
  }

  final Subject subject;
  final Request request;
  final Optional<NodeKey> only;
  final Optional<Stock> stock;
  final Consumer<Outcome> outcome;
  final List<Try> tries = new ArrayList<>();

  /// Whether a packet without an answer is not made up for: it was sent for the sake of sending.
  final boolean once;

  long timer = -1;

  /// How many frames had come by the guard's link when it was sent last.
  long framesBefore;

  private final Map<NodeKey, AnswerCode> refusals = new LinkedHashMap<>();

  private Errand(
      Subject subject,
      Request request,
      Optional<NodeKey> only,
      Optional<Stock> stock,
      boolean once,
      Consumer<Outcome> outcome) {
    this.subject = subject;
    this.request = request;
    this.only = only;
    this.stock = stock;
    this.once = once;
    this.outcome = outcome;
  }

  /// To any member, which coordinates it.
  static Errand toSwarm(Subject subject, Request request, Consumer<Outcome> outcome) {
    return new Errand(subject, request, Optional.empty(), Optional.empty(), false, outcome);
  }

  /// To this one: what it has itself.
  static Errand toMember(
      NodeKey member, Subject subject, Request request, Consumer<Outcome> outcome) {
    return new Errand(subject, request, Optional.of(member), Optional.empty(), false, outcome);
  }

  /// To this one, in place of a packet that says nothing.
  static Errand asCover(
      NodeKey member, Subject subject, Request request, Consumer<Outcome> outcome) {
    return new Errand(subject, request, Optional.of(member), Optional.empty(), true, outcome);
  }

  /// To this one, with a stock of blocks for its pushes.
  static Errand toMember(
      NodeKey member, Subject subject, Request request, Stock stock, Consumer<Outcome> outcome) {
    return new Errand(subject, request, Optional.of(member), Optional.of(stock), false, outcome);
  }

  /// Whom to try next; none: it is over.
  List<Entry> candidates(List<Entry> swarm) {
    if (tries.size() >= (once ? 1 : MOST_TRIES)) {
      return List.of();
    }
    List<Entry> members =
        swarm.stream()
            .filter(node -> only.isEmpty() || only.get().equals(node.key()))
            .filter(node -> !refusals.containsKey(node.key()))
            .toList();
    List<Entry> untried = members.stream().filter(node -> !isTried(node.key())).toList();
    return untried.isEmpty() ? members : untried;
  }

  private boolean isTried(NodeKey member) {
    return tries.stream().anyMatch(one -> one.route.coordinator().equals(member));
  }

  /// What it comes to when nobody is left to be tried.
  Outcome lastWord() {
    return refusals.isEmpty() ? new Outcome.NoAnswer() : refusal();
  }

  /// What a member's answer makes of it; empty: not enough to believe it.
  Optional<Outcome> judged(
      NodeKey from, Frame.Answer answer, Consensus consensus, List<Entry> swarm) {
    int quorum = consensus.parameters().quorum();
    if (answer.code() == AnswerCode.OK) {
      return isProved(answer.body(), consensus.network().bytes(), swarm, quorum)
          ? Optional.of(new Outcome.Answered(AnswerCode.OK, answer.body()))
          : Optional.empty();
    }
    refusals.put(from, answer.code());
    int enough = only.isPresent() ? 1 : Math.max(1, swarm.size() - quorum + 1);
    return refusals.size() >= enough ? Optional.of(refusal()) : Optional.empty();
  }

  private boolean isProved(ByteString body, ByteString network, List<Entry> swarm, int quorum) {
    if (!(request instanceof Request.Deposit deposit)) {
      return true;
    }
    Kept kept =
        Kept.of(network, deposit.mailbox(), deposit.id(), deposit.envelope(), subject.day());
    try {
      return Receipts.decode(body).prove(kept, swarm.stream().map(Entry::key).toList(), quorum);
    } catch (MalformedException _) {
      return false;
    }
  }

  /// What most members said.
  private Outcome refusal() {
    Map<AnswerCode, Long> counted =
        refusals.values().stream()
            .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
    AnswerCode most =
        counted.entrySet().stream()
            .max(Comparator.comparingLong(Map.Entry<AnswerCode, Long>::getValue))
            .orElseThrow()
            .getKey();
    return new Outcome.Answered(most, ByteString.EMPTY);
  }
}
