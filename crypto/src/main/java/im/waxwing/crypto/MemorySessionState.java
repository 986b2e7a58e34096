package im.waxwing.crypto;

import im.waxwing.base.ByteString;
import im.waxwing.base.SecretBytes;
import im.waxwing.model.AccountId;
import im.waxwing.model.DeviceAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/// A session state in memory, gone with the process and without transactions: for measurements and
/// tests.
///
/// Safe for many threads.
public final class MemorySessionState implements SessionState {
  private final Map<DeviceAddress, SecretBytes> sessions = new ConcurrentHashMap<>();
  private final Map<AccountId, ByteString> identityKeys = new ConcurrentHashMap<>();
  private final Map<PreKeyName, SecretBytes> preKeys = new ConcurrentHashMap<>();
  private final Set<BaseKey> baseKeys = ConcurrentHashMap.newKeySet();
  private final List<String> cpuClass = new CopyOnWriteArrayList<>();

  private record PreKeyName(PreKeyKind kind, int id) {}

  private record BaseKey(int kyberId, int signedId, ByteString key) {}

  /// A state of a device that has just been set up.
  public MemorySessionState() {}

  @Override
  public Optional<SecretBytes> session(DeviceAddress peer) {
    return Optional.ofNullable(sessions.get(peer));
  }

  @Override
  public void putSession(DeviceAddress peer, SecretBytes record) {
    sessions.put(peer, record);
  }

  @Override
  public void removeSession(DeviceAddress peer) {
    sessions.remove(peer);
  }

  @Override
  public List<DeviceAddress> sessions() {
    return List.copyOf(sessions.keySet());
  }

  @Override
  public Optional<ByteString> identityKey(AccountId account) {
    return Optional.ofNullable(identityKeys.get(account));
  }

  @Override
  public void putIdentityKey(AccountId account, ByteString key) {
    identityKeys.put(account, key);
  }

  @Override
  public Optional<SecretBytes> preKey(PreKeyKind kind, int id) {
    return Optional.ofNullable(preKeys.get(new PreKeyName(kind, id)));
  }

  @Override
  public void putPreKey(PreKeyKind kind, int id, SecretBytes record) {
    preKeys.put(new PreKeyName(kind, id), record);
  }

  @Override
  public void removePreKey(PreKeyKind kind, int id) {
    preKeys.remove(new PreKeyName(kind, id));
  }

  @Override
  public boolean addBaseKey(int kyberId, int signedId, ByteString baseKey) {
    return baseKeys.add(new BaseKey(kyberId, signedId, baseKey));
  }

  @Override
  public Optional<String> cpuClass() {
    return cpuClass.stream().findFirst();
  }

  @Override
  public void putCpuClass(String name) {
    cpuClass.addFirst(name);
  }
}
