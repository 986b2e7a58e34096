package im.waxwing.node;

import im.waxwing.base.ByteString;
import im.waxwing.model.NodeKey;
import im.waxwing.protocol.AnswerCode;
import im.waxwing.protocol.swarm.PeerRequest;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// The other members, as a swarm asks them things. Safe for many threads.
interface SwarmPeers {
  /// What became of a question; one of the two is called, once, on any thread.
  interface Hearing {
    void answered(AnswerCode code, ByteString body);

    /// No link, or no answer in time: whether it was carried out is not known.
    void unanswered();
  }

  /// Does not wait.
  void ask(NodeKey member, PeerRequest request, Hearing hearing);

  /// Waits for the body of a good answer.
  default Optional<ByteString> askAndWait(NodeKey member, PeerRequest request, Duration patience)
      throws InterruptedException {
    CompletableFuture<Optional<ByteString>> answer = new CompletableFuture<>();
    ask(
        member,
        request,
        new Hearing() {
          @Override
          public void answered(AnswerCode code, ByteString body) {
            answer.complete(code == AnswerCode.OK ? Optional.of(body) : Optional.empty());
          }

          @Override
          public void unanswered() {
            answer.complete(Optional.empty());
          }
        });
    try {
      return answer.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw new IllegalStateException("a question never fails", e);
    } catch (TimeoutException e) {
      return Optional.empty();
    }
  }
}
