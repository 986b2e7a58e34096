package im.waxwing.scenarios;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import im.waxwing.scenarios.Screen.Size;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// What two people can say to each other on the page, and do with what was said: by click and by
/// keyboard.
final class SayingsPageTest {
  private static Chromium chromium;
  private static Town town;
  private static Person iris;
  private static Person jonas;

  @BeforeAll
  static void introduceThem() throws Exception {
    PlaywrightAssertions.setDefaultAssertionTimeout((double) Person.LIMIT.toMillis());
    chromium = Chromium.start();
    town = new Town(Programs.ofThisCheckout());
    NodeProcess node = town.node();
    iris = town.person("Iris", node);
    jonas = town.person("Jonas", node);
    Town.introduce(iris, jonas);
  }

  @AfterAll
  static void closeTheBrowser() {
    chromium.close();
    town.close();
  }

  @Test
  void lettersAreAnsweredReactedToAndChangedByClick() throws Exception {
    try (Screen hers = opened(iris, "Jonas", Size.WIDE);
        Screen his = opened(jonas, "Iris", Size.WIDE)) {
      hers.writes("Jonas", "Shall we meat on Sunday?");
      his.sees(his.letter("Shall we meat"));

      tool(his, "Shall we meat", "Answer").click();
      his.sees(his.page().locator(".purpose"));
      his.shows("answering");
      his.writes("Iris", "At eight, by the rowan.");
      hers.sees(hers.letter("At eight").locator(".quote"));

      tool(hers, "At eight", "React").click();
      hers.part(AriaRole.COMBOBOX, "Find an emoji").fill("red heart");
      hers.sees(hers.part(AriaRole.OPTION, "^red heart$"));
      hers.shows("emoji");
      hers.part(AriaRole.OPTION, "^red heart$").click();
      his.sees(his.letter("At eight").locator(".reaction"));

      tool(hers, "Shall we meat", "More for this letter").click();
      hers.shows("letter-menu");
      item(hers, "Change the text").click();
      hers.composer("Jonas").fill("Shall we meet on Sunday?");
      hers.presses("Save the change");
      his.sees(his.letter("Shall we meet on Sunday?").first());
      his.letter("Shall we meet on Sunday?").first().getByText("changed").click();
      his.sees("Shall we meat on Sunday?");
      his.shows("former-texts");
      his.presses("Close");

      his.letter("At eight").locator(".quote").click();
      assertThat(his.letter("Shall we meet on Sunday?").first()).isFocused();
      hers.assertKeptToItself();
      his.assertKeptToItself();
    }
  }

  @Test
  void theSameIsDoneWithTheKeyboardAlone() throws Exception {
    jonas.writes("Iris", "Bring the good binoculars.");
    iris.awaitsText("Jonas", "Bring the good binoculars.");
    try (Screen screen = opened(iris, "Jonas", Size.WIDE)) {
      screen.sees(screen.letter("binoculars"));
      screen.letter("binoculars").focus();

      screen.types("r");
      assertThat(screen.composer("Jonas")).isFocused();
      screen.page().keyboard().type("I will. And *coffee*.");
      screen.types("Enter");
      screen.sees(screen.letter("And coffee").locator("em"));

      screen.seesHowFar("And coffee", "On their device");
      screen.types("ArrowUp");
      assertThat(screen.composer("Jonas")).hasValue("I will. And *coffee*.");
      screen.types("End");
      screen.page().keyboard().type(" And cake.");
      screen.types("Enter");
      screen.sees(screen.letter("And cake").getByText("changed"));

      screen.letter("binoculars").first().focus();
      screen.types("+");
      screen.page().keyboard().type("telescope");
      screen.sees(screen.part(AriaRole.OPTION, "^telescope$"));
      screen.types("Enter");
      screen.sees(screen.letter("binoculars").first().locator(".reaction"));
      iris.await(
          "the reaction is with the app",
          () ->
              iris.messages("Jonas").stream()
                  .filter(each -> each.path("reactions").path(0).path("mine").asBoolean())
                  .findAny());

      screen.letter("And cake").focus();
      screen.types("Enter");
      screen.types("End");
      screen.types("Enter");
      screen.sees("Delete this letter for everyone?");
      screen.presses("Delete for everyone");
      screen.sees("You deleted this letter.");
      screen.assertKeptToItself();
    }
  }

  @Test
  void whatIsDeletedForEveryoneIsGoneOnBothSides() throws Exception {
    try (Screen hers = opened(iris, "Jonas", Size.WIDE);
        Screen his = opened(jonas, "Iris", Size.NARROW)) {
      hers.writes("Jonas", "Wrong window, sorry.");
      his.sees(his.letter("Wrong window"));

      tool(hers, "Wrong window", "More for this letter").click();
      item(hers, "Delete for everyone…").click();
      hers.shows("unsend");
      hers.presses("Delete for everyone");

      his.sees(his.page().locator(".unsent").last());
      assertThat(his.letter("Wrong window")).hasCount(0);
    }
  }

  @Test
  void lettersDisappearAsBothCanSee() throws Exception {
    try (Screen hers = opened(iris, "Jonas", Size.WIDE);
        Screen his = opened(jonas, "Iris", Size.WIDE)) {
      hers.presses("More for this conversation");
      item(hers, "Disappearing letters…").click();
      hers.page().getByText("1 hour", exactly()).click();
      hers.shows("timer");
      hers.presses("Use this for both");
      his.sees(his.part(AriaRole.BUTTON, "Letters disappear 1 hour after reading"));

      his.writes("Iris", "This one goes by itself.");
      hers.sees(hers.letter("goes by itself").getByText(Pattern.compile("^Disappears ")));

      his.part(AriaRole.BUTTON, "Letters disappear 1 hour").click();
      his.page().getByText("They stay", exactly()).click();
      his.presses("Use this for both");
      assertThat(hers.part(AriaRole.BUTTON, "Letters disappear")).hasCount(0);
    }
  }

  @Test
  void whoIsWritingIsSeenUnlessTheyWishOtherwise() throws Exception {
    try (Screen hers = opened(iris, "Jonas", Size.WIDE);
        Screen his = opened(jonas, "Iris", Size.WIDE)) {
      hers.writes("Jonas", "So that a way is known.");
      hers.seesHowFar("So that a way is known", "Read");
      his.composer("Iris").pressSequentially("Let me thi");
      hers.sees(hers.page().locator(".typing"));
      hers.sees("Writing…");

      hers.presses("Settings");
      hers.sees("What others see of you");
      hers.part(AriaRole.SWITCH, "That I am writing").uncheck();
      iris.await(
          "the choice is with the app",
          () ->
              Optional.of(iris.api().call("settings", ApiClient.body()))
                  .filter(settings -> !settings.path("typing").asBoolean()));
      hers.shows("what-others-see");
      hers.part(AriaRole.SWITCH, "That I am writing").check();
    }
  }

  @Test
  void aDraftOutlivesThePage() throws Exception {
    try (Screen screen = opened(iris, "Jonas", Size.WIDE)) {
      screen.composer("Jonas").fill("Begun and not sent");
      iris.await(
          "the draft is with the app",
          () -> draftOf(iris).filter(draft -> draft.equals("Begun and not sent")));
    }
    try (Screen screen = chromium.open(iris, Size.WIDE)) {
      screen.sees(screen.person("Jonas.*Draft:.*Begun and not sent"));
      screen.person("Jonas").click();
      assertThat(screen.composer("Jonas")).hasValue("Begun and not sent");
      screen.composer("Jonas").fill("");
      iris.await("the draft is gone", () -> draftOf(iris).filter(String::isEmpty));
    }
  }

  @Test
  void conversationsAreMutedKeptOnTopAndPutAwayFromThePalette() throws Exception {
    try (Screen screen = opened(jonas, "Iris", Size.WIDE)) {
      commands(screen, "mute");
      screen.sees(screen.person("Iris.*Muted"));
      commands(screen, "keep on top");
      screen.sees(screen.person("Iris.*Kept on top"));
      screen.types("Control+k");
      screen.shows("palette");
      screen.types("Escape");
      commands(screen, "archive");
      screen.sees("1 archived conversation");
      screen.presses("1 archived conversation");
      screen.sees(screen.person("Iris"));
      commands(screen, "take out");
      commands(screen, "no longer mute");
      commands(screen, "no longer keep on top");
      assertThat(screen.person("Iris.*Muted")).hasCount(0);
    }
  }

  @Test
  void lettersAreFoundAndGoneToHoweverFarBack() throws Exception {
    jonas.writes("Iris", "A nuthatch came to the feeder.");
    for (int i = 1; i <= 100; i++) {
      jonas.writes("Iris", "Nothing new, part " + i + ".");
    }
    iris.awaitsText("Jonas", "Nothing new, part 100.");
    try (Screen screen = opened(iris, "Jonas", Size.WIDE)) {
      screen.sees(screen.page().locator(".letter").first());
      screen.types("Control+f");
      screen.part(AriaRole.COMBOBOX, "Search this conversation").fill("nuth");
      screen.sees(screen.part(AriaRole.OPTION, "A nuthatch came to the feeder"));
      screen.shows("found");
      screen.types("Enter");

      assertThat(screen.letter("nuthatch")).isFocused();
      assertThat(screen.letter("part 100.")).hasCount(0);
      screen.page().locator(".to-end").click();
      screen.sees(screen.letter("part 100."));
      screen.assertKeptToItself();
    }
  }

  @Test
  void thePageIsReadFromRightToLeftInArabic() throws Exception {
    jonas.writes("Iris", "Left to right, whatever the page.");
    iris.awaitsText("Jonas", "Left to right, whatever the page.");
    for (Size size : Size.values()) {
      try (Screen screen = opened(iris, "Jonas", size)) {
        screen.page().evaluate("() => localStorage.setItem('waxwing-language', 'ar')");
        screen.page().reload();
        screen.person("Jonas").click();
        Locator text = screen.letter("Left to right").locator(".letter-text").last();
        screen.sees(text);
        assertThat(screen.page().locator("html")).hasAttribute("dir", "rtl");
        assertThat(text).hasCSS("direction", "ltr");
        screen.shows("arabic-" + size.name().toLowerCase(Locale.ROOT));
        assertThat(screen.scrollsSideways()).isFalse();
        screen.assertKeptToItself();
      }
    }
  }

  @Test
  void marksAreShownAndALinkNamesWhereItLeads() throws Exception {
    jonas.writes(
        "Iris",
        "**Look:** [https://bank.example](https://evil.example/x)\n- one\n- `two`\n> three");
    iris.awaitsText(
        "Jonas",
        "**Look:** [https://bank.example](https://evil.example/x)\n- one\n- `two`\n> three");
    try (Screen screen = opened(iris, "Jonas", Size.WIDE)) {
      Locator text = screen.letter("Look:").locator(".letter-text");
      assertThat(text.locator("strong")).hasText("Look:");
      assertThat(text.locator("li")).hasText(new String[] {"one", "two"});
      assertThat(text.locator("blockquote")).hasText("three");
      assertThat(text.locator(".true-host")).hasText(Pattern.compile("\\(evil\\.example\\)"));
      assertThat(text.locator("a")).hasAttribute("rel", "noopener noreferrer");
      screen.shows("marks");
      screen.assertKeptToItself();
    }
  }

  @Test
  void whatMalloryWouldSendStaysInItsBubble() throws Exception {
    int most = iris.api().call("limits", ApiClient.body()).path("maxTextBytes").asInt();
    String piled = "Z" + "\u0351\u036b\u0343\u036a\u0302".repeat(400) + "algo";
    jonas.writes("Iris", "W" + "x".repeat(most - 1));
    jonas.writes("Iris", piled);
    jonas.writes("Iris", "\u202e\u2066https://a.example/\u202egnp.exe" + "\u2067 end".repeat(50));
    jonas.writes("Iris", "Deep " + "**_[a](https://".repeat(300));
    iris.awaitsText("Jonas", piled);
    for (Size size : Size.values()) {
      try (Screen screen = opened(iris, "Jonas", size)) {
        screen.sees(screen.letter("Deep").last());
        screen.shows("hostile-" + size.name().toLowerCase(Locale.ROOT));
        assertThat(screen.scrollsSideways()).isFalse();
        screen.sees(screen.part(AriaRole.BUTTON, "Show all of .* characters").first());
        screen.assertKeptToItself();
      }
    }
  }

  private static Screen opened(Person person, String other, Size size) throws Exception {
    Screen screen = chromium.open(person, size);
    screen.person(other).click();
    screen.sees(screen.composer(other));
    return screen;
  }

  /// A button that a letter shows while the pointer is over it.
  private static Locator tool(Screen screen, String letter, String name) {
    Locator row = screen.letter(letter).first();
    row.hover();
    return row.getByLabel(name, new Locator.GetByLabelOptions().setExact(true));
  }

  private static Locator item(Screen screen, String name) {
    return screen.part(AriaRole.MENUITEM, "^" + name + "$");
  }

  private static void commands(Screen screen, String words) {
    screen.types("Control+k");
    screen.part(AriaRole.COMBOBOX, "Find people").fill(words);
    screen.types("Enter");
    assertThat(screen.part(AriaRole.COMBOBOX, "Find people")).hasCount(0);
  }

  private static Page.GetByTextOptions exactly() {
    return new Page.GetByTextOptions().setExact(true);
  }

  private static Optional<String> draftOf(Person person)
      throws ScenarioException, InterruptedException {
    return Optional.of(
        person.api().call("conversations", ApiClient.body()).path(0).path("draft").asText());
  }
}
