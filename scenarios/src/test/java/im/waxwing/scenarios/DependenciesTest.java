package im.waxwing.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class DependenciesTest {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final Pattern FOREIGN =
      Pattern.compile(
          "<groupId>(?!im\\.waxwing)[^<]+</groupId><artifactId>([^<]+)</artifactId>"
              + "<version>\\$\\{([^}]+)}</version>");

  @Test
  void everyPinnedDependencyHasItsVersionAndReasonOnThePage() throws IOException {
    String pom = Files.readString(ROOT.resolve("pom.xml"));
    List<String> rows =
        Files.readString(ROOT.resolve("docs/dependencies.md"))
            .lines()
            .filter(line -> line.startsWith("| `"))
            .toList();

    String managed = pom.substring(0, pom.indexOf("</dependencyManagement>"));
    List<MatchResult> pinned = FOREIGN.matcher(managed).results().toList();

    assertThat(pinned).hasSizeGreaterThan(10);
    for (MatchResult dependency : pinned) {
      String name = "`" + dependency.group(1) + "`";
      String version = "| " + property(pom, dependency.group(2)) + " |";
      assertThat(rows).as(name).anyMatch(row -> row.contains(name) && row.contains(version));
    }
  }

  private static String property(String pom, String name) {
    MatchResult found =
        Pattern.compile("<" + Pattern.quote(name) + ">([^<]+)<")
            .matcher(pom)
            .results()
            .findFirst()
            .orElseThrow();
    return found.group(1);
  }
}
