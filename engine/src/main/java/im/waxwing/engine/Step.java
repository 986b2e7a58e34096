package im.waxwing.engine;

import im.waxwing.model.AccountId;
import im.waxwing.model.ConversationId;
import im.waxwing.model.MessageId;
import im.waxwing.store.Tables;
import im.waxwing.store.Transaction;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// One transaction while it runs: the store within it, what changed for those who look on, and what
/// is to be done once it is committed. Memory changes only then.
final class Step {
  private final Transaction transaction;
  private final Tables tables;
  private final List<Runnable> afterwards = new ArrayList<>();
  private final Set<AccountId> contacts = new LinkedHashSet<>();
  private final Set<ConversationId> conversations = new LinkedHashSet<>();
  private final Set<Told> messages = new LinkedHashSet<>();
  private final Set<Told> deleted = new LinkedHashSet<>();
  private final Map<ConversationId, Instant> typing = new LinkedHashMap<>();
  private final Set<Long> invitations = new LinkedHashSet<>();
  private boolean status;

  /// A message that changed.
  record Told(ConversationId conversation, MessageId id) {}

  Step(Transaction transaction) {
    this.transaction = transaction;
    this.tables = transaction.tables();
  }

  /// For crypto, which keeps its sessions in it.
  Transaction state() {
    return transaction;
  }

  Tables tables() {
    return tables;
  }

  /// Runs after the commit, in the order given; not at all when there is none.
  void afterwards(Runnable action) {
    afterwards.add(action);
  }

  List<Runnable> afterwards() {
    return afterwards;
  }

  void changedContact(AccountId account) {
    contacts.add(account);
  }

  void changedConversation(ConversationId conversation) {
    conversations.add(conversation);
  }

  void changedMessage(ConversationId conversation, MessageId id) {
    messages.add(new Told(conversation, id));
    conversations.add(conversation);
  }

  void deletedMessage(ConversationId conversation, MessageId id) {
    deleted.add(new Told(conversation, id));
    conversations.add(conversation);
  }

  void typing(ConversationId conversation, Instant until) {
    typing.put(conversation, until);
  }

  void changedInvitation(long id) {
    invitations.add(id);
  }

  void changedStatus() {
    status = true;
  }

  Set<AccountId> contacts() {
    return contacts;
  }

  Set<ConversationId> conversations() {
    return conversations;
  }

  Set<Told> messages() {
    return messages;
  }

  Set<Told> deleted() {
    return deleted;
  }

  Map<ConversationId, Instant> typing() {
    return typing;
  }

  Set<Long> invitations() {
    return invitations;
  }

  boolean isStatusChanged() {
    return status;
  }
}
