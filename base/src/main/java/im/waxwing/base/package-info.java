/// Bytes that do not leak: what every other module is built from. Start with [ByteString].
@NullMarked
package im.waxwing.base;

import org.jspecify.annotations.NullMarked;
