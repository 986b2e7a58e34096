/// The program that keeps mailboxes for others; it could not decrypt if it wished.
@NullMarked
package im.waxwing.node;

import org.jspecify.annotations.NullMarked;
