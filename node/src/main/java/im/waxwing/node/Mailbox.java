package im.waxwing.node;

import im.waxwing.model.Day;
import im.waxwing.protocol.MailboxId;
import im.waxwing.protocol.VerifyingKey;

/// An open mailbox-day as the store knows it.
///
/// @param number random 42 bits that stand for it in the rows of its envelopes
/// @param ofSwarm whether it is kept together with other nodes (swarm.md §2)
record Mailbox(
    MailboxId id,
    long number,
    Day day,
    VerifyingKey owner,
    VerifyingKey depositor,
    boolean ofSwarm) {
  @Override
  public String toString() {
    return "Mailbox[redacted]";
  }
}
