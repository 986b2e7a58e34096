package im.waxwing.node;

/// How much a node takes on before it says no.
///
/// @param links connections at one time
/// @param requestsPerLink requests without an answer yet; a link with more is not read
/// @param subscriptionsPerLink mailbox-days that one link listens to
/// @param malformedPerLink bad frames, packets and requests in one epoch before the link is closed
/// @param waitingWork requests that wait for the store; more are answered BUSY
/// @param mailboxes mailbox-days open at one time
/// @param envelopesPerMailbox envelopes held in one mailbox-day
/// @param drawers drawers at one time
/// @param diskReserveInBytes free space below which nothing new is stored
/// @param packetsPerEpoch packets accepted under one epoch key
/// @param relaying what it takes on for other nodes
public record Limits(
    int links,
    int requestsPerLink,
    int subscriptionsPerLink,
    int malformedPerLink,
    int waitingWork,
    int mailboxes,
    int envelopesPerMailbox,
    int drawers,
    long diskReserveInBytes,
    int packetsPerEpoch,
    RelayLimits relaying) {
  public static final Limits STANDARD =
      new Limits(
          50_000,
          64,
          256,
          32,
          4_096,
          2_000_000,
          5_000,
          200_000,
          512L << 20,
          1 << 26,
          RelayLimits.STANDARD);

  public Limits withMailboxes(int count) {
    return new Limits(
        links,
        requestsPerLink,
        subscriptionsPerLink,
        malformedPerLink,
        waitingWork,
        count,
        envelopesPerMailbox,
        drawers,
        diskReserveInBytes,
        packetsPerEpoch,
        relaying);
  }

  public Limits withDiskReserve(long bytes) {
    return new Limits(
        links,
        requestsPerLink,
        subscriptionsPerLink,
        malformedPerLink,
        waitingWork,
        mailboxes,
        envelopesPerMailbox,
        drawers,
        bytes,
        packetsPerEpoch,
        relaying);
  }

  public Limits withEnvelopesPerMailbox(int count) {
    return new Limits(
        links,
        requestsPerLink,
        subscriptionsPerLink,
        malformedPerLink,
        waitingWork,
        mailboxes,
        count,
        drawers,
        diskReserveInBytes,
        packetsPerEpoch,
        relaying);
  }

  public Limits withRelaying(RelayLimits other) {
    return new Limits(
        links,
        requestsPerLink,
        subscriptionsPerLink,
        malformedPerLink,
        waitingWork,
        mailboxes,
        envelopesPerMailbox,
        drawers,
        diskReserveInBytes,
        packetsPerEpoch,
        other);
  }
}
