package im.waxwing.engine;

import im.waxwing.base.ByteReader;
import im.waxwing.base.ByteString;
import im.waxwing.base.MalformedException;
import im.waxwing.base.SecretBytes;
import im.waxwing.crypto.InvitationSecrets;
import im.waxwing.model.AccountId;
import im.waxwing.model.Day;
import im.waxwing.model.NetworkAddress;
import im.waxwing.model.NetworkId;
import im.waxwing.model.NodeAddress;
import im.waxwing.model.NodeKey;
import im.waxwing.model.Place;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;

/// An invitation as it is handed over: `waxwing:i/` and base64url of
///
/// ```
/// version u8 = 1 ‖ expiry u32, hours since 1970 ‖ host's account 32 ‖ secret 32
///   ‖ kind u8: 1 node, 2 onion network ‖ node key or network id 32
///   ‖ port u16 ‖ host, u8 length and text ‖ checksum 4
/// ```
///
/// At most 300 characters. The checksum is the beginning of SHA-256 over all before it (delivery.md
/// §5).
///
/// @param host the account that invites
/// @param secret 32 bytes from which drawer, lane and mailbox follow
/// @param place where drawer and mailbox stand
public record InvitationLink(Instant expiresAt, AccountId host, SecretBytes secret, Place place) {
  public static final String PREFIX = "waxwing:i/";
  public static final int MAX_CHARACTERS = 300;

  private static final int VERSION = 1;
  private static final int CHECKSUM = 4;
  private static final int KIND_NODE = 1;
  private static final int KIND_NETWORK = 2;
  private static final int NAME = 32;
  private static final int FIXED =
      1 + 4 + AccountId.SIZE + InvitationSecrets.SECRET_SIZE + 1 + NAME + 2 + 1 + CHECKSUM;
  private static final long SECONDS_PER_HOUR = 3_600;

  /// Why a text is no invitation.
  public enum Fault {
    /// It does not even begin like one.
    INVALID,
    /// Characters are missing or changed.
    CUT_OFF,
    /// A later version made it.
    TOO_NEW
  }

  /// What a text is, if not an invitation.
  public static final class FaultException extends Exception {
    private static final long serialVersionUID = 1L;

    private final Fault fault;

    FaultException(Fault fault) {
      super(fault.name());
      this.fault = fault;
    }

    FaultException(Fault fault, MalformedException cause) {
      super(fault.name(), cause);
      this.fault = fault;
    }

    public Fault fault() {
      return fault;
    }
  }

  /// @param expiresAt rounded up to the hour
  static InvitationLink of(Instant expiresAt, AccountId host, SecretBytes secret, Place place) {
    long hours = Math.ceilDiv(expiresAt.getEpochSecond(), SECONDS_PER_HOUR);
    return new InvitationLink(Instant.ofEpochSecond(hours * SECONDS_PER_HOUR), host, secret, place);
  }

  /// The last day of the drawer, which says where in a network it is kept.
  Day lastDay() {
    return lastDay(expiresAt);
  }

  /// The last day on which an invitation that expires at a full hour can be taken.
  static Day lastDay(Instant expiresAt) {
    return Day.of(expiresAt.minusSeconds(1));
  }

  public String format() {
    byte[] name = place.host().getBytes(StandardCharsets.US_ASCII);
    byte[] body =
        ByteBuffer.allocate(FIXED - CHECKSUM + name.length)
            .put((byte) VERSION)
            .putInt((int) (expiresAt.getEpochSecond() / SECONDS_PER_HOUR))
            .put(host.bytes().toByteArray())
            .put(secret.exposeSecret())
            .put((byte) (place instanceof NodeAddress ? KIND_NODE : KIND_NETWORK))
            .put(place.name().toByteArray())
            .putShort((short) place.port())
            .put((byte) name.length)
            .put(name)
            .array();
    ByteString bytes = ByteString.copyOf(body);
    return PREFIX + bytes.plus(checksum(bytes)).base64Url();
  }

  public static InvitationLink parse(String text) throws FaultException {
    String link = text.strip();
    if (!link.startsWith(PREFIX)) {
      throw new FaultException(
          PREFIX.startsWith(link) && !link.isEmpty() ? Fault.CUT_OFF : Fault.INVALID);
    }
    if (link.length() > MAX_CHARACTERS) {
      throw new FaultException(Fault.INVALID);
    }
    return decode(bytes(link.substring(PREFIX.length())));
  }

  /// The place of a link that was read before.
  static Place placeOf(String known) {
    try {
      return parse(known).place();
    } catch (FaultException e) {
      throw new IllegalStateException("this link was read before", e);
    }
  }

  /// Each link has one spelling: no other last character means the same. One that stands alone is
  /// what cutting off may leave.
  private static ByteString bytes(String base64) throws FaultException {
    try {
      ByteString bytes = ByteString.parseBase64Url("invitation", base64);
      if (!bytes.base64Url().equals(base64)) {
        throw new FaultException(Fault.CUT_OFF);
      }
      return bytes;
    } catch (MalformedException e) {
      throw new FaultException(Fault.CUT_OFF, e);
    }
  }

  private static InvitationLink decode(ByteString bytes) throws FaultException {
    if (bytes.size() > 0 && Byte.toUnsignedInt(bytes.at(0)) > VERSION) {
      throw new FaultException(Fault.TOO_NEW);
    }
    int end = bytes.size() - CHECKSUM;
    if (end <= 0 || !checksum(bytes.slice(0, end)).equals(bytes.slice(end, bytes.size()))) {
      throw new FaultException(Fault.CUT_OFF);
    }
    try {
      return read(new ByteReader(bytes.slice(0, end)));
    } catch (MalformedException e) {
      throw new FaultException(Fault.INVALID, e);
    }
  }

  private static InvitationLink read(ByteReader in) throws MalformedException {
    if (in.u8("version") != VERSION) {
      throw new MalformedException("version", "must be " + VERSION);
    }
    Instant expiresAt = Instant.ofEpochSecond(in.u32("expiry") * SECONDS_PER_HOUR);
    AccountId account = new AccountId(in.bytes("account", AccountId.SIZE));
    byte[] secret = in.bytes("secret", InvitationSecrets.SECRET_SIZE).toByteArray();
    int kind = in.u8("kind");
    ByteString key = in.bytes("key", NAME);
    int port = in.u16("port");
    ByteString host = in.bytes("host", in.u8("host length"));
    in.end("invitation");
    return new InvitationLink(
        expiresAt, account, SecretBytes.copyOf(secret), place(kind, host, port, key));
  }

  private static Place place(int kind, ByteString host, int port, ByteString key)
      throws MalformedException {
    String name = new String(host.toByteArray(), StandardCharsets.US_ASCII);
    if (!NodeAddress.isHost(name) || !NodeAddress.isPort(port)) {
      throw new MalformedException("place", "must be a host and a port");
    }
    return switch (kind) {
      case KIND_NODE -> new NodeAddress(name, port, new NodeKey(key));
      case KIND_NETWORK -> new NetworkAddress(name, port, new NetworkId(key));
      default -> throw new MalformedException("kind", "must be 1 or 2");
    };
  }

  private static ByteString checksum(ByteString bytes) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(bytes.toByteArray());
      return ByteString.copyOf(hash, 0, CHECKSUM);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  @Override
  public String toString() {
    return "InvitationLink[redacted]";
  }
}
