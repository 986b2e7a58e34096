package im.waxwing.protocol.consensus;

import im.waxwing.base.ByteString;
import im.waxwing.model.Day;
import im.waxwing.protocol.FieldWriter;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Which storage nodes keep what: the swarm of a mailbox or a drawer, by weighted rendezvous
/// hashing, the same for everybody who has the same consensus (consensus.md §8).
public final class Placement {
  private Placement() {}

  /// The swarm, the best placed node first; fewer than the parameters ask if there are not enough
  /// storage nodes, none if the consensus has no random value for the day.
  ///
  /// @param name of what is kept, 32 bytes: a mailbox id or a drawer's handle
  /// @param day of the mailbox, or the last day of the drawer
  public static List<Entry> swarm(Consensus consensus, ByteString name, Day day) {
    Optional<ByteString> random = consensus.dayRandom(day);
    return random.isEmpty() ? List.of() : chosen(consensus, ranked(consensus, name, random.get()));
  }

  private static List<Entry> chosen(Consensus consensus, Iterable<Entry> ranked) {
    Parameters parameters = consensus.parameters();
    List<Entry> swarm = new ArrayList<>();
    for (Entry node : ranked) {
      if (swarm.size() < parameters.swarmSize() && Apart.from(node, swarm, parameters)) {
        swarm.add(node);
      }
    }
    return swarm;
  }

  private static List<Entry> ranked(Consensus consensus, ByteString name, ByteString random) {
    Map<Score, Entry> ranked = new TreeMap<>();
    for (Entry node : consensus.storage()) {
      ranked.put(new Score(distance(node, name, random), node.key().bytes()), node);
    }
    return List.copyOf(ranked.values());
  }

  private record Score(double distance, ByteString key) implements Comparable<Score> {
    private static final Comparator<Score> ORDER =
        Comparator.comparingDouble(Score::distance).thenComparing(Score::key);

    @Override
    public int compareTo(Score other) {
      return ORDER.compare(this, other);
    }
  }

  /// An exponential variable whose rate is the node's weight: of several, each is the smallest with
  /// a probability proportional to its weight.
  private static double distance(Entry node, ByteString name, ByteString random) {
    ByteString hash =
        Fields.hash(
            new FieldWriter(128)
                .label("waxwing placement v1")
                .bytes(random)
                .bytes(name)
                .bytes(node.key().bytes()));
    long bits = ByteBuffer.wrap(hash.toByteArray()).getLong() >>> 11;
    return -StrictMath.log((bits + 0.5) * 0x1p-53) / node.weight();
  }
}
