package im.waxwing.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import im.waxwing.api.Messenger;
import im.waxwing.api.ProblemException;
import im.waxwing.api.ProblemKind;
import im.waxwing.api.memory.MemoryMessenger;
import im.waxwing.api.memory.MemoryTown;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class WebServerTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private Path folder;
  private MemoryTown town;
  private MemoryMessenger alice;
  private OpenDoor door;

  @BeforeEach
  void openDoor() throws Exception {
    town = new MemoryTown();
    alice = town.person("Alice");
    door = new OpenDoor(alice, folder);
  }

  @AfterEach
  void closeDoor() {
    door.close();
  }

  @Nested
  class WhoIsLetIn {
    @ParameterizedTest
    @ValueSource(
        strings = {"evil.example", "evil.example:PORT", "127.0.0.1", "127.0.0.1:1", "[::1]:PORT"})
    void aForeignHostIsRefusedBeforeAnythingElse(String host) throws IOException {
      String sent = host.replace("PORT", Integer.toString(door.port()));

      RawHttp.Answer call =
          door.call("status", "{}").without("Host").header("Host", sent).send(door.port());
      RawHttp.Answer page = RawHttp.get("/").header("Host", sent).send(door.port());

      assertThat(call.status()).isEqualTo(403);
      assertThat(page.status()).isEqualTo(403);
      assertThat(call.body()).isEmpty();
    }

    @Test
    void localhostIsAsGoodAsItsAddress() throws IOException {
      RawHttp.Answer answer =
          door.call("status", "{}")
              .without("Host")
              .header("Host", "localhost:" + door.port())
              .send(door.port());

      assertThat(answer.status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
        strings = {"https://evil.example", "null", "http://127.0.0.1:1", "http://localhost:PORT"})
    void aForeignOriginIsRefused(String origin) throws IOException {
      RawHttp.Answer answer =
          door.call("status", "{}")
              .header("Origin", origin.replace("PORT", Integer.toString(door.port())))
              .send(door.port());

      assertThat(answer.status()).isEqualTo(403);
      assertThat(answer.header("Access-Control-Allow-Origin")).isEmpty();
    }

    @Test
    void ourOwnOriginIsAdmitted() throws IOException {
      RawHttp.Answer answer =
          door.call("status", "{}")
              .header("Origin", "http://" + door.host())
              .header("Sec-Fetch-Site", "same-origin")
              .send(door.port());

      assertThat(answer.status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"cross-site", "same-site", "anything"})
    void aFetchFromAnotherSiteIsRefused(String site) throws IOException {
      RawHttp.Answer call =
          door.call("status", "{}").header("Sec-Fetch-Site", site).send(door.port());
      RawHttp.Answer page = door.load("/").header("Sec-Fetch-Site", site).send(door.port());

      assertThat(call.status()).isEqualTo(403);
      assertThat(page.status()).isEqualTo(403);
    }

    @Test
    void aMissingTokenIsRefused() throws IOException {
      RawHttp.Answer answer = door.call("status", "{}").without("Authorization").send(door.port());

      assertProblem(answer, 401, ProblemKind.NOT_ALLOWED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "AAAA", "!!!!"})
    void aWrongTokenIsRefused(String token) throws IOException {
      RawHttp.Answer answer =
          door.call("status", "{}")
              .without("Authorization")
              .header("Authorization", "Bearer " + token)
              .send(door.port());

      assertProblem(answer, 401, ProblemKind.NOT_ALLOWED);
    }

    @Test
    void aTokenWithOneCharacterChangedIsRefused() throws IOException {
      for (int i = 0; i < door.token.length() - 1; i++) {
        char other = door.token.charAt(i) == 'A' ? 'B' : 'A';
        String forged = door.token.substring(0, i) + other + door.token.substring(i + 1);

        assertThat(door.tokens.accepts(forged)).as("character " + i).isFalse();
      }
    }

    @Test
    void anExpiredTokenIsRefused() throws IOException {
      door.later(Duration.ofHours(1));

      assertProblem(door.call("status", "{}").send(door.port()), 401, ProblemKind.NOT_ALLOWED);
    }

    @Test
    void aTokenOutlivesARestart() throws IOException {
      ApiTokens again = ApiTokens.open(folder, door.clock);

      assertThat(again.accepts(door.token)).isTrue();
    }

    @Test
    void aTokenOfAnotherDataFolderIsRefused(@TempDir Path other) throws IOException {
      String foreign = ApiTokens.open(other, door.clock).issue(Duration.ofHours(1));

      assertThat(door.tokens.accepts(foreign)).isFalse();
    }

    @Test
    void noneButThisMachineCanConnect() throws IOException {
      for (NetworkInterface network : NetworkInterface.networkInterfaces().toList()) {
        for (InetAddress address : network.inetAddresses().toList()) {
          if (!address.isLoopbackAddress()) {
            try (Socket socket = new Socket()) {
              InetSocketAddress target = new InetSocketAddress(address, door.port());
              assertThatThrownBy(() -> socket.connect(target, 2_000))
                  .isInstanceOf(IOException.class);
            }
          }
        }
      }
    }
  }

  @Nested
  class OpeningThePage {
    @Test
    void aCodeGivesATokenOnce() throws IOException {
      String link = door.server.openLink();
      String code = link.substring(link.indexOf("#open=") + 6);

      RawHttp.Answer first = redeem(code);
      RawHttp.Answer second = redeem(code);

      assertThat(link).startsWith("http://127.0.0.1:" + door.port() + "/#open=");
      assertThat(first.status()).isEqualTo(200);
      assertThat(door.tokens.accepts(JSON.readTree(first.body()).get("token").asText())).isTrue();
      assertProblem(second, 401, ProblemKind.NOT_ALLOWED);
    }

    @Test
    void aCodeIsNoGoodAfterFiveMinutes() throws IOException {
      String link = door.server.openLink();
      door.later(Duration.ofMinutes(5));

      assertProblem(redeem(link.substring(link.indexOf('=') + 1)), 401, ProblemKind.NOT_ALLOWED);
    }

    @Test
    void aMadeUpCodeIsRefused() throws IOException {
      assertProblem(redeem("AAAAAAAAAAAAAAAAAAAAAA"), 401, ProblemKind.NOT_ALLOWED);
    }

    @Test
    void whoHasATokenGetsAFreshLink() throws IOException {
      RawHttp.Answer answer = door.call("open-page", "{}").send(door.port());
      String link = JSON.readTree(answer.body()).get("link").asText();

      assertThat(redeem(link.substring(link.indexOf('=') + 1)).status()).isEqualTo(200);
    }

    private RawHttp.Answer redeem(String code) throws IOException {
      return RawHttp.post("/api/v1/session", "{\"code\":\"" + code + "\"}")
          .header("Host", door.host())
          .send(door.port());
    }
  }

  @Nested
  class Calls {
    @Test
    void everyMethodOfTheMessengerIsAnOperation() {
      TreeSet<String> expected = new TreeSet<>();
      Arrays.stream(Messenger.class.getDeclaredMethods())
          .map(method -> method.getName().replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT))
          .filter(name -> !name.equals("subscribe"))
          .forEach(expected::add);

      assertThat(new TreeSet<>(new Operations(alice).names())).isEqualTo(expected);
    }

    @Test
    void twoPeopleMeetAndWriteThroughIt(@TempDir Path bobsFolder) throws Exception {
      MemoryMessenger bob = town.person("Bob");
      try (OpenDoor bobs = new OpenDoor(bob, bobsFolder)) {
        JsonNode invitation = ask(door, "invite", "{\"lifeHours\":24}");
        String link = "{\"link\":\"" + invitation.get("link").asText() + "\"}";
        assertThat(ask(bobs, "preview", link).get("name").asText()).isEqualTo("Alice");
        String conversation = ask(bobs, "accept", link).get("conversation").asText();
        JsonNode sent =
            ask(
                bobs,
                "send",
                "{\"conversation\":\"%s\",\"id\":\"b1\",\"text\":\"Hallo, Allée! \\u263a\"}"
                    .formatted(conversation));
        JsonNode page =
            ask(door, "messages", "{\"conversation\":\"%s\",\"limit\":10}".formatted(conversation));

        assertThat(sent.get("state").asText()).isEqualTo("DELIVERED");
        assertThat(sent.get("sentAt").isIntegralNumber()).isTrue();
        assertThat(sent.get("failure").isNull()).isTrue();
        assertThat(page.at("/messages/0/text").asText()).isEqualTo("Hallo, Allée! ☺");
        assertThat(ask(door, "contacts", "{}").get(0).get("name").asText()).isEqualTo("Bob");
        assertThat(
                ask(
                    door,
                    "delete",
                    "{\"conversation\":\"%s\",\"message\":\"b1\"}".formatted(conversation)))
            .isEmpty();
      }
    }

    @Test
    void aConversationSaysByWhichNodesItTravelsAndWhichOneIsMissing() throws Exception {
      MemoryMessenger bob = town.person("Bob", "there.example");
      String conversation = bob.accept(alice.invite(Duration.ofDays(1)).link()).conversation();
      town.down("home.example", true);

      JsonNode travel =
          ask(
                  door,
                  "set-conversation-ways",
                  "{\"conversation\":\"%s\",\"networks\":[\"federated\",\"relay\"]}"
                      .formatted(conversation))
              .get("travel");

      assertThat(travel.get("network").asText()).isEqualTo("relay");
      assertThat(travel.at("/hands/0/host").asText()).isEqualTo("there.example");
      assertThat(travel.at("/hands/0/whose").asText()).isEqualTo("THEIRS");
      assertThat(travel.at("/ways/0/state").asText()).isEqualTo("UNREACHABLE");
      assertThat(travel.at("/ways/0/missing").asText()).isEqualTo("home.example");
      assertThat(travel.at("/ways/0/hands/0/whose").asText()).isEqualTo("MINE");
      assertThat(travel.get("chosenHere").asBoolean()).isTrue();
      assertThat(ask(door, "ways", "{}").get(0).asText()).isEqualTo("federated");
    }

    @Test
    void anOnionNetworkIsEnteredAndLeft() throws Exception {
      String address = "onion:entry.example:7443/" + "A".repeat(43);

      JsonNode entered = ask(door, "enter-network", "{\"address\":\"" + address + "\"}");

      assertThat(entered.at("/network/address").asText()).isEqualTo(address);
      assertThat(entered.at("/network/state").asText()).isEqualTo("CONNECTED");
      assertThat(entered.at("/network/retryAt").isNull()).isTrue();
      assertThat(entered.at("/node/state").asText()).isEqualTo("CONNECTED");

      JsonNode left = ask(door, "leave-network", "{}");

      assertThat(left.get("network").isNull()).isTrue();
      assertThat(left.get("formerHomes").size()).isEqualTo(1);
    }

    @Test
    void handsThatAreOthersForEachLetterHaveNoHost() throws Exception {
      MemoryMessenger bob = town.person("Bob", "there.example");
      String address = "onion:entry.example:7443/" + "A".repeat(43);
      bob.enterNetwork(address);
      String conversation = bob.accept(alice.invite(Duration.ofDays(1)).link()).conversation();

      JsonNode hands =
          ask(
                  door,
                  "set-conversation-ways",
                  "{\"conversation\":\"%s\",\"networks\":[\"onion\"]}".formatted(conversation))
              .at("/travel/hands");

      assertThat(hands.findValuesAsText("whose"))
          .containsExactly("GUARD", "RELAY", "RELAY", "SWARM");
      assertThat(hands.at("/1/host").isNull()).isTrue();
    }

    @Test
    void whatIsNoNetworkIsRefused() throws IOException {
      assertProblem(
          door.call("enter-network", "{\"address\":\"home.example:7443\"}").send(door.port()),
          400,
          ProblemKind.NETWORK_ADDRESS_INVALID);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "[\"teleport\"]", "[\"relay\",\"relay\"]"})
    void whatIsNoWayIsRefused(String networks) throws IOException {
      assertProblem(
          door.call("set-ways", "{\"networks\":" + networks + "}").send(door.port()),
          400,
          ProblemKind.WAYS_INVALID);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[null]", "[7]", "[[]]", "null", "\"relay\""})
    void aListHoldsNothingButWords(String networks) throws IOException {
      assertProblem(
          door.call("set-ways", "{\"networks\":" + networks + "}").send(door.port()),
          400,
          ProblemKind.BAD_REQUEST);
    }

    @Test
    void aProblemTellsItsKindAndRemedy() throws IOException {
      RawHttp.Answer answer = door.call("accept", "{\"link\":\"hello\"}").send(door.port());

      assertProblem(answer, 400, ProblemKind.INVITATION_INVALID);
      JsonNode problem = JSON.readTree(answer.body()).get("problem");
      assertThat(problem.get("remedy").asText()).isEqualTo(ProblemKind.INVITATION_INVALID.remedy());
      assertThat(problem.get("request").asLong()).isPositive();
    }

    @ParameterizedTest
    @EnumSource(ProblemKind.class)
    void everyProblemHasAStatusThatSaysItFailed(ProblemKind kind) {
      assertThat(Problem.status(kind)).isBetween(400, 599);
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "",
          "null",
          "[]",
          "7",
          "{",
          "{}}",
          "{} {}",
          "{\"link\":null}",
          "{}",
          "{\"link\":7}",
          "{\"link\":\"a\",\"link\":\"b\"}",
          "{\"link\":\"a\",\"other\":1}",
          "{\"link\":{\"a\":\"b\"}}",
          "\u0000\u0001"
        })
    void garbageIsRefused(String body) throws IOException {
      assertProblem(door.call("accept", body).send(door.port()), 400, ProblemKind.BAD_REQUEST);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.5", "\"10\"", "99999999999", "null", "true"})
    void aNumberMustBeAWholeNumber(String limit) throws IOException {
      RawHttp.Answer answer =
          door.call("messages", "{\"conversation\":\"x\",\"limit\":" + limit + "}")
              .send(door.port());

      assertProblem(answer, 400, ProblemKind.BAD_REQUEST);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "8761"})
    void anInvitationLivesAnHourToAYear(String hours) throws IOException {
      RawHttp.Answer answer =
          door.call("invite", "{\"lifeHours\":" + hours + "}").send(door.port());

      assertProblem(answer, 400, ProblemKind.BAD_REQUEST);
    }

    @Test
    void deepNestingIsRefused() throws IOException {
      String deep = "{\"link\":" + "[".repeat(30_000) + "]".repeat(30_000) + "}";

      assertProblem(door.call("accept", deep).send(door.port()), 400, ProblemKind.BAD_REQUEST);
    }

    @Test
    void aBodyAboveTheLimitIsRefusedAndTheNextCallStillWorks() throws IOException {
      String large = "{\"link\":\"" + "x".repeat(ApiJson.MAX_BODY) + "\"}";

      assertProblem(door.call("accept", large).send(door.port()), 413, ProblemKind.BAD_REQUEST);
      assertThat(door.call("status", "{}").send(door.port()).status()).isEqualTo(200);
    }

    @Test
    void anUnknownOperationIsRefused() throws IOException {
      assertProblem(
          door.call("self-destruct", "{}").send(door.port()), 400, ProblemKind.BAD_REQUEST);
    }

    @Test
    void aCallMustBePostedAsJson() throws IOException {
      RawHttp.Answer asForm =
          door.call("status", "{}")
              .without("Content-Type")
              .header("Content-Type", "text/plain")
              .send(door.port());
      RawHttp.Answer asGet =
          door.load("/api/v1/status")
              .header("Authorization", "Bearer " + door.token)
              .send(door.port());

      assertProblem(asForm, 400, ProblemKind.BAD_REQUEST);
      assertProblem(asGet, 400, ProblemKind.BAD_REQUEST);
    }

    @Test
    void anOfferToSpeakHttp2IsIgnored() throws IOException {
      RawHttp.Answer answer =
          door.call("status", "{}")
              .header("Upgrade", "h2c")
              .header("HTTP2-Settings", "AAEAAEAAAAIAAAAAAAMAAAAAAAQBAAAAAAUAAEAAAAYABgAA")
              .send(door.port());

      assertThat(answer.status()).isEqualTo(200);
    }

    @Test
    void theDescriptionIsServed() throws IOException {
      RawHttp.Answer answer = door.load("/api/v1/openapi.json").send(door.port());

      assertThat(JSON.readTree(answer.body()).get("openapi").asText()).startsWith("3.1");
    }

    private JsonNode ask(OpenDoor at, String operation, String body) throws IOException {
      RawHttp.Answer answer = at.call(operation, body).send(at.port());
      assertThat(answer.status()).as(operation + answer.body()).isEqualTo(200);
      return JSON.readTree(answer.body());
    }
  }

  @Nested
  class Page {
    @Test
    void itsPolicyLetsNothingInFromOutside() throws IOException {
      RawHttp.Answer first = door.load("/").send(door.port());
      RawHttp.Answer second = door.load("/").send(door.port());

      assertThat(first.status()).isEqualTo(200);
      String policy = first.header("Content-Security-Policy").orElseThrow();
      assertThat(policy)
          .contains("default-src 'none'", "trusted-types 'none'", "frame-ancestors 'none'")
          .contains("connect-src 'self' ws://" + door.host())
          .doesNotContain("unsafe");
      String nonce = policy.replaceAll(".*'nonce-([^']+)'.*", "$1");
      assertThat(first.body()).contains("nonce=\"" + nonce + "\"").doesNotContain("@CSP_NONCE@");
      assertThat(second.header("Content-Security-Policy"))
          .isNotEqualTo(first.header("Content-Security-Policy"));
      assertThat(first.header("Cache-Control")).contains("no-store");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/waxwing.svg", "/nothing.js", "/api/v1/openapi.json"})
    void everyAnswerIsKeptFromOtherSites(String path) throws IOException {
      RawHttp.Answer answer = door.load(path).send(door.port());

      assertThat(answer.header("X-Content-Type-Options")).contains("nosniff");
      assertThat(answer.header("Referrer-Policy")).contains("no-referrer");
      assertThat(answer.header("Cross-Origin-Opener-Policy")).contains("same-origin");
      assertThat(answer.header("Cross-Origin-Embedder-Policy")).contains("require-corp");
      assertThat(answer.header("Cross-Origin-Resource-Policy")).contains("same-origin");
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "/../WebServer.class",
          "/..%2fWebServer.class",
          "/assets/../../WebServer.class",
          "//etc/passwd",
          "/assets//x",
          "/.",
          "/assets/"
        })
    void nothingButThePageIsServed(String path) throws IOException {
      assertThat(door.load(path).send(door.port()).status()).isEqualTo(404);
    }
  }

  @Test
  void aTakenPortIsNamedAsTheProblem() throws IOException {
    Vertx vertx = Vertx.vertx();
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertThatThrownBy(
              () -> WebServer.start(vertx, alice, door.tokens, door.clock, taken.getLocalPort()))
          .isInstanceOfSatisfying(
              ProblemException.class,
              problem -> assertThat(problem.kind()).isEqualTo(ProblemKind.PORT_TAKEN));
    } finally {
      vertx.close().await();
    }
  }

  private static void assertProblem(RawHttp.Answer answer, int status, ProblemKind kind)
      throws IOException {
    assertThat(answer.status()).isEqualTo(status);
    JsonNode problem = JSON.readTree(answer.body()).get("problem");
    assertThat(problem.get("kind").asText()).isEqualTo(kind.name());
    assertThat(problem.get("sentence").asText()).isEqualTo(kind.sentence());
    assertThat(answer.header("Cache-Control")).contains("no-store");
  }
}
