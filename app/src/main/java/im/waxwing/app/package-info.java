/// The programs, wired by hand: it only constructs and starts.
@NullMarked
package im.waxwing.app;

import org.jspecify.annotations.NullMarked;
