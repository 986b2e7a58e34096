package im.waxwing.protocol.consensus;

import im.waxwing.base.ByteString;
import im.waxwing.base.MalformedException;
import im.waxwing.model.NetworkId;
import im.waxwing.model.NodeKey;
import im.waxwing.protocol.FieldWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/// The authorities of a network and the length of its epochs: all that a program must be given to
/// take part. Written as the *network file*; its hash is the network's id (consensus.md §2).
///
/// @param epochLength 1 s to 1 day, to the millisecond, a multiple of 8 ms
/// @param authorities 3 to 5, in the order of their keys
public record AuthoritySet(Duration epochLength, List<Authority> authorities) {
  public static final Duration USUAL_EPOCH = Duration.ofHours(1);
  public static final int FEWEST = 3;
  public static final int MOST = 5;

  private static final Duration SHORTEST_EPOCH = Duration.ofSeconds(1);
  private static final Duration LONGEST_EPOCH = Duration.ofDays(1);
  private static final Pattern EPOCH_LINE = Pattern.compile("epoch ([0-9]{4,8})ms");
  private static final String AUTHORITY_WORD = "authority ";
  private static final int LONGEST_FILE = 1 << 16;

  public AuthoritySet {
    authorities = authorities.stream().sorted(Comparator.comparing(Authority::key)).toList();
    Fields.demand(
        authorities.size() >= FEWEST && authorities.size() <= MOST,
        "a network has " + FEWEST + " to " + MOST + " authorities");
    Fields.demand(
        new HashSet<>(authorities.stream().map(Authority::key).toList()).size()
            == authorities.size(),
        "an authority is named twice");
    Fields.demand(isEpochLength(epochLength), "an epoch lasts from a second to a day");
  }

  static boolean isEpochLength(Duration length) {
    return length.compareTo(SHORTEST_EPOCH) >= 0
        && length.compareTo(LONGEST_EPOCH) <= 0
        && length.toNanos() % 8_000_000 == 0;
  }

  /// Reads the network file: a line for each authority, in any order, and one for the length of an
  /// epoch if it is not [#USUAL_EPOCH]. Empty lines and those that begin with `#` say nothing.
  public static AuthoritySet parse(String file) throws MalformedException {
    List<Authority> authorities = new ArrayList<>();
    Duration epoch = USUAL_EPOCH;
    for (String line : file.substring(0, Math.min(file.length(), LONGEST_FILE)).lines().toList()) {
      String words = line.strip();
      if (words.startsWith(AUTHORITY_WORD)) {
        authorities.add(Authority.parse(words.substring(AUTHORITY_WORD.length())));
      } else if (EPOCH_LINE.matcher(words).matches()) {
        epoch = Duration.ofMillis(Long.parseLong(words.replaceAll("[^0-9]", "")));
      } else if (!words.isEmpty() && !words.startsWith("#")) {
        throw new MalformedException("network file", "has a line of another kind");
      }
    }
    Duration length = epoch;
    return Fields.checked("network file", () -> new AuthoritySet(length, authorities));
  }

  /// The network file.
  public String format() {
    StringBuilder file = new StringBuilder("epoch " + epochLength.toMillis() + "ms\n");
    authorities.forEach(one -> file.append(AUTHORITY_WORD).append(one.format()).append('\n'));
    return file.toString();
  }

  public NetworkId id() {
    FieldWriter writer = new FieldWriter(1 << 14).label("waxwing network v1");
    Fields.writeMillis(writer, epochLength);
    writer.u8(authorities.size());
    authorities.forEach(one -> one.write(writer));
    return new NetworkId(Fields.hash(writer));
  }

  /// How many authorities must sign a consensus: more than half.
  public int threshold() {
    return authorities.size() / 2 + 1;
  }

  public long epochAt(Instant time) {
    return Math.max(0, time.toEpochMilli()) / epochLength.toMillis();
  }

  public Instant beginOf(long epoch) {
    return Instant.ofEpochMilli(Math.multiplyExact(epoch, epochLength.toMillis()));
  }

  /// The place of the authority with this Ed25519 key.
  public OptionalInt indexOf(NodeKey key) {
    for (int index = 0; index < authorities.size(); index++) {
      if (authorities.get(index).address().key().equals(key)) {
        return OptionalInt.of(index);
      }
    }
    return OptionalInt.empty();
  }

  ByteString keyOf(int authority) {
    return authorities.get(authority).key();
  }

  @Override
  public String toString() {
    return "AuthoritySet[" + authorities.size() + " authorities]";
  }
}
