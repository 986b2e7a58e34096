package im.waxwing.carrier;

import im.waxwing.base.ByteString;
import im.waxwing.model.AdmissionToken;
import im.waxwing.model.Day;
import im.waxwing.model.DrawerHandle;
import im.waxwing.model.EnvelopeId;
import im.waxwing.model.NetworkAddress;
import im.waxwing.model.NodeAddress;
import im.waxwing.model.OwnMailbox;
import im.waxwing.model.Path;
import java.util.List;
import java.util.function.Consumer;

/// A way to move envelopes to a mailbox and out of it. It cannot open one, nor know a contact.
///
/// Every call returns at once. Its outcome is told exactly once, on a thread of the carrier's
/// choosing, unless the carrier is closed first; an operation without an answer in the carrier's
/// time limit ends as unreachable, which leaves open whether the node carried it out. All
/// operations may therefore be repeated: doing one twice is like doing it once.
///
/// A [Path] names 1 to 5 nodes, each once, the last of which keeps the mailbox or drawer, or a
/// network. A path of two and more nodes begins at a node named by [#livesAt]; a network is one
/// named by [#enters]. Who is in the way when a path cannot be used is told by [#onReachability].
///
/// Safe for many threads.
public interface Carrier extends AutoCloseable {
  /// Names a node whose operator has admitted us: paths of two and more nodes may begin there. May
  /// be told again, with another token. A carrier that passes no packets on has no use for it.
  default void livesAt(NodeAddress.WithAdmission home) {}

  /// Lets paths into a network be used. May be told again. A carrier that knows no networks has no
  /// use for it.
  default void enters(NetworkAddress network, NetworkMemory memory) {}

  /// Offers an envelope to the mailbox at the end of `path`.
  void deposit(Path path, Deposit deposit, Consumer<? super Handoff> outcome);

  /// Opens the mailbox of one day, so that others may deposit.
  ///
  /// @param token of the node's operator; a network asks for work instead, which the carrier does
  void open(
      Path path,
      OwnMailbox mailbox,
      Day day,
      AdmissionToken token,
      Consumer<? super Answer<Done>> outcome);

  /// Reads the first envelope behind `after` (0: from the start) of one day's mailbox. In a network
  /// the same envelope may come several times, as each member of the swarm has it.
  void fetch(
      Path path,
      OwnMailbox mailbox,
      Day day,
      long after,
      Consumer<? super Answer<Fetched>> outcome);

  /// Has waiting and coming envelopes of one day's mailbox pushed until the subscription is closed.
  /// A lost connection is taken up again by itself; envelopes may then come a second time.
  Subscription subscribe(Path path, OwnMailbox mailbox, Day day, MailboxListener listener);

  /// Acknowledges envelopes, at most [#MAX_DELETED]: the mailbox forgets them.
  void delete(
      Path path,
      OwnMailbox mailbox,
      Day day,
      List<EnvelopeId> ids,
      Consumer<? super Answer<Done>> outcome);

  /// Lays a sealed object into a drawer, or replaces the one that the same owner laid there.
  void putDrawer(
      Path path, Drawer drawer, AdmissionToken token, Consumer<? super Answer<Done>> outcome);

  /// Takes a drawer's object. The first nonce (16 bytes) binds the drawer; the same nonce gets it
  /// again, another one is refused with [Refusal#TAKEN].
  ///
  /// @param lastDay the drawer's last day, which says where in a network it is kept
  void takeDrawer(
      Path path,
      DrawerHandle handle,
      Day lastDay,
      ByteString nonce,
      Consumer<? super Answer<Drawer.Sealed>> outcome);

  /// Empties a drawer for good.
  void removeDrawer(Path path, Drawer drawer, Consumer<? super Answer<Done>> outcome);

  /// Tells `listener` of every change of a node's reachability, beginning with what is known.
  void onReachability(Consumer<? super Reachability> listener);

  /// Tries at once to reach what is unreachable, instead of waiting for the next attempt.
  void hurry();

  @Override
  void close();

  /// Most envelopes that one [#delete] names.
  int MAX_DELETED = 64;
}
