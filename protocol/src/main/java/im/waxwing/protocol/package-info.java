/// What nodes and devices say to each other: codecs of node operations, mailbox addresses and
/// links; no I/O.
@NullMarked
package im.waxwing.protocol;

import org.jspecify.annotations.NullMarked;
