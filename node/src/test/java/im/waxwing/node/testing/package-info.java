/// An onion network for tests of whatever speaks to one: begin with [OnionNetwork].
@NullMarked
package im.waxwing.node.testing;

import org.jspecify.annotations.NullMarked;
