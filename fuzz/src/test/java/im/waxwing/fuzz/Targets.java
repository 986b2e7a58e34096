package im.waxwing.fuzz;

import im.waxwing.app.AppTargets;
import im.waxwing.base.BaseTargets;
import im.waxwing.carrier.relayed.RelayedTargets;
import im.waxwing.crypto.BundleTargets;
import im.waxwing.crypto.CryptoTargets;
import im.waxwing.crypto.SessionTargets;
import im.waxwing.engine.EngineTargets;
import im.waxwing.node.NodeTargets;
import im.waxwing.packet.PacketTargets;
import im.waxwing.protocol.ProtocolTargets;
import im.waxwing.protocol.consensus.ConsensusTargets;
import im.waxwing.protocol.swarm.SwarmTargets;
import im.waxwing.web.WebTargets;
import java.util.List;
import java.util.stream.Stream;

/// All targets there are.
final class Targets {
  static final List<Target> ALL =
      Stream.of(
              BaseTargets.all(),
              PacketTargets.all(),
              ProtocolTargets.all(),
              ConsensusTargets.all(),
              SwarmTargets.all(),
              RelayedTargets.all(),
              CryptoTargets.all(),
              BundleTargets.all(),
              SessionTargets.all(),
              EngineTargets.all(),
              WebTargets.all(),
              NodeTargets.all(),
              AppTargets.all())
          .flatMap(List::stream)
          .toList();

  private Targets() {}

  static Target named(String name) {
    return ALL.stream()
        .filter(target -> target.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("there is no target of this name"));
  }
}
