package im.waxwing.carrier.relayed;

import im.waxwing.base.ByteString;
import im.waxwing.base.MalformedException;
import im.waxwing.model.NetworkId;
import im.waxwing.model.NodeKey;
import im.waxwing.protocol.DocumentKind;
import im.waxwing.protocol.Frame;
import im.waxwing.protocol.consensus.Consensus;
import im.waxwing.protocol.consensus.SignedConsensus;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/// Brings an [Atlas] up to date from a [Shelf]. What is not to be had, or does not prove itself,
/// leaves the atlas as it was.
///
/// Belongs to the carrier's event loop.
final class Surveyor {
  private static final ByteString NONE = Frame.AskDocument.NONE;

  private final NetworkId network;
  private final Atlas atlas;
  private final Clock clock;

  Surveyor(NetworkId network, Atlas atlas, Clock clock) {
    this.network = network;
    this.atlas = atlas;
    this.clock = clock;
  }

  /// The network file, if it is not known, and the newest consensus.
  void survey(Shelf shelf, Runnable done) {
    if (atlas.hasFile()) {
      askConsensus(shelf, NONE, new ArrayDeque<>(), done);
      return;
    }
    shelf.ask(
        DocumentKind.NETWORK,
        network.bytes(),
        NONE,
        file -> {
          if (file.isPresent() && atlas.takeFile(file.get())) {
            askConsensus(shelf, NONE, new ArrayDeque<>(), done);
          } else {
            done.run();
          }
        });
  }

  /// @param hash of the one to ask for; zeros: the newest
  /// @param later those that can be offered only after it, the oldest first
  private void askConsensus(
      Shelf shelf, ByteString hash, Deque<SignedConsensus> later, Runnable done) {
    shelf.ask(
        DocumentKind.CONSENSUS,
        hash,
        hash.equals(NONE) ? atlas.newestHash() : NONE,
        document -> {
          Optional<SignedConsensus> given = document.flatMap(Surveyor::decode);
          if (given.isPresent()) {
            later.addFirst(given.get());
            offer(shelf, later, done);
          } else {
            heardNone(document, later);
            done.run();
          }
        });
  }

  private static Optional<SignedConsensus> decode(ByteString document) {
    try {
      return document.size() == 0
          ? Optional.empty()
          : Optional.of(SignedConsensus.decode(document));
    } catch (MalformedException _) {
      return Optional.empty();
    }
  }

  private void heardNone(Optional<ByteString> document, Deque<SignedConsensus> later) {
    if (!later.isEmpty()) {
      atlas.offerAlone(later.removeFirst(), clock.instant());
    } else if (document.isPresent() && document.get().size() == 0) {
      atlas.heardTheSame(clock.instant());
    }
  }

  private void offer(Shelf shelf, Deque<SignedConsensus> later, Runnable done) {
    while (!later.isEmpty()) {
      Optional<ByteString> missing = atlas.offer(later.getFirst(), clock.instant());
      if (missing.isEmpty()) {
        later.removeFirst();
      } else if (later.size() < Consensus.MAX_AGE_IN_EPOCHS && !missing.get().equals(NONE)) {
        askConsensus(shelf, missing.get(), later, done);
        return;
      } else {
        atlas.offerAlone(later.removeFirst(), clock.instant());
      }
    }
    done.run();
  }

  /// What the nodes say of themselves. Tells which of them were started anew.
  void askNodes(Shelf shelf, Consumer<Set<NodeKey>> done) {
    shelf.ask(
        DocumentKind.NODE_INFOS,
        NONE,
        atlas.infosHash(),
        document -> {
          Set<NodeKey> anew = Set.of();
          if (document.isPresent() && document.get().size() > 0) {
            try {
              anew = atlas.takeInfos(document.get());
            } catch (MalformedException _) {
              // As if there were none.
            }
          }
          done.accept(anew);
        });
  }
}
