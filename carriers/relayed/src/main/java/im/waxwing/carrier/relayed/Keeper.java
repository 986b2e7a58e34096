package im.waxwing.carrier.relayed;

import im.waxwing.protocol.Request;
import java.util.function.Consumer;

/// The node at the end of a path, as the carrier asks it: directly, or by way of others.
///
/// Belongs to the carrier's event loop.
sealed interface Keeper permits NodeLink, FarKeeper {
  /// Asks the node; while it cannot be reached the outcome comes at once.
  void request(Request request, Consumer<Outcome> outcome);

  /// Listens to a mailbox until the ear is removed.
  void listen(MailboxEar ear);

  void remove(MailboxEar ear);

  /// Tries now instead of later.
  void hurry();

  void close();
}
