package im.waxwing.carrier.relayed;

import im.waxwing.model.AdmissionToken;
import im.waxwing.model.Day;
import im.waxwing.protocol.OwnDrawer;
import im.waxwing.protocol.OwnMailboxDay;
import im.waxwing.protocol.Request;
import im.waxwing.protocol.SealedObject;
import java.util.function.Consumer;

/// The end of a path, as the carrier asks it: a node, directly or by way of others, or a network.
///
/// Belongs to the carrier's event loop.
sealed interface Keeper permits NodeLink, FarKeeper, OnionKeeper {
  /// Asks; while nobody can be reached the outcome comes at once.
  void request(Subject subject, Request request, Consumer<Outcome> outcome);

  default void open(OwnMailboxDay mailbox, AdmissionToken token, Consumer<Outcome> outcome) {
    request(Subject.of(mailbox), mailbox.open(token), outcome);
  }

  /// The answer is a [im.waxwing.protocol.FetchedPage].
  default void fetch(OwnMailboxDay mailbox, long after, Consumer<Outcome> outcome) {
    request(Subject.of(mailbox), mailbox.fetch(after), outcome);
  }

  default void put(
      OwnDrawer drawer,
      SealedObject object,
      Day lastDay,
      AdmissionToken token,
      Consumer<Outcome> outcome) {
    Subject subject = Subject.of(drawer.handle(), lastDay);
    request(subject, drawer.put(object, lastDay, token), outcome);
  }

  /// Listens to a mailbox until the ear is removed.
  void listen(MailboxEar ear);

  void remove(MailboxEar ear);

  /// Tries now instead of later.
  void hurry();

  void close();
}
