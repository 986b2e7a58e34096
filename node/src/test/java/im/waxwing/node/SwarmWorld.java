package im.waxwing.node;

import static org.assertj.core.api.Assertions.assertThat;

import im.waxwing.base.ByteString;
import im.waxwing.base.MalformedException;
import im.waxwing.base.SecretBytes;
import im.waxwing.model.AdmissionToken;
import im.waxwing.model.Day;
import im.waxwing.model.NodeAddress;
import im.waxwing.model.NodeKey;
import im.waxwing.primitives.Ed25519;
import im.waxwing.protocol.AnswerCode;
import im.waxwing.protocol.Frame;
import im.waxwing.protocol.OwnMailboxDay;
import im.waxwing.protocol.Request;
import im.waxwing.protocol.swarm.EntryPage;
import im.waxwing.protocol.swarm.PeerRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// Members of swarms on stores of their own. Between them go real frames, on wires that can be cut.
final class SwarmWorld implements AutoCloseable {
  private static final int SWARM = 5;
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration QUICK = Duration.ofMillis(500);

  /// What a coordinator or another member said.
  record Answered(AnswerCode code, ByteString body) {}

  /// Something that becomes true.
  interface Condition {
    boolean holds() throws Exception;
  }

  private final class Member {
    final SecretBytes seed = SecretBytes.generate(32);
    final NodeKey key = keyOf(seed);
    final Path folder;
    final Committer committer;
    final Office office;
    final PeerAsks asks;
    final Swarm swarm;
    final AntiEntropy antiEntropy;

    Member(Path folder, SwarmPlacement where) throws Exception {
      this.folder = Files.createDirectories(folder);
      MailboxStore store = MailboxStore.open(folder, Limits.STANDARD);
      Subscriptions subscriptions = new Subscriptions();
      EpochKeys keys = new EpochKeys(clock.instant(), 1 << 10);
      Counters counters = new Counters();
      RelayLimits relaying = RelayLimits.STANDARD;
      this.committer =
          new Committer(store, subscriptions, Files.getFileStore(folder), Limits.STANDARD);
      this.office =
          new Office(
              key,
              new AdmissionToken(SecretBytes.generate(16)),
              clock,
              Limits.STANDARD,
              keys,
              committer,
              subscriptions,
              new StockedSubscriptions(subscriptions, keys, relaying.stockedBlocks()),
              new Attached(),
              new Peers(key, Federation.EVERYONE, relaying, keys, counters),
              new Swarms(),
              new OnionDesk(),
              counters);
      this.asks = new PeerAsks((to, frame) -> send(key, to, frame), QUICK);
      committer.start();
      this.swarm = new Swarm(office, seed, where, asks, SwarmReader.open(folder));
      this.antiEntropy = new AntiEntropy(swarm, key, Swarms.GRACE);
    }

    void close() throws SQLException {
      asks.close();
      committer.close();
      swarm.close();
      office.keys().close();
    }
  }

  private final MovedClock clock;
  private final ByteString network = Mailboxes.random(32);
  private final List<Member> members = new ArrayList<>();
  private final Set<NodeKey> cut = ConcurrentHashMap.newKeySet();
  private final Set<NodeKey> liars = ConcurrentHashMap.newKeySet();
  private final ExecutorService wires = Executors.newFixedThreadPool(4);
  private final FixedPlacement placement;

  SwarmWorld(Path folder, MovedClock clock, int count) throws Exception {
    this.clock = clock;
    this.placement = new FixedPlacement(network, List.of(), List.of());
    for (int i = 0; i < count; i++) {
      members.add(new Member(folder.resolve("member" + i), placement));
    }
    List<NodeAddress> nodes =
        members.stream().map(member -> new NodeAddress("127.0.0.1", 7443, member.key)).toList();
    placement.found(nodes);
    placement.change(nodes.stream().limit(SWARM).map(NodeAddress::key).toList());
  }

  private static NodeKey keyOf(SecretBytes seed) {
    try (Ed25519.SigningKey key = Ed25519.SigningKey.ofSeed(seed.exposeSecret())) {
      return new NodeKey(ByteString.copyOf(key.publicKey()));
    }
  }

  private boolean send(NodeKey from, NodeKey to, Frame frame) {
    if (cut.contains(from) || cut.contains(to)) {
      return false;
    }
    byte[] bytes = frame.encode();
    wires.execute(() -> arrived(from, member(to), bytes));
    return true;
  }

  private Member member(NodeKey key) {
    return members.stream().filter(member -> member.key.equals(key)).findFirst().orElseThrow();
  }

  private void arrived(NodeKey from, Member at, byte[] bytes) {
    switch (decode(bytes)) {
      case Frame.PeerRequest(long number, ByteString request) ->
          at.swarm.asked(
              from,
              request,
              (code, body) ->
                  send(at.key, from, new Frame.PeerAnswer(number, code, said(at, code, body))));
      case Frame.PeerAnswer answer -> at.asks.heard(from, answer);
      default -> throw new AssertionError("no frame between members");
    }
  }

  /// A liar answers at once that all is well, without having done anything.
  private ByteString said(Member member, AnswerCode code, ByteString body) {
    boolean receipt = code == AnswerCode.OK && body.size() == 64;
    return receipt && liars.contains(member.key) ? Mailboxes.random(64) : body;
  }

  private static Frame decode(byte[] bytes) {
    try {
      return Frame.decode(bytes);
    } catch (MalformedException e) {
      throw new AssertionError(e);
    }
  }

  ByteString network() {
    return network;
  }

  SwarmPlacement placement() {
    return placement;
  }

  NodeKey key(int member) {
    return members.get(member).key;
  }

  NodeAddress addressOf(int member) {
    return new NodeAddress("127.0.0.1", 7443, key(member));
  }

  Swarm swarm(int member) {
    return members.get(member).swarm;
  }

  /// The member hears and says nothing any more.
  void cut(int member) {
    cut.add(key(member));
  }

  void mend(int member) {
    cut.remove(key(member));
  }

  /// The member's receipts are noise.
  void lie(int member) {
    liars.add(key(member));
  }

  /// The consensus puts another node in a member's place.
  void replace(int member, int by) {
    List<NodeKey> now = new ArrayList<>(placement.members(network, new Day(0)));
    now.replaceAll(key -> key.equals(key(member)) ? key(by) : key);
    placement.change(now);
  }

  AdmissionToken badToken(OwnMailboxDay mailbox) {
    while (true) {
      AdmissionToken token = new AdmissionToken(SecretBytes.generate(16));
      if (!placement.admission().admits(token, mailbox.owner(), mailbox.id().bytes())) {
        return token;
      }
    }
  }

  boolean takes(int member, Request request) {
    return swarm(member).takes(request, (_, _) -> {});
  }

  /// As an app asks a coordinator.
  Answered ask(int coordinator, Request request) throws Exception {
    CompletableFuture<Answered> answer = new CompletableFuture<>();
    boolean taken =
        swarm(coordinator)
            .takes(request, (code, body) -> answer.complete(new Answered(code, body)));
    return taken
        ? answer.get(PATIENCE.toSeconds(), TimeUnit.SECONDS)
        : new Answered(AnswerCode.UNKNOWN_MAILBOX, ByteString.EMPTY);
  }

  /// As one node asks another.
  Answered asPeer(int from, int member, PeerRequest request) throws Exception {
    CompletableFuture<Answered> answer = new CompletableFuture<>();
    swarm(member)
        .asked(
            key(from), request.encode(), (code, body) -> answer.complete(new Answered(code, body)));
    return answer.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
  }

  /// Hand-off, as every few seconds.
  void tick(int member) {
    swarm(member).handOff();
  }

  /// Anti-entropy, as every ten minutes.
  void round(int member) throws Exception {
    members.get(member).antiEntropy.round(clock.instant());
  }

  /// What a node does once a day.
  void sweep(int member) throws Exception {
    CompletableFuture<AnswerCode> done = new CompletableFuture<>();
    members
        .get(member)
        .committer
        .submit(
            new Committer.Work() {
              @Override
              public Runnable carryOut(MailboxStore store) throws SQLException {
                store.sweep(Day.of(clock.instant()));
                store.swarm().sweep(Day.of(clock.instant()));
                return () -> done.complete(AnswerCode.OK);
              }

              @Override
              public void undone(AnswerCode why) {
                done.complete(why);
              }
            });
    assertThat(done.get(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isEqualTo(AnswerCode.OK);
  }

  List<EntryPage.Entry> entries(int member, ByteString name) throws Exception {
    Optional<Mailbox> mailbox = swarm(member).reader().mailbox(name);
    return mailbox.isEmpty()
        ? List.of()
        : swarm(member).reader().entries(mailbox.get(), PeerRequest.Pull.ITSELF, Integer.MAX_VALUE);
  }

  long rows(int member, String table) throws Exception {
    try (Connection connection = Database.openForReading(members.get(member).folder);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT count(*) FROM " + table)) {
      return rows.getLong(1);
    }
  }

  void awaitEverywhere(ByteString name) throws Exception {
    for (int i = 0; i < SWARM; i++) {
      int member = i;
      await(() -> swarm(member).reader().find(name).isPresent());
    }
  }

  void await(Condition condition) throws Exception {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.holds()) {
      assertThat(System.nanoTime()).as("waited long enough").isLessThan(end);
      LockSupport.parkNanos(1_000_000);
    }
  }

  @Override
  public void close() throws SQLException {
    for (Member member : members) {
      member.close();
    }
    wires.shutdownNow();
  }
}
