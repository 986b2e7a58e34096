package im.waxwing.store;

import im.waxwing.base.ByteString;
import im.waxwing.base.SecretBytes;
import im.waxwing.crypto.PreKeyKind;
import im.waxwing.crypto.SessionState;
import im.waxwing.model.AccountId;
import im.waxwing.model.DeviceAddress;
import im.waxwing.model.DeviceId;
import java.util.List;
import java.util.Optional;

/// The store within one transaction: sessions and prekeys by itself, everything else by a typed
/// view of its tables. Ends with the work it was given to. One thread at a time.
public final class Transaction implements SessionState, AutoCloseable {
  private final Sql sql;
  private boolean ended;

  Transaction(Sql sql) {
    this.sql = sql;
  }

  /// The messenger's tables.
  public Tables tables() {
    return Tables.of(sql());
  }

  /// The numbers of receiving lanes.
  public LaneKeyTable laneKeys() {
    return new LaneKeyTable(sql());
  }

  /// The statements of this transaction, for the views of its tables.
  Sql sql() {
    if (ended) {
      throw new IllegalStateException("the transaction has ended");
    }
    return sql;
  }

  @Override
  public Optional<SecretBytes> session(DeviceAddress peer) {
    return sql()
        .first(
            "SELECT record FROM session WHERE account = ? AND device = ?",
            row -> row.secret(1),
            peer.account().bytes(),
            peer.device().number());
  }

  @Override
  public void putSession(DeviceAddress peer, SecretBytes record) {
    sql()
        .update(
            "INSERT INTO session (account, device, record) VALUES (?, ?, ?)"
                + " ON CONFLICT DO UPDATE SET record = excluded.record",
            peer.account().bytes(),
            peer.device().number(),
            record);
  }

  @Override
  public void removeSession(DeviceAddress peer) {
    sql()
        .update(
            "DELETE FROM session WHERE account = ? AND device = ?",
            peer.account().bytes(),
            peer.device().number());
  }

  @Override
  public List<DeviceAddress> sessions() {
    return sql()
        .query(
            "SELECT account, device FROM session ORDER BY account, device",
            row -> new DeviceAddress(new AccountId(row.bytes(1)), new DeviceId(row.integer(2))));
  }

  @Override
  public Optional<ByteString> identityKey(AccountId account) {
    return sql()
        .first(
            "SELECT public_key FROM identity_key WHERE account = ?",
            row -> row.bytes(1),
            account.bytes());
  }

  @Override
  public void putIdentityKey(AccountId account, ByteString key) {
    sql()
        .update(
            "INSERT INTO identity_key (account, public_key) VALUES (?, ?)"
                + " ON CONFLICT DO UPDATE SET public_key = excluded.public_key",
            account.bytes(),
            key);
  }

  @Override
  public Optional<SecretBytes> preKey(PreKeyKind kind, int id) {
    return sql()
        .first(
            "SELECT record FROM prekey WHERE kind = ? AND id = ?",
            row -> row.secret(1),
            kind.code(),
            id);
  }

  @Override
  public void putPreKey(PreKeyKind kind, int id, SecretBytes record) {
    sql()
        .update(
            "INSERT INTO prekey (kind, id, record) VALUES (?, ?, ?)"
                + " ON CONFLICT DO UPDATE SET record = excluded.record",
            kind.code(),
            id,
            record);
  }

  @Override
  public void removePreKey(PreKeyKind kind, int id) {
    sql().update("DELETE FROM prekey WHERE kind = ? AND id = ?", kind.code(), id);
  }

  @Override
  public boolean addBaseKey(int kyberId, int signedId, ByteString baseKey) {
    return sql()
            .update(
                "INSERT INTO base_key (kyber_id, signed_id, base_key) VALUES (?, ?, ?)"
                    + " ON CONFLICT DO NOTHING",
                kyberId,
                signedId,
                baseKey)
        == 1;
  }

  @Override
  public Optional<String> cpuClass() {
    return sql().first("SELECT cpu_class FROM processor", row -> row.text(1));
  }

  @Override
  public void putCpuClass(String name) {
    sql()
        .update(
            "INSERT INTO processor (only, cpu_class) VALUES (1, ?)"
                + " ON CONFLICT DO UPDATE SET cpu_class = excluded.cpu_class",
            name);
  }

  @Override
  public void close() {
    ended = true;
  }
}
