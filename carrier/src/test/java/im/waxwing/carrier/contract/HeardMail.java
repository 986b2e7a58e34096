package im.waxwing.carrier.contract;

import im.waxwing.carrier.MailboxListener;
import im.waxwing.carrier.Refusal;
import im.waxwing.carrier.StoredEnvelope;

/// A listener that collects what a mailbox holds.
public final class HeardMail implements MailboxListener {
  /// One call to the listener.
  public sealed interface Call {
    record Arrived(StoredEnvelope envelope) implements Call {}

    record CaughtUp() implements Call {}

    record Refused(Refusal reason) implements Call {}
  }

  public final Heard<Call> calls = new Heard<>();

  @Override
  public void arrived(StoredEnvelope envelope) {
    calls.accept(new Call.Arrived(envelope));
  }

  @Override
  public void caughtUp() {
    calls.accept(new Call.CaughtUp());
  }

  @Override
  public void refused(Refusal reason) {
    calls.accept(new Call.Refused(reason));
  }

  public StoredEnvelope nextEnvelope() throws InterruptedException {
    return calls.next(Call.Arrived.class).envelope();
  }

  public Refusal nextRefusal() throws InterruptedException {
    return calls.next(Call.Refused.class).reason();
  }
}
