package im.waxwing.node;

import im.waxwing.base.ByteString;
import im.waxwing.protocol.AnswerCode;
import im.waxwing.protocol.Request;
import im.waxwing.protocol.swarm.Receipt;
import im.waxwing.protocol.swarm.Receipts;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// One request on its way to the members of a swarm: answered as soon as enough of them have it on
/// disk, or when no more can (swarm.md §4). Safe for many threads.
final class Coordination {
  /// By whom the device is answered.
  interface Answering {
    void answer(AnswerCode code, ByteString body);
  }

  private final Request request;
  private final int members;
  private final int quorum;
  private final Answering answering;
  private final List<Receipt> receipts = new ArrayList<>();
  private final Map<AnswerCode, Integer> heard = new EnumMap<>(AnswerCode.class);
  private ByteString object = ByteString.EMPTY;
  private int count;
  private boolean answered;

  Coordination(Request request, int members, int quorum, Answering answering) {
    this.request = request;
    this.members = members;
    this.quorum = quorum;
    this.answering = answering;
  }

  /// A member has a deposit on its disk.
  void kept(Receipt receipt) {
    synchronized (this) {
      receipts.add(receipt);
    }
    heard(AnswerCode.OK, ByteString.EMPTY);
  }

  /// A member has done as asked, or not; `BUSY` for one that was not heard.
  ///
  /// @param body a drawer's object, or empty
  void heard(AnswerCode code, ByteString body) {
    count(code, body)
        .ifPresent(
            decided ->
                answering.answer(decided, decided == AnswerCode.OK ? body() : ByteString.EMPTY));
  }

  private synchronized Optional<AnswerCode> count(AnswerCode code, ByteString body) {
    count++;
    heard.merge(code, 1, Integer::sum);
    if (code == AnswerCode.OK && !body.equals(ByteString.EMPTY)) {
      object = body;
    }
    Optional<AnswerCode> decided = answered ? Optional.empty() : decide();
    answered |= decided.isPresent();
    return decided;
  }

  private Optional<AnswerCode> decide() {
    if (heard.getOrDefault(AnswerCode.OK, 0) >= quorum) {
      return Optional.of(AnswerCode.OK);
    }
    return count < members ? Optional.empty() : Optional.of(refusal());
  }

  /// The refusal of most members; without any, that too few were heard.
  private AnswerCode refusal() {
    return heard.entrySet().stream()
        .filter(entry -> entry.getKey() != AnswerCode.OK && entry.getKey() != AnswerCode.BUSY)
        .max(Map.Entry.comparingByValue())
        .map(Map.Entry::getKey)
        .orElse(AnswerCode.BUSY);
  }

  private synchronized ByteString body() {
    return switch (request) {
      case Request.Deposit _ ->
          new Receipts(receipts.stream().limit(Receipts.MOST).toList()).encode();
      case Request.TakeDrawer _ -> object;
      default -> ByteString.EMPTY;
    };
  }
}
