package im.waxwing.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProblemKindTest {
  @Test
  void theTableOfTheSpecificationIsTheListOfKinds() throws IOException {
    List<String> expected = Arrays.stream(ProblemKind.values()).map(ProblemKindTest::row).toList();

    List<String> written =
        Files.readAllLines(Path.of("..", "spec", "api.md")).stream()
            .filter(line -> line.matches("\\| `[A-Z_]+` \\|.*"))
            .toList();

    assertThat(written).isEqualTo(expected);
  }

  @Test
  void everySentenceIsOneLineThatACommandLineCanPrint() {
    for (ProblemKind kind : ProblemKind.values()) {
      assertThat(kind.sentence()).as(kind.name()).isNotBlank().doesNotContain("\n", ". ");
      assertThat(kind.remedy()).as(kind.name()).isNotBlank().doesNotContain("\n");
    }
  }

  private static String row(ProblemKind kind) {
    return "| `%s` | %s | %s | %s |"
        .formatted(kind.name(), kind.sentence(), kind.remedy(), kind.retryHelps() ? "yes" : "no");
  }
}
