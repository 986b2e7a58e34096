package im.waxwing.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import im.waxwing.node.directory.Founding;
import im.waxwing.protocol.consensus.AuthoritySet;
import im.waxwing.protocol.consensus.Role;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsTest {
  @TempDir Path folder;

  private NodeConfig parse(String... flags) throws NodeException {
    List<String> all = new ArrayList<>(List.of("--data", folder.toString()));
    all.addAll(List.of(flags));
    return Settings.parse(all);
  }

  private void write(String... lines) throws Exception {
    Files.write(folder.resolve("waxwing-node.conf"), List.of(lines));
  }

  @Test
  void withoutAFileEverythingHasItsDefault() throws Exception {
    assertThat(parse())
        .isEqualTo(
            new NodeConfig(
                folder,
                "0.0.0.0",
                7443,
                "",
                Limits.STANDARD,
                Federation.EVERYONE,
                Optional.empty(),
                Duration.ZERO));
  }

  @Test
  void theFileIsReadAndFlagsOverrideIt() throws Exception {
    write("# my node", "", "port = 1234", "public-name = node.example", "disk-reserve = 2GiB");

    NodeConfig config = parse("--port=99");

    assertThat(config.port()).isEqualTo(99);
    assertThat(config.publicName()).isEqualTo("node.example");
    assertThat(config.limits().diskReserveInBytes()).isEqualTo(2L << 30);
  }

  @Test
  void anUnknownKeyStopsTheStartAndNamesTheNearest() throws Exception {
    write("publicname = node.example");

    assertThatThrownBy(this::parse)
        .isInstanceOfSatisfying(
            NodeException.BadSetting.class,
            e -> {
              assertThat(e).hasMessageContaining("publicname in waxwing-node.conf");
              assertThat(e.hint()).contains("public-name");
            });
  }

  @Test
  void wrongValuesAreNamedWithWhatIsAllowed() {
    assertThatThrownBy(() -> parse("--port", "70000")).hasMessageContaining("from 0 to 65535");
    assertThatThrownBy(() -> parse("--disk-reserve", "much")).hasMessageContaining("512MiB");
    assertThatThrownBy(() -> parse("--public-name", "a b")).hasMessageContaining("public-name");
    assertThatThrownBy(() -> parse("--unsafe-clock-offset", "x")).hasMessageContaining("26h");
    assertThatThrownBy(() -> parse("--port")).hasMessageContaining("needs a value");
    assertThatThrownBy(() -> parse("port")).hasMessageContaining("no flag");
  }

  @Test
  void theClockCanBeSetOffForTests() throws Exception {
    assertThat(parse("--unsafe-clock-offset", "26h").clockOffset()).isEqualTo(Duration.ofHours(26));
    assertThat(parse("--unsafe-clock-offset", "-90m").clockOffset())
        .isEqualTo(Duration.ofMinutes(-90));
    assertThat(parse("--unsafe-clock-offset", "1d").clockOffset()).isEqualTo(Duration.ofDays(1));
  }

  @Test
  void anAddressOfThisMachineIsToldApart() throws Exception {
    assertThat(parse().worksHereOnly()).isTrue();
    assertThat(parse("--bind-address", "127.0.0.1").worksHereOnly()).isTrue();
    assertThat(parse("--public-name", "node.example").worksHereOnly()).isFalse();
    assertThat(parse("--bind-address", "192.0.2.7").host()).isEqualTo("192.0.2.7");
  }

  @Test
  void theNodesToTalkToAreNamedByHostPortOrKey() throws Exception {
    String key = "A".repeat(43);
    write("federate = listed", "federate-with = friend.example, other.example:7444," + key);

    assertThat(parse("--federate-never", "[2001:db8::1]").federation())
        .isEqualTo(
            new Federation(
                Federation.Mode.LISTED,
                Set.of("friend.example", "other.example:7444", key),
                Set.of("[2001:db8::1]")));
    assertThatThrownBy(() -> parse("--federate", "some")).hasMessageContaining("listed");
    assertThatThrownBy(() -> parse("--federate-with", "a b")).hasMessageContaining("federate-with");
  }

  @Test
  void aNodeOfAnOnionNetworkIsToldItsNetworkFileAndWhatItDoes() throws Exception {
    Path network = folder.resolve("network");
    AuthoritySet set = Founding.local(folder.resolve("authorities"), 3, Duration.ofSeconds(8));
    Files.writeString(network, set.format());
    write("storage = yes", "family = carol.example");

    NodeConfig config = parse("--relay", "--directory", network.toString(), "--weight", "20");

    assertThat(config.membership())
        .contains(new Membership(set, Set.of(Role.RELAY, Role.STORAGE), "carol.example", 20));
  }

  @Test
  void halfAMembershipStopsTheStart() throws Exception {
    Path network = folder.resolve("network");
    Files.writeString(network, "authority nobody");

    assertThatThrownBy(() -> parse("--relay")).hasMessageContaining("network file");
    assertThatThrownBy(() -> parse("--directory", folder.resolve("none").toString()))
        .hasMessageContaining("does something");
    assertThatThrownBy(() -> parse("--relay", "--directory", folder.resolve("none").toString()))
        .hasMessageContaining("there is no network file");
    assertThatThrownBy(() -> parse("--relay", "--directory", network.toString()))
        .hasMessageContaining("is not right");
    assertThatThrownBy(
            () -> parse("--relay", "--federate=nobody", "--directory", network.toString()))
        .hasMessageContaining("everyone");
    assertThatThrownBy(() -> parse("--relay=perhaps")).hasMessageContaining("yes or no");
  }
}
