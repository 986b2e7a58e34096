package im.waxwing.crypto;

import im.waxwing.base.ByteString;
import im.waxwing.base.SecretBytes;
import im.waxwing.model.AccountId;
import im.waxwing.model.DeviceAddress;
import im.waxwing.model.DeviceId;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.signal.libsignal.protocol.IdentityKey;
import org.signal.libsignal.protocol.IdentityKeyPair;
import org.signal.libsignal.protocol.InvalidKeyException;
import org.signal.libsignal.protocol.InvalidKeyIdException;
import org.signal.libsignal.protocol.InvalidMessageException;
import org.signal.libsignal.protocol.ReusedBaseKeyException;
import org.signal.libsignal.protocol.SignalProtocolAddress;
import org.signal.libsignal.protocol.ecc.ECPublicKey;
import org.signal.libsignal.protocol.state.IdentityKeyStore;
import org.signal.libsignal.protocol.state.KyberPreKeyRecord;
import org.signal.libsignal.protocol.state.KyberPreKeyStore;
import org.signal.libsignal.protocol.state.PreKeyRecord;
import org.signal.libsignal.protocol.state.PreKeyStore;
import org.signal.libsignal.protocol.state.SessionRecord;
import org.signal.libsignal.protocol.state.SessionStore;
import org.signal.libsignal.protocol.state.SignedPreKeyRecord;
import org.signal.libsignal.protocol.state.SignedPreKeyStore;

/// Shows a [SessionState] to libsignal for the length of one call.
///
/// libsignal calls it from native code, on the thread of the call. What the state throws is
/// remembered, to be told from what libsignal throws by itself.
final class LibsignalState
    implements SessionStore, PreKeyStore, SignedPreKeyStore, KyberPreKeyStore, IdentityKeyStore {
  private final SessionState state;
  private final Identity identity;
  private @Nullable Throwable failure;

  LibsignalState(SessionState state, Identity identity) {
    this.state = state;
    this.identity = identity;
  }

  static SignalProtocolAddress address(DeviceAddress address) {
    return new SignalProtocolAddress(address.account().bytes().hex(), address.device().number());
  }

  private static DeviceAddress address(SignalProtocolAddress address) {
    return new DeviceAddress(account(address), new DeviceId(address.getDeviceId()));
  }

  private static AccountId account(SignalProtocolAddress address) {
    return new AccountId(ByteString.ofHex(address.getName()));
  }

  /// Whether `thrown` came from the state or a check of ours, and not from libsignal.
  boolean threw(Throwable thrown) {
    return thrown.equals(failure);
  }

  private interface Access<T> {
    T run() throws InvalidMessageException;
  }

  private <T> T access(Access<T> access) {
    try {
      return access.run();
    } catch (InvalidMessageException e) {
      IllegalStateException damaged = new IllegalStateException("a stored record is damaged", e);
      failure = damaged;
      throw damaged;
    } catch (RuntimeException | Error e) {
      failure = e;
      throw e;
    }
  }

  private void change(Runnable change) {
    access(
        () -> {
          change.run();
          return Boolean.TRUE;
        });
  }

  @Override
  public @Nullable SessionRecord loadSession(SignalProtocolAddress address) {
    Optional<SecretBytes> record = access(() -> state.session(address(address)));
    return record.isEmpty() ? null : access(() -> new SessionRecord(record.get().exposeSecret()));
  }

  @Override
  public void storeSession(SignalProtocolAddress address, SessionRecord record) {
    change(() -> state.putSession(address(address), SecretBytes.copyOf(record.serialize())));
  }

  @Override
  public boolean containsSession(SignalProtocolAddress address) {
    return access(() -> state.session(address(address)).isPresent());
  }

  @Override
  public void deleteSession(SignalProtocolAddress address) {
    change(() -> state.removeSession(address(address)));
  }

  @Override
  public IdentityKeyPair getIdentityKeyPair() {
    return identity.pair();
  }

  @Override
  public int getLocalRegistrationId() {
    return identity.registrationId();
  }

  @Override
  public IdentityChange saveIdentity(SignalProtocolAddress address, IdentityKey key) {
    change(() -> state.putIdentityKey(account(address), ByteString.copyOf(key.serialize())));
    return IdentityChange.NEW_OR_UNCHANGED;
  }

  /// The id of an account is the hash of its key, so there is nothing to believe at first use.
  @Override
  public boolean isTrustedIdentity(
      SignalProtocolAddress address, IdentityKey key, Direction direction) {
    ByteString offered = ByteString.copyOf(key.serialize());
    AccountId account = account(address);
    return Identity.accountOf(offered).equals(account)
        && access(() -> state.identityKey(account).map(offered::equals).orElse(true));
  }

  @Override
  public @Nullable IdentityKey getIdentity(SignalProtocolAddress address) {
    Optional<ByteString> key = access(() -> state.identityKey(account(address)));
    return key.isEmpty() ? null : access(() -> identityKey(key.get()));
  }

  private static IdentityKey identityKey(ByteString key) {
    try {
      return new IdentityKey(key.toByteArray());
    } catch (InvalidKeyException e) {
      throw new IllegalStateException("a stored identity key is damaged", e);
    }
  }

  @Override
  public PreKeyRecord loadPreKey(int id) throws InvalidKeyIdException {
    byte[] record = load(PreKeyKind.ONE_TIME, id);
    return access(() -> new PreKeyRecord(record));
  }

  @Override
  public void storePreKey(int id, PreKeyRecord record) {
    change(() -> put(PreKeyKind.ONE_TIME, id, record.serialize()));
  }

  @Override
  public boolean containsPreKey(int id) {
    return access(() -> state.preKey(PreKeyKind.ONE_TIME, id).isPresent());
  }

  @Override
  public void removePreKey(int id) {
    change(() -> state.removePreKey(PreKeyKind.ONE_TIME, id));
  }

  @Override
  public SignedPreKeyRecord loadSignedPreKey(int id) throws InvalidKeyIdException {
    byte[] record = load(PreKeyKind.SIGNED, id);
    return access(() -> new SignedPreKeyRecord(record));
  }

  @Override
  public void storeSignedPreKey(int id, SignedPreKeyRecord record) {
    change(() -> put(PreKeyKind.SIGNED, id, record.serialize()));
  }

  @Override
  public boolean containsSignedPreKey(int id) {
    return access(() -> state.preKey(PreKeyKind.SIGNED, id).isPresent());
  }

  @Override
  public void removeSignedPreKey(int id) {
    change(() -> state.removePreKey(PreKeyKind.SIGNED, id));
  }

  @Override
  public KyberPreKeyRecord loadKyberPreKey(int id) throws InvalidKeyIdException {
    PreKeyKind kind = isOneTime(id) ? PreKeyKind.KYBER_ONE_TIME : PreKeyKind.KYBER_LAST_RESORT;
    byte[] record = load(kind, id);
    return access(() -> new KyberPreKeyRecord(record));
  }

  @Override
  public void storeKyberPreKey(int id, KyberPreKeyRecord record) {
    change(() -> put(PreKeyKind.KYBER_ONE_TIME, id, record.serialize()));
  }

  @Override
  public boolean containsKyberPreKey(int id) {
    return access(
        () -> isOneTime(id) || state.preKey(PreKeyKind.KYBER_LAST_RESORT, id).isPresent());
  }

  /// The keys of a bundle share their id: with the Kyber key of a one-time bundle the whole bundle
  /// is used up. Against a last-resort key each base key counts once.
  @Override
  public void markKyberPreKeyUsed(int id, int signedId, ECPublicKey baseKey)
      throws ReusedBaseKeyException {
    boolean allowed =
        isOneTime(id)
            ? id == signedId
            : access(() -> state.addBaseKey(id, signedId, ByteString.copyOf(baseKey.serialize())));
    if (!allowed) {
      throw new ReusedBaseKeyException("the beginning of a session came a second time");
    }
    if (isOneTime(id)) {
      change(() -> removeBundle(state, id));
    }
  }

  static void removeBundle(SessionState state, int id) {
    for (PreKeyKind kind : PreKeyKind.values()) {
      state.removePreKey(kind, id);
    }
  }

  private boolean isOneTime(int id) {
    return access(() -> state.preKey(PreKeyKind.KYBER_ONE_TIME, id).isPresent());
  }

  private void put(PreKeyKind kind, int id, byte[] record) {
    state.putPreKey(kind, id, SecretBytes.copyOf(record));
  }

  private byte[] load(PreKeyKind kind, int id) throws InvalidKeyIdException {
    Optional<SecretBytes> record = access(() -> state.preKey(kind, id));
    return record
        .map(SecretBytes::exposeSecret)
        .orElseThrow(() -> new InvalidKeyIdException("the prekey is used up or unknown"));
  }

  // The library declares what follows for applications, and calls none of it here.

  @Override
  public List<SignedPreKeyRecord> loadSignedPreKeys() {
    throw new UnsupportedOperationException();
  }

  @Override
  public List<KyberPreKeyRecord> loadKyberPreKeys() {
    throw new UnsupportedOperationException();
  }

  @Override
  public List<SessionRecord> loadExistingSessions(List<SignalProtocolAddress> addresses) {
    throw new UnsupportedOperationException();
  }

  @Override
  public List<Integer> getSubDeviceSessions(String name) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void deleteAllSessions(String name) {
    throw new UnsupportedOperationException();
  }
}
