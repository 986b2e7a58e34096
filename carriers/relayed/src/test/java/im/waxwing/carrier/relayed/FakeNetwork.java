package im.waxwing.carrier.relayed;

import im.waxwing.base.ByteString;
import im.waxwing.base.MalformedException;
import im.waxwing.base.SecretBytes;
import im.waxwing.carrier.contract.Fixtures;
import im.waxwing.model.NetworkAddress;
import im.waxwing.model.NodeAddress;
import im.waxwing.model.NodeKey;
import im.waxwing.packet.Geometry;
import im.waxwing.packet.OutgoingPacket;
import im.waxwing.packet.PacketKey;
import im.waxwing.packet.PacketUnwrapper;
import im.waxwing.packet.PacketWrapper;
import im.waxwing.packet.ReplyBlock;
import im.waxwing.packet.Unwrapped;
import im.waxwing.primitives.Ed25519;
import im.waxwing.protocol.AnswerCode;
import im.waxwing.protocol.Frame;
import im.waxwing.protocol.MailboxDay;
import im.waxwing.protocol.NodeInfo;
import im.waxwing.protocol.NodeInfos;
import im.waxwing.protocol.NumberedRequest;
import im.waxwing.protocol.consensus.Authority;
import im.waxwing.protocol.consensus.AuthorityKey;
import im.waxwing.protocol.consensus.AuthoritySet;
import im.waxwing.protocol.consensus.AuthoritySignature;
import im.waxwing.protocol.consensus.Consensus;
import im.waxwing.protocol.consensus.Entry;
import im.waxwing.protocol.consensus.Operator;
import im.waxwing.protocol.consensus.Parameters;
import im.waxwing.protocol.consensus.Placement;
import im.waxwing.protocol.consensus.SignedConsensus;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// A whole onion network under Mallory's hand: one guard, which has a port, and behind it, in the
/// same place, relays and members of swarms. Keys, signatures, packets and delays are like real
/// ones; what is handed out, and what members answer, is as a test says.
final class FakeNetwork implements AutoCloseable {
  private static final int STORAGE = 9;

  static final Parameters FAST = Parameters.STANDARD.with(Set.of()).withAdmission(0);

  /// What a member does with a request.
  interface Member {
    void asked(Asked asked) throws MalformedException;
  }

  /// A node without a port.
  private record Relay(SecretBytes seed, PacketKey packetKey, int layer, boolean storage) {
    static Relay of(int layer, boolean storage) {
      return new Relay(SecretBytes.generate(32), PacketKey.generate(), layer, storage);
    }

    NodeKey key() {
      try (Ed25519.SigningKey key = Ed25519.SigningKey.ofSeed(seed.exposeSecret())) {
        return new NodeKey(ByteString.copyOf(key.publicKey()));
      }
    }

    NodeInfo info(ByteString key) {
      ByteString any = Fixtures.random(32);
      Instant now = Instant.now();
      return NodeInfo.sign(seed, any, now, Told.epochOf(now), List.of(key, key, key), any);
    }
  }

  /// A request that reached a member.
  final class Asked {
    final NodeKey member;
    final NumberedRequest request;
    private final Consumer<Frame> link;

    private Asked(NodeKey member, NumberedRequest request, Consumer<Frame> link) {
      this.member = member;
      this.request = request;
      this.link = link;
    }

    void answer(AnswerCode code, ByteString body) throws MalformedException {
      say(0, new Frame.Answer(request.number(), code, body));
    }

    /// What the member says by one of the blocks it was given.
    void say(int block, Frame.Notice notice) throws MalformedException {
      ReplyBlock given = request.blocks().get(block);
      OutgoingPacket packet =
          new PacketWrapper(Geometry.STANDARD).reply(given, notice.encodeReply());
      arrive(packet.first(), packet.packet(), link);
    }
  }

  private final Map<NodeKey, Relay> relays = new HashMap<>();
  private final Set<NodeKey> spoilt = ConcurrentHashMap.newKeySet();
  private final List<AuthorityKey> keys = new ArrayList<>();
  private final ScheduledExecutorService time = Executors.newSingleThreadScheduledExecutor();
  private final FakeNode guard;
  private final TlsTap tap;
  private final AuthoritySet set;
  private final Parameters parameters;
  private final Member member;
  private volatile SignedConsensus shown;
  private volatile String file;

  FakeNetwork(Path folder, Parameters parameters, Member member) throws Exception {
    this.parameters = parameters;
    this.member = member;
    Stream.of(Relay.of(2, false), Relay.of(2, false), Relay.of(3, false), Relay.of(3, false))
        .forEach(relay -> relays.put(relay.key(), relay));
    for (int i = 0; i < STORAGE; i++) {
      Relay storage = Relay.of(0, true);
      relays.put(storage.key(), storage);
    }
    this.set = authorities();
    this.file = set.format();
    this.guard =
        FakeNode.scripted(
            folder,
            new FakeNode.Script() {
              @Override
              public void received(Unwrapped unwrapped, Consumer<Frame> link) {
                pass(guardKey(), unwrapped, link);
              }

              @Override
              public Optional<ByteString> document(Frame.AskDocument ask) {
                return FakeNetwork.this.document(ask);
              }
            });
    this.tap = new TlsTap(guard.address().port());
    this.shown = signed(consensus(epoch()), 3);
  }

  private AuthoritySet authorities() {
    List<Authority> authorities = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      AuthorityKey key = AuthorityKey.generate(new SecureRandom());
      keys.add(key);
      authorities.add(
          new Authority(new NodeAddress("127.0.0.1", 1, key.nodeKey()), key.latticeKey()));
    }
    keys.sort(Comparator.comparing(key -> key.nodeKey().bytes()));
    return new AuthoritySet(AuthoritySet.USUAL_EPOCH, authorities);
  }

  private NodeKey guardKey() {
    return guard.address().key();
  }

  NetworkAddress address() {
    return new NetworkAddress("127.0.0.1", tap.port(), set.id());
  }

  /// What passes between app and guard.
  TlsTap tap() {
    return tap;
  }

  long epoch() {
    return set.epochAt(Instant.now());
  }

  /// One that nobody has signed yet; each is another, with other swarms.
  Consensus consensus(long epoch) {
    return consensus(epoch, Frame.AskDocument.NONE);
  }

  Consensus consensus(long epoch, ByteString previous) {
    List<Entry> entries = new ArrayList<>();
    entries.add(entry(new NodeAddress("127.0.0.1", tap.port(), guardKey()), 1, false));
    relays.forEach(
        (key, relay) ->
            entries.add(
                entry(new NodeAddress("127.0.0.1", 1, key), relay.layer(), relay.storage())));
    entries.sort(Comparator.comparing(entry -> entry.key().bytes()));
    List<ByteString> days =
        Stream.generate(() -> Fixtures.random(32))
            .limit(Consensus.DAYS_BEHIND + 1 + Consensus.DAYS_AHEAD)
            .toList();
    return new Consensus(
        set.id(),
        epoch,
        set.epochLength(),
        previous,
        Fixtures.random(32),
        parameters,
        days,
        entries);
  }

  private static Entry entry(NodeAddress address, int layer, boolean storage) {
    return new Entry(address, layer, storage, 10, new Operator(Fixtures.random(32), ""));
  }

  SignedConsensus signed(Consensus consensus, int authorities) {
    List<AuthoritySignature> signatures = new ArrayList<>();
    for (int i = 0; i < authorities; i++) {
      signatures.add(keys.get(i).sign(i, consensus.statement()));
    }
    return new SignedConsensus(consensus, signatures);
  }

  /// The consensus that is handed out.
  SignedConsensus shown() {
    return shown;
  }

  void show(SignedConsensus other) {
    shown = other;
  }

  String file() {
    return file;
  }

  /// The network file that is handed out.
  void showFile(String other) {
    file = other;
  }

  /// Who keeps a mailbox, by the consensus that is handed out.
  List<NodeKey> swarm(MailboxDay mailbox) {
    return Placement.swarm(shown.consensus(), mailbox.id().bytes(), mailbox.day()).stream()
        .map(Entry::key)
        .toList();
  }

  /// With which a member signs receipts.
  SecretBytes seedOf(NodeKey storage) {
    return Objects.requireNonNull(relays.get(storage)).seed();
  }

  private Optional<ByteString> document(Frame.AskDocument ask) {
    return switch (ask.kind()) {
      case NETWORK -> Optional.of(ByteString.copyOf(file.getBytes(StandardCharsets.US_ASCII)));
      case CONSENSUS ->
          !ask.name().equals(Frame.AskDocument.NONE)
              ? Optional.empty()
              : Optional.of(
                  shown.consensus().hash().equals(ask.known()) ? ByteString.EMPTY : shown.encode());
      case NODE_INFOS -> Optional.of(infos().encode());
      case VOTE, REVEAL, SIGNATURE, PROOF, DESCRIPTOR -> Optional.empty();
    };
  }

  private NodeInfos infos() {
    List<NodeInfo> infos = new ArrayList<>(relays.values().stream().map(this::infoOf).toList());
    infos.add(guard.info());
    infos.sort(Comparator.comparing(info -> info.nodeKey().bytes()));
    return new NodeInfos(infos);
  }

  private NodeInfo infoOf(Relay relay) {
    boolean isNone = spoilt.contains(relay.key());
    return relay.info(isNone ? Frame.AskDocument.NONE : relay.packetKey().publicKey());
  }

  /// One relay of a layer names a packet key that is none.
  void spoilOneOf(int layer) {
    relays.values().stream()
        .filter(relay -> relay.layer() == layer)
        .findFirst()
        .ifPresent(relay -> spoilt.add(relay.key()));
  }

  private void arrive(NodeKey at, ByteString packet, Consumer<Frame> link) {
    try {
      Relay relay = relays.get(at);
      Unwrapped unwrapped =
          relay == null
              ? guard.open(packet)
              : new PacketUnwrapper(Geometry.STANDARD)
                  .unwrap(relay.packetKey(), packet.toByteArray());
      pass(at, unwrapped, link);
    } catch (MalformedException e) {
      throw new AssertionError(e);
    }
  }

  private void pass(NodeKey at, Unwrapped unwrapped, Consumer<Frame> link) {
    switch (unwrapped) {
      case Unwrapped.Forward(_, NodeKey next, long delay, ByteString inner) -> {
        var _ = time.schedule(() -> arrive(next, inner, link), delay, TimeUnit.MILLISECONDS);
      }
      case Unwrapped.Deliver delivered -> {
        try {
          byte[] payload = delivered.payload().toByteArray();
          member.asked(new Asked(at, NumberedRequest.decode(payload), link));
        } catch (MalformedException e) {
          throw new AssertionError(e);
        }
      }
      case Unwrapped.Reply reply -> link.accept(new Frame.Reply(reply.reply(), reply.sealed()));
    }
  }

  @Override
  public void close() throws IOException {
    time.shutdownNow();
    tap.close();
    guard.close();
    keys.forEach(AuthorityKey::close);
  }
}
