package im.waxwing.scenarios;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The Chromium of this machine, driven by Playwright. Its driver is the npm package of the same
/// version among the page's: the one for Java weighs 202 MB.
final class Chromium implements AutoCloseable {
  static final Path PACKAGES = Path.of("../web/page/node_modules").toAbsolutePath().normalize();

  /// Keeps Chromium itself from asking anybody for anything.
  private static final List<String> QUIET =
      List.of(
          "--disable-gpu",
          "--disable-quic",
          "--no-first-run",
          "--disable-background-networking",
          "--disable-component-update",
          "--disable-sync");

  private final Playwright playwright;
  private final Browser browser;

  private Chromium(Playwright playwright) throws IOException {
    this.playwright = playwright;
    this.browser =
        playwright
            .chromium()
            .launch(
                new BrowserType.LaunchOptions()
                    .setExecutablePath(onPath("chromium"))
                    .setArgs(QUIET));
  }

  static Chromium start() throws IOException {
    System.setProperty("playwright.cli.dir", driver().toString());
    Map<String, String> environment =
        Map.of(
            "PLAYWRIGHT_NODEJS_PATH",
            onPath("node").toString(),
            "PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD",
            "1");
    return new Chromium(Playwright.create(new Playwright.CreateOptions().setEnv(environment)));
  }

  /// Opens a person's page in a window of its own, which knows nothing of the others.
  Screen open(Person person, Screen.Size size) throws ScenarioException, InterruptedException {
    return new Screen(browser, person, size);
  }

  @Override
  public void close() {
    browser.close();
    playwright.close();
  }

  /// The folder in which Playwright looks for `package`.
  private static Path driver() throws IOException {
    Path folder = Files.createDirectories(Path.of("target/driver").toAbsolutePath());
    Path link = folder.resolve("package");
    if (!Files.exists(link)) {
      Files.createSymbolicLink(link, PACKAGES.resolve("playwright-core"));
    }
    return folder;
  }

  private static Path onPath(String program) throws IOException {
    return Stream.of(System.getenv("PATH").split(Pattern.quote(File.pathSeparator), -1))
        .map(folder -> Path.of(folder, program))
        .filter(Files::isExecutable)
        .findFirst()
        .orElseThrow(() -> new IOException(program + " is not installed"));
  }
}
