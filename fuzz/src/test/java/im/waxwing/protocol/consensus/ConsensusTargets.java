package im.waxwing.protocol.consensus;

import static im.waxwing.fuzz.Cases.cut;
import static im.waxwing.fuzz.Cases.join;
import static im.waxwing.fuzz.Cases.run;
import static im.waxwing.fuzz.Cases.set;

import im.waxwing.base.ByteString;
import im.waxwing.base.SecretBytes;
import im.waxwing.fuzz.Cases;
import im.waxwing.fuzz.Target;
import im.waxwing.model.Day;
import im.waxwing.model.NetworkId;
import im.waxwing.model.NodeAddress;
import im.waxwing.model.NodeKey;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The documents of an onion network's directory.
public final class ConsensusTargets {
  private static final long EPOCH = 498_852;
  private static final Day TODAY = new Day(20_785);
  private static final int NETWORK_END = 1 + NetworkId.SIZE;

  private ConsensusTargets() {}

  public static List<Target> all() {
    return List.of(
        new Target(
            "network-file",
            Set.of(
                "im.waxwing.protocol.consensus.AuthoritySet#parse",
                "im.waxwing.protocol.consensus.Authority#parse"),
            input -> AuthoritySet.parse(new String(input, StandardCharsets.UTF_8)).format(),
            ConsensusTargets::networkFiles),
        Target.of(
            "descriptor",
            "im.waxwing.protocol.consensus.Descriptor#decode",
            input -> {
              Descriptor descriptor = Descriptor.decode(ByteString.copyOf(input));
              descriptor.encode();
              descriptor.isSigned();
            },
            ConsensusTargets::descriptors),
        Target.of(
            "vote",
            "im.waxwing.protocol.consensus.Vote#decode",
            input -> Vote.decode(ByteString.copyOf(input)).encode(),
            ConsensusTargets::votes),
        Target.of(
            "reveal",
            "im.waxwing.protocol.consensus.Reveal#decode",
            input -> Reveal.decode(ByteString.copyOf(input)).encode(),
            ConsensusTargets::reveals),
        Target.of(
            "consensus",
            "im.waxwing.protocol.consensus.SignedConsensus#decode",
            input -> used(SignedConsensus.decode(ByteString.copyOf(input))),
            ConsensusTargets::consensuses),
        Target.of(
            "equivocation",
            "im.waxwing.protocol.consensus.ProofOfEquivocation#decode",
            input -> ProofOfEquivocation.decode(ByteString.copyOf(input)).encode(),
            ConsensusTargets::proofs),
        Target.of(
            "signed-hash",
            "im.waxwing.protocol.consensus.Ballot$SignedHash#decode",
            input -> Ballot.SignedHash.decode(ByteString.copyOf(input)).encode(),
            ConsensusTargets::signedHashes),
        Target.of(
            "guards",
            "im.waxwing.protocol.consensus.Guards#decode",
            input -> Guards.decode(ByteString.copyOf(input)).encode(),
            ConsensusTargets::guards));
  }

  /// What was read is used as an app would.
  private static void used(SignedConsensus signed) {
    signed.encode();
    Consensus consensus = signed.consensus();
    consensus.validUntil();
    Day day = Day.of(consensus.validFrom());
    List<Entry> swarm = Placement.swarm(consensus, run(1, 32), day);
    Guards guards = Guards.none().renewed(consensus, new SeededRandom(1), day);
    for (Entry guard : guards.usable(consensus)) {
      Optional<OnionPath> _ =
          new OnionPaths(consensus, new SeededRandom(2)).choose(guard, swarm, Set.of());
    }
  }

  private static AuthorityKey key(int number) {
    return AuthorityKey.generate(new SeededRandom(number));
  }

  private static AuthoritySet network() {
    List<Authority> authorities = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      NodeAddress address = new NodeAddress("127.0.0.1", 7400 + i, key(i).nodeKey());
      authorities.add(new Authority(address, key(i).latticeKey()));
    }
    return new AuthoritySet(Duration.ofHours(1), authorities);
  }

  private static AuthoritySignature signature(int number, Statement statement) {
    return key(number).sign(number, statement);
  }

  private static Cases networkFiles() {
    String file = network().format();
    List<String> lines = file.lines().toList();
    return new Cases()
        .with("success", file)
        .with("success-usual-epoch", "# ours\n\n" + file.substring(file.indexOf('\n') + 1))
        .with("two-authorities", lines.get(1) + "\n" + lines.get(2) + "\n")
        .with("one-twice", file + lines.get(1) + "\n")
        .with("epoch-too-short", file.replace("3600000", "0999"))
        .with("unknown-line", "authorities 3\n" + file)
        .with("no-address", "authority nobody")
        .with("key-cut-short", file.replaceAll("....\n", "\n"))
        .with("key-not-base64", file.replaceAll(".\n", "!\n"));
  }

  private static Descriptor descriptor(int number) {
    Descriptor.Word word =
        new Descriptor.Word(
            "10.0.0." + number,
            7443,
            Set.of(Role.RELAY, Role.STORAGE),
            10,
            SecretBytes.copyOf(Cases.repeat(9, 32)),
            "alice");
    SecretBytes seed = SecretBytes.copyOf(Cases.repeat(number, 32));
    return Descriptor.sign(seed, network().id(), EPOCH - 1, word);
  }

  private static Cases descriptors() {
    byte[] good = descriptor(1).encode().toByteArray();
    int port = NETWORK_END + 8 + NodeKey.SIZE;
    int roles = port + 2 + 1 + "10.0.0.1".length();
    int name = roles + 3 + Operator.KEY_SIZE;
    return new Cases()
        .with("success", good)
        .with("cut-short", cut(good, 100))
        .with("too-long", join(good, new byte[1]))
        .with("unknown-version", set(good, 0, 2))
        .with("epoch-above-63-bits", set(good, NETWORK_END, 0x80))
        .with("port-zero", set(set(good, port, 0), port + 1, 0))
        .with("host-with-a-space", set(good, port + 3, ' '))
        .with("no-role", set(good, roles, 0))
        .with("unknown-role", set(good, roles, 4))
        .with("no-weight", set(good, roles + 2, 0))
        .with("name-in-capitals", set(good, name + 1, 'A'));
  }

  private static Vote vote(List<Descriptor> nodes) {
    return new Vote(
        network().id(),
        EPOCH,
        run(1, 32),
        run(2, 32),
        Parameters.STANDARD,
        Vote.ordered(nodes.stream().map(node -> new Vote.Listing(10, node)).toList()));
  }

  private static byte[] signed(Vote vote) {
    return Signed.by(key(0), 0, vote).encode().toByteArray();
  }

  private static Cases votes() {
    byte[] good = signed(vote(List.of(descriptor(1), descriptor(2))));
    int parameters = NETWORK_END + 8 + 32 + 32;
    int listings = parameters + Parameters.STANDARD.encode().size() + 2;
    int one = 2 + descriptor(1).encode().size();
    byte[] backwards =
        join(
            cut(good, listings),
            ByteString.copyOf(good, listings + one, one).toByteArray(),
            ByteString.copyOf(good, listings, one).toByteArray(),
            ByteString.copyOf(good, listings + 2 * one, AuthoritySignature.SIZE).toByteArray());
    return new Cases()
        .with("success", good)
        .with("success-no-nodes", signed(vote(List.of())))
        .with("cut-short", cut(good, 400))
        .with("too-long", join(good, new byte[1]))
        .with("not-in-order", backwards)
        .with("unknown-mode", set(good, parameters, 2))
        .with("unknown-profile", set(good, parameters + 1, 2))
        .with("unknown-rule", set(good, parameters + 2, 4))
        .with("no-delay", set(set(good, parameters + 5, 0), parameters + 6, 0))
        .with("quorum-too-small", set(good, listings - 4, 2))
        .with("admission-too-dear", set(good, listings - 3, 41))
        .with("no-weight", set(good, listings + 1, 0))
        .with("sixth-authority", set(good, listings + 2 * one, 5));
  }

  private static Cases reveals() {
    byte[] good =
        Signed.by(key(0), 0, new Reveal(network().id(), EPOCH, run(7, 32))).encode().toByteArray();
    return new Cases()
        .with("success", good)
        .with("cut-short", cut(good, 60))
        .with("too-long", join(good, new byte[1]))
        .with("unknown-version", set(good, 0, 0));
  }

  private static Consensus consensus() {
    List<Entry> entries = new ArrayList<>();
    for (int i = 1; i <= 9; i++) {
      Descriptor node = descriptor(i);
      Operator operator = new Operator(run(i, Operator.KEY_SIZE), "operator" + i);
      entries.add(new Entry(node.address(), 1 + i % 3, true, 10, operator));
    }
    entries.sort((one, two) -> one.key().bytes().compareTo(two.key().bytes()));
    return new Consensus(
        network().id(),
        EPOCH,
        Duration.ofHours(1),
        run(1, 32),
        run(2, 32),
        Parameters.STANDARD.with(Set.of()),
        Collections.nCopies(Consensus.DAYS, run(3, 32)),
        entries);
  }

  private static Cases consensuses() {
    Consensus consensus = consensus();
    byte[] good =
        new SignedConsensus(
                consensus,
                List.of(signature(0, consensus.statement()), signature(2, consensus.statement())))
            .encode()
            .toByteArray();
    int length = NETWORK_END + 8;
    int entries = consensus.encode().size() - entriesSize(consensus);
    int layer = entries + NodeKey.SIZE + 2 + 1 + "10.0.0.1".length();
    int signatures = consensus.encode().size() + 1;
    return new Cases()
        .with("success", good)
        .with("success-not-signed", new SignedConsensus(consensus, List.of()).encode())
        .with("cut-short", cut(good, 3000))
        .with("too-long", join(good, new byte[1]))
        .with("epoch-of-a-second-eon", set(good, NETWORK_END + 1, 0x10))
        .with("epoch-too-long", set(good, length, 0x7F))
        .with("fifth-layer", set(good, layer, 4))
        .with("storage-neither-0-nor-1", set(good, layer + 1, 2))
        .with("no-weight", set(set(good, layer + 2, 0), layer + 3, 0))
        .with("nodes-out-of-order", set(good, entries, 0xFF))
        .with("signatures-out-of-order", set(good, signatures, 3));
  }

  private static int entriesSize(Consensus consensus) {
    return consensus.entries().stream()
        .mapToInt(
            one ->
                NodeKey.SIZE
                    + 2
                    + 1
                    + 8
                    + 4
                    + Operator.KEY_SIZE
                    + 1
                    + one.operator().name().length())
        .sum();
  }

  private static Cases proofs() {
    Statement one = vote(List.of()).statement();
    Statement two = vote(List.of(descriptor(1))).statement();
    byte[] good =
        ProofOfEquivocation.between(one, signature(0, one), two, signature(0, two))
            .orElseThrow()
            .encode()
            .toByteArray();
    int other = 1 + Statement.SIZE + AuthoritySignature.SIZE;
    return new Cases()
        .with("success", good)
        .with("cut-short", cut(good, 90))
        .with("too-long", join(good, new byte[1]))
        .with("unknown-kind", set(good, 1, 9))
        .with("larger-hash-first", set(good, Statement.SIZE - 31, 0xFF))
        .with("of-two-authorities", set(good, other + 32, 1));
  }

  private static Cases signedHashes() {
    Statement statement = consensus().statement();
    byte[] good = new Ballot.SignedHash(statement, signature(0, statement)).encode().toByteArray();
    return new Cases()
        .with("success", good)
        .with("cut-short", cut(good, 90))
        .with("too-long", join(good, new byte[1]));
  }

  private static Cases guards() {
    byte[] good =
        new Guards(
                List.of(
                    new Guards.Guard(new NodeKey(run(1, 32)), TODAY.plus(60), TODAY),
                    new Guards.Guard(new NodeKey(run(2, 32)), TODAY.plus(90), TODAY)))
            .encode()
            .toByteArray();
    return new Cases()
        .with("success", good)
        .with("success-none", Guards.none().encode())
        .with("cut-short", cut(good, 40))
        .with("too-long", join(good, new byte[1]))
        .with("unknown-version", set(good, 0, 7))
        .with("one-twice", join(cut(good, 42), ByteString.copyOf(good, 2, 40).toByteArray()));
  }

  private static final class SeededRandom extends SecureRandom {
    private static final long serialVersionUID = 1L;

    private final java.util.Random seeded;

    SeededRandom(long seed) {
      this.seeded = new java.util.Random(seed);
    }

    @Override
    public void nextBytes(byte[] bytes) {
      seeded.nextBytes(bytes);
    }
  }
}
