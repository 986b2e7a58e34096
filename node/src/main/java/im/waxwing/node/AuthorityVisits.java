package im.waxwing.node;

import im.waxwing.base.ByteString;
import im.waxwing.base.MalformedException;
import im.waxwing.protocol.DocumentKind;
import im.waxwing.protocol.Frame;
import im.waxwing.protocol.consensus.Authority;
import im.waxwing.protocol.consensus.AuthoritySet;
import im.waxwing.protocol.consensus.Consensus;
import im.waxwing.protocol.consensus.Descriptor;
import im.waxwing.protocol.consensus.SignedConsensus;
import im.waxwing.protocol.consensus.Verdict;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.LongFunction;

/// Goes to one authority in each epoch: at its beginning with this node's word, after three
/// quarters of it for the consensus of the next (consensus.md §4). Each node goes at a moment of
/// its own, and later and later where nobody answers. Runs on a virtual thread until it is
/// interrupted.
final class AuthorityVisits implements Runnable {
  private static final Logger LOG = System.getLogger(AuthorityVisits.class.getName());

  // Parts of an epoch
  private static final int SPREAD = 16;
  private static final int STEP = 32;
  private static final int LONGEST_PAUSE = 8;

  // Clocks differ a little.
  private static final int REFUSALS_TOLD = 4;

  private static final Duration SHORTEST = Duration.ofMillis(50);
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
  private static final Duration LONGEST = Duration.ofSeconds(60);

  private final Vertx vertx;
  private final Authority authority;
  private final AuthoritySet set;
  private final ConsensusShelf shelf;
  private final LongFunction<Descriptor> word;
  private final Clock clock;
  private long handedIn = -1;
  private int refusals;
  private int failures;

  /// @param word this node's, of an epoch
  AuthorityVisits(
      Vertx vertx,
      Authority authority,
      ConsensusShelf shelf,
      LongFunction<Descriptor> word,
      Clock clock) {
    this.vertx = vertx;
    this.authority = authority;
    this.set = shelf.chain().authorities();
    this.shelf = shelf;
    this.word = word;
    this.clock = clock;
  }

  @Override
  public void run() {
    try {
      while (true) {
        visit();
        Thread.sleep(pause(clock.instant()));
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void visit() throws InterruptedException {
    try (DocumentLink link = DocumentLink.open(vertx, authority.address())) {
      boolean taken = handIn(link);
      fetch(link);
      failures = taken ? 0 : failures + 1;
    } catch (IOException | MalformedException e) {
      failures++;
      LOG.log(Level.DEBUG, "an authority was not to be talked to", e);
    }
  }

  private boolean handIn(DocumentLink link) throws IOException, InterruptedException {
    long epoch = set.epochAt(clock.instant());
    if (handedIn == epoch) {
      return true;
    }
    boolean taken = link.hand(DocumentKind.DESCRIPTOR, word.apply(epoch).encode());
    if (taken) {
      handedIn = epoch;
      refusals = 0;
    } else if (++refusals == REFUSALS_TOLD) {
      LOG.log(
          Level.WARNING,
          "an authority does not take this node in; check the clock and the network file");
    }
    return taken;
  }

  private void fetch(DocumentLink link)
      throws IOException, InterruptedException, MalformedException {
    ByteString none = Frame.AskDocument.NONE;
    ByteString known = shelf.chain().newest().map(one -> one.consensus().hash()).orElse(none);
    Optional<ByteString> newest = link.ask(DocumentKind.CONSENSUS, 0, none, known);
    if (newest.isEmpty() || newest.get().size() == 0) {
      return;
    }
    SignedConsensus offered = SignedConsensus.decode(newest.get());
    if (shelf.offer(offered, clock.instant()) instanceof Verdict.Behind(ByteString missing)) {
      Optional<ByteString> before = link.ask(DocumentKind.CONSENSUS, 0, missing, none);
      if (before.isPresent() && before.get().size() > 0) {
        Verdict _ = shelf.offer(SignedConsensus.decode(before.get()), clock.instant());
        Verdict _ = shelf.offer(offered, clock.instant());
      }
    }
  }

  /// Until the next visit.
  private Duration pause(Instant now) {
    if (failures > 0) {
      return shortened(backOff());
    }
    long epoch = set.epochAt(now);
    Instant agreed = set.beginOf(epoch).plus(part(4).multipliedBy(3));
    if (newest().filter(one -> one.epoch() > epoch).isPresent()) {
      return until(set.beginOf(epoch + 1), now);
    }
    return now.isBefore(agreed) ? until(agreed, now) : shortened(least(part(STEP), LONGEST));
  }

  private Optional<Consensus> newest() {
    return shelf.chain().newest().map(SignedConsensus::consensus);
  }

  private Duration backOff() {
    Duration first = least(part(STEP), FIRST_PAUSE);
    Duration later = first.multipliedBy(1L << Math.min(failures - 1, 10));
    return least(later, least(part(LONGEST_PAUSE), LONGEST));
  }

  private Duration part(int of) {
    return set.epochLength().dividedBy(of);
  }

  private static Duration least(Duration one, Duration other) {
    return one.compareTo(other) <= 0 ? one : other;
  }

  /// Shortly after a moment, when others go, too.
  private Duration until(Instant moment, Instant now) {
    long spread = ThreadLocalRandom.current().nextLong(part(SPREAD).toMillis() + 1);
    return atLeast(Duration.between(now, moment).plusMillis(spread));
  }

  /// By chance by up to a half.
  private static Duration shortened(Duration most) {
    long millis = most.toMillis();
    return atLeast(
        Duration.ofMillis(millis - ThreadLocalRandom.current().nextLong(millis / 2 + 1)));
  }

  private static Duration atLeast(Duration pause) {
    return pause.compareTo(SHORTEST) < 0 ? SHORTEST : pause;
  }
}
