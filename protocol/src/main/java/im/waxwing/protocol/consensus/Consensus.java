package im.waxwing.protocol.consensus;

import im.waxwing.base.ByteReader;
import im.waxwing.base.ByteString;
import im.waxwing.base.MalformedException;
import im.waxwing.model.Day;
import im.waxwing.model.NetworkId;
import im.waxwing.model.NodeKey;
import im.waxwing.protocol.FieldWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What a network agrees on for one epoch: which nodes there are, where each stands, and what holds
/// for everybody. The same votes give the same bytes (consensus.md §5).
///
/// @param epoch it begins at `epoch × epochLength` after 1970
/// @param previous hash of the consensus before; zeros: there is none
/// @param sharedRandom 32 bytes that no authority chose alone
/// @param dayRandoms 32 bytes each for the days [#DAYS_BEHIND] before to [#DAYS_AHEAD] after the
///   day on which the epoch begins
/// @param entries in the order of their node keys
public record Consensus(
    NetworkId network,
    long epoch,
    Duration epochLength,
    ByteString previous,
    ByteString sharedRandom,
    Parameters parameters,
    List<ByteString> dayRandoms,
    List<Entry> entries)
    implements AuthorityDocument {
  public static final int VERSION = 1;
  public static final int MAX_NODES = 2_000;
  public static final int RANDOM_SIZE = 32;
  public static final int DAYS_BEHIND = 31;
  public static final int DAYS_AHEAD = 31;

  /// Epochs after which nobody may use it any more.
  public static final int MAX_AGE_IN_EPOCHS = 3;

  // In ms since 1970: such that every day it names has a number, and no sum overflows.
  private static final long FIRST_TIME = Duration.ofDays(DAYS_BEHIND).toMillis();
  private static final long LAST_TIME = 1L << 48;

  static final int DAYS = DAYS_BEHIND + 1 + DAYS_AHEAD;

  public Consensus {
    dayRandoms = List.copyOf(dayRandoms);
    entries = List.copyOf(entries);
    Fields.demand(
        AuthoritySet.isEpochLength(epochLength)
            && epoch >= FIRST_TIME / epochLength.toMillis() + 1
            && epoch <= LAST_TIME / epochLength.toMillis(),
        "an epoch lasts from a second to a day, and is of this age");
    Fields.demand(
        previous.size() == Fields.HASH_SIZE && sharedRandom.size() == RANDOM_SIZE,
        "a hash has 32 bytes");
    Fields.demand(
        dayRandoms.size() == DAYS
            && dayRandoms.stream().allMatch(random -> random.size() == RANDOM_SIZE),
        "a random value for each day");
    Fields.demand(
        Entry.areOrdered(entries.stream().map(Entry::key).toList()),
        "nodes are in the order of their keys, once each");
  }

  @Override
  public Statement.Kind kind() {
    return Statement.Kind.CONSENSUS;
  }

  public Instant validFrom() {
    return beginOf(0);
  }

  /// When the next one should take its place.
  public Instant freshUntil() {
    return beginOf(1);
  }

  /// When nobody may use it any more.
  public Instant validUntil() {
    return beginOf(MAX_AGE_IN_EPOCHS);
  }

  private Instant beginOf(int later) {
    return Instant.ofEpochMilli((epoch + later) * epochLength.toMillis());
  }

  public Optional<Entry> node(NodeKey key) {
    return entries.stream().filter(entry -> entry.key().equals(key)).findFirst();
  }

  /// The relays of a layer, 1 to 3.
  public List<Entry> layer(int number) {
    return entries.stream().filter(entry -> number > 0 && entry.layer() == number).toList();
  }

  public List<Entry> storage() {
    return entries.stream().filter(Entry::storage).toList();
  }

  /// The random value for the placement of a day's mailboxes; empty if the day is too far away.
  public Optional<ByteString> dayRandom(Day day) {
    long index = day.since(Day.of(validFrom())) + DAYS_BEHIND;
    return index < 0 || index >= DAYS ? Optional.empty() : Optional.of(dayRandoms.get((int) index));
  }

  @Override
  public ByteString encode() {
    FieldWriter writer = new FieldWriter(4096 + 256 * entries.size());
    writer.u8(VERSION).bytes(network.bytes()).u64(epoch);
    Fields.writeMillis(writer, epochLength);
    writer.bytes(previous).bytes(sharedRandom);
    parameters.write(writer);
    dayRandoms.forEach(writer::bytes);
    writer.u16(entries.size());
    entries.forEach(entry -> entry.write(writer));
    return writer.toByteString();
  }

  static Consensus read(ByteReader reader) throws MalformedException {
    Fields.readVersion(reader, VERSION);
    NetworkId network = Fields.readNetwork(reader);
    long epoch = reader.u64("epoch");
    Duration length = Fields.readMillis(reader, "epoch length");
    ByteString previous = reader.bytes("previous", Fields.HASH_SIZE);
    ByteString random = reader.bytes("shared random", RANDOM_SIZE);
    Parameters parameters = Parameters.read(reader);
    List<ByteString> days = new ArrayList<>(DAYS);
    for (int i = 0; i < DAYS; i++) {
      days.add(reader.bytes("day random", RANDOM_SIZE));
    }
    List<Entry> entries = readEntries(reader);
    return Fields.checked(
        "consensus",
        () -> new Consensus(network, epoch, length, previous, random, parameters, days, entries));
  }

  private static List<Entry> readEntries(ByteReader reader) throws MalformedException {
    int count = reader.u16("count");
    List<Entry> entries = new ArrayList<>(Math.min(count, MAX_NODES));
    for (int i = 0; i < count; i++) {
      entries.add(Entry.read(reader));
    }
    return entries;
  }

  @Override
  public String toString() {
    return "Consensus[epoch " + epoch + ", " + entries.size() + " nodes]";
  }
}
