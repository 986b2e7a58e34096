/// The program that keeps mailboxes for others; it could not decrypt if it wished.
///
/// A packet takes this way: [Link] (frames) → [Desk] (opens it, checks rights) → [Committer] (one
/// transaction for many) → [MailboxStore] (SQLite) → answer, after the commit. Start with [Node].
@NullMarked
package im.waxwing.node;

import org.jspecify.annotations.NullMarked;
