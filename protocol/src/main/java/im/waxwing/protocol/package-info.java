/// What nodes and devices say to each other, as values and bytes; no I/O.
///
/// A device derives the mailbox of a day ([MailboxDay] to write, [OwnMailboxDay] to read), which
/// makes a signed [Request]; a [NumberedRequest] fills a packet's payload; packets and answers
/// travel as [Frame]s on a link that begins with the node's [NodeInfo]. Start with [Request].
@NullMarked
package im.waxwing.protocol;

import org.jspecify.annotations.NullMarked;
