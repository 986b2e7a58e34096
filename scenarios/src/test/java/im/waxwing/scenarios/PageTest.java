package im.waxwing.scenarios;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.FileChooser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.PlaywrightException;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.FilePayload;
import im.waxwing.scenarios.Screen.Size;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

final class PageTest {
  private static Chromium chromium;
  private static Town town;
  private static NodeProcess node;

  @BeforeAll
  static void openTheBrowser() throws Exception {
    PlaywrightAssertions.setDefaultAssertionTimeout((double) Person.LIMIT.toMillis());
    chromium = Chromium.start();
    town = new Town(Programs.ofThisCheckout());
    node = town.node();
  }

  @AfterAll
  static void closeTheBrowser() {
    chromium.close();
    town.close();
  }

  @Test
  void twoPeopleMeetWriteAndCompareByClick() throws Exception {
    Person alice = town.newcomer("Alice");
    Person bob = town.newcomer("Bob");
    try (Screen hers = chromium.open(alice, Size.WIDE)) {
      try (Screen his = chromium.open(bob, Size.WIDE)) {
        beginsAs("Alice", hers);
        beginsAs("Bob", his);
        String link = invites(hers);
        accepts(his, bob, link);
        writeToEachOther(hers, his);
        compareSafetyNumbers(hers, his);
        his.assertKeptToItself();
      }
      lettersWaitWhileBobIsAway(hers, bob);
      seesHowLettersTravel(hers);
      hers.presses("Settings");
      hers.sees("What protects you, and what does not yet");
      hers.shows("settings");
      hers.assertKeptToItself();
    }
  }

  private static void beginsAs(String name, Screen screen) throws Exception {
    screen.sees("Welcome to Waxwing");
    screen.shows("first-run");
    screen.fills("Your name", name);
    screen.fills("Address", node.address());
    screen.presses("Begin");
    screen.sees(screen.part(AriaRole.HEADING, "One honest word.*" + name));
    screen.shows("backup-word");
    screen.presses("I understand");
    screen.sees("Nobody here yet");
    screen.shows("nobody-yet");
  }

  private static String invites(Screen screen) throws Exception {
    screen.presses("Invite somebody");
    screen.presses("Make an invitation");
    screen.sees(screen.page().locator(".badge.open"));
    screen.shows("invitation");
    Locator code = screen.part(AriaRole.IMG, "The invitation as a code to scan");
    String link = screen.part(AriaRole.TEXTBOX, "Invitation link").inputValue();
    assertThat(link).startsWith("waxwing:i/").hasSizeLessThanOrEqualTo(300);
    assertThat(QrPicture.read(code.screenshot())).isEqualTo(link);
    return link;
  }

  private static void accepts(Screen screen, Person bob, String link) throws Exception {
    screen.presses("Accept an invitation");
    screen.fills("Invitation link", link);
    screen.presses("See whose it is");
    screen.sees(screen.part(AriaRole.HEADING, "Alice.* invites you"));
    screen.shows("whose-invitation");
    assertThat(bob.contacts()).as("Bob's contacts before he accepts").isEmpty();
    screen.presses("Accept");
    screen.sees(screen.composer("Alice"));
    bob.awaitsContact("Alice");
  }

  private static void writeToEachOther(Screen hers, Screen his) throws Exception {
    hers.person("Bob").click();
    hers.shows("no-letters-yet");
    his.writes("Alice", "Hello Alice, did I use the right invitation?");
    hers.sees(hers.letter("Hello Alice"));
    his.seesHowFar("Hello Alice", "Read");
    assertThat(hers.page().getByText("New letters")).hasCount(0);
    hers.writes(
        "Bob", "You did! The waxwings are back: forty of them, in the rowan by the station.");
    his.sees(his.letter("The waxwings are back"));
    hers.seesHowFar("The waxwings are back", "Read");
    his.writes("Alice", "Forty! I only ever saw two, and they left when the tram came.");
    hers.sees(hers.letter("Forty!"));
    hers.writes(
        "Bob", "Then come on Sunday at eight, when it is quiet. Bring the good binoculars.");
    his.sees(his.letter("Sunday at eight"));
    his.writes("Alice", "I will. And coffee.");
    hers.sees(hers.letter("And coffee"));
    his.seesHowFar("And coffee", "Read");
  }

  private static void compareSafetyNumbers(Screen hers, Screen his) throws Exception {
    hers.presses("Details");
    his.presses("Details");
    hers.sees("compare the safety number below");
    String digits = digits(hers);
    assertThat(digits).matches("[0-9]{60}").isEqualTo(digits(his));
    hers.shows("safety-number");
    byte[] hersToScan =
        hers.part(AriaRole.IMG, "Your safety number as a code to scan").screenshot();

    hers.presses("They match: mark as verified");
    hers.sees("nobody stands between you.");
    hers.sees(hers.page().locator(".bar-person .verified-mark"));
    his.presses("Scan theirs");
    FileChooser chooser = his.page().waitForFileChooser(() -> his.presses("Choose a picture"));
    chooser.setFiles(new FilePayload("code.png", "image/png", hersToScan));
    his.sees(
        his.part(AriaRole.STATUS, "")
            .filter(new Locator.FilterOptions().setHasText("The codes match")));
    his.shows("verified");
    hers.presses("Close");
  }

  private static String digits(Screen screen) {
    Locator groups = screen.page().locator(".digits li");
    assertThat(groups).hasCount(12);
    return String.join("", groups.allTextContents());
  }

  private static void lettersWaitWhileBobIsAway(Screen hers, Person bob) throws Exception {
    hers.writes("Bob", "Take the path behind the mill: the bridge is closed.");
    hers.seesHowFar("Take the path", "On their device");
    bob.dies();
    hers.writes("Bob", "You will know me by the red scarf.");
    hers.seesHowFar("red scarf", "A node keeps it");
    bob.comesBack();
    hers.seesHowFar("red scarf", "On their device");

    try (Screen his = chromium.open(bob, Size.WIDE)) {
      his.sees(his.person("Alice.*2 new letters"));
      assertThat(his.page()).hasTitle("(2) Waxwing");
      his.person("Alice").click();
      his.sees("New letters");
      his.shows("new-letters");
      hers.seesHowFar("Take the path", "Read");
      hers.seesHowFar("red scarf", "Read");
      assertThat(his.page()).hasTitle("Waxwing");
      his.assertKeptToItself();
    }
    hers.shows("conversation");
  }

  private static void seesHowLettersTravel(Screen screen) throws Exception {
    screen.part(AriaRole.BUTTON, "How letters travel. 1 hand: .*127\\.0\\.0\\.1").click();
    screen.sees("The node you share");
    screen.sees("It cannot read a word, and nothing that it stores names anybody.");
    screen.page().getByText("How we know").click();
    screen.sees("Shown by NodePrivacyTest");
    screen.shows("hands");
    screen.types("Escape");
  }

  @Nested
  final class OfTwoContacts {
    private static Person carol;
    private static Person dora;

    @BeforeAll
    static void introduceThem() throws Exception {
      carol = town.person("Carol", node);
      dora = town.person("Dora", node);
      Town.introduce(carol, dora);
    }

    @Test
    void aLetterIsWrittenWithTheKeyboardAlone() throws Exception {
      try (Screen screen = chromium.open(carol, Size.WIDE)) {
        screen.sees(screen.person("Dora"));
        screen.tabsTo("[role=option]");
        screen.types("Enter");
        assertThat(screen.composer("Dora")).isFocused();
        screen.page().keyboard().type("Written without a mouse.");
        screen.types("Enter");

        dora.awaitsText("Carol", "Written without a mouse.");
        screen.assertKeptToItself();
      }
    }

    @Test
    void whatOthersWriteIsTextAndNothingElse() throws Exception {
      String hostile =
          "<img src=x onerror=alert(1)><b>bold</b> &amp; \u202Egnp.exe [a](javascript:b)";
      dora.writes("Carol", hostile);
      JsonNode arrived = carol.awaitsText("Dora", hostile);
      try (Screen screen = chromium.open(carol, Size.WIDE)) {
        screen.person("Dora").click();
        Locator text = screen.letter("gnp.exe").locator(".letter-text");
        screen.sees(text);

        assertThat(text.textContent()).isEqualTo(arrived.path("text").asText()).isEqualTo(hostile);
        assertThat(text.locator("*").count()).as("elements within the text").isZero();
        assertThat(text.evaluate("(e) => getComputedStyle(e).unicodeBidi"))
            .as("what keeps it from turning what stands around it")
            .isIn("isolate", "plaintext", "isolate-override");
        screen.shows("hostile-text");
        screen.assertKeptToItself();
      }
    }

    @Test
    void nothingIsWiderThanATelephone() throws Exception {
      try (Screen screen = chromium.open(carol, Size.NARROW)) {
        screen.sees(screen.person("Dora"));
        fits(screen, "narrow-people");
        screen.person("Dora").click();
        screen.sees(screen.composer("Dora"));
        fits(screen, "narrow-conversation");
        screen.presses("Details");
        screen.sees("Safety number");
        fits(screen, "narrow-details");
        screen.presses("Back");
        screen.presses("Back");
        screen.presses("Settings");
        fits(screen, "narrow-settings");
        screen.presses("Back");
        screen.presses("Invite somebody");
        screen.presses("Make an invitation");
        screen.sees(screen.page().locator(".badge.open").first());
        fits(screen, "narrow-invitation");
        screen.presses("Accept an invitation");
        fits(screen, "narrow-accept");
      }
    }

    @Test
    void itsPolicyLetsNothingInAndNothingOut() throws Exception {
      try (Screen screen = chromium.open(carol, Size.WIDE)) {
        assertThat(List.of(screen.header("Content-Security-Policy").split("; ", -1)))
            .contains(
                "default-src 'none'",
                "script-src 'self'",
                "require-trusted-types-for 'script'",
                "trusted-types 'none'");

        assertThatThrownBy(() -> screen.page().evaluate("() => document.body.innerHTML = '<b>'"))
            .isInstanceOf(PlaywrightException.class)
            .hasMessageContaining("TrustedHTML");
        assertThatThrownBy(() -> screen.page().evaluate("() => fetch('http://127.0.0.1:1/')"))
            .isInstanceOf(PlaywrightException.class)
            .hasMessageContaining("Failed to fetch");
      }
    }
  }

  @Nested
  final class OfTwoNodes {
    private static final String DETOUR = "Now straight to their node; yours does not answer.";

    private static NodeProcess other;
    private static Person erin;
    private static Person frank;

    @BeforeAll
    static void introduceThem() throws Exception {
      other = town.node();
      erin = town.person("Erin", node);
      frank = town.person("Frank", other);
      Town.introduce(erin, frank);
    }

    @Test
    void lettersPassBothNodesAndThePageDrawsThem() throws Exception {
      try (Screen screen = opened(Size.WIDE)) {
        screen.writes("Frank", "Through your node and mine.");
        frank.awaitsText("Erin", "Through your node and mine.");
        screen.seesHowFar("Through your node", "On their device");

        hands(screen, "2 hands").click();
        assertThat(screen.page().locator(".journey .stop-name"))
            .hasText(new String[] {"You", "Your node", "Their node", "Frank"});
        screen.page().getByText("How we know").last().click();
        screen.sees("Shown by HandsTest");
        screen.shows("two-hands");
        screen.assertKeptToItself();
      }
    }

    @Test
    void lettersWaitForTheirNodeAndGoWhenItIsBack() throws Exception {
      try (Screen screen = opened(Size.NARROW)) {
        other.kill();
        screen.writes("Frank", "Is anybody there?");
        Locator line =
            roaming(screen, "Waiting for their node, .*127\\.0\\.0\\.1.* — 1 letter waits\\.");
        screen.sees(line);
        screen.seesHowFar("Is anybody there?", "Waiting here");
        fits(screen, "narrow-waiting");

        other.startAgain();
        screen.seesHowFar("Is anybody there?", "On their device");
        assertThat(line).hasCount(0);
        screen.assertKeptToItself();
      }
    }

    @Test
    void anotherWayIsAllowedWithTheKeyboardAloneAndTakenWhenItMust() throws Exception {
      try (Screen screen = opened(Size.WIDE)) {
        screen.tabsTo(".hands");
        screen.types("Enter");
        screen.tabsTo(".hands-card .action");
        screen.types("Enter");
        screen.tabsTo("[data-network=relay] input");
        screen.types("Space");
        screen.sees("Chosen for");
        screen.shows("ways");

        node.kill();
        screen.writes("Frank", "By another road.");
        frank.awaitsText("Erin", "By another road.");
        screen.sees(roaming(screen, DETOUR));
        screen.sees(hands(screen, "1 hand"));
        screen.shows("roaming");

        node.startAgain();
        screen.sees(roaming(screen, "Again through your node and theirs\\."));
        screen.sees(hands(screen, "2 hands"));
        screen.tabsTo("[data-network=relay] [data-by='-1']");
        screen.types("Enter");
        screen.sees("tried as number 1 of 2");
        screen.sees(hands(screen, "1 hand"));
        screen.presses("As in Settings again");
        screen.sees(hands(screen, "2 hands"));
      }
    }

    @Test
    void whoMovesHouseIsFollowed() throws Exception {
      Person gina = town.person("Gina", node);
      Person hugo = town.person("Hugo", node);
      Town.introduce(gina, hugo);
      try (Screen hers = chromium.open(gina, Size.WIDE);
          Screen his = chromium.open(hugo, Size.WIDE)) {
        his.person("Gina").click();
        his.sees(hands(his, "1 hand"));
        hers.presses("Settings");
        hers.presses("Move to another node or network");
        hers.fills("Address of the new place", other.address());
        hers.shows("move");
        hers.presses("Move");
        hers.sees("Word of it is on its way to your contacts.");
        hers.sees("are read there until");
        hers.shows("moved");

        his.sees(hands(his, "2 hands"));
        his.writes("Gina", "To your new house.");
        gina.awaitsText("Hugo", "To your new house.");
        his.seesHowFar("new house", "On their device");
        hers.assertKeptToItself();
        his.assertKeptToItself();
      }
    }

    private static Screen opened(Size size) throws Exception {
      Screen screen = chromium.open(erin, size);
      screen.person("Frank").click();
      screen.sees(screen.composer("Frank"));
      return screen;
    }

    private static Locator hands(Screen screen, String count) {
      return screen.part(AriaRole.BUTTON, "How letters travel\\. " + count + ": .*");
    }

    private static Locator roaming(Screen screen, String words) {
      return screen
          .page()
          .locator(".roaming")
          .filter(new Locator.FilterOptions().setHasText(Pattern.compile(words)));
    }
  }

  private static void fits(Screen screen, String picture) throws Exception {
    screen.shows(picture);
    assertThat(screen.scrollsSideways()).as(picture + " scrolls sideways").isFalse();
  }
}
