package im.waxwing.node.testing;

import static org.assertj.core.api.Assertions.assertThat;

import im.waxwing.base.ByteString;
import im.waxwing.node.DocumentLink;
import im.waxwing.protocol.DocumentKind;
import im.waxwing.protocol.Frame;
import im.waxwing.protocol.NodeInfo;
import im.waxwing.protocol.consensus.AuthoritySet;
import im.waxwing.protocol.consensus.Consensus;
import im.waxwing.protocol.consensus.SignedConsensus;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OnionNetworkTest {
  private static final int NODES = 9;

  @TempDir Path folder;

  @Test
  void aRestartedRelayIsKnownToAllWithoutWaitingForAnEpoch() throws Exception {
    try (OnionNetwork network = OnionNetwork.start(folder, NODES)) {
      List<NodeInfo> before = network.knownTo(network.addressOf(0));

      network.stopNode(4);
      network.startNode(4);
      network.awaitAcquainted();

      assertThat(before).hasSize(NODES);
      for (int i = 0; i < NODES; i++) {
        List<NodeInfo> after = network.knownTo(network.addressOf(i));
        assertThat(after).hasSize(NODES);
        assertThat(after.stream().map(NodeInfo::packetKeys).distinct()).hasSize(NODES);
      }
      everybodyHandsOutTheNetworksDocuments(network);
    }
  }

  private static void everybodyHandsOutTheNetworksDocuments(OnionNetwork network) throws Exception {
    AuthoritySet set = network.authorities();
    ByteString none = Frame.AskDocument.NONE;
    Vertx vertx = Vertx.vertx();
    try (DocumentLink node = DocumentLink.open(vertx, network.addressOf(1));
        DocumentLink authority = DocumentLink.open(vertx, set.authorities().getFirst().address())) {
      for (DocumentLink link : List.of(node, authority)) {
        ByteString file = link.ask(DocumentKind.NETWORK, 0, set.id().bytes(), none).orElseThrow();
        String text = new String(file.toByteArray(), StandardCharsets.US_ASCII);
        assertThat(AuthoritySet.parse(text).id()).isEqualTo(set.id());
        assertThat(link.ask(DocumentKind.NETWORK, 0, none, none)).isEmpty();

        ByteString signed = link.ask(DocumentKind.CONSENSUS, 0, none, none).orElseThrow();
        Consensus consensus = SignedConsensus.decode(signed).consensus();
        assertThat(consensus.entries()).hasSize(NODES);
        assertThat(link.ask(DocumentKind.CONSENSUS, 0, none, consensus.hash()))
            .contains(ByteString.EMPTY);
      }
    } finally {
      var _ = vertx.close();
    }
  }
}
