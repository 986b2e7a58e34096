package im.waxwing.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import im.waxwing.api.Event;
import im.waxwing.api.MessageView;
import im.waxwing.api.memory.MemoryMessenger;
import im.waxwing.api.memory.MemoryTown;
import io.vertx.core.Vertx;
import io.vertx.core.http.ClientWebSocket;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventSocketTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int LIMIT_SECONDS = 20;

  @TempDir private Path folder;
  private MemoryTown town;
  private MemoryMessenger alice;
  private OpenDoor door;
  private final Vertx vertx = Vertx.vertx();
  private final WebSocketClient client = vertx.createWebSocketClient();

  @BeforeEach
  void openDoor() throws Exception {
    town = new MemoryTown();
    alice = town.person("Alice");
    door = new OpenDoor(alice, folder);
  }

  @AfterEach
  void closeDoor() {
    door.close();
    vertx.close().await();
  }

  @Test
  void afterItsTokenAReaderHearsEveryChange() throws Exception {
    Reader reader = new Reader();
    reader.connect().writeTextMessage("{\"token\":\"" + door.token + "\"}").await();
    assertThat(reader.next().get("type").asText()).isEqualTo("ready");

    String link = alice.invite(Duration.ofHours(1)).link();
    JsonNode made = reader.next();
    MemoryMessenger bob = town.person("Bob");
    String conversation = bob.accept(link).conversation();
    JsonNode used = reader.next();
    JsonNode contact = reader.next();
    bob.send(conversation, "b1", "Hallo", Optional.empty());
    JsonNode message = reader.next();

    assertThat(made.get("type").asText()).isEqualTo("invitation-changed");
    assertThat(made.at("/invitation/usedBy").isNull()).isTrue();
    assertThat(used.at("/invitation/usedBy").asText()).isEqualTo("Bob");
    assertThat(contact.get("type").asText()).isEqualTo("contact-changed");
    assertThat(message.get("type").asText()).isEqualTo("message-changed");
    assertThat(message.at("/message/text").asText()).isEqualTo("Hallo");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"token\":\"wrong\"}", "{}", "hello", "[[[[[[[[[[[[[[[[[[[[[[[["})
  void withoutTheTokenTheSocketIsClosedAndHearsNothing(String first) throws Exception {
    Reader reader = new Reader();
    reader.connect().writeTextMessage(first).await();

    assertThat(reader.closed()).isEqualTo(EventSocket.NOT_ALLOWED);
    assertThat(reader.events).isEmpty();
    assertThat(alice.listeners()).isZero();
  }

  @Test
  void anythingBehindTheTokenClosesTheSocket() throws Exception {
    Reader reader = new Reader();
    WebSocket socket = reader.connect();
    socket.writeTextMessage("{\"token\":\"" + door.token + "\"}").await();
    reader.next();

    socket.writeTextMessage("{\"token\":\"" + door.token + "\"}").await();

    assertThat(reader.closed()).isEqualTo(EventSocket.UNKNOWN_WORD);
    assertThat(alice.listeners()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"https://evil.example", "null"})
  void aForeignPageCannotEvenConnect(String origin) throws Exception {
    RawHttp.Answer answer =
        door.load("/api/v1/events")
            .header("Origin", origin)
            .header("Upgrade", "websocket")
            .header("Sec-WebSocket-Version", "13")
            .header("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ==")
            .send(door.port());

    assertThat(answer.status()).isEqualTo(403);
  }

  @Test
  void aReaderThatDoesNotReadIsCutOff() throws Exception {
    Reader reader = new Reader();
    WebSocket socket = reader.connect();
    socket.pause();
    socket.writeTextMessage("{\"token\":\"" + door.token + "\"}").await();
    Event large =
        new Event.MessageChanged(
            new MessageView(
                "m",
                "c",
                false,
                "x".repeat(100_000),
                Instant.EPOCH,
                0,
                MessageView.State.RECEIVED,
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Optional.empty(),
                0,
                Optional.empty(),
                false));
    awaitListeners(1);

    for (int i = 0; i < 1_000 && alice.listeners() > 0; i++) {
      alice.tell(large);
    }

    assertThat(alice.listeners()).isZero();
  }

  @Test
  void aReaderThatLeavesIsForgotten() throws Exception {
    Reader reader = new Reader();
    WebSocket socket = reader.connect();
    socket.writeTextMessage("{\"token\":\"" + door.token + "\"}").await();
    reader.next();

    socket.close().await();

    awaitListeners(0);
  }

  private void awaitListeners(int count) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
    while (alice.listeners() != count) {
      assertThat(System.nanoTime()).as("listeners become " + count).isLessThan(deadline);
      Thread.onSpinWait();
    }
  }

  private final class Reader {
    final BlockingQueue<String> events = new LinkedBlockingQueue<>();
    private final CompletableFuture<Integer> closing = new CompletableFuture<>();

    WebSocket connect() {
      ClientWebSocket socket = client.webSocket();
      socket.textMessageHandler(events::add);
      socket.closeHandler(_ -> closing.complete((int) socket.closeStatusCode()));
      return socket.connect(door.port(), "127.0.0.1", "/api/v1/events").await();
    }

    JsonNode next() throws Exception {
      String event = events.poll(LIMIT_SECONDS, TimeUnit.SECONDS);
      assertThat(event).as("an event").isNotNull();
      return JSON.readTree(event);
    }

    int closed() throws Exception {
      return closing.get(LIMIT_SECONDS, TimeUnit.SECONDS);
    }
  }
}
