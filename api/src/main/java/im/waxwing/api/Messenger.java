package im.waxwing.api;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// The messenger as its interfaces see it. Calls block until what they ask for is on disk.
///
/// Every call may end in a [ProblemException], whose kind says what to do. Before set-up only
/// [#status], [#setUp], [#limits] and [#subscribe] work; the others end in
/// [ProblemKind#NOT_SET_UP].
///
/// Safe for many threads.
public interface Messenger {
  StatusView status();

  Limits limits();

  /// Makes the account. Once only.
  StatusView setUp(SetUp setUp) throws ProblemException;

  /// Changes the name that contacts see.
  StatusView rename(String name) throws ProblemException;

  /// The networks that letters may take unless a conversation has a choice of its own, in the order
  /// in which they are tried: `federated`, `onion`, `relay`.
  List<String> ways() throws ProblemException;

  /// Chooses them.
  ///
  /// @param networks at least one, each once
  List<String> setWays(List<String> networks) throws ProblemException;

  /// Moves this device's mailbox to another node, or into an onion network; afterwards the device
  /// lives only there. Contacts are told, and letters that still go to where it lived before are
  /// read for 30 days.
  ///
  /// @param place `host:port/KEY/TOKEN` or `onion:host:port/ID`
  StatusView moveHouse(String place) throws ProblemException;

  /// Opens a mailbox in an onion network, beside the one at a node. Contacts are told.
  ///
  /// @param address `onion:host:port/ID`
  StatusView enterNetwork(String address) throws ProblemException;

  /// Lives at the node alone again; the mailbox in the network is read for 30 days. Only for a
  /// device that has a mailbox at a node.
  StatusView leaveNetwork() throws ProblemException;

  /// Tries at once to reach what is unreachable.
  void hurry();

  InvitationView invite(Duration life) throws ProblemException;

  List<InvitationView> invitations() throws ProblemException;

  InvitationView revoke(String id) throws ProblemException;

  /// Looks whose invitation it is; binds it to this app, tells the host nothing.
  InvitationPreview preview(String link) throws ProblemException;

  ContactView accept(String link) throws ProblemException;

  List<ContactView> contacts() throws ProblemException;

  SafetyNumberView safetyNumber(String conversation) throws ProblemException;

  /// Compares what was scanned off the other's screen; equal marks the contact as verified.
  ///
  /// @param scannable content of their QR code, base64url
  SafetyNumberView compare(String conversation, String scannable) throws ProblemException;

  SafetyNumberView markVerified(String conversation, boolean verified) throws ProblemException;

  List<ConversationView> conversations() throws ProblemException;

  /// Chooses by which networks letters of one conversation may go.
  ///
  /// @param networks as of [#setWays]; empty: the default again
  ConversationView setConversationWays(String conversation, Optional<List<String>> networks)
      throws ProblemException;

  /// The newest messages, or those before `before`; at most `limit`, 1 to 500.
  MessagePage messages(String conversation, Optional<String> before, int limit)
      throws ProblemException;

  /// The messages behind `after`, at most `limit`.
  MessagePage messagesAfter(String conversation, String after, int limit) throws ProblemException;

  /// The messages around one, itself among them: half of `limit` before, the rest behind.
  MessagePage messagesAround(String conversation, String message, int limit)
      throws ProblemException;

  /// Messages that have a word beginning with each word of `query`, the last to come first; accents
  /// and capitals make no difference.
  ///
  /// @param conversation where to look; empty: everywhere
  /// @param limit 1 to 500
  List<SearchHit> search(String query, Optional<String> conversation, int limit)
      throws ProblemException;

  /// Writes a message.
  ///
  /// @param id 16 random bytes, base64url, chosen by the caller: the same id twice sends once
  /// @param replyTo the message that it answers
  MessageView send(String conversation, String id, String text, Optional<String> replyTo)
      throws ProblemException;

  /// Answers a message with an emoji, one a person; another takes its place.
  ///
  /// @param emoji empty: takes it back
  MessageView react(String conversation, String message, Optional<String> emoji)
      throws ProblemException;

  /// Gives an own message another text, for everyone. What it said before stays in its history.
  MessageView edit(String conversation, String message, String text) throws ProblemException;

  /// Removes an own message for everyone; what stays is that there was one.
  MessageView unsend(String conversation, String message) throws ProblemException;

  /// What a message said before it was edited, oldest first.
  List<FormerText> history(String conversation, String message) throws ProblemException;

  /// Has messages that either side writes from now on go by themselves: with the reader so long
  /// after reading, with the writer after sending.
  ///
  /// @param timer zero: they stay; or 5 seconds to 28 days
  ConversationView setTimer(String conversation, Duration timer) throws ProblemException;

  /// Says that something is being written; to be called as long as it is. Tells the contact at most
  /// every 8 seconds, and only while letters go out.
  void typing(String conversation) throws ProblemException;

  /// Keeps what was begun and not sent.
  ///
  /// @param text empty: nothing
  ConversationView setDraft(String conversation, String text) throws ProblemException;

  /// Whether new messages make no notice.
  ConversationView setMuted(String conversation, boolean muted) throws ProblemException;

  /// Puts a conversation away. A new message brings it back, unless it is muted.
  ConversationView setArchived(String conversation, boolean archived) throws ProblemException;

  /// Whether it stands before others.
  ConversationView setOnTop(String conversation, boolean onTop) throws ProblemException;

  /// Keeps a message at hand, for this account alone.
  ConversationView pin(String conversation, String message, boolean pinned) throws ProblemException;

  /// Marks a conversation to come back to it, until it is read.
  ConversationView markUnread(String conversation) throws ProblemException;

  /// Drops what a contact writes, or no longer. They are not told, and what was dropped does not
  /// come again; to this account's new mailbox they cannot write.
  ContactView block(String conversation, boolean blocked) throws ProblemException;

  /// Names a contact as this account likes; they do not hear of it.
  ///
  /// @param nickname empty: what they call themselves
  ContactView setNickname(String conversation, Optional<String> nickname) throws ProblemException;

  Settings settings() throws ProblemException;

  Settings setSettings(boolean typing, boolean readMarks) throws ProblemException;

  /// Moves the read mark to this message and tells the writer.
  ConversationView markRead(String conversation, String message) throws ProblemException;

  MessageView retry(String conversation, String message) throws ProblemException;

  /// Removes a message from this account's own devices.
  void delete(String conversation, String message) throws ProblemException;

  /// Tells `listener` of every change, in order, until the returned handle is closed.
  EventSubscription subscribe(Consumer<? super Event> listener);

  /// A running [#subscribe].
  interface EventSubscription extends AutoCloseable {
    @Override
    void close();
  }
}
