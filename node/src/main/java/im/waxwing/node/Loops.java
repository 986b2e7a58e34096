package im.waxwing.node;

import im.waxwing.base.ByteString;
import im.waxwing.base.SecretBytes;
import im.waxwing.packet.Geometry;
import im.waxwing.packet.Hop;
import im.waxwing.packet.OutgoingPacket;
import im.waxwing.packet.PacketWrapper;
import im.waxwing.packet.RecipientId;
import im.waxwing.protocol.NodeInfo;
import im.waxwing.protocol.consensus.Consensus;
import im.waxwing.protocol.consensus.Entry;
import im.waxwing.protocol.consensus.Parameters;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// In a network that mixes, the packets that a node sends to itself by way of three others: there
/// is something to mix also while people say little, and nobody can tell one from a letter
/// (consensus.md §10.3). Runs on a virtual thread until it is interrupted.
final class Loops implements Runnable {
  private static final Duration GLANCE = Duration.ofSeconds(1);

  // node.md §9.1: what is held longer is dropped
  private static final long LONGEST_DELAY_MILLIS = 10_000;
  private static final int MOST_HELD = 64;

  private final Office office;
  private final Roll roll;
  private final Supplier<Optional<Consensus>> current;
  private final Supplier<NodeInfo> own;
  private final RecipientId self = new RecipientId(random(RecipientId.LENGTH));
  private final PacketWrapper wrapper = new PacketWrapper(Geometry.STANDARD);
  private final SecureRandom random = new SecureRandom();
  private final Share share = new Share(MOST_HELD);

  /// @param own what this node says of itself now
  Loops(Office office, Roll roll, Supplier<Optional<Consensus>> current, Supplier<NodeInfo> own) {
    this.office = office;
    this.roll = roll;
    this.current = current;
    this.own = own;
  }

  private static ByteString random(int size) {
    return ByteString.copyOf(SecretBytes.generate(size).exposeSecret());
  }

  /// Whether a packet for this recipient is one of these.
  boolean areFor(RecipientId recipient) {
    return recipient.equals(self);
  }

  @Override
  public void run() {
    try {
      while (true) {
        Optional<Consensus> mixing = current.get().filter(this::isToBeMixed);
        if (mixing.isEmpty()) {
          Thread.sleep(GLANCE);
        } else {
          Thread.sleep(exponential(mixing.get().parameters().nodeLoopInterval()));
          send(mixing.get());
        }
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean isToBeMixed(Consensus consensus) {
    return consensus.parameters().mode() == Parameters.Mode.MIXED
        && consensus.node(office.node()).isPresent();
  }

  private long exponential(Duration mean) {
    return (long) (-Math.log(1 - random.nextDouble()) * mean.toMillis());
  }

  private void send(Consensus consensus) {
    List<Hop> path = new ArrayList<>();
    for (int layer = 1; layer <= Entry.LAYERS; layer++) {
      relay(consensus, layer).flatMap(node -> hop(node, consensus)).ifPresent(path::add);
    }
    hop(own.get(), consensus).ifPresent(path::add);
    if (path.size() == Entry.LAYERS + 1) {
      OutgoingPacket packet = wrapper.wrap(path, self, new byte[0]);
      office.peers().forward(packet.first(), packet.packet(), share);
    }
  }

  /// Another node of a layer, by weight; empty: there is none, or its packet keys are not known.
  private Optional<NodeInfo> relay(Consensus consensus, int layer) {
    List<Entry> others =
        consensus.layer(layer).stream().filter(one -> !one.key().equals(office.node())).toList();
    int at = others.isEmpty() ? 0 : random.nextInt(others.stream().mapToInt(Entry::weight).sum());
    for (Entry one : others) {
      at -= one.weight();
      if (at < 0) {
        return roll.of(one.key());
      }
    }
    return Optional.empty();
  }

  private Optional<Hop> hop(NodeInfo node, Consensus consensus) {
    Instant now = office.clock().instant();
    long epoch = EpochKeys.epochOf(now) - node.epoch();
    if (epoch < 0 || epoch >= NodeInfo.EPOCHS) {
      return Optional.empty();
    }
    long delay = Math.min(exponential(consensus.parameters().hopDelay()), LONGEST_DELAY_MILLIS);
    return Optional.of(new Hop(node.nodeKey(), node.packetKeys().get((int) epoch), delay));
  }
}
