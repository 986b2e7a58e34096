package im.waxwing.protocol.consensus;

import im.waxwing.base.ByteString;
import im.waxwing.model.Day;
import im.waxwing.model.NodeKey;
import im.waxwing.protocol.FieldWriter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Counts votes: the same ones give the same consensus, in whatever order they came (consensus.md
/// §5).
final class Tabulation {
  private final AuthoritySet set;
  private final long epoch;
  private final Optional<Consensus> previous;
  private final Collection<Vote> votes;
  private final ByteString sharedRandom;

  /// @param votes by authority, of those that count
  /// @param values the random values of the same authorities
  Tabulation(
      AuthoritySet set,
      long epoch,
      Optional<Consensus> previous,
      SortedMap<Integer, Vote> votes,
      SortedMap<Integer, ByteString> values) {
    this.set = set;
    this.epoch = epoch;
    this.previous = previous;
    this.votes = votes.values();
    this.sharedRandom = sharedRandom(values);
  }

  Consensus consensus() {
    List<Descriptor> listed = listed();
    Map<NodeKey, Integer> layers = new Layers(sharedRandom, previous).of(listed);
    return new Consensus(
        set.id(),
        epoch,
        set.epochLength(),
        previousHash(),
        sharedRandom,
        parameters(),
        dayRandoms(),
        listed.stream().map(one -> entry(one, layers.getOrDefault(one.key(), 0))).toList());
  }

  private ByteString previousHash() {
    return previous.map(Consensus::hash).orElse(Fields.NO_HASH);
  }

  private ByteString sharedRandom(SortedMap<Integer, ByteString> values) {
    FieldWriter writer =
        new FieldWriter(512)
            .label("waxwing shared random v1")
            .bytes(set.id().bytes())
            .u64(epoch)
            .bytes(previousHash())
            .u8(values.size());
    values.forEach((authority, value) -> writer.u8(authority).bytes(value));
    return Fields.hash(writer);
  }

  /// Those that most votes want; of several equally wanted, the ones that are written smallest.
  private Parameters parameters() {
    return mostOf(
        votes.stream().map(Vote::parameters).toList(), Comparator.comparing(Parameters::encode));
  }

  /// The most frequent value; among equals the first by `order`.
  static <T> T mostOf(List<T> values, Comparator<T> order) {
    Map<T, Long> counts =
        values.stream().collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
    return counts.entrySet().stream()
        .min(
            Map.Entry.<T, Long>comparingByValue()
                .reversed()
                .thenComparing(Map.Entry::getKey, order))
        .orElseThrow()
        .getKey();
  }

  /// What more than half of the votes list, one descriptor a node.
  private List<Descriptor> listed() {
    Map<ByteString, List<Descriptor>> byKey = new TreeMap<>();
    for (Vote vote : votes) {
      for (Vote.Listing listing : vote.listings()) {
        byKey
            .computeIfAbsent(listing.descriptor().key().bytes(), _ -> new ArrayList<>())
            .add(listing.descriptor());
      }
    }
    Comparator<Descriptor> newest =
        Comparator.comparingLong(Descriptor::epoch).reversed().thenComparing(Descriptor::encode);
    return byKey.values().stream()
        .filter(descriptors -> descriptors.size() > votes.size() / 2)
        .map(descriptors -> mostOf(descriptors, newest))
        .limit(Consensus.MAX_NODES)
        .toList();
  }

  private Entry entry(Descriptor node, int layer) {
    return new Entry(
        node.address(),
        layer,
        node.roles().contains(Role.STORAGE),
        medianWeight(node.key()),
        node.operator());
  }

  /// The lower of the two in the middle, if the number of votes is even.
  private int medianWeight(NodeKey key) {
    List<Integer> weights =
        votes.stream()
            .flatMap(vote -> vote.listings().stream())
            .filter(listing -> listing.descriptor().key().equals(key))
            .map(Vote.Listing::weight)
            .sorted()
            .toList();
    return weights.get((weights.size() - 1) / 2);
  }

  /// Those of the consensus before for the days it has, new ones for the others.
  private List<ByteString> dayRandoms() {
    Day first = Day.of(set.beginOf(epoch)).plus(-Consensus.DAYS_BEHIND);
    List<ByteString> randoms = new ArrayList<>();
    for (int i = 0; i < Consensus.DAYS; i++) {
      Day day = first.plus(i);
      randoms.add(previous.flatMap(one -> one.dayRandom(day)).orElseGet(() -> newRandom(day)));
    }
    return randoms;
  }

  private ByteString newRandom(Day day) {
    return Fields.hash(
        new FieldWriter(64).label("waxwing day random v1").bytes(sharedRandom).day(day));
  }
}
