package im.waxwing.protocol.consensus;

import im.waxwing.base.ByteReader;
import im.waxwing.base.ByteString;
import im.waxwing.base.MalformedException;
import im.waxwing.model.Day;
import im.waxwing.model.NodeKey;
import im.waxwing.protocol.FieldWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// The nodes by which an app enters the network, kept for months: who changed them often would
/// sooner or later enter by one of Mallory's (consensus.md §9).
///
/// @param kept at most [#MOST], the primary first
public record Guards(List<Guard> kept) {
  public static final int VERSION = 1;
  public static final int MOST = 2;
  public static final int SHORTEST_LIFE_IN_DAYS = 60;
  public static final int LONGEST_LIFE_IN_DAYS = 120;

  /// Days without being listed in layer 1 after which a guard is given up.
  public static final int PATIENCE_IN_DAYS = 7;

  /// @param until the day on which it is given up in any case
  /// @param listed the last day on which a consensus had it in layer 1
  public record Guard(NodeKey key, Day until, Day listed) {}

  public Guards {
    kept = List.copyOf(kept);
    Fields.demand(kept.size() <= MOST, "a guard and one in its place");
    Fields.demand(
        kept.stream().map(Guard::key).distinct().count() == kept.size(), "a guard is named once");
  }

  public static Guards none() {
    return new Guards(List.of());
  }

  /// The guards for today: those whose time is over are given up, the next one takes their place,
  /// and new ones are drawn by weight.
  public Guards renewed(Consensus consensus, RandomGenerator random, Day today) {
    List<Guard> guards = new ArrayList<>();
    for (Guard guard : kept) {
      Guard seen = isListed(guard.key(), consensus) ? seen(guard, today) : guard;
      if (today.compareTo(seen.until()) < 0 && today.since(seen.listed()) < PATIENCE_IN_DAYS) {
        guards.add(seen);
      }
    }
    if (guards.size() == MOST && new Guards(guards).usable(consensus).isEmpty()) {
      guards.removeLast();
    }
    while (guards.size() < MOST) {
      Optional<Entry> drawn = draw(guards, consensus, random);
      if (drawn.isEmpty()) {
        break;
      }
      guards.add(begun(drawn.get(), random, today));
    }
    return new Guards(guards);
  }

  private static boolean isListed(NodeKey key, Consensus consensus) {
    return consensus.node(key).filter(entry -> entry.layer() == 1).isPresent();
  }

  private static Guard seen(Guard guard, Day today) {
    return new Guard(guard.key(), guard.until(), today);
  }

  private static Optional<Entry> draw(
      List<Guard> guards, Consensus consensus, RandomGenerator random) {
    List<Entry> others =
        guards.stream().flatMap(guard -> consensus.node(guard.key()).stream()).toList();
    List<Entry> fitting =
        consensus.layer(1).stream()
            .filter(entry -> Apart.from(entry, others, consensus.parameters()))
            .toList();
    return OnionPaths.shuffled(fitting, random).stream().findFirst();
  }

  private static Guard begun(Entry entry, RandomGenerator random, Day today) {
    int life = random.nextInt(SHORTEST_LIFE_IN_DAYS, LONGEST_LIFE_IN_DAYS + 1);
    return new Guard(entry.key(), today.plus(life), today);
  }

  /// Those that the consensus has in layer 1, the one to try first in front.
  public List<Entry> usable(Consensus consensus) {
    return kept.stream()
        .flatMap(guard -> consensus.node(guard.key()).stream())
        .filter(entry -> entry.layer() == 1)
        .toList();
  }

  /// What an app keeps: version u8 ‖ count u8 ‖ (key 32 ‖ until u32 ‖ listed u32).
  public ByteString encode() {
    FieldWriter writer = new FieldWriter(128).u8(VERSION).u8(kept.size());
    kept.forEach(one -> writer.bytes(one.key().bytes()).day(one.until()).day(one.listed()));
    return writer.toByteString();
  }

  public static Guards decode(ByteString bytes) throws MalformedException {
    ByteReader reader = new ByteReader(bytes);
    Fields.readVersion(reader, VERSION);
    int count = reader.u8("count");
    List<Guard> guards = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      NodeKey key = new NodeKey(reader.bytes("guard", NodeKey.SIZE));
      guards.add(new Guard(key, new Day(reader.u32("until")), new Day(reader.u32("listed"))));
    }
    reader.end("guards");
    return Fields.checked("guards", () -> new Guards(guards));
  }

  @Override
  public String toString() {
    return "Guards[redacted]";
  }
}
