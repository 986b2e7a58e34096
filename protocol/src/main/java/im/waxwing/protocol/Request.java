package im.waxwing.protocol;

import im.waxwing.base.ByteReader;
import im.waxwing.base.ByteString;
import im.waxwing.base.MalformedException;
import im.waxwing.base.SecretBytes;
import im.waxwing.model.AdmissionToken;
import im.waxwing.model.Day;
import im.waxwing.model.DrawerHandle;
import im.waxwing.model.Envelope;
import im.waxwing.model.EnvelopeId;
import im.waxwing.model.NodeAddress;
import im.waxwing.model.NodeKey;
import java.util.ArrayList;
import java.util.List;

/// What a device asks of a node (node.md §4). Signed ones are made by [MailboxDay], [OwnMailboxDay]
/// and [OwnDrawer], which hold the keys.
public sealed interface Request {
  Operation operation();

  /// The operation's fields, without the signature.
  ByteString fields();

  /// Operation u8 ‖ fields ‖ signature.
  default ByteString encode() {
    FieldWriter writer = new FieldWriter(64).u8(operation().number()).bytes(fields());
    if (this instanceof Signed signed) {
      writer.bytes(signed.signature().bytes());
    }
    return writer.toByteString();
  }

  /// Reads what [#encode] writes: the body of a peer's answer that hands on a device's request.
  static Request decode(ByteString bytes) throws MalformedException {
    ByteReader reader = new ByteReader(bytes);
    Request request = read(reader);
    reader.end("request");
    return request;
  }

  /// Reads what [#encode] writes, and no further.
  static Request read(ByteReader reader) throws MalformedException {
    return read(Operation.of(reader.u8("operation")), reader);
  }

  static Request read(Operation operation, ByteReader reader) throws MalformedException {
    return switch (operation) {
      case OPEN -> Request.Open.read(reader);
      case DEPOSIT -> Request.Deposit.read(reader);
      case SUBSCRIBE -> Request.Subscribe.read(reader);
      case FETCH -> Request.Fetch.read(reader);
      case DELETE -> Request.Delete.read(reader);
      case PUT_DRAWER -> Request.PutDrawer.read(reader);
      case TAKE_DRAWER -> Request.TakeDrawer.read(reader);
      case REMOVE_DRAWER -> Request.RemoveDrawer.read(reader);
      case UNSUBSCRIBE -> Request.Unsubscribe.read(reader);
      case REACH -> Request.Reach.read(reader);
    };
  }

  /// A request that proves a right by an Ed25519 signature, its last field.
  sealed interface Signed extends Request {
    Signature signature();

    /// Whether the owner of `key` signed this request for `node`.
    default boolean isSignedBy(VerifyingKey key, NodeKey node) {
      return isSignedBy(key, node.bytes());
    }

    /// Whether the owner of `key` signed this request for a node or a network.
    ///
    /// @param audience the node's key or the network's id, 32 bytes
    default boolean isSignedBy(VerifyingKey key, ByteString audience) {
      return key.accepts(operation().signed(audience, fields()), signature());
    }
  }

  /// Opens the mailbox of one day; signed by its owner key.
  record Open(
      Day day,
      VerifyingKey owner,
      VerifyingKey depositor,
      AdmissionToken token,
      Signature signature)
      implements Signed {
    static ByteString fields(
        Day day, VerifyingKey owner, VerifyingKey depositor, AdmissionToken token) {
      return new FieldWriter(96)
          .day(day)
          .bytes(owner.bytes())
          .bytes(depositor.bytes())
          .secret(token.secret())
          .toByteString();
    }

    static Open read(ByteReader reader) throws MalformedException {
      return new Open(
          readDay(reader),
          VerifyingKey.read("owner key", reader),
          VerifyingKey.read("deposit key", reader),
          readToken(reader),
          Signature.read(reader));
    }

    public MailboxId mailbox() {
      return MailboxId.of(owner, depositor, day);
    }

    @Override
    public Operation operation() {
      return Operation.OPEN;
    }

    @Override
    public ByteString fields() {
      return fields(day, owner, depositor, token);
    }
  }

  /// Lays an envelope into a mailbox; signed by the day's deposit key.
  record Deposit(MailboxId mailbox, EnvelopeId id, Envelope envelope, Signature signature)
      implements Signed {
    static ByteString fields(MailboxId mailbox, EnvelopeId id, Envelope envelope) {
      return new FieldWriter(MailboxId.SIZE + EnvelopeId.SIZE + Envelope.SIZE)
          .bytes(mailbox.bytes())
          .bytes(id.bytes())
          .bytes(envelope.bytes())
          .toByteString();
    }

    static Deposit read(ByteReader reader) throws MalformedException {
      return new Deposit(
          MailboxId.read(reader),
          readEnvelopeId(reader),
          new Envelope(reader.bytes("envelope", Envelope.SIZE)),
          Signature.read(reader));
    }

    @Override
    public Operation operation() {
      return Operation.DEPOSIT;
    }

    @Override
    public ByteString fields() {
      return fields(mailbox, id, envelope);
    }
  }

  /// Asks for everything that waits in a mailbox and comes later; signed by its owner key. The
  /// subscription is named by the number of this request.
  record Subscribe(MailboxId mailbox, Signature signature) implements Signed {
    static Subscribe read(ByteReader reader) throws MalformedException {
      return new Subscribe(MailboxId.read(reader), Signature.read(reader));
    }

    @Override
    public Operation operation() {
      return Operation.SUBSCRIBE;
    }

    @Override
    public ByteString fields() {
      return mailbox.bytes();
    }
  }

  /// Asks for the first envelope behind the sequence `after`; signed by the mailbox's owner key.
  record Fetch(MailboxId mailbox, long after, Signature signature) implements Signed {
    static ByteString fields(MailboxId mailbox, long after) {
      return new FieldWriter(40).bytes(mailbox.bytes()).u64(after).toByteString();
    }

    static Fetch read(ByteReader reader) throws MalformedException {
      return new Fetch(MailboxId.read(reader), reader.u64("after"), Signature.read(reader));
    }

    @Override
    public Operation operation() {
      return Operation.FETCH;
    }

    @Override
    public ByteString fields() {
      return fields(mailbox, after);
    }
  }

  /// Acknowledges 1 to [#MAX_IDS] envelopes; signed by the mailbox's owner key.
  record Delete(MailboxId mailbox, List<EnvelopeId> ids, Signature signature) implements Signed {
    public static final int MAX_IDS = 64;

    public Delete {
      ids = List.copyOf(ids);
      if (ids.isEmpty() || ids.size() > MAX_IDS) {
        throw new IllegalArgumentException("a deletion names 1 to " + MAX_IDS + " envelopes");
      }
    }

    static ByteString fields(MailboxId mailbox, List<EnvelopeId> ids) {
      FieldWriter writer = new FieldWriter(MailboxId.SIZE + 1 + ids.size() * EnvelopeId.SIZE);
      writer.bytes(mailbox.bytes()).u8(ids.size());
      ids.forEach(id -> writer.bytes(id.bytes()));
      return writer.toByteString();
    }

    static Delete read(ByteReader reader) throws MalformedException {
      MailboxId mailbox = MailboxId.read(reader);
      int count = reader.u8("count");
      if (count < 1 || count > MAX_IDS) {
        throw new MalformedException("count", "must be 1 to " + MAX_IDS);
      }
      List<EnvelopeId> ids = new ArrayList<>(count);
      for (int i = 0; i < count; i++) {
        ids.add(readEnvelopeId(reader));
      }
      return new Delete(mailbox, ids, Signature.read(reader));
    }

    @Override
    public Operation operation() {
      return Operation.DELETE;
    }

    @Override
    public ByteString fields() {
      return fields(mailbox, ids);
    }
  }

  /// Lays a sealed object into a drawer or replaces it; signed by the drawer's owner key.
  ///
  /// @param lastDay the node may forget the drawer after this day
  record PutDrawer(
      DrawerHandle handle,
      VerifyingKey owner,
      SealedObject object,
      Day lastDay,
      AdmissionToken token,
      Signature signature)
      implements Signed {
    static ByteString fields(
        DrawerHandle handle,
        VerifyingKey owner,
        SealedObject object,
        Day lastDay,
        AdmissionToken token) {
      return new FieldWriter(SealedObject.SIZE + 128)
          .bytes(handle.bytes())
          .bytes(owner.bytes())
          .bytes(object.bytes())
          .day(lastDay)
          .secret(token.secret())
          .toByteString();
    }

    static PutDrawer read(ByteReader reader) throws MalformedException {
      return new PutDrawer(
          readHandle(reader),
          VerifyingKey.read("owner key", reader),
          SealedObject.read(reader),
          readDay(reader),
          readToken(reader),
          Signature.read(reader));
    }

    @Override
    public Operation operation() {
      return Operation.PUT_DRAWER;
    }

    @Override
    public ByteString fields() {
      return fields(handle, owner, object, lastDay, token);
    }
  }

  /// Takes a drawer's object. The first nonce (16 bytes) binds the drawer to its bearer.
  record TakeDrawer(DrawerHandle handle, ByteString nonce) implements Request {
    public static final int NONCE_SIZE = 16;

    public TakeDrawer {
      if (nonce.size() != NONCE_SIZE) {
        throw new IllegalArgumentException("a drawer's nonce has " + NONCE_SIZE + " bytes");
      }
    }

    static TakeDrawer read(ByteReader reader) throws MalformedException {
      return new TakeDrawer(readHandle(reader), reader.bytes("nonce", NONCE_SIZE));
    }

    @Override
    public Operation operation() {
      return Operation.TAKE_DRAWER;
    }

    @Override
    public ByteString fields() {
      return handle.bytes().plus(nonce);
    }

    @Override
    public String toString() {
      return "TakeDrawer[redacted]";
    }
  }

  /// Empties a drawer; signed by its owner key.
  record RemoveDrawer(DrawerHandle handle, Signature signature) implements Signed {
    static RemoveDrawer read(ByteReader reader) throws MalformedException {
      return new RemoveDrawer(readHandle(reader), Signature.read(reader));
    }

    @Override
    public Operation operation() {
      return Operation.REMOVE_DRAWER;
    }

    @Override
    public ByteString fields() {
      return handle.bytes();
    }
  }

  /// Ends a subscription of the same link.
  record Unsubscribe(long subscription) implements Request {
    static Unsubscribe read(ByteReader reader) throws MalformedException {
      return new Unsubscribe(reader.u64("subscription"));
    }

    @Override
    public Operation operation() {
      return Operation.UNSUBSCRIBE;
    }

    @Override
    public ByteString fields() {
      return new FieldWriter(8).u64(subscription).toByteString();
    }
  }

  /// Asks the node to make sure of a link to another node and to hand on what that one says of
  /// itself: [NodeInfo] is the answer's body. Only on a link, never by reply block.
  record Reach(NodeAddress node, AdmissionToken token) implements Request {
    static Reach read(ByteReader reader) throws MalformedException {
      return new Reach(Addresses.read(reader), readToken(reader));
    }

    @Override
    public Operation operation() {
      return Operation.REACH;
    }

    @Override
    public ByteString fields() {
      return Addresses.write(new FieldWriter(160), node).secret(token.secret()).toByteString();
    }
  }

  private static Day readDay(ByteReader reader) throws MalformedException {
    return new Day(reader.u32("day"));
  }

  private static AdmissionToken readToken(ByteReader reader) throws MalformedException {
    byte[] token = reader.bytes("admission token", AdmissionToken.SIZE).toByteArray();
    return new AdmissionToken(SecretBytes.copyOf(token));
  }

  private static EnvelopeId readEnvelopeId(ByteReader reader) throws MalformedException {
    return new EnvelopeId(reader.bytes("envelope id", EnvelopeId.SIZE));
  }

  private static DrawerHandle readHandle(ByteReader reader) throws MalformedException {
    return new DrawerHandle(reader.bytes("drawer handle", DrawerHandle.SIZE));
  }
}
