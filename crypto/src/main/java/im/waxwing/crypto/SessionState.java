package im.waxwing.crypto;

import im.waxwing.base.ByteString;
import im.waxwing.base.SecretBytes;
import im.waxwing.model.AccountId;
import im.waxwing.model.DeviceAddress;
import java.util.List;
import java.util.Optional;

/// Where sessions and prekeys live: one transaction of the device's store, seen from here.
///
/// [Sessions] reads and writes through it; the caller commits, or rolls everything back when a call
/// ends with an exception. Records are bytes that only `crypto` understands. An exception thrown by
/// an implementation passes through [Sessions] unchanged, therefore it has to be unchecked.
public interface SessionState {
  Optional<SecretBytes> session(DeviceAddress peer);

  void putSession(DeviceAddress peer, SecretBytes record);

  void removeSession(DeviceAddress peer);

  /// Everybody there is a session with.
  List<DeviceAddress> sessions();

  /// The identity key that an account was first seen with: 33 bytes.
  Optional<ByteString> identityKey(AccountId account);

  void putIdentityKey(AccountId account, ByteString key);

  Optional<SecretBytes> preKey(PreKeyKind kind, int id);

  void putPreKey(PreKeyKind kind, int id, SecretBytes record);

  void removePreKey(PreKeyKind kind, int id);

  /// Remembers that a session was begun against a last-resort key.
  ///
  /// @param kyberId the last-resort Kyber prekey
  /// @param signedId the signed prekey used with it
  /// @param baseKey the beginner's base key: 33 bytes
  /// @return false if exactly this was remembered before: a replay
  boolean addBaseKey(int kyberId, int signedId, ByteString baseKey);

  /// What [CpuClass#name] was when the sessions were last used; empty in a new store.
  Optional<String> cpuClass();

  void putCpuClass(String name);
}
