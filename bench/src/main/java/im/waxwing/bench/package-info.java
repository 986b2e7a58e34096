/// The performance table.
@NullMarked
package im.waxwing.bench;

import org.jspecify.annotations.NullMarked;
