package im.waxwing.testkit;

import im.waxwing.base.ByteString;
import im.waxwing.carrier.Carrier;
import im.waxwing.carrier.NetworkMemory;
import im.waxwing.carrier.contract.CarrierWorld;
import im.waxwing.model.AdmissionToken;
import im.waxwing.model.Day;
import im.waxwing.model.Place;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/// A calm simulated world for tests that wait on threads: real time drives its time, a hundred
/// times as fast.
final class DrivenWorld implements CarrierWorld {
  private static final Duration STEP = Duration.ofMillis(100);

  private final Object turn = new Object();
  private final VirtualTime time = new VirtualTime();
  private final SimulatedNetwork network = new SimulatedNetwork(time, Chance.ofSeed(1));
  private final SimulatedNode node = SimulatedNode.atHost("node.test", new Machine("node", time));
  private final Optional<SimulatedOnion> onion;
  private final List<Carrier> carriers = new ArrayList<>();
  private final ScheduledExecutorService driver = Executors.newSingleThreadScheduledExecutor();

  /// @param inNetwork whether mailboxes stand in an onion network instead of at a node
  DrivenWorld(boolean inNetwork) {
    network.attach(node);
    onion =
        inNetwork
            ? Optional.of(SimulatedOnion.atHost("onion.test", time, network))
            : Optional.empty();
    onion.ifPresent(network::attach);
    var _ = driver.scheduleAtFixedRate(this::drive, 1, 1, TimeUnit.MILLISECONDS);
  }

  private void drive() {
    synchronized (turn) {
      time.pass(STEP);
    }
  }

  @Override
  public Carrier carrier() {
    synchronized (turn) {
      Machine machine = new Machine("device " + carriers.size(), time);
      Carrier carrier = new TurnTakingCarrier(turn, new SimulatedCarrier(network, machine));
      carriers.add(carrier);
      onion.ifPresent(there -> carrier.enters(there.address(), new Forgetful()));
      return carrier;
    }
  }

  /// Devices of these tests are never started again.
  private static final class Forgetful implements NetworkMemory {
    @Override
    public Optional<ByteString> recall() {
      return Optional.empty();
    }

    @Override
    public void keep(ByteString bytes) {}
  }

  @Override
  public Place place() {
    return onion.<Place>map(SimulatedOnion::address).orElse(node.address());
  }

  @Override
  public AdmissionToken token() {
    return node.addressWithAdmission().token();
  }

  @Override
  public Day today() {
    synchronized (turn) {
      return Day.of(node.machine().clock().instant());
    }
  }

  @Override
  public void stopNode() {
    synchronized (turn) {
      if (onion.isPresent()) {
        onion.get().setUp(false);
      } else {
        node.machine().cutPower();
      }
    }
  }

  @Override
  public void startNode() {
    synchronized (turn) {
      if (onion.isPresent()) {
        onion.get().setUp(true);
      } else {
        node.machine().switchOn();
      }
    }
  }

  @Override
  public void close() {
    driver.shutdownNow();
    carriers.forEach(Carrier::close);
  }
}
