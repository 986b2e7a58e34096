package im.waxwing.crypto;

import static im.waxwing.fuzz.Cases.flip;
import static im.waxwing.fuzz.Cases.set;

import im.waxwing.base.ByteReader;
import im.waxwing.base.ByteString;
import im.waxwing.base.MalformedException;
import im.waxwing.fuzz.Cases;
import im.waxwing.fuzz.Target;
import im.waxwing.model.DeviceAddress;
import im.waxwing.model.DeviceId;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;

/// A stranger's prekey bundle: whose it is said to be u8 (0: its identity key's, else another's) ‖
/// device u8 ‖ registration id u32 ‖ the three ids u32 ‖ identity key ‖ signed prekey ‖ its
/// signature ‖ one-time prekey ‖ Kyber prekey ‖ its signature.
public final class BundleTargets {
  private static final int KEY = Identity.PUBLIC_KEY_SIZE;
  private static final int SIGNATURE = Identity.SIGNATURE_SIZE;
  private static final int KYBER = 1569;
  private static final int KEYS_AT = 2 + 4 * Integer.BYTES;
  private static final int SIZE = KEYS_AT + 3 * KEY + KYBER + 2 * SIGNATURE;
  private static final Device READER = new Device();

  private BundleTargets() {}

  public static List<Target> all() {
    return List.of(
        Target.of(
            "bundle",
            "im.waxwing.crypto.Sessions#start",
            BundleTargets::start,
            BundleTargets::bundles));
  }

  private static void start(byte[] input) throws MalformedException, CryptoException {
    ByteReader in = new ByteReader(Arrays.copyOf(input, SIZE));
    boolean own = in.u8("owner") == 0;
    DeviceId device = new DeviceId(1 + in.u8("device") % DeviceId.MAX);
    int registration = (int) in.u32("registration id");
    int[] ids = {(int) in.u32("id"), (int) in.u32("id"), (int) in.u32("id")};
    ByteString identity = in.bytes("key", KEY);
    PreKeyBundle bundle =
        new PreKeyBundle(
            identity,
            registration,
            device,
            new PreKeyBundle.Signed(ids[0], in.bytes("key", KEY), in.bytes("signature", SIGNATURE)),
            new PreKeyBundle.OneTime(ids[1], in.bytes("key", KEY)),
            new PreKeyBundle.Signed(
                ids[2], in.bytes("key", KYBER), in.bytes("signature", SIGNATURE)));
    DeviceAddress peer =
        new DeviceAddress(
            own ? Identity.accountOf(identity) : READER.address.account(), new DeviceId(1));
    MemorySessionState state = new MemorySessionState();
    READER.sessions.start(state, peer, bundle);
    READER.sessions.encrypt(state, peer, new byte[1]);
  }

  private static Cases bundles() {
    byte[] bundle = bundle();
    return new Cases()
        .with("success", bundle)
        .with("another-accounts", set(bundle, 0, 1))
        .with("another-devices", set(bundle, 1, 7))
        .with("registration-id-out-of-range", set(bundle, 2, 0x7F))
        .with("negative-prekey-id", set(bundle, 6, 0xFF))
        .with("low-order-prekey", zeros(bundle, KEYS_AT + KEY + 1, 32))
        .with("low-order-one-time-prekey", zeros(bundle, KEYS_AT + 2 * KEY + SIGNATURE + 1, 32))
        .with("unknown-kind-of-kyber-key", set(bundle, KEYS_AT + 3 * KEY + SIGNATURE, 1))
        .with("wrong-signature", flip(bundle, KEYS_AT + 2 * KEY + 5))
        .with("wrong-kyber-signature", flip(bundle, -5));
  }

  private static byte[] bundle() {
    Device alice = new Device();
    PreKeyBundle bundle = alice.sessions.newBundle(alice.state, KeyUse.ONE_TIME);
    PreKeyBundle.OneTime oneTime = bundle.oneTime();
    if (oneTime == null) {
      throw new IllegalStateException("asked for a one-time bundle");
    }
    return ByteBuffer.allocate(SIZE)
        .put((byte) 0)
        .put((byte) (bundle.device().number() - 1))
        .putInt(bundle.registrationId())
        .putInt(bundle.signed().id())
        .putInt(oneTime.id())
        .putInt(bundle.kyber().id())
        .put(bundle.identityKey().toByteArray())
        .put(bundle.signed().publicKey().toByteArray())
        .put(bundle.signed().signature().toByteArray())
        .put(oneTime.publicKey().toByteArray())
        .put(bundle.kyber().publicKey().toByteArray())
        .put(bundle.kyber().signature().toByteArray())
        .array();
  }

  private static byte[] zeros(byte[] input, int from, int length) {
    byte[] changed = input.clone();
    Arrays.fill(changed, from, from + length, (byte) 0);
    return changed;
  }
}
