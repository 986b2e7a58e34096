/// One fuzz target for each parser of foreign bytes.
@NullMarked
package im.waxwing.fuzz;

import org.jspecify.annotations.NullMarked;
