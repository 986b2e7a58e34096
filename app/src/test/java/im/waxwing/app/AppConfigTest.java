package im.waxwing.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import im.waxwing.cli.CliException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AppConfigTest {
  @TempDir private Path folder;

  @Test
  void theseAreAllKeysAndDefaults() throws Exception {
    assertThat(AppConfig.KEYS).containsExactly("port", "unsafe-clock-offset");
    assertThat(AppConfig.read(folder, Map.of())).isEqualTo(new AppConfig(7470, Duration.ZERO));
  }

  @Test
  void aFlagOverridesTheFile() throws Exception {
    write("# mine\n\nport = 8000\nunsafe-clock-offset = -26h\n");

    assertThat(AppConfig.read(folder, Map.of()))
        .isEqualTo(new AppConfig(8000, Duration.ofHours(-26)));
    assertThat(AppConfig.read(folder, Map.of(AppConfig.PORT, "0")).port()).isZero();
  }

  @ParameterizedTest
  @CsvSource({"prot,port", "ports,port", "clock-offset,unsafe-clock-offset"})
  void anUnknownKeyStopsTheStartAndNamesTheNearest(String wrong, String nearest)
      throws IOException {
    write(wrong + " = 1\n");

    assertThatThrownBy(() -> AppConfig.read(folder, Map.of()))
        .hasMessage("'" + wrong + "' in waxwing.conf is not a known setting")
        .isInstanceOfSatisfying(
            CliException.class,
            e -> assertThat(e.hint()).isEqualTo("did you mean " + nearest + "?"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "port",
        "port = ",
        "port = -1",
        "port = 65536",
        "port = 7470x",
        "unsafe-clock-offset = soon",
        "unsafe-clock-offset = 1"
      })
  void aWrongValueStopsTheStart(String line) throws IOException {
    write(line + "\n");

    assertThatThrownBy(() -> AppConfig.read(folder, Map.of())).isInstanceOf(CliException.class);
  }

  private void write(String text) throws IOException {
    Files.writeString(folder.resolve(AppConfig.FILE), text);
  }
}
