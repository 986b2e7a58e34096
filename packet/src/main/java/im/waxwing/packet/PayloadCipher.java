package im.waxwing.packet;

/// A wide-block cipher: whoever changes one bit of the result makes garbage of all of it.
///
/// One thread at a time.
interface PayloadCipher {

  /// Encrypts `length` bytes in place, under 48 bytes of key and 16 of initial value.
  void encrypt(
      byte[] key, int keyAt, byte[] initial, int initialAt, byte[] data, int at, int length);

  /// Undoes [#encrypt].
  void decrypt(
      byte[] key, int keyAt, byte[] initial, int initialAt, byte[] data, int at, int length);
}
