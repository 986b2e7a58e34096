package im.waxwing.engine;

import com.google.protobuf.InvalidProtocolBufferException;
import im.waxwing.base.ByteString;
import im.waxwing.base.MalformedException;
import im.waxwing.content.proto.Bundle;
import im.waxwing.content.proto.Content;
import im.waxwing.content.proto.Receipt;
import im.waxwing.content.proto.RetryRequest;
import im.waxwing.crypto.CryptoException;
import im.waxwing.crypto.KeyUse;
import im.waxwing.crypto.Letter;
import im.waxwing.crypto.PreKeyBundle;
import im.waxwing.model.DeviceAddress;
import im.waxwing.store.OutboxTable.Out;
import im.waxwing.store.OutboxTable.Purpose;
import im.waxwing.store.PeerTable.Peer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/// Mends sessions by itself: whoever cannot open a letter, or has lost the session, asks the other
/// side to begin a new one from a bundle that comes with the request, and to encrypt again
/// (delivery.md §6).
final class Repair {
  private final Core core;

  Repair(Core core) {
    this.core = core;
  }

  /// Asks for a letter that could not be decrypted.
  void ask(Step step, Peer peer, long firstN, Letter letter) throws MalformedException {
    ByteString error =
        core.own().sessions().retryRequest(letter, core.clockwork.now(), peer.address().device());
    request(
        step,
        peer,
        RetryRequest.newBuilder().setDecryptionError(Contents.theirs(error)).setFirstN(firstN));
  }

  /// Asks once more for a letter of which only a repeat came.
  void ask(Step step, Peer peer, long firstN) {
    request(step, peer, RetryRequest.newBuilder().setFirstN(firstN));
  }

  /// Asks for a session, unless that is under way.
  ///
  /// @return whether a request was written
  boolean askForSession(Step step, Peer peer) {
    boolean asked = step.tables().outbox().hasRetryTo(peer.id());
    if (!asked && peer.lane() != null) {
      request(step, peer, RetryRequest.newBuilder());
    }
    return !asked && peer.lane() != null;
  }

  private void request(Step step, Peer peer, RetryRequest.Builder request) {
    Bundle bundle = bundleFor(step, peer);
    core.outbox.addRetry(
        step, peer, ByteString.copyOf(request.setBundle(bundle).build().toByteArray()));
  }

  /// One bundle serves until the new session is there, so that many requests begin one session.
  private Bundle bundleFor(Step step, Peer peer) {
    ByteString given = step.tables().peers().find(peer.id()).map(Peer::bundleGiven).orElse(null);
    if (given != null) {
      return bundle(given);
    }
    Bundle bundle =
        Introduced.encode(core.own().sessions().newBundle(step.state(), KeyUse.ONE_TIME));
    step.tables().peers().putBundleGiven(peer.id(), ByteString.copyOf(bundle.toByteArray()));
    return bundle;
  }

  private static Bundle bundle(ByteString stored) {
    try {
      return Bundle.parseFrom(stored.toByteArray());
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("a stored bundle cannot be read", e);
    }
  }

  /// The other side has begun a session: the bundle given to it is used up.
  void begun(Step step, Peer peer) {
    step.tables().peers().putBundleGiven(peer.id(), null);
  }

  /// A device asks: for a session, or for one of our letters.
  void asked(Step step, Peer peer, RetryRequest request) throws MalformedException {
    boolean fresh = beginSession(step, peer, request);
    Optional<Out> letter =
        request.hasFirstN() ? letterAt(step, peer, request.getFirstN()) : Optional.empty();
    if (letter.isPresent()) {
      core.outbox.again(step, letter.get());
    } else if (fresh) {
      // Any letter brings the new session to the one who asks.
      core.outbox.add(
          step,
          peer,
          Purpose.RECEIPT,
          Content.newBuilder().setReceipt(Receipt.getDefaultInstance()));
    }
    core.outbox.encrypt(step, peer.id());
  }

  private boolean beginSession(Step step, Peer peer, RetryRequest request)
      throws MalformedException {
    PreKeyBundle bundle = Introduced.bundle(request.getBundle());
    ByteString hash = hash(request.getBundle());
    if (Objects.equals(hash, peer.bundleTaken()) || !isBroken(step, peer.address(), request)) {
      return false;
    }
    try {
      core.own().sessions().start(step.state(), peer.address(), bundle);
    } catch (CryptoException e) {
      throw new MalformedException("bundle", "must begin a session with its device");
    }
    step.tables().peers().putBundleTaken(peer.id(), hash);
    return true;
  }

  /// A letter of an older session says nothing about the one in use.
  private boolean isBroken(Step step, DeviceAddress peer, RetryRequest request)
      throws MalformedException {
    boolean ours = core.own().sessions().hasSession(step.state(), peer);
    return !ours
        || request.getDecryptionError().isEmpty()
        || core.own()
            .sessions()
            .concernsSession(step.state(), peer, Contents.ours(request.getDecryptionError()));
  }

  private static Optional<Out> letterAt(Step step, Peer peer, long firstN) {
    return step.tables().lanes().sendingTo(peer.id()).reversed().stream()
        .map(lane -> step.tables().outbox().at(lane, firstN))
        .flatMap(Optional::stream)
        .filter(letter -> letter.purpose() != Purpose.RETRY)
        .findFirst();
  }

  /// To be called once at the start: sessions of another kind of processor are gone, and asked for
  /// anew.
  void askWhereSessionsAreLost(Step step) {
    List<DeviceAddress> lost = core.own().sessions().removeForeignSessions(step.state());
    for (DeviceAddress address : lost) {
      step.tables().peers().find(address).ifPresent(peer -> askForSession(step, peer));
    }
  }

  private static ByteString hash(Bundle bundle) {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      return ByteString.copyOf(sha256.digest(bundle.toByteArray()));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
