package im.waxwing.testkit;

import im.waxwing.carrier.Carrier;
import im.waxwing.carrier.contract.CarrierWorld;
import im.waxwing.model.AdmissionToken;
import im.waxwing.model.Day;
import im.waxwing.model.NodeAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
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
  private final List<Carrier> carriers = new ArrayList<>();
  private final ScheduledExecutorService driver = Executors.newSingleThreadScheduledExecutor();

  DrivenWorld() {
    network.attach(node);
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
      return carrier;
    }
  }

  NodeAddress node() {
    return node.address();
  }

  @Override
  public NodeAddress place() {
    return node();
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
      node.machine().cutPower();
    }
  }

  @Override
  public void startNode() {
    synchronized (turn) {
      node.machine().switchOn();
    }
  }

  @Override
  public void close() {
    driver.shutdownNow();
    carriers.forEach(Carrier::close);
  }
}
