/// The messenger itself: outbox, inbox, contacts, conversations; no sockets.
@NullMarked
package im.waxwing.engine;

import org.jspecify.annotations.NullMarked;
