package im.waxwing.protocol.swarm;

import im.waxwing.base.ByteReader;
import im.waxwing.base.ByteString;
import im.waxwing.base.MalformedException;
import im.waxwing.model.NodeKey;
import im.waxwing.protocol.FieldWriter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// The body of a swarm's answer to a deposit: count u8 ‖ that many [Receipt]s (swarm.md §3). The
/// sender's app believes a deposit when [#prove] says so, whatever the answer's code was.
///
/// @param receipts at most [#MOST]
public record Receipts(List<Receipt> receipts) {
  /// The most members of any swarm.
  public static final int MOST = 15;

  /// How many members must have an envelope on disk before a deposit is acknowledged: any two may
  /// die at that moment.
  public static final int QUORUM = 3;

  public Receipts {
    receipts = List.copyOf(receipts);
    if (receipts.size() > MOST) {
      throw new IllegalArgumentException("a swarm has at most " + MOST + " members");
    }
  }

  /// Whether at least `quorum` different nodes of `members` confirm exactly this.
  ///
  /// @param members the mailbox's swarm, as the verifier's own consensus places it
  public boolean prove(Kept kept, List<NodeKey> members, int quorum) {
    Set<NodeKey> confirmed = new HashSet<>();
    for (Receipt receipt : receipts) {
      if (members.contains(receipt.member()) && kept.isConfirmedBy(receipt)) {
        confirmed.add(receipt.member());
      }
    }
    return confirmed.size() >= quorum;
  }

  public ByteString encode() {
    FieldWriter writer = new FieldWriter(512).u8(receipts.size());
    receipts.forEach(receipt -> receipt.write(writer));
    return writer.toByteString();
  }

  public static Receipts decode(ByteString body) throws MalformedException {
    ByteReader reader = new ByteReader(body);
    int count = reader.u8("count");
    if (count > MOST) {
      throw new MalformedException("count", "must be at most " + MOST);
    }
    List<Receipt> receipts = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      receipts.add(Receipt.read(reader));
    }
    reader.end("receipts");
    return new Receipts(receipts);
  }
}
