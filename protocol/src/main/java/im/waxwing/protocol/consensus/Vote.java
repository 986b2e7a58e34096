package im.waxwing.protocol.consensus;

import im.waxwing.base.ByteReader;
import im.waxwing.base.ByteString;
import im.waxwing.base.MalformedException;
import im.waxwing.model.NetworkId;
import im.waxwing.protocol.FieldWriter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// What one authority wants the next consensus to say (consensus.md §4).
///
/// @param epoch the one it is for
/// @param previous hash of the newest consensus the authority has; zeros if it has none
/// @param commitment to the random value of its [Reveal]
/// @param listings in the order of their node keys
public record Vote(
    NetworkId network,
    long epoch,
    ByteString previous,
    ByteString commitment,
    Parameters parameters,
    List<Listing> listings)
    implements AuthorityDocument {
  public static final int VERSION = 1;

  /// A node and how much the authority thinks it carries.
  public record Listing(int weight, Descriptor descriptor) {
    public Listing {
      Fields.demand(Descriptor.isWeight(weight), "a node's weight is 1 to 1,000");
    }
  }

  public Vote {
    listings = List.copyOf(listings);
    Fields.demand(epoch >= 0, "an epoch has a number");
    Fields.demand(
        previous.size() == Fields.HASH_SIZE && commitment.size() == Fields.HASH_SIZE,
        "a hash has 32 bytes");
    Fields.demand(
        Entry.areOrdered(listings.stream().map(one -> one.descriptor().key()).toList()),
        "nodes are in the order of their keys, once each");
  }

  /// The listings in their order.
  public static List<Listing> ordered(List<Listing> listings) {
    return listings.stream()
        .sorted(Comparator.comparing(one -> one.descriptor().key().bytes()))
        .toList();
  }

  @Override
  public Statement.Kind kind() {
    return Statement.Kind.VOTE;
  }

  @Override
  public ByteString encode() {
    FieldWriter writer =
        new FieldWriter(256 + 384 * listings.size())
            .u8(VERSION)
            .bytes(network.bytes())
            .u64(epoch)
            .bytes(previous)
            .bytes(commitment);
    parameters.write(writer);
    writer.u16(listings.size());
    for (Listing listing : listings) {
      listing.descriptor().write(writer.u16(listing.weight()));
    }
    return writer.toByteString();
  }

  /// @throws MalformedException if a field breaks a rule or bytes follow; signatures are not looked
  ///   at
  public static Signed<Vote> decode(ByteString bytes) throws MalformedException {
    ByteReader reader = new ByteReader(bytes);
    Fields.readVersion(reader, VERSION);
    NetworkId network = Fields.readNetwork(reader);
    long epoch = reader.u64("epoch");
    ByteString previous = reader.bytes("previous", Fields.HASH_SIZE);
    ByteString commitment = reader.bytes("commitment", Fields.HASH_SIZE);
    Parameters parameters = Parameters.read(reader);
    List<Listing> listings = readListings(reader);
    Vote vote =
        Fields.checked(
            "vote", () -> new Vote(network, epoch, previous, commitment, parameters, listings));
    Signed<Vote> signed = new Signed<>(vote, AuthoritySignature.read(reader));
    reader.end("vote");
    return signed;
  }

  private static List<Listing> readListings(ByteReader reader) throws MalformedException {
    int count = reader.u16("count");
    List<Listing> listings = new ArrayList<>(Math.min(count, Consensus.MAX_NODES));
    for (int i = 0; i < count; i++) {
      int weight = reader.u16("weight");
      Descriptor descriptor = Descriptor.read(reader);
      listings.add(Fields.checked("weight", () -> new Listing(weight, descriptor)));
    }
    return listings;
  }

  @Override
  public String toString() {
    return "Vote[redacted]";
  }
}
