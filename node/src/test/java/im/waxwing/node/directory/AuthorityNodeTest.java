package im.waxwing.node.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import im.waxwing.base.ByteString;
import im.waxwing.model.NodeAddress;
import im.waxwing.model.NodeKey;
import im.waxwing.node.DocumentLink;
import im.waxwing.node.Node;
import im.waxwing.node.NodeException;
import im.waxwing.node.TlsIdentity;
import im.waxwing.node.TlsLinks;
import im.waxwing.protocol.DocumentKind;
import im.waxwing.protocol.Frame;
import im.waxwing.protocol.NodeInfo;
import im.waxwing.protocol.consensus.AuthorityKey;
import im.waxwing.protocol.consensus.Consensus;
import im.waxwing.protocol.consensus.Descriptor;
import im.waxwing.protocol.consensus.Entry;
import im.waxwing.protocol.consensus.Parameters;
import im.waxwing.protocol.consensus.ProofOfEquivocation;
import im.waxwing.protocol.consensus.Reveal;
import im.waxwing.protocol.consensus.Signed;
import im.waxwing.protocol.consensus.SignedConsensus;
import im.waxwing.protocol.consensus.Vote;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuthorityNodeTest {
  @TempDir Path folder;
  private Network network;

  @BeforeEach
  void open() throws Exception {
    network = new Network(folder);
  }

  @AfterEach
  void close() {
    network.close();
  }

  @Test
  void threeAuthoritiesAgreeEachEpochAndChainTheirDocuments() throws Exception {
    network.start(0, 1, 2);

    network.agree();
    Consensus first = network.agreed();
    network.agree();
    Consensus second = network.agreed();

    assertThat(first.previous()).isEqualTo(Frame.AskDocument.NONE);
    assertThat(second.previous()).isEqualTo(first.hash());
    assertThat(second.epoch()).isEqualTo(first.epoch() + 1);
    assertThat(second.sharedRandom()).isNotEqualTo(first.sharedRandom());
    assertThat(network.newest(0).signers(network.set)).hasSizeGreaterThanOrEqualTo(2);
  }

  @Test
  void aNodeJoinsWhenItAnswersAndLeavesWhenItIsSilent() throws Exception {
    network.start(0, 1, 2);
    Node node = network.node("bob");
    NodeAddress address = node.address().node();
    for (int i = 0; i < 3; i++) {
      assertThat(network.register(network.descriptor("bob", address), i)).isTrue();
    }

    network.moveTo(Clerk.PROBE);
    network.awaitProgress(Network.NODES, 1);
    network.agree();
    assertThat(network.agreed().entries())
        .singleElement()
        .returns(address, Entry::address)
        .returns(true, Entry::storage)
        .matches(entry -> entry.layer() >= 1);
    network.stop(node);
    network.agree();

    assertThat(network.agreed().entries()).isEmpty();
  }

  @Test
  void aNodeThatDoesNotAnswerWhereItSaysIsNotListed() throws Exception {
    network.start(0, 1, 2);
    Node node = network.node("bob");
    NodeAddress real = node.address().node();
    int nobody = Network.freePorts(1).getFirst();
    NodeAddress elsewhere = new NodeAddress("127.0.0.1", nobody, real.key());
    for (int i = 0; i < 3; i++) {
      assertThat(network.register(network.descriptor("bob", elsewhere), i)).isTrue();
    }

    network.agree();

    assertThat(network.agreed().entries()).isEmpty();
  }

  @Test
  void withOneAuthorityDownTheOthersGoOnAndItCatchesUp() throws Exception {
    network.start(0, 1, 2);
    network.agree();
    network.stop(1);

    network.agree();
    Consensus without = network.agreed();
    network.start(1);
    network.awaitConsensus(without.epoch());
    network.agree();

    assertThat(network.agreed().previous()).isEqualTo(without.hash());
    assertThat(network.agreed().epoch()).isEqualTo(without.epoch() + 1);
  }

  @Test
  void withOneAuthorityAloneTheOldConsensusStays() throws Exception {
    network.start(0, 1, 2);
    network.agree();
    Consensus old = network.agreed();
    network.stop(1);
    network.stop(2);

    network.moveTo(Clerk.VOTE);
    network.awaitProgress(Network.VOTES, 1);
    network.moveTo(Clerk.REVEAL);
    network.awaitProgress(Network.REVEALS, 1);
    network.moveTo(Clerk.SIGN);
    network.moveTo(Clerk.VOTE);
    network.awaitProgress(Network.VOTES, 1);

    assertThat(network.newest(0).consensus()).isEqualTo(old);
  }

  @Test
  void anAuthorityKilledAfterItsVoteContradictsNothing() throws Exception {
    network.start(0, 1, 2);
    network.moveTo(Clerk.VOTE);
    network.awaitProgress(Network.VOTES, 3);
    network.stop(2);
    network.start(2);
    network.awaitProgress(Network.VOTES, 3);
    network.moveTo(Clerk.REVEAL);
    network.awaitProgress(Network.REVEALS, 3);
    network.stop(2);
    network.start(2);
    network.awaitProgress(Network.REVEALS, 3);
    network.moveTo(Clerk.SIGN);
    network.awaitConsensus(network.epoch() + 1);

    network.agreed();
    for (int i = 0; i < 3; i++) {
      assertThat(network.authority(i).proofs()).isEmpty();
    }
  }

  @Test
  void whatWasAgreedIsThereAfterARestart() throws Exception {
    network.start(0, 1, 2);
    network.agree();
    Consensus agreed = network.agreed();
    network.stop(0);
    network.stop(1);
    network.stop(2);

    network.start(0);

    assertThat(network.newest(0).consensus()).isEqualTo(agreed);
  }

  @Test
  void aTwoFacedAuthorityIsProvedToBeOneAndDoesNotCount() throws Exception {
    network.start(0, 1);
    Node node = network.node("bob");
    Descriptor bob = network.descriptor("bob", node.address().node());
    try (Mallory mallory = new Mallory(2, bob)) {
      network.moveTo(Clerk.VOTE);
      network.awaitProgress(Network.VOTES, 3);
      network.moveTo(Clerk.REVEAL);
      Network.await(
          () ->
              !network.authority(0).proofs().isEmpty() && !network.authority(1).proofs().isEmpty());
      network.awaitProgress(Network.REVEALS, 2);
      network.moveTo(Clerk.SIGN);
      network.awaitConsensus(network.epoch() + 1);
      assertThat(mallory.faces.get()).isGreaterThanOrEqualTo(2);
    }

    ProofOfEquivocation proof = network.authority(0).proofs().getFirst();
    assertThat(proof.authority()).isEqualTo(2);
    assertThat(ProofOfEquivocation.decode(proof.encode()).holds(network.set)).isTrue();
    assertThat(network.agreed().entries()).isEmpty();
  }

  /// An authority's key in bad hands: lists Bob's node in every second vote it shows.
  private final class Mallory implements Desk, AutoCloseable {
    private final int self;
    private final AuthorityKey key;
    private final Reveal reveal;
    private final List<Signed<Vote>> votes;
    private final Vertx vertx = Vertx.vertx();
    private final ExecutorService thread = Executors.newSingleThreadExecutor();
    private final AtomicInteger faces = new AtomicInteger();

    Mallory(int self, Descriptor bob) throws Exception {
      this.self = self;
      key = AuthorityFolder.readKey(network.folderOf(self));
      long epoch = network.epoch() + 1;
      reveal = new Reveal(network.set.id(), epoch, ByteString.copyOf(new byte[32]));
      votes = List.of(vote(epoch, List.of()), vote(epoch, List.of(new Vote.Listing(9, bob))));
      TlsIdentity tls = TlsIdentity.openOrCreate(network.folderOf(self));
      int port = network.set.authorities().get(self).address().port();
      ByteString zeros = ByteString.copyOf(new byte[32]);
      AuthorityServer server =
          new AuthorityServer(
              TlsLinks.server(tls, "127.0.0.1", port),
              () ->
                  NodeInfo.sign(
                      key.seed(),
                      tls.linkKeyHash(),
                      network.clock.instant(),
                      epoch,
                      Collections.nCopies(3, zeros),
                      zeros),
              this,
              thread);
      vertx
          .deployVerticle(server)
          .toCompletionStage()
          .toCompletableFuture()
          .get(30, TimeUnit.SECONDS);
    }

    private Signed<Vote> vote(long epoch, List<Vote.Listing> listings) {
      return Signed.by(
          key,
          self,
          new Vote(
              network.set.id(),
              epoch,
              Frame.AskDocument.NONE,
              reveal.commitment(self),
              Parameters.STANDARD.with(Set.of()),
              listings));
    }

    @Override
    public Optional<ByteString> answer(Frame.AskDocument ask) {
      boolean isOwn =
          ask.name().equals(network.set.authorities().get(self).address().key().bytes());
      return switch (ask.kind()) {
        case VOTE ->
            isOwn ? Optional.of(votes.get(faces.getAndIncrement() % 2).encode()) : Optional.empty();
        case REVEAL ->
            isOwn ? Optional.of(Signed.by(key, self, reveal).encode()) : Optional.empty();
        default -> Optional.empty();
      };
    }

    @Override
    public boolean take(DocumentKind kind, ByteString document) {
      return false;
    }

    @Override
    public void close() {
      var _ = vertx.close();
      thread.shutdown();
    }
  }

  @Test
  void anybodyCanAskForTheConsensusAndIsToldWhenItIsKnown() throws Exception {
    network.start(0, 1, 2);
    network.agree();
    Consensus agreed = network.agreed();
    ByteString none = Frame.AskDocument.NONE;

    try (DocumentLink link =
        DocumentLink.open(network.vertx, network.set.authorities().getFirst().address())) {
      ByteString newest = link.ask(DocumentKind.CONSENSUS, 0, none, none).orElseThrow();

      assertThat(SignedConsensus.decode(newest).consensus()).isEqualTo(agreed);
      assertThat(link.ask(DocumentKind.CONSENSUS, 0, agreed.hash(), none)).contains(newest);
      assertThat(link.ask(DocumentKind.CONSENSUS, 0, none, agreed.hash()))
          .contains(ByteString.EMPTY);
      assertThat(link.ask(DocumentKind.VOTE, 1, agreed.hash(), none)).isEmpty();
      assertThat(link.hand(DocumentKind.DESCRIPTOR, none)).isFalse();
    }
  }

  @Test
  void whoHasAnotherKeyIsNotTalkedTo() throws Exception {
    network.start(0);
    NodeAddress real = network.set.authorities().getFirst().address();
    NodeAddress wrong =
        new NodeAddress(real.host(), real.port(), new NodeKey(Frame.AskDocument.NONE));

    assertThatThrownBy(() -> DocumentLink.open(network.vertx, wrong))
        .isInstanceOf(IOException.class);
  }

  @Test
  void aFolderIsUsedByOneAuthorityAtATime() throws Exception {
    network.start(0);

    assertThatThrownBy(() -> network.start(0)).isInstanceOf(NodeException.FolderInUse.class);
  }
}
