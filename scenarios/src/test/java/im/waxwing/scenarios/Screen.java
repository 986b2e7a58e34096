package im.waxwing.scenarios;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;

/// A person's page as they see it, and all that it asked for and said meanwhile.
final class Screen implements AutoCloseable {
  /// Of a telephone or a good screen; a code is read off the picture of it.
  private static final int DENSITY = 2;

  private static final int MOST_TABS = 40;

  private static final Path PICTURES = Path.of("target/screenshots");

  enum Size {
    WIDE(1280, 800),
    NARROW(360, 740);

    final int width;
    final int height;

    Size(int width, int height) {
      this.width = width;
      this.height = height;
    }
  }

  private final BrowserContext window;
  private final Page page;
  private final Response answer;
  private final String home;
  private final List<String> addresses = new CopyOnWriteArrayList<>();
  private final List<String> said = new CopyOnWriteArrayList<>();

  Screen(Browser browser, Person person, Size size) throws ScenarioException, InterruptedException {
    this.home = "//127.0.0.1:" + person.port() + "/";
    this.window =
        browser.newContext(
            new Browser.NewContextOptions()
                .setViewportSize(size.width, size.height)
                .setDeviceScaleFactor(DENSITY)
                .setLocale("en-GB")
                .setColorScheme(ColorScheme.LIGHT)
                .setReducedMotion(ReducedMotion.REDUCE));
    window.onRequest(request -> addresses.add(request.url()));
    window.onConsoleMessage(message -> said.add(message.text()));
    window.onWebError(error -> said.add(error.error()));
    this.page = window.newPage();
    page.onWebSocket(socket -> addresses.add(socket.url()));
    this.answer = page.navigate(person.pageLink());
  }

  Page page() {
    return page;
  }

  /// What came with the page itself.
  String header(String name) {
    return String.valueOf(answer.headerValue(name));
  }

  void types(String key) {
    page.keyboard().press(key);
  }

  /// Goes by the Tab key to what fits a CSS selector.
  void tabsTo(String what) {
    for (int i = 0; i < MOST_TABS; i++) {
      types("Tab");
      if ((boolean) page.evaluate("(what) => document.activeElement.matches(what)", what)) {
        return;
      }
    }
    throw new AssertionError("the Tab key does not lead to " + what);
  }

  void presses(String button) {
    button(button).click();
  }

  /// The first button of this name, of which a page may have several.
  Locator button(String name) {
    return page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true))
        .first();
  }

  Locator part(AriaRole role, String named) {
    return page.getByRole(
        role, new Page.GetByRoleOptions().setName(Pattern.compile(named, Pattern.DOTALL)));
  }

  void fills(String field, String text) {
    page.getByLabel(field, new Page.GetByLabelOptions().setExact(true)).fill(text);
  }

  /// The line of a person in the first column.
  Locator person(String name) {
    return part(AriaRole.OPTION, name);
  }

  /// Where one writes to a person.
  Locator composer(String name) {
    return part(AriaRole.TEXTBOX, "Write to .*" + name);
  }

  void writes(String name, String text) {
    composer(name).fill(text);
    presses("Send");
  }

  /// The bubble of a letter.
  Locator letter(String text) {
    return page.locator(".letter", new Page.LocatorOptions().setHasText(text));
  }

  void sees(Locator what) {
    assertThat(what).isVisible();
  }

  void sees(String text) {
    sees(page.getByText(text).first());
  }

  /// Waits until a letter of this person shows how far it got, in the words for those who cannot
  /// see its mark.
  void seesHowFar(String text, String words) {
    assertThat(letter(text).locator(".delivery")).hasText(words);
  }

  /// Takes a picture, and holds what stands there, light and dark, to the rules of accessible
  /// pages.
  void shows(String picture) throws IOException {
    page.evaluate("() => document.fonts.ready.then(() => true)");
    page.screenshot(new Page.ScreenshotOptions().setPath(PICTURES.resolve(picture + ".png")));
    assertThat(violations()).as("barriers in %s", picture).isEmpty();
    in(ColorScheme.DARK);
    assertThat(violations()).as("barriers in %s, dark", picture).isEmpty();
    in(ColorScheme.LIGHT);
  }

  private void in(ColorScheme scheme) {
    page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
  }

  private List<?> violations() throws IOException {
    if (page.evaluate("() => typeof axe").equals("undefined")) {
      page.evaluate(Files.readString(Chromium.PACKAGES.resolve("axe-core/axe.min.js")));
    }
    return (List<?>)
        page.evaluate(
            """
            async () => (await axe.run(document)).violations.map(
              (rule) => rule.id + ': ' + rule.nodes.map((node) => node.html).join(' '))""");
  }

  boolean scrollsSideways() {
    return (boolean)
        page.evaluate(
            """
            () => document.scrollingElement.scrollWidth > innerWidth ||
              [...document.querySelectorAll('.column:not([hidden])')].some((c) => c.scrollWidth > c.clientWidth)""");
  }

  /// Everything the page asked for came from its own app, and it had nothing to complain about.
  void assertKeptToItself() {
    assertThat(addresses)
        .isNotEmpty()
        .allMatch(address -> address.contains(home) || address.startsWith("blob:"));
    assertThat(said).isEmpty();
  }

  @Override
  public void close() {
    window.close();
  }
}
