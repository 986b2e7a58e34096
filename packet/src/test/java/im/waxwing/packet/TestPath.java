package im.waxwing.packet;

import im.waxwing.base.ByteString;
import im.waxwing.base.SecretBytes;
import im.waxwing.model.NodeKey;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/// Nodes with their secret keys, and the path that senders see.
record TestPath(List<PacketKey> keys, List<Hop> hops) {

  static TestPath of(int length, RandomGenerator random) {
    return of(Profile.NIKE, length, random);
  }

  static TestPath of(Profile profile, int length, RandomGenerator random) {
    List<PacketKey> keys = new ArrayList<>();
    List<Hop> hops = new ArrayList<>();
    for (int i = 0; i < length; i++) {
      PacketKey key =
          PacketKey.of(profile, SecretBytes.copyOf(bytes(profile.secretLength(), random)));
      keys.add(key);
      hops.add(
          new Hop(
              new NodeKey(ByteString.copyOf(bytes(32, random))),
              key.publicKey(),
              i % 2 == 0 ? 0 : 1 + random.nextInt(100_000)));
    }
    return new TestPath(keys, hops);
  }

  static byte[] bytes(int length, RandomGenerator random) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }
}
