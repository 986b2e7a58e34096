package im.waxwing.engine;

import im.waxwing.base.ByteString;
import im.waxwing.carrier.NetworkMemory;
import im.waxwing.model.NetworkAddress;
import im.waxwing.model.NetworkId;
import im.waxwing.model.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The onion networks that this device uses, its own and those of its contacts: each is entered
/// when it is first needed, by the entry in the address that is at hand then (delivery.md §10).
final class Networks {
  private final Core core;
  private final Map<NetworkId, Memory> memories = new HashMap<>();
  private final Set<String> entries = new HashSet<>();

  Networks(Core core) {
    this.core = core;
  }

  /// A path as it can be given to the carrier. Not within a step.
  Path ready(Path path) {
    path.network()
        .map(this::ownAddress)
        .filter(network -> entries.add(network.format()))
        .ifPresent(this::enter);
    return path;
  }

  /// A contact names an entry, too; but who asks there shows where they are, and to our own network
  /// we have an entry.
  private NetworkAddress ownAddress(NetworkAddress network) {
    return core.isSetUp() ? core.own().network().filter(network::equals).orElse(network) : network;
  }

  /// Another entry to a network may help where the first one does not.
  private void enter(NetworkAddress network) {
    core.around.carrier().enters(network, memories.computeIfAbsent(network.id(), this::memory));
  }

  private Memory memory(NetworkId network) {
    Optional<ByteString> kept = core.ledger.read(step -> step.tables().networks().recall(network));
    return new Memory(network, kept.orElse(ByteString.EMPTY));
  }

  /// Keeps in the store what the carrier wants to find again; remembers it here, as the carrier's
  /// threads must not wait for a step.
  private final class Memory implements NetworkMemory {
    private final NetworkId network;
    private volatile ByteString kept;

    /// @param kept empty: nothing yet
    Memory(NetworkId network, ByteString kept) {
      this.network = network;
      this.kept = kept;
    }

    @Override
    public Optional<ByteString> recall() {
      ByteString known = kept;
      return known.size() == 0 ? Optional.empty() : Optional.of(known);
    }

    @Override
    public void keep(ByteString bytes) {
      if (bytes.size() > MAX_SIZE) {
        throw new IllegalArgumentException("a carrier keeps at most " + MAX_SIZE + " bytes");
      }
      kept = bytes;
      core.serial.execute(this::write);
    }

    /// What was kept last; of several at once the last one is written.
    private void write() {
      core.ledger.writeSurely(step -> step.tables().networks().keep(network, kept));
    }
  }
}
