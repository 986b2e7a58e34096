package im.waxwing.node.directory;

import im.waxwing.base.ByteString;
import im.waxwing.base.MalformedException;
import im.waxwing.node.DocumentLink;
import im.waxwing.protocol.DocumentKind;
import im.waxwing.protocol.Frame;
import im.waxwing.protocol.consensus.Authority;
import im.waxwing.protocol.consensus.AuthoritySet;
import im.waxwing.protocol.consensus.Consensus;
import im.waxwing.protocol.consensus.ConsensusChain;
import im.waxwing.protocol.consensus.Entry;
import im.waxwing.protocol.consensus.Parameters;
import im.waxwing.protocol.consensus.SignedConsensus;
import im.waxwing.protocol.consensus.Verdict;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/// `waxwing directory show`: the newest consensus, fetched from the authorities and verified.
final class Listing {
  private final AuthoritySet set;
  private final Instant now;

  Listing(AuthoritySet set, Instant now) {
    this.set = set;
    this.now = now;
  }

  /// The newest of what the authorities that answer have. Empty: none answers, or none has one that
  /// may be used.
  Optional<SignedConsensus> fetch() throws InterruptedException {
    ConsensusChain chain = new ConsensusChain(set);
    Vertx vertx = Vertx.vertx();
    for (Authority authority : set.authorities()) {
      ask(vertx, authority, chain);
    }
    var _ = vertx.close();
    return chain.newest();
  }

  private void ask(Vertx vertx, Authority authority, ConsensusChain chain)
      throws InterruptedException {
    ByteString none = Frame.AskDocument.NONE;
    try (DocumentLink link = DocumentLink.open(vertx, authority.address())) {
      Optional<ByteString> document = link.ask(DocumentKind.CONSENSUS, 0, none, none);
      if (document.isPresent()) {
        Verdict _ = chain.accept(SignedConsensus.decode(document.get()), now);
      }
    } catch (IOException | MalformedException _) {
      // The others are asked, too.
    }
  }

  void print(SignedConsensus signed, PrintStream out) {
    Consensus consensus = signed.consensus();
    Parameters parameters = consensus.parameters();
    out.println("network    " + consensus.network().bytes().base64Url());
    out.println("epoch      " + consensus.epoch() + ", from " + consensus.validFrom());
    out.println("next       " + consensus.freshUntil());
    out.println("stale      " + consensus.validUntil());
    out.println(
        "signed by  "
            + signed.signers(set).size()
            + " of "
            + set.authorities().size()
            + " authorities; "
            + set.threshold()
            + " are needed");
    out.println(
        "mode       " + word(parameters.mode()) + ", packets " + word(parameters.profile()));
    out.println("rules      " + rules(parameters));
    out.println(
        "swarm      " + parameters.swarmSize() + ", acknowledged by " + parameters.quorum());
    out.println("admission  " + parameters.admissionZeroBits() + " bits of work");
    out.println("nodes      " + consensus.entries().size());
    for (Entry entry : consensus.entries()) {
      out.println("  " + line(entry));
    }
  }

  private static String line(Entry entry) {
    String relays = entry.layer() == 0 ? "no relay" : "layer " + entry.layer();
    return entry.address().format()
        + "  "
        + relays
        + (entry.storage() ? ", storage" : "")
        + ", weight "
        + entry.weight()
        + (entry.operator().name().isEmpty() ? "" : ", of " + entry.operator().name());
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  private static String rules(Parameters parameters) {
    List<String> rules =
        parameters.rules().stream().map(rule -> "no two of one " + word(rule)).sorted().toList();
    return rules.isEmpty() ? "none" : String.join(", ", rules);
  }

  /// The same as one line of JSON. Nothing in it needs escaping: keys, addresses, numbers.
  void printJson(SignedConsensus signed, PrintStream out) {
    Consensus consensus = signed.consensus();
    Parameters parameters = consensus.parameters();
    out.println(
        "{\"network\":\"%s\",\"epoch\":%d,\"validFrom\":\"%s\",\"freshUntil\":\"%s\","
                .formatted(
                    consensus.network().bytes().base64Url(),
                    consensus.epoch(),
                    consensus.validFrom(),
                    consensus.freshUntil())
            + "\"validUntil\":\"%s\",\"signatures\":%d,\"authorities\":%d,\"mode\":\"%s\","
                .formatted(
                    consensus.validUntil(),
                    signed.signers(set).size(),
                    set.authorities().size(),
                    word(parameters.mode()))
            + "\"profile\":\"%s\",\"swarmSize\":%d,\"quorum\":%d,\"admission\":%d,\"nodes\":[%s]}"
                .formatted(
                    word(parameters.profile()),
                    parameters.swarmSize(),
                    parameters.quorum(),
                    parameters.admissionZeroBits(),
                    consensus.entries().stream()
                        .map(Listing::json)
                        .collect(Collectors.joining(","))));
  }

  private static String json(Entry entry) {
    return "{\"address\":\"%s\",\"layer\":%d,\"storage\":%b,\"weight\":%d,\"operator\":\"%s\"}"
        .formatted(
            entry.address().format(),
            entry.layer(),
            entry.storage(),
            entry.weight(),
            entry.operator().key().base64Url());
  }
}
