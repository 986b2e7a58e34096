package im.waxwing.carrier.relayed;

import im.waxwing.carrier.MailboxListener;
import im.waxwing.carrier.Refusal;
import im.waxwing.carrier.StoredEnvelope;
import im.waxwing.protocol.Held;
import im.waxwing.protocol.OwnMailboxDay;
import im.waxwing.protocol.Request;
import java.util.Objects;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/// A subscription as the device keeps it, over as many connections as it takes.
final class MailboxEar {
  private final MailboxListener listener;
  private final Executor events;
  private volatile boolean silent;
  private @Nullable OwnMailboxDay mailbox;
  private long number;

  MailboxEar(MailboxListener listener, Executor events) {
    this.listener = listener;
    this.events = events;
  }

  /// Whose it is; given before the first connection.
  OwnMailboxDay mailbox() {
    return Objects.requireNonNull(mailbox);
  }

  void mailbox(OwnMailboxDay given) {
    mailbox = given;
  }

  Request.Subscribe request() {
    return mailbox().subscribe();
  }

  /// The subscription's number on the present connection.
  long number() {
    return number;
  }

  void number(long given) {
    number = given;
  }

  void arrived(Held held) {
    tell(() -> listener.arrived(new StoredEnvelope(held.sequence(), held.id(), held.envelope())));
  }

  void caughtUp() {
    tell(listener::caughtUp);
  }

  void refused(Refusal reason) {
    tell(() -> listener.refused(reason));
  }

  /// From here on at most one call in flight still comes.
  void silence() {
    silent = true;
  }

  private void tell(Runnable call) {
    events.execute(
        () -> {
          if (!silent) {
            call.run();
          }
        });
  }
}
