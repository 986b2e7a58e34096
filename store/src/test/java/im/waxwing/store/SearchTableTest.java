package im.waxwing.store;

import static org.assertj.core.api.Assertions.assertThat;

import im.waxwing.base.ByteString;
import im.waxwing.model.AccountId;
import im.waxwing.model.ConversationId;
import im.waxwing.model.MessageId;
import im.waxwing.store.MessageTable.Fate;
import im.waxwing.store.MessageTable.Message;
import im.waxwing.store.MessageTable.State;
import im.waxwing.store.MessageTable.Words;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SearchTableTest {
  private static final ConversationId BOB = new ConversationId(bytes(ConversationId.SIZE, 1));
  private static final ConversationId CAROL = new ConversationId(bytes(ConversationId.SIZE, 2));

  @TempDir Path folder;
  private Store store;
  private int last;

  @BeforeEach
  void open() {
    store = Store.open(folder.resolve("store"), Durability.NONE);
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void theBeginningOfEveryWordIsEnough() {
    add(BOB, "The orchard at noon");
    add(BOB, "Another orchard");

    assertThat(texts("orch no")).containsExactly("The orchard at noon");
    assertThat(texts("orch")).containsExactly("Another orchard", "The orchard at noon");
    assertThat(texts("chard")).isEmpty();
  }

  @Test
  void accentsAndCapitalsMakeNoDifference() {
    add(BOB, "Crème brûlée für Zoë");

    assertThat(texts("CREME zoe")).hasSize(1);
    assertThat(texts("brülée")).hasSize(1);
  }

  @Test
  void whatLooksLikeACommandOfTheIndexIsLookedForAsItStands() {
    add(BOB, "NEAR and far, text: a^b");

    assertThat(texts("far OR nothing")).isEmpty();
    assertThat(texts("near( far\" text:")).hasSize(1);
    assertThat(texts("- * ^ ( \" '")).isEmpty();
    assertThat(texts("")).isEmpty();
  }

  @Test
  void whatWasFoundIsMarkedInAnExcerpt() {
    add(BOB, "word ".repeat(40) + "needle" + " word".repeat(40));

    assertThat(found("need", null).getFirst().excerpt()).contains("\u0002needle\u0003");
  }

  @Test
  void aConversationMayBeNamed() {
    add(BOB, "apples");
    add(CAROL, "apples");

    assertThat(found("app", CAROL)).hasSize(1);
    assertThat(found("app", null)).hasSize(2);
  }

  @Test
  void whatIsEditedUnsentOrDeletedIsFoundByItsPresentWordsOnly() {
    MessageId edited = add(BOB, "plums");
    MessageId unsent = add(BOB, "pears");
    MessageId deleted = add(BOB, "grapes");
    write(messages -> messages.putText(BOB, edited, "quinces", Instant.EPOCH));
    write(messages -> messages.unsend(BOB, unsent));
    write(messages -> messages.delete(BOB, deleted));

    assertThat(texts("plums")).isEmpty();
    assertThat(texts("quinces")).containsExactly("quinces");
    assertThat(texts("pears")).isEmpty();
    assertThat(texts("grapes")).isEmpty();
  }

  @Test
  void afterTidyingRemovedWordsAreInNoPartOfTheIndex() {
    putAccount();
    for (int i = 0; i < 200; i++) {
      add(BOB, "common " + i);
    }
    MessageId secret = add(BOB, "xylophonesecret");
    add(BOB, "common again");
    write(messages -> messages.delete(BOB, secret));
    boolean owed = owesTidying();
    boolean before = indexHolds("ylophonesecret");
    in(
        tables -> {
          tables.search().beginTidying();
          return true;
        });
    for (int step = 0; step < 1_000 && in(tables -> tables.search().tidy(8)); step++) {}

    assertThat(owed).isTrue();
    assertThat(before).isTrue();
    assertThat(owesTidying()).isFalse();
    assertThat(indexHolds("ylophonesecret")).isFalse();
    assertThat(texts("common")).hasSize(201);
  }

  private boolean owesTidying() {
    return in(tables -> tables.search().hasRemovedWords());
  }

  private boolean indexHolds(String word) {
    byte[] wanted = word.getBytes(StandardCharsets.UTF_8);
    return store.inTransaction(
        transaction ->
            transaction
                .sql()
                .query("SELECT block FROM message_text_data", row -> row.bytes(1))
                .stream()
                .anyMatch(block -> contains(block.toByteArray(), wanted)));
  }

  private static boolean contains(byte[] bytes, byte[] wanted) {
    return new String(bytes, StandardCharsets.ISO_8859_1)
        .contains(new String(wanted, StandardCharsets.ISO_8859_1));
  }

  private void putAccount() {
    store.inTransaction(
        transaction ->
            transaction
                .sql()
                .update(
                    "INSERT INTO account (one, identity, device, name, list, list_signature,"
                        + " list_version) VALUES (1, x'01', 1, 'Alice', x'', x'', 1)"));
  }

  private interface Read<T> {
    T of(Tables tables);
  }

  private <T> T in(Read<T> read) {
    return store.inTransaction(transaction -> read.of(transaction.tables()));
  }

  private interface Write {
    void to(MessageTable messages);
  }

  private void write(Write write) {
    in(
        tables -> {
          write.to(tables.messages());
          return true;
        });
  }

  private MessageId add(ConversationId conversation, String text) {
    last++;
    MessageId id = new MessageId(bytes(MessageId.SIZE, last));
    write(
        messages ->
            messages.add(
                new Message(
                    conversation,
                    id,
                    new AccountId(bytes(AccountId.SIZE, 1)),
                    true,
                    new Words(text, null, Duration.ZERO),
                    Instant.EPOCH,
                    List.of(),
                    last,
                    Instant.EPOCH,
                    State.SENT,
                    null,
                    Fate.OPEN)));
    return id;
  }

  private List<SearchTable.Found> found(String words, @Nullable ConversationId conversation) {
    return in(tables -> tables.search().find(words, conversation, 500));
  }

  private List<String> texts(String words) {
    return found(words, null).stream().map(found -> found.message().text()).toList();
  }

  private static ByteString bytes(int size, int number) {
    return ByteString.copyOf(ByteBuffer.allocate(size).putInt(number).array());
  }
}
