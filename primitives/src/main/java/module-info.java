/// Cryptographic primitives as plain functions: libsodium through the foreign-function interface,
/// and those of the JDK.
module im.waxwing.primitives {
  requires transitive im.waxwing.base;
  requires static org.jspecify;
}
