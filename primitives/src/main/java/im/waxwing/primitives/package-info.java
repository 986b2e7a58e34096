/// Cryptographic primitives as plain functions: libsodium through the foreign-function interface,
/// and those of the JDK.
@NullMarked
package im.waxwing.primitives;

import org.jspecify.annotations.NullMarked;
