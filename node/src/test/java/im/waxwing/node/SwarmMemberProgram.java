package im.waxwing.node;

import im.waxwing.base.ByteString;
import im.waxwing.model.NodeAddress;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A member of a swarm as a process of its own, so that a test can kill it. Arguments: data folder,
/// port, network id. Prints its address with token, reads the addresses of all members, one a line
/// up to an empty one, and prints `ready`.
final class SwarmMemberProgram {
  private static final int MOST_ENVELOPES = 20_000;

  private SwarmMemberProgram() {}

  public static void main(String[] args) throws Exception {
    NodeConfig config = NodeConfig.in(Path.of(args[0])).onThisMachine(Integer.parseInt(args[1]));
    Limits limits = Limits.STANDARD.withDiskReserve(0).withEnvelopesPerMailbox(MOST_ENVELOPES);
    Node node = Node.start(config.withLimits(limits));
    System.out.println(node.address().format());
    List<NodeAddress> members = readMembers();
    node.join(
        new FixedPlacement(
            ByteString.ofHex(args[2]), members, members.stream().map(NodeAddress::key).toList()));
    node.tick();
    System.out.println("ready");
    Thread.currentThread().join();
  }

  private static List<NodeAddress> readMembers() throws Exception {
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    List<NodeAddress> members = new ArrayList<>();
    for (String line = lines.readLine(); line != null && !line.isEmpty(); line = lines.readLine()) {
      members.add(NodeAddress.WithAdmission.parse(line).node());
    }
    return members;
  }
}
