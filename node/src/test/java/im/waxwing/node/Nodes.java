package im.waxwing.node;

import static org.assertj.core.api.Assertions.assertThat;

import im.waxwing.protocol.AnswerCode;
import im.waxwing.protocol.NodeInfo;
import im.waxwing.protocol.Request;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// Several nodes by one clock, closed together.
final class Nodes {
  private final MovedClock clock = new MovedClock(Instant.parse("2026-11-23T12:00:00Z"));
  private final List<AutoCloseable> open = new ArrayList<>();

  MovedClock clock() {
    return clock;
  }

  Node start(Path folder) throws Exception {
    return start(NodeConfig.in(folder).onThisMachine(0));
  }

  Node start(NodeConfig config) throws Exception {
    return closing(Node.start(config, clock));
  }

  /// The same node again, at the same port and by the same key, with fresh packet keys.
  Node restart(Node node, Path folder) throws Exception {
    int port = node.address().node().port();
    node.close();
    open.remove(node);
    return start(NodeConfig.in(folder).onThisMachine(port));
  }

  /// All step to the clock's epoch.
  void tick() {
    open.stream().filter(Node.class::isInstance).map(Node.class::cast).forEach(Node::tick);
  }

  <T extends AutoCloseable> T closing(T one) {
    open.add(one);
    return one;
  }

  /// Each node makes a link to the one behind it.
  void introduce(List<Node> path) throws Exception {
    for (int i = 0; i + 1 < path.size(); i++) {
      Node from = path.get(i);
      try (RawLink link = RawLink.to(from)) {
        Request reach = new Request.Reach(path.get(i + 1).address().node(), from.address().token());
        assertThat(link.ask(1, reach).code()).isEqualTo(AnswerCode.OK);
      }
    }
  }

  /// What each says of itself.
  List<NodeInfo> infos(List<Node> path) throws Exception {
    List<NodeInfo> infos = new ArrayList<>();
    for (Node node : path) {
      try (RawLink link = RawLink.to(node)) {
        infos.add(link.info());
      }
    }
    return infos;
  }

  void close() throws Exception {
    for (AutoCloseable one : open.reversed()) {
      one.close();
    }
    open.clear();
  }
}
