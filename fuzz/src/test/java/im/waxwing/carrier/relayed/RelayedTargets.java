package im.waxwing.carrier.relayed;

import static im.waxwing.fuzz.Cases.cut;
import static im.waxwing.fuzz.Cases.run;
import static im.waxwing.fuzz.Cases.set;

import im.waxwing.base.ByteString;
import im.waxwing.base.SecretBytes;
import im.waxwing.fuzz.Cases;
import im.waxwing.fuzz.Target;
import im.waxwing.model.NetworkId;
import im.waxwing.protocol.NodeInfo;
import im.waxwing.protocol.NodeInfos;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/// What an app hears of an onion network and keeps of it. The network is that of
/// `spec/vectors/consensus.json`.
public final class RelayedTargets {
  private static final Path VECTORS = Path.of("../spec/vectors/consensus.json");
  private static final Instant NOW = Instant.ofEpochSecond(498_864 * 3_600L + 60);

  private static final NetworkId NETWORK = new NetworkId(ByteString.ofHex(vector("network_id")));

  private RelayedTargets() {}

  public static List<Target> all() {
    return List.of(
        Target.of(
            "network-memory",
            "im.waxwing.carrier.relayed.Atlas#recall",
            input -> {
              Atlas atlas = new Atlas(NETWORK, new Random(1));
              atlas.recall(ByteString.copyOf(input), NOW);
              atlas.guards();
              atlas.consensus(NOW);
              atlas.encode();
            },
            RelayedTargets::memories),
        Target.of(
            "network-words",
            "im.waxwing.carrier.relayed.Atlas#takeInfos",
            input -> {
              Atlas atlas = new Atlas(NETWORK, new Random(1));
              atlas.takeInfos(ByteString.copyOf(input));
              atlas.infosHash();
            },
            () ->
                new Cases()
                    .with("success-of-strangers", words())
                    .with("cut-short", words().slice(0, 77))));
  }

  private static ByteString words() {
    SecretBytes seed = SecretBytes.copyOf(run(3, 32).toByteArray());
    List<ByteString> keys = Collections.nCopies(NodeInfo.EPOCHS, run(4, NodeInfo.PACKET_KEY_SIZE));
    ByteString hash = run(5, NodeInfo.HASH_SIZE);
    return new NodeInfos(List.of(NodeInfo.sign(seed, hash, NOW, 498_864, keys, hash))).encode();
  }

  /// Of the only text of this name; a parser of JSON would be one more thing to fuzz.
  private static String vector(String name) {
    try {
      String text = Files.readString(VECTORS);
      int at = text.indexOf('"', text.indexOf("\"" + name + "\" : ") + name.length() + 4) + 1;
      return text.substring(at, text.indexOf('"', at));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Cases memories() throws Exception {
    Atlas atlas = new Atlas(NETWORK, new Random(1));
    byte[] empty = atlas.encode().toByteArray();
    String file = vector("network_file").replace("\\n", "\n");
    boolean _ = atlas.takeFile(ByteString.copyOf(file.getBytes(StandardCharsets.US_ASCII)));
    byte[] full = atlas.encode().toByteArray();
    return new Cases()
        .with("success-nothing-yet", empty)
        .with("success-file", full)
        .with("success-another-networks-file", set(full, 20, 'x'))
        .with("of-a-later-version", set(full, 0, 2))
        .with("cut-in-the-file", cut(full, 100))
        .with("no-guards", cut(empty, 3))
        .with("a-consensus-that-is-not-there", set(empty, -1, 1))
        .with("too-long", Cases.join(full, new byte[1]));
  }
}
