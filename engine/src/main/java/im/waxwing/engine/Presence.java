package im.waxwing.engine;

import im.waxwing.content.proto.Content;
import im.waxwing.content.proto.Typing;
import im.waxwing.model.AccountId;
import im.waxwing.store.ContactTable.Contact;
import im.waxwing.store.OutboxTable.Purpose;
import im.waxwing.store.PeerTable.Peer;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/// Tells contacts that something is being written to them, and the person when they do: soon or not
/// at all, and only if both sides like it (delivery.md §14).
final class Presence {
  private static final Duration PAUSE = Duration.ofSeconds(8);
  private static final Duration SHOWN = Duration.ofSeconds(10);
  private static final Duration OLDEST = Duration.ofSeconds(15);

  private final Core core;
  private final Map<AccountId, Instant> told = new HashMap<>();

  Presence(Core core) {
    this.core = core;
  }

  void typing(Step step, Contact contact) {
    Instant now = core.clockwork.now();
    Instant last = told.getOrDefault(contact.account(), Instant.MIN);
    boolean paused = last.isAfter(now.minus(PAUSE)) && !last.isAfter(now);
    if (paused || !core.nodes.isConnected() || !step.tables().account().courtesies().typing()) {
      return;
    }
    for (Peer reader : Contacts.writable(step, contact.account())) {
      // Behind letters that wait, it would come when it is not true any more.
      if (step.tables().outbox().unaccepted(reader.id()) == 0) {
        core.outbox.add(
            step,
            reader,
            Purpose.TYPING,
            Content.newBuilder().setTyping(Typing.getDefaultInstance()));
      }
    }
    step.afterwards(() -> told.put(contact.account(), now));
  }

  void received(Step step, Peer writer, Content content) {
    Instant now = core.now();
    Duration age = Duration.between(Instant.ofEpochMilli(content.getSentAt()), now).abs();
    if (age.compareTo(OLDEST) <= 0 && step.tables().account().courtesies().typing()) {
      step.typing(core.own().with(writer.address().account()), now.plus(SHOWN));
    }
  }
}
