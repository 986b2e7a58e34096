package im.waxwing.crypto;

import im.waxwing.base.ByteString;
import im.waxwing.base.SecretBytes;
import im.waxwing.model.DeviceAddress;
import org.jspecify.annotations.Nullable;
import org.signal.libsignal.protocol.IdentityKey;
import org.signal.libsignal.protocol.InvalidKeyException;
import org.signal.libsignal.protocol.ecc.ECKeyPair;
import org.signal.libsignal.protocol.ecc.ECPublicKey;
import org.signal.libsignal.protocol.kem.KEMKeyPair;
import org.signal.libsignal.protocol.kem.KEMKeyType;
import org.signal.libsignal.protocol.kem.KEMPublicKey;
import org.signal.libsignal.protocol.state.KyberPreKeyRecord;
import org.signal.libsignal.protocol.state.PreKeyRecord;
import org.signal.libsignal.protocol.state.SignedPreKeyRecord;

/// Makes our prekey bundles and checks those of others.
final class PreKeys {
  private static final int MAX_ID = 0xFF_FFFF;
  private static final int MAX_REGISTRATION_ID = 0x3FFF;
  private static final long NO_TIME = 0;

  private PreKeys() {}

  static PreKeyBundle generate(
      SessionState state, Identity identity, DeviceAddress self, KeyUse use) {
    int id = freeId(state);
    return new PreKeyBundle(
        identity.publicKey(),
        identity.registrationId(),
        self.device(),
        signed(state, identity, id),
        use == KeyUse.ONE_TIME ? oneTime(state, id) : null,
        kyber(state, identity, id, use));
  }

  private static int freeId(SessionState state) {
    int id = RandomNumber.upTo(MAX_ID);
    while (state.preKey(PreKeyKind.SIGNED, id).isPresent()) {
      id = RandomNumber.upTo(MAX_ID);
    }
    return id;
  }

  private static PreKeyBundle.Signed signed(SessionState state, Identity identity, int id) {
    ECKeyPair pair = ECKeyPair.generate();
    byte[] key = pair.getPublicKey().serialize();
    byte[] signature = identity.sign(key);
    put(
        state,
        PreKeyKind.SIGNED,
        id,
        new SignedPreKeyRecord(id, NO_TIME, pair, signature).serialize());
    return new PreKeyBundle.Signed(id, ByteString.copyOf(key), ByteString.copyOf(signature));
  }

  private static PreKeyBundle.OneTime oneTime(SessionState state, int id) {
    ECKeyPair pair = ECKeyPair.generate();
    put(state, PreKeyKind.ONE_TIME, id, new PreKeyRecord(id, pair).serialize());
    return new PreKeyBundle.OneTime(id, ByteString.copyOf(pair.getPublicKey().serialize()));
  }

  private static PreKeyBundle.Signed kyber(
      SessionState state, Identity identity, int id, KeyUse use) {
    KEMKeyPair pair = KEMKeyPair.generate(KEMKeyType.KYBER_1024);
    byte[] key = pair.getPublicKey().serialize();
    byte[] signature = identity.sign(key);
    PreKeyKind kind =
        use == KeyUse.ONE_TIME ? PreKeyKind.KYBER_ONE_TIME : PreKeyKind.KYBER_LAST_RESORT;
    put(state, kind, id, new KyberPreKeyRecord(id, NO_TIME, pair, signature).serialize());
    return new PreKeyBundle.Signed(id, ByteString.copyOf(key), ByteString.copyOf(signature));
  }

  private static void put(SessionState state, PreKeyKind kind, int id, byte[] record) {
    state.putPreKey(kind, id, SecretBytes.copyOf(record));
  }

  /// Takes in another device's bundle. Both signatures are libsignal's to verify; the key without
  /// one could be of low order without any cheating owner.
  static org.signal.libsignal.protocol.state.PreKeyBundle check(
      PreKeyBundle bundle, DeviceAddress peer) throws CryptoException {
    if (!bundle.device().equals(peer.device())) {
      throw new CryptoException.BadBundle("the bundle is another device's");
    }
    if (bundle.registrationId() < 1 || bundle.registrationId() > MAX_REGISTRATION_ID) {
      throw new CryptoException.BadBundle("the registration id is out of range");
    }
    if (!Identity.accountOf(bundle.identityKey()).equals(peer.account())) {
      throw new CryptoException.UntrustedIdentity();
    }
    try {
      return libsignal(bundle);
    } catch (InvalidKeyException | IllegalArgumentException e) {
      throw new CryptoException.BadBundle("a key of the bundle is wrong", e);
    }
  }

  private static org.signal.libsignal.protocol.state.PreKeyBundle libsignal(PreKeyBundle bundle)
      throws InvalidKeyException {
    PreKeyBundle.OneTime oneTime = bundle.oneTime();
    ECPublicKey signed = Keys.publicKey(bundle.signed().publicKey());
    KEMPublicKey kyber = Keys.kyber(bundle.kyber().publicKey());
    return new org.signal.libsignal.protocol.state.PreKeyBundle(
        bundle.registrationId(),
        bundle.device().number(),
        oneTime == null
            ? org.signal.libsignal.protocol.state.PreKeyBundle.NULL_PRE_KEY_ID
            : oneTime.id(),
        oneTimeKey(oneTime),
        bundle.signed().id(),
        signed,
        bundle.signed().signature().toByteArray(),
        new IdentityKey(Keys.publicKey(bundle.identityKey())),
        bundle.kyber().id(),
        kyber,
        bundle.kyber().signature().toByteArray());
  }

  private static @Nullable ECPublicKey oneTimeKey(PreKeyBundle.@Nullable OneTime oneTime)
      throws InvalidKeyException {
    return oneTime == null ? null : Keys.publicKey(oneTime.publicKey());
  }
}
