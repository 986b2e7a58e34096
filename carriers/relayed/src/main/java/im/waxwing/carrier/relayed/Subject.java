package im.waxwing.carrier.relayed;

import im.waxwing.base.ByteString;
import im.waxwing.model.Day;
import im.waxwing.model.DrawerHandle;
import im.waxwing.protocol.MailboxDay;
import im.waxwing.protocol.OwnMailboxDay;

/// What a request is about: by it a network's consensus says which swarm keeps it (consensus.md
/// §8). A single node does not need it.
///
/// @param name the mailbox's id or the drawer's handle
/// @param day of the mailbox, or the last day of the drawer
record Subject(ByteString name, Day day) {
  static Subject of(MailboxDay mailbox) {
    return new Subject(mailbox.id().bytes(), mailbox.day());
  }

  static Subject of(OwnMailboxDay mailbox) {
    return new Subject(mailbox.id().bytes(), mailbox.day());
  }

  static Subject of(DrawerHandle drawer, Day lastDay) {
    return new Subject(drawer.bytes(), lastDay);
  }

  @Override
  public String toString() {
    return "Subject[redacted]";
  }
}
