package im.waxwing.protocol.swarm;

import im.waxwing.base.ByteReader;
import im.waxwing.base.ByteString;
import im.waxwing.base.MalformedException;
import im.waxwing.protocol.FieldWriter;
import java.util.ArrayList;
import java.util.List;

/// All that a member keeps of one day for somebody else, in [#BUCKETS] buckets by the first byte of
/// the names: the body of an answer to [PeerRequest.AskDay], 3,072 bytes (swarm.md §6).
public record DayDigest(List<Digest> buckets) {
  public static final int BUCKETS = 256;
  public static final int SIZE = BUCKETS * Digest.SIZE;

  public DayDigest {
    buckets = List.copyOf(buckets);
    if (buckets.size() != BUCKETS) {
      throw new IllegalArgumentException("a day has " + BUCKETS + " buckets");
    }
  }

  /// @param lines in the order of their names
  public static DayDigest of(List<NamePage.Line> lines) {
    List<Digest.Gathering> gatherings = new ArrayList<>(BUCKETS);
    for (int i = 0; i < BUCKETS; i++) {
      gatherings.add(Digest.gather());
    }
    for (NamePage.Line line : lines) {
      gatherings.get(bucket(line.name())).add(line.name()).add(line.digest().bytes());
    }
    return new DayDigest(gatherings.stream().map(Digest.Gathering::digest).toList());
  }

  public static int bucket(ByteString name) {
    return Byte.toUnsignedInt(name.at(0));
  }

  /// The buckets in which the other holds something, and not the same.
  public List<Integer> differingFrom(DayDigest other) {
    List<Integer> differing = new ArrayList<>();
    for (int i = 0; i < BUCKETS; i++) {
      Digest theirs = other.buckets.get(i);
      if (!theirs.equals(Digest.OF_NOTHING) && !theirs.equals(buckets.get(i))) {
        differing.add(i);
      }
    }
    return differing;
  }

  public ByteString encode() {
    FieldWriter writer = new FieldWriter(SIZE);
    buckets.forEach(bucket -> writer.bytes(bucket.bytes()));
    return writer.toByteString();
  }

  public static DayDigest decode(ByteString body) throws MalformedException {
    ByteReader reader = new ByteReader(body);
    List<Digest> buckets = new ArrayList<>(BUCKETS);
    for (int i = 0; i < BUCKETS; i++) {
      buckets.add(Digest.read(reader));
    }
    reader.end("day digest");
    return new DayDigest(buckets);
  }
}
