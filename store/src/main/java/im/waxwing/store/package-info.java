/// The encrypted database of one device.
@NullMarked
package im.waxwing.store;

import org.jspecify.annotations.NullMarked;
