package im.waxwing.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class DocumentsTest {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final Pattern TEST_NAME = Pattern.compile("`([A-Z][A-Za-z]+Test)`");
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)#:]+)(#[^)]*)?\\)");
  private static final Set<String> NOT_OURS = Set.of("target", "node_modules", ".git");

  @Test
  void everyTestThatTheThreatModelNamesExists() throws IOException {
    Set<String> tests =
        sources(".java").stream()
            .map(file -> file.getFileName().toString().replace(".java", ""))
            .collect(Collectors.toSet());

    List<String> named =
        TEST_NAME
            .matcher(Files.readString(ROOT.resolve("docs/threat-model.md")))
            .results()
            .map(result -> result.group(1))
            .distinct()
            .toList();

    assertThat(named).isNotEmpty().allMatch(tests::contains);
  }

  @Test
  void everyLinkBetweenDocumentsLeadsSomewhere() throws IOException {
    for (Path document : sources(".md")) {
      List<String> dead =
          LINK.matcher(Files.readString(document))
              .results()
              .map((MatchResult result) -> result.group(1))
              .filter(target -> !Files.exists(document.resolveSibling(target)))
              .toList();

      assertThat(dead).as("dead links in %s", ROOT.relativize(document)).isEmpty();
    }
  }

  private static List<Path> sources(String ending) throws IOException {
    try (Stream<Path> files = Files.walk(ROOT)) {
      return files
          .filter(file -> file.toString().endsWith(ending))
          .filter(DocumentsTest::isOurs)
          .toList();
    }
  }

  private static boolean isOurs(Path file) {
    return Stream.of(ROOT.relativize(file).toString().split("/")).noneMatch(NOT_OURS::contains);
  }
}
