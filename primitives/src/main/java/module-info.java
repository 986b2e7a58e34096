/// Cryptographic primitives as plain functions: libsodium through the foreign-function interface
/// (its library travels inside this module), BouncyCastle in its absence, and those of the JDK.
module im.waxwing.primitives {
  requires org.bouncycastle.provider;
  requires static org.jspecify;

  exports im.waxwing.primitives;
}
