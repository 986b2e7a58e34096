package im.waxwing.crypto;

import im.waxwing.base.ByteReader;
import im.waxwing.base.ByteString;
import im.waxwing.base.MalformedException;
import im.waxwing.model.DeviceId;
import org.signal.libsignal.protocol.InvalidKeyException;
import org.signal.libsignal.protocol.InvalidMessageException;
import org.signal.libsignal.protocol.InvalidVersionException;
import org.signal.libsignal.protocol.LegacyMessageException;
import org.signal.libsignal.protocol.message.PreKeySignalMessage;

/// A letter that begins a session: the writer's device number, then libsignal's message
/// (envelope.md §4).
record PreKeyLetter(DeviceId device, PreKeySignalMessage message) {
  /// Its keys come from a stranger, so none may be of low order.
  static PreKeyLetter decode(Letter letter) throws MalformedException {
    ByteString bytes = messageOf(letter);
    int device = Byte.toUnsignedInt(letter.bytes().at(0));
    if (device < 1 || device > DeviceId.MAX) {
      throw new MalformedException("device number", "must be 1 to " + DeviceId.MAX);
    }
    try {
      var message = new PreKeySignalMessage(bytes.toByteArray());
      Keys.checked(message.getIdentityKey().getPublicKey());
      Keys.checked(message.getBaseKey());
      Keys.checked(message.getWhisperMessage().getSenderRatchetKey());
      return new PreKeyLetter(new DeviceId(device), message);
    } catch (InvalidMessageException
        | InvalidVersionException
        | LegacyMessageException
        | InvalidKeyException e) {
      throw new MalformedException("first letter", "must be a libsignal PreKey message");
    }
  }

  static ByteString messageOf(Letter letter) throws MalformedException {
    if (letter.kind() != Letter.Kind.PREKEY) {
      throw new MalformedException("letter kind", "must be PreKey");
    }
    ByteReader in = new ByteReader(letter.bytes());
    in.u8("device number");
    return in.rest();
  }

  @Override
  public String toString() {
    return "PreKeyLetter[redacted]";
  }
}
