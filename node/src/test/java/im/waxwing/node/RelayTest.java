package im.waxwing.node;

import static im.waxwing.node.Mailboxes.envelope;
import static im.waxwing.node.Mailboxes.id;
import static org.assertj.core.api.Assertions.assertThat;

import im.waxwing.model.Day;
import im.waxwing.model.EnvelopeId;
import im.waxwing.protocol.AnswerCode;
import im.waxwing.protocol.FetchedPage;
import im.waxwing.protocol.Frame;
import im.waxwing.protocol.NodeInfo;
import im.waxwing.protocol.OwnMailboxDay;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Packets past real nodes on this machine.
class RelayTest {
  @TempDir java.nio.file.Path folder;
  private final Nodes nodes = new Nodes();

  @AfterEach
  void close() throws Exception {
    nodes.close();
  }

  private Day today() {
    return Day.of(nodes.clock().instant());
  }

  private Node node(String name) throws Exception {
    return nodes.start(folder.resolve(name));
  }

  private Traveller at(Node home) throws Exception {
    return nodes.closing(new Traveller(home));
  }

  private static OwnMailboxDay bobOpens(Traveller bob, List<NodeInfo> path, Node end, Day day)
      throws Exception {
    OwnMailboxDay own = Mailboxes.at(end.address().node()).bob(day);
    assertThat(bob.ask(path, own.open(end.address().token())).code()).isEqualTo(AnswerCode.OK);
    return own;
  }

  @Test
  void aRequestPassesTwoNodesAndItsAnswerComesByReplyBlock() throws Exception {
    Node a = node("a");
    Node b = node("b");
    Mailboxes mailboxes = Mailboxes.at(b.address().node());
    Traveller alice = at(a);
    List<NodeInfo> path = alice.pathTo(b);
    OwnMailboxDay bob = mailboxes.bob(today());
    EnvelopeId id = id();

    assertThat(alice.ask(path, bob.open(b.address().token())).code()).isEqualTo(AnswerCode.OK);
    assertThat(alice.ask(path, mailboxes.alice(today()).deposit(id, envelope())).code())
        .isEqualTo(AnswerCode.OK);
    Frame.Answer fetched = alice.ask(path, bob.fetch(0));

    assertThat(FetchedPage.decode(fetched.body()).held().getFirst().id()).isEqualTo(id);
    assertThat(a.counters().relayed.sum()).isEqualTo(3);
  }

  @Test
  void aRequestPassesFourNodes() throws Exception {
    List<Node> all = List.of(node("a"), node("b"), node("c"), node("d"));
    nodes.introduce(all);
    Traveller alice = at(all.getFirst());
    List<NodeInfo> path = nodes.infos(all);

    OwnMailboxDay bob = bobOpens(alice, path, all.getLast(), today());

    assertThat(alice.ask(path, bob.fetch(0)).code()).isEqualTo(AnswerCode.OK);
    assertThat(all.get(1).counters().relayed.sum()).isEqualTo(4);
  }
}
