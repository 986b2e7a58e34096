package im.waxwing.protocol.consensus;

import im.waxwing.base.ByteString;
import im.waxwing.model.NodeKey;
import im.waxwing.protocol.FieldWriter;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Deals relays to the three layers. A relay keeps its layer while it is listed, so that guards can
/// be kept; a new one gets its layer by the shared random value, which nobody knew when it
/// registered, among the layers that are not the fuller ones (consensus.md §5).
final class Layers {
  private final ByteString sharedRandom;
  private final Optional<Consensus> previous;
  private final List<List<Descriptor>> dealt = new ArrayList<>();

  Layers(ByteString sharedRandom, Optional<Consensus> previous) {
    this.sharedRandom = sharedRandom;
    this.previous = previous;
    for (int layer = 0; layer < Entry.LAYERS; layer++) {
      dealt.add(new ArrayList<>());
    }
  }

  /// The layer of each relay, 1 to 3.
  Map<NodeKey, Integer> of(List<Descriptor> nodes) {
    List<Descriptor> relays =
        nodes.stream()
            .filter(node -> node.roles().contains(Role.RELAY))
            .sorted(Comparator.comparing(this::draw))
            .toList();
    int slack = relays.size() / 8;
    relays.forEach(relay -> before(relay).ifPresent(layer -> dealt.get(layer).add(relay)));
    for (Descriptor relay : relays) {
      if (before(relay).isEmpty()) {
        open(slack, relay).add(relay);
      }
    }
    balance(1 + slack);
    return layers();
  }

  /// Its layer until now, from 0.
  private Optional<Integer> before(Descriptor relay) {
    return previous
        .flatMap(consensus -> consensus.node(relay.key()))
        .filter(entry -> entry.layer() > 0)
        .map(entry -> entry.layer() - 1);
  }

  private List<Descriptor> open(int slack, Descriptor relay) {
    List<List<Descriptor>> open =
        dealt.stream().filter(layer -> layer.size() <= lightest().size() + slack).toList();
    long number = ByteBuffer.wrap(draw(relay).toByteArray()).getLong();
    return open.get((int) Long.remainderUnsigned(number, open.size()));
  }

  /// Moves relays, first by draw, until no layer has too many more than another.
  private void balance(int allowed) {
    while (heaviest().size() - lightest().size() > allowed) {
      lightest().add(heaviest().removeFirst());
    }
  }

  private List<Descriptor> lightest() {
    return dealt.stream().min(Comparator.comparingInt(List::size)).orElseThrow();
  }

  private List<Descriptor> heaviest() {
    return dealt.stream().max(Comparator.comparingInt(List::size)).orElseThrow();
  }

  private ByteString draw(Descriptor relay) {
    return Fields.hash(
        new FieldWriter(96)
            .label("waxwing layer v1")
            .bytes(sharedRandom)
            .bytes(relay.key().bytes()));
  }

  private Map<NodeKey, Integer> layers() {
    Map<NodeKey, Integer> layers = new HashMap<>();
    for (int layer = 0; layer < dealt.size(); layer++) {
      for (Descriptor relay : dealt.get(layer)) {
        layers.put(relay.key(), layer + 1);
      }
    }
    return layers;
  }
}
