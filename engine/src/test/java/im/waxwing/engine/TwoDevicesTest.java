package im.waxwing.engine;

import static org.assertj.core.api.Assertions.assertThat;

import im.waxwing.api.MessageView.State;
import im.waxwing.api.ProblemException;
import im.waxwing.model.DeviceId;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TwoDevicesTest {
  @TempDir Path folder;
  private Village village;
  private Someone desk;
  private Someone pocket;
  private Someone bob;

  /// Alice has two devices, the second one linked after she and Bob had exchanged a letter.
  @BeforeEach
  void devices() throws ProblemException {
    village = new Village(folder);
    desk = village.person("Alice");
    bob = village.person("Bob");
    village.introduce(desk, bob);
    bob.writes(desk, "before");
    village.settle();
    pocket = village.newcomer("Alice", "Alice's second device");
    desk.engine.admit(pocket.engine.join(desk.engine.provision(new DeviceId(2))));
    village.settle();
  }

  @AfterEach
  void end() {
    village.close();
  }

  @Test
  void aLetterReachesEveryDevice() throws ProblemException {
    bob.writes(desk, "to both");
    village.settle();

    assertThat(desk.textsWith(bob)).containsExactly("before", "to both");
    assertThat(pocket.textsWith(bob)).containsExactly("to both");
  }

  @Test
  void aMessageShowsOnTheOtherDevicesOfItsWriter() throws ProblemException {
    desk.writes(bob, "from the desk");
    village.settle();
    pocket.writes(bob, "from the pocket");
    village.settle();

    assertThat(bob.textsWith(desk)).containsExactly("before", "from the desk", "from the pocket");
    assertThat(pocket.textsWith(bob)).containsExactly("from the desk", "from the pocket");
    assertThat(desk.textsWith(bob)).containsExactly("before", "from the desk", "from the pocket");
    assertThat(pocket.with(bob)).allMatch(message -> message.mine());
  }

  @Test
  void oneDeviceIsEnoughForDeliveryAndTheOtherGetsItLater() throws ProblemException {
    pocket.setOnline(false);
    bob.writes(desk, "for whom?");
    village.settle();
    var delivered = bob.with(desk).getLast().state();

    pocket.setOnline(true);
    village.settle();

    assertThat(delivered).isEqualTo(State.DELIVERED);
    assertThat(pocket.textsWith(bob)).containsExactly("for whom?");
  }

  @Test
  void receiptsReachTheDeviceThatWrote() throws ProblemException {
    pocket.writes(bob, "small");
    village.settle();
    bob.readsAll(desk);
    village.settle();

    assertThat(pocket.statesWith(bob)).containsExactly(State.READ);
    assertThat(desk.with(bob).getLast().state()).isEqualTo(State.READ);
  }
}
