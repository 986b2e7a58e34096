/// The carrier for every path with a node in it.
@NullMarked
package im.waxwing.carrier.relayed;

import org.jspecify.annotations.NullMarked;
