/// The encrypted database of one device. [Store] opens it; [Transaction] gives typed access to its
/// tables, and is the state in which crypto keeps its sessions, so that a ratchet and the message
/// it belongs to are committed together or not at all.
@NullMarked
package im.waxwing.store;

import org.jspecify.annotations.NullMarked;
