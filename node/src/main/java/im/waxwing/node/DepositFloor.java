package im.waxwing.node;

import im.waxwing.base.ByteString;
import im.waxwing.base.MalformedException;
import im.waxwing.model.NodeKey;
import im.waxwing.packet.Geometry;
import im.waxwing.packet.PacketKey;
import im.waxwing.packet.PacketUnwrapper;
import im.waxwing.packet.Unwrapped;
import im.waxwing.protocol.AnswerCode;
import im.waxwing.protocol.NumberedRequest;
import im.waxwing.protocol.Request;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/// What no node can save on a deposit: the packet is opened, the depositor's proof checked, the
/// envelope put into the store, with one commit for [Committer#BATCH] of them. For the performance
/// table, which holds a whole node against it.
///
/// One thread at a time.
public final class DepositFloor implements AutoCloseable {
  private final MailboxStore store;
  private final MailboxDirectory directory;
  private final NodeKey node;
  private final PacketKey key = PacketKey.generate();
  private final PacketUnwrapper unwrapper = new PacketUnwrapper(Geometry.STANDARD);

  private DepositFloor(MailboxStore store, MailboxDirectory directory, NodeKey node) {
    this.store = store;
    this.directory = directory;
    this.node = node;
  }

  /// A new store in an empty folder, for requests that are signed for `node`.
  public static DepositFloor open(Path folder, NodeKey node) throws NodeException {
    MailboxStore store = MailboxStore.open(folder, Limits.STANDARD);
    try {
      return new DepositFloor(store, MailboxDirectory.open(folder), node);
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  private static NodeException failed(SQLException cause) {
    return new NodeException.BadStore("the store failed", "check the disk", cause);
  }

  /// The key that packets have to be made for.
  public ByteString packetKey() {
    return key.publicKey();
  }

  /// Opens a mailbox.
  public void open(Request.Open request) throws NodeException {
    try {
      store.open(request);
      store.commit();
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  /// Carries out deposits that all have to succeed.
  ///
  /// @throws MalformedException if one of them is not a good deposit
  public void deposit(List<byte[]> packets) throws MalformedException, NodeException {
    try {
      int waiting = 0;
      for (byte[] packet : packets) {
        deposit(packet);
        if (++waiting == Committer.BATCH) {
          store.commit();
          waiting = 0;
        }
      }
      store.commit();
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  private void deposit(byte[] packet) throws MalformedException, SQLException {
    if (unwrapper.unwrap(key, packet) instanceof Unwrapped.Deliver(_, _, ByteString payload)
        && NumberedRequest.decode(payload.toByteArray()).request() instanceof Request.Deposit asked
        && put(asked) == AnswerCode.OK) {
      return;
    }
    throw new MalformedException("packet", "must be a good deposit");
  }

  private AnswerCode put(Request.Deposit asked) throws SQLException {
    Mailbox mailbox = directory.find(asked.mailbox()).orElseThrow();
    return asked.isSignedBy(mailbox.depositor(), node)
        ? store.deposit(mailbox, asked.id(), asked.envelope())
        : AnswerCode.BAD_SIGNATURE;
  }

  /// How many envelopes lie in the store of a node that has stopped.
  public static long envelopesIn(Path folder) throws NodeException {
    try (Connection connection = Database.openForReading(folder);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT count(DISTINCT id) FROM envelopes")) {
      return rows.getLong(1);
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  @Override
  public void close() throws NodeException {
    key.close();
    try {
      directory.close();
      store.close();
    } catch (SQLException e) {
      throw failed(e);
    }
  }
}
