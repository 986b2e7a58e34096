package im.waxwing.protocol;

import im.waxwing.base.ByteReader;
import im.waxwing.base.ByteString;
import im.waxwing.base.MalformedException;
import java.util.ArrayList;
import java.util.List;

/// The newest words of a network's nodes: count u16 ‖ (length u16 ‖ nodeInfo)… (consensus.md §10).
/// Each is signed by its node, so that it does not matter who hands them on.
///
/// @param infos in the order of their node keys, at most [#MAX_NODES]
public record NodeInfos(List<NodeInfo> infos) {
  // consensus.md §5
  public static final int MAX_NODES = 2_000;

  public NodeInfos {
    infos = List.copyOf(infos);
    if (infos.size() > MAX_NODES || !areOrdered(infos)) {
      throw new IllegalArgumentException("nodes are in the order of their keys, once each");
    }
  }

  private static boolean areOrdered(List<NodeInfo> infos) {
    for (int i = 1; i < infos.size(); i++) {
      if (infos.get(i - 1).nodeKey().bytes().compareTo(infos.get(i).nodeKey().bytes()) >= 0) {
        return false;
      }
    }
    return true;
  }

  public ByteString encode() {
    FieldWriter writer = new FieldWriter(2 + infos.size() * (2 + NodeInfo.SIZE)).u16(infos.size());
    infos.forEach(info -> writer.u16(NodeInfo.SIZE).bytes(info.encode()));
    return writer.toByteString();
  }

  /// @throws MalformedException if a field breaks a rule, a node comes twice or bytes follow;
  ///   signatures are not looked at
  public static NodeInfos decode(ByteString document) throws MalformedException {
    ByteReader reader = new ByteReader(document);
    int count = reader.u16("count");
    List<NodeInfo> infos = new ArrayList<>(Math.min(count, MAX_NODES));
    for (int i = 0; i < count; i++) {
      if (reader.u16("length") != NodeInfo.SIZE) {
        throw new MalformedException("length", "must be that of a nodeInfo");
      }
      infos.add(NodeInfo.read(reader));
    }
    reader.end("nodeInfos");
    if (infos.size() > MAX_NODES || !areOrdered(infos)) {
      throw new MalformedException("nodeInfos", "must be in the order of their keys, once each");
    }
    return new NodeInfos(infos);
  }
}
