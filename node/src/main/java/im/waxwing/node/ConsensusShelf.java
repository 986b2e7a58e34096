package im.waxwing.node;

import im.waxwing.base.ByteString;
import im.waxwing.base.MalformedException;
import im.waxwing.protocol.Frame;
import im.waxwing.protocol.consensus.AuthoritySet;
import im.waxwing.protocol.consensus.Consensus;
import im.waxwing.protocol.consensus.ConsensusChain;
import im.waxwing.protocol.consensus.SignedConsensus;
import im.waxwing.protocol.consensus.Verdict;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The network file and the consensuses that a node believes, kept on disk so that it knows its
/// network again when it starts while no authority answers.
///
/// Safe for many threads.
final class ConsensusShelf {
  private static final Logger LOG = System.getLogger(ConsensusShelf.class.getName());
  private static final String FOLDER = "consensus";
  private static final String PREFIX = "epoch-";

  private record Encoded(SignedConsensus signed, ByteString bytes) {}

  private final Path folder;
  private final ConsensusChain chain;
  private final ByteString networkFile;
  private final ByteString networkFileHash;
  private volatile @Nullable Encoded newest;

  private ConsensusShelf(Path folder, AuthoritySet set) {
    this.folder = folder;
    this.chain = new ConsensusChain(set);
    this.networkFile = ByteString.copyOf(set.format().getBytes(StandardCharsets.US_ASCII));
    this.networkFileHash = Roll.hash(networkFile);
  }

  /// Reads what was kept of this network in the node's folder.
  static ConsensusShelf open(Path data, AuthoritySet set, Instant now) throws IOException {
    ConsensusShelf shelf = new ConsensusShelf(data.resolve(FOLDER), set);
    OwnerOnly.createFolder(shelf.folder);
    List<SignedConsensus> kept = new ArrayList<>();
    for (Path file : shelf.files()) {
      shelf.read(file).ifPresent(kept::add);
    }
    kept.sort(Comparator.comparingLong(one -> one.consensus().epoch()));
    for (SignedConsensus one : kept) {
      // What was believed in its time is built upon, also if it is stale by now.
      Instant then = one.consensus().validFrom();
      Verdict _ = shelf.chain.accept(one, then.isBefore(now) ? then : now);
    }
    return shelf;
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> nameOf(file).matches(PREFIX + "[0-9]+")).toList();
    }
  }

  private static String nameOf(Path file) {
    return file.getFileName().toString();
  }

  /// A damaged file is as if it were not there: the authorities have another.
  private Optional<SignedConsensus> read(Path file) throws IOException {
    try {
      return Optional.of(SignedConsensus.decode(ByteString.copyOf(Files.readAllBytes(file))));
    } catch (MalformedException _) {
      LOG.log(Level.WARNING, "a kept consensus is damaged and is fetched again");
      return Optional.empty();
    }
  }

  ConsensusChain chain() {
    return chain;
  }

  /// Looks at a consensus and, if it is the newest now, keeps it.
  Verdict offer(SignedConsensus signed, Instant now) throws IOException {
    Verdict verdict = chain.accept(signed, now);
    if (verdict instanceof Verdict.Accepted(Consensus consensus)) {
      OwnerOnly.write(folder.resolve(PREFIX + consensus.epoch()), signed.encode().toByteArray());
      forgetOld();
    } else if (verdict instanceof Verdict.Refused(Verdict.Reason reason, _)) {
      LOG.log(
          reason == Verdict.Reason.SUPERSEDED ? Level.DEBUG : Level.WARNING,
          "a consensus of the network was refused: {0}",
          reason);
    }
    return verdict;
  }

  private void forgetOld() throws IOException {
    Set<String> remembered =
        chain.remembered().stream()
            .map(one -> PREFIX + one.consensus().epoch())
            .collect(Collectors.toSet());
    for (Path file : files()) {
      if (!remembered.contains(nameOf(file))) {
        Files.deleteIfExists(file);
      }
    }
  }

  /// A consensus that is asked for by its hash, or the newest; an empty document if it is known.
  Optional<ByteString> consensus(Frame.AskDocument ask) {
    Optional<SignedConsensus> found =
        ask.name().equals(Frame.AskDocument.NONE) ? chain.newest() : chain.byHash(ask.name());
    return found.map(
        one ->
            one.consensus().hash().equals(ask.known()) ? ByteString.EMPTY : encoded(one).bytes());
  }

  private Encoded encoded(SignedConsensus signed) {
    Encoded last = newest;
    if (last != null && last.signed().equals(signed)) {
      return last;
    }
    Encoded fresh = new Encoded(signed, signed.encode());
    newest = fresh;
    return fresh;
  }

  /// The network file, if it is this network's that is asked for.
  Optional<ByteString> network(Frame.AskDocument ask) {
    if (!ask.name().equals(chain.network().bytes())) {
      return Optional.empty();
    }
    return Optional.of(ask.known().equals(networkFileHash) ? ByteString.EMPTY : networkFile);
  }
}
