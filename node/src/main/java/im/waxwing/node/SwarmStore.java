package im.waxwing.node;

import im.waxwing.base.ByteString;
import im.waxwing.base.MalformedException;
import im.waxwing.model.Day;
import im.waxwing.model.EnvelopeId;
import im.waxwing.protocol.AnswerCode;
import im.waxwing.protocol.MailboxId;
import im.waxwing.protocol.Request;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// What a member of a swarm writes beside the mailboxes and drawers themselves: the devices' signed
/// requests, which other members will want to check, and tombstones (swarm.md §5). Requests were
/// checked before.
///
/// One thread at a time: the [Committer]'s.
final class SwarmStore {
  /// Tombstones of a mailbox for each envelope it may hold.
  static final int TOMBSTONES_PER_ENVELOPE = 4;

  private static final int HASH_SIZE = 16;

  private final MailboxStore store;
  private final Limits limits;

  SwarmStore(MailboxStore store, Limits limits) {
    this.store = store;
    this.limits = limits;
  }

  /// `CONFLICT`: the mailbox is this node's alone.
  AnswerCode open(Request.Open request) throws SQLException {
    Optional<Mailbox> found = store.find(request.mailbox());
    if (found.isPresent()) {
      return found.get().ofSwarm() ? AnswerCode.OK : AnswerCode.CONFLICT;
    }
    AnswerCode code = store.open(request);
    if (code == AnswerCode.OK) {
      remember(request.mailbox().bytes(), request.day(), request);
    }
    return code;
  }

  private void remember(ByteString name, Day day, Request request) throws SQLException {
    PreparedStatement put =
        store.prepare("INSERT OR REPLACE INTO swarm_names (name, day, request) VALUES (?, ?, ?)");
    put.setBytes(1, name.toByteArray());
    put.setLong(2, day.number());
    put.setBytes(3, request.encode().toByteArray());
    put.executeUpdate();
  }

  /// An envelope that its owner has deleted is not stored again.
  AnswerCode deposit(Mailbox mailbox, Request.Deposit request) throws SQLException {
    if (isTombstone(mailbox, request.id())) {
      return AnswerCode.OK;
    }
    AnswerCode code = store.deposit(mailbox, request.id(), request.envelope());
    if (code == AnswerCode.OK) {
      PreparedStatement put =
          store.prepare("INSERT OR IGNORE INTO entries (mailbox, id, signature) VALUES (?, ?, ?)");
      put.setLong(1, mailbox.number());
      put.setBytes(2, request.id().bytes().toByteArray());
      put.setBytes(3, request.signature().bytes().toByteArray());
      put.executeUpdate();
    }
    return code;
  }

  private boolean isTombstone(Mailbox mailbox, EnvelopeId id) throws SQLException {
    PreparedStatement select =
        store.prepare("SELECT deletion IS NOT NULL FROM entries WHERE mailbox = ? AND id = ?");
    select.setLong(1, mailbox.number());
    select.setBytes(2, id.bytes().toByteArray());
    try (ResultSet rows = select.executeQuery()) {
      return rows.next() && rows.getBoolean(1);
    }
  }

  /// Leaves tombstones also of envelopes that are not here: they may be on their way.
  AnswerCode delete(Mailbox mailbox, Request.Delete request) throws SQLException {
    List<EnvelopeId> fresh = withoutTombstone(mailbox, request.ids());
    if (fresh.isEmpty()) {
      return AnswerCode.OK;
    }
    if (tombstones(mailbox) + fresh.size()
        > (long) TOMBSTONES_PER_ENVELOPE * limits.envelopesPerMailbox()) {
      return AnswerCode.FULL;
    }
    byte[] encoded = request.encode().toByteArray();
    byte[] hash = hash(encoded);
    putDeletion(mailbox, hash, encoded);
    for (EnvelopeId id : fresh) {
      putTombstone(mailbox, id, hash);
    }
    store.delete(mailbox, fresh);
    return AnswerCode.OK;
  }

  private List<EnvelopeId> withoutTombstone(Mailbox mailbox, List<EnvelopeId> ids)
      throws SQLException {
    List<EnvelopeId> fresh = new ArrayList<>();
    for (EnvelopeId id : ids) {
      if (!isTombstone(mailbox, id) && !fresh.contains(id)) {
        fresh.add(id);
      }
    }
    return fresh;
  }

  private long tombstones(Mailbox mailbox) throws SQLException {
    PreparedStatement select =
        store.prepare("SELECT count(*) FROM entries WHERE mailbox = ? AND deletion IS NOT NULL");
    select.setLong(1, mailbox.number());
    try (ResultSet rows = select.executeQuery()) {
      return rows.getLong(1);
    }
  }

  private void putDeletion(Mailbox mailbox, byte[] hash, byte[] request) throws SQLException {
    PreparedStatement put =
        store.prepare("INSERT OR IGNORE INTO deletions (mailbox, hash, request) VALUES (?, ?, ?)");
    put.setLong(1, mailbox.number());
    put.setBytes(2, hash);
    put.setBytes(3, request);
    put.executeUpdate();
  }

  private void putTombstone(Mailbox mailbox, EnvelopeId id, byte[] hash) throws SQLException {
    PreparedStatement put =
        store.prepare(
            """
            INSERT INTO entries (mailbox, id, deletion) VALUES (?, ?, ?)
            ON CONFLICT (mailbox, id) DO UPDATE
            SET signature = NULL, deletion = excluded.deletion\
            """);
    put.setLong(1, mailbox.number());
    put.setBytes(2, id.bytes().toByteArray());
    put.setBytes(3, hash);
    put.executeUpdate();
  }

  private static byte[] hash(byte[] request) {
    try {
      return Arrays.copyOf(MessageDigest.getInstance("SHA-256").digest(request), HASH_SIZE);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /// Members hear of two objects in any order, so that the later last day has to decide; two for
  /// the same day are a `CONFLICT`, and so is a drawer that was emptied.
  AnswerCode putDrawer(Request.PutDrawer request) throws SQLException {
    Optional<Request> before = request(request.handle().bytes());
    if (before.isEmpty()) {
      return store.drawerOwner(request.handle().bytes()).isPresent()
          ? AnswerCode.CONFLICT
          : put(request);
    }
    if (!(before.get() instanceof Request.PutDrawer old)) {
      return AnswerCode.CONFLICT;
    }
    if (old.object().equals(request.object()) && old.lastDay().equals(request.lastDay())) {
      return old.owner().equals(request.owner()) ? AnswerCode.OK : AnswerCode.CONFLICT;
    }
    return old.lastDay().compareTo(request.lastDay()) < 0 ? put(request) : AnswerCode.CONFLICT;
  }

  private AnswerCode put(Request.PutDrawer request) throws SQLException {
    AnswerCode code = store.putDrawer(request);
    if (code == AnswerCode.OK) {
      remember(request.handle().bytes(), request.lastDay(), request);
    }
    return code;
  }

  /// Empties a drawer for good; the request stays until its last day.
  void removeDrawer(Request.RemoveDrawer request, Day lastDay) throws SQLException {
    store.removeDrawer(request.handle().bytes());
    remember(request.handle().bytes(), lastDay, request);
  }

  /// The request by which a mailbox or drawer is what it is.
  private Optional<Request> request(ByteString name) throws SQLException {
    PreparedStatement select = store.prepare("SELECT request FROM swarm_names WHERE name = ?");
    select.setBytes(1, name.toByteArray());
    try (ResultSet rows = select.executeQuery()) {
      return rows.next() ? Optional.of(decode(rows.getBytes(1))) : Optional.empty();
    }
  }

  static Request decode(byte[] stored) {
    try {
      return Request.decode(ByteString.copyOf(stored));
    } catch (MalformedException e) {
      throw new IllegalStateException("the store holds a request that cannot be read", e);
    }
  }

  /// Lets go of what other nodes keep.
  void drop(ByteString name) throws SQLException {
    Optional<Mailbox> mailbox = store.find(new MailboxId(name));
    if (mailbox.isPresent()) {
      store.forget(mailbox.get());
    } else {
      store.removeDrawer(name);
      PreparedStatement delete = store.prepare("DELETE FROM swarm_names WHERE name = ?");
      delete.setBytes(1, name.toByteArray());
      delete.executeUpdate();
    }
  }

  /// Forgets emptied drawers of the past; the rest goes with its mailbox or drawer.
  void sweep(Day today) throws SQLException {
    PreparedStatement delete =
        store.prepare(
            """
            DELETE FROM swarm_names WHERE day < ?
            AND NOT EXISTS (SELECT 1 FROM mailboxes WHERE id = name)
            AND NOT EXISTS (SELECT 1 FROM drawers WHERE handle = name)\
            """);
    delete.setLong(1, today.number());
    delete.executeUpdate();
  }
}
