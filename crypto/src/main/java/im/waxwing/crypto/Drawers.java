package im.waxwing.crypto;

import im.waxwing.base.ByteReader;
import im.waxwing.base.ByteString;
import im.waxwing.base.MalformedException;
import im.waxwing.base.SecretBytes;
import im.waxwing.model.DrawerHandle;
import java.nio.ByteBuffer;

/// Seals what lies in a drawer at a node, and opens it (envelope.md §6).
public final class Drawers {
  public static final int SEALED_SIZE = 2560;

  /// The most that fits into a drawer.
  public static final int MAX_CONTENT = SEALED_SIZE - Sealing.OVERHEAD - Short.BYTES;

  private Drawers() {}

  /// @param content at most [#MAX_CONTENT] bytes
  /// @return [#SEALED_SIZE] bytes; other ones at each call
  public static ByteString seal(SecretBytes drawerKey, DrawerHandle handle, ByteString content) {
    return seal(drawerKey, handle, content, SecretBytes.generate(Sealing.NONCE_SIZE));
  }

  static ByteString seal(
      SecretBytes drawerKey, DrawerHandle handle, ByteString content, SecretBytes nonce) {
    if (content.size() > MAX_CONTENT) {
      throw new IllegalArgumentException("a drawer holds at most " + MAX_CONTENT + " bytes");
    }
    byte[] padded =
        ByteBuffer.allocate(SEALED_SIZE - Sealing.OVERHEAD)
            .putShort((short) content.size())
            .put(content.toByteArray())
            .array();
    return Sealing.seal(drawerKey, nonce, handle.bytes(), padded);
  }

  /// @throws MalformedException if it was altered, lay in another drawer, or breaks the layout
  public static ByteString open(SecretBytes drawerKey, DrawerHandle handle, ByteString sealed)
      throws MalformedException {
    if (sealed.size() != SEALED_SIZE) {
      throw new MalformedException("drawer object", "must have " + SEALED_SIZE + " bytes");
    }
    byte[] padded = Sealing.open(drawerKey, handle.bytes(), sealed, "drawer object");
    ByteReader in = new ByteReader(padded);
    ByteString content = in.bytes("drawer content", in.u16("drawer content length"));
    in.zeros("drawer padding");
    return content;
  }
}
