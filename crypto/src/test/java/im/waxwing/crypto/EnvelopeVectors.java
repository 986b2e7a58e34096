package im.waxwing.crypto;

import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import im.waxwing.base.ByteString;
import im.waxwing.base.SecretBytes;
import im.waxwing.model.AccountId;
import im.waxwing.model.ConversationId;
import im.waxwing.model.Day;
import im.waxwing.model.DrawerHandle;
import im.waxwing.model.MailboxKey;
import im.waxwing.model.Way;
import java.util.List;
import java.util.Random;
import org.signal.libsignal.protocol.ecc.ECPrivateKey;

/// Makes `spec/vectors/envelope.json` from a seed; the same bytes every time (envelope.md §9).
final class EnvelopeVectors {
  private static final long SEED = 2_560;
  private static final Day DAY = new Day(20_780);

  private final JsonMapper json =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
  private final Random random = new Random(SEED);

  String generate() throws Exception {
    ObjectNode root = json.createObjectNode();
    root.put("specification", "envelope.md");
    addAccounts(root.putObject("accounts"));
    addLane(root.putObject("lane"));
    addPadding(root.putArray("padding"));
    addEnvelopes(root.putArray("envelopes"));
    addInvitation(root.putObject("invitation"));
    addDrawer(root.putObject("drawer"));
    return json.writeValueAsString(root) + "\n";
  }

  private void addAccounts(ObjectNode vector) throws Exception {
    ByteString one = publicKey();
    ByteString other = publicKey();
    AccountId first = Identity.accountOf(one);
    AccountId second = Identity.accountOf(other);
    SafetyNumber number = SafetyNumber.between(one, other);
    put(vector, "own_key", one);
    put(vector, "other_key", other);
    put(vector, "own_account", first.bytes());
    put(vector, "other_account", second.bytes());
    put(vector, "conversation", ConversationId.between(first, second).bytes());
    vector.put("safety_number", number.digits());
    put(vector, "scannable", number.scannable());
  }

  private ByteString publicKey() throws Exception {
    NativeCode.enter();
    return ByteString.copyOf(new ECPrivateKey(bytes(32)).publicKey().serialize());
  }

  private void addLane(ObjectNode vector) {
    LaneSeed seed = new LaneSeed(secret(32));
    MailboxKey mailbox = new MailboxKey(ByteString.copyOf(bytes(32)));
    put(vector, "seed", seed.secret());
    put(vector, "mailbox_key", mailbox.bytes());
    ArrayNode numbers = vector.putArray("numbers");
    SendingLane lane = SendingLane.of(seed);
    for (int n = 0; n < 100; n++) {
      SendingLane.Taken taken = lane.take();
      if (List.of(0, 1, 2, 99).contains(n)) {
        addNumber(numbers.addObject(), lane, taken.keys(), mailbox);
      }
      lane = taken.lane();
    }
  }

  private static void addNumber(
      ObjectNode vector, SendingLane lane, LaneKeys keys, MailboxKey mailbox) {
    vector.put("n", keys.n());
    put(vector, "chain_key", ByteString.copyOf(lane.encode().exposeSecret()).slice(8, 40));
    put(vector, "id_key", keys.idKey());
    put(vector, "message_key", keys.messageKey());
    ArrayNode envelopes = vector.putArray("envelopes");
    for (Day day : List.of(DAY, DAY.plus(1))) {
      for (Way way : Way.values()) {
        addPlace(envelopes.addObject(), keys.at(mailbox, day, way), day, way);
      }
    }
  }

  private static void addPlace(ObjectNode vector, EnvelopeKeys at, Day day, Way way) {
    vector.put("day", day.number());
    vector.put("way", way.code());
    put(vector, "envelope_id", at.id().bytes());
    put(vector, "envelope_key", at.key());
  }

  private void addPadding(ArrayNode vectors) {
    for (int size : List.of(0, 3, 159, 160)) {
      byte[] content = bytes(size);
      ObjectNode vector = vectors.addObject();
      put(vector, "content", ByteString.copyOf(content));
      put(vector, "padded", ByteString.copyOf(Padding.pad(content)));
    }
  }

  private void addEnvelopes(ArrayNode vectors) {
    Letter letter = new Letter(Letter.Kind.PREKEY, ByteString.copyOf(bytes(3000)));
    SendingLane lane = SendingLane.of(new LaneSeed(secret(32)));
    MailboxKey mailbox = new MailboxKey(ByteString.copyOf(bytes(32)));
    for (Piece piece : Envelopes.split(letter)) {
      SendingLane.Taken taken = lane.take();
      lane = taken.lane();
      addEnvelope(vectors.addObject(), taken.keys().at(mailbox, DAY, Way.RELAY), piece);
    }
  }

  private void addEnvelope(ObjectNode vector, EnvelopeKeys keys, Piece piece) {
    SecretBytes nonce = secret(Sealing.NONCE_SIZE);
    vector.put("kind", piece.kind().code());
    vector.put("index", piece.index());
    vector.put("count", piece.count());
    put(vector, "piece", piece.bytes());
    put(vector, "envelope_id", keys.id().bytes());
    put(vector, "envelope_key", keys.key());
    put(vector, "nonce", nonce);
    put(vector, "envelope", Envelopes.seal(keys, piece, nonce).bytes());
  }

  private void addInvitation(ObjectNode vector) {
    SecretBytes secret = secret(InvitationSecrets.SECRET_SIZE);
    InvitationSecrets secrets = InvitationSecrets.of(secret);
    put(vector, "secret", secret);
    put(vector, "drawer_handle", secrets.handle().bytes());
    put(vector, "drawer_key", secrets.drawerKey());
    put(vector, "first_lane", secrets.firstLane().secret());
    put(vector, "first_deposit", secrets.depositSecret());
  }

  private void addDrawer(ObjectNode vector) {
    SecretBytes key = secret(32);
    DrawerHandle handle = new DrawerHandle(ByteString.copyOf(bytes(32)));
    ByteString content = ByteString.copyOf(bytes(40));
    SecretBytes nonce = secret(Sealing.NONCE_SIZE);
    put(vector, "drawer_key", key);
    put(vector, "drawer_handle", handle.bytes());
    put(vector, "content", content);
    put(vector, "nonce", nonce);
    put(vector, "sealed", Drawers.seal(key, handle, content, nonce));
  }

  private byte[] bytes(int size) {
    byte[] bytes = new byte[size];
    random.nextBytes(bytes);
    return bytes;
  }

  private SecretBytes secret(int size) {
    return SecretBytes.copyOf(bytes(size));
  }

  private static void put(ObjectNode vector, String name, ByteString bytes) {
    vector.put(name, bytes.hex());
  }

  private static void put(ObjectNode vector, String name, SecretBytes secret) {
    put(vector, name, ByteString.copyOf(secret.exposeSecret()));
  }
}
