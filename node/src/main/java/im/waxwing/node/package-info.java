/// The program that keeps mailboxes for others; it could not decrypt if it wished.
///
/// A packet takes this way: [Link] or [PeerLink] (frames) → [Intake] (takes a layer off) → [Desk]
/// (checks rights) → [Committer] (one transaction for many) → [MailboxStore] (SQLite) → answer,
/// after the commit, by the link or by [ReplyDesk]. A packet for another node goes from [Intake] to
/// [Peers]. Start with [Node].
@NullMarked
package im.waxwing.node;

import org.jspecify.annotations.NullMarked;
