package im.waxwing.protocol.consensus;

import im.waxwing.base.ByteReader;
import im.waxwing.base.ByteString;
import im.waxwing.base.MalformedException;
import im.waxwing.base.SecretBytes;
import im.waxwing.model.NetworkId;
import im.waxwing.model.NodeAddress;
import im.waxwing.model.NodeKey;
import im.waxwing.primitives.Ed25519;
import im.waxwing.protocol.FieldWriter;
import im.waxwing.protocol.Signature;
import im.waxwing.protocol.VerifyingKey;
import java.util.Set;

/// How a node asks to be listed, signed by its key, and by its operator's that it belongs to them
/// (consensus.md §3).
///
/// @param epoch in which it was signed; it counts in this epoch and the next
/// @param weight how much it offers to carry, 1 to [#MAX_WEIGHT]
public record Descriptor(
    NetworkId network,
    long epoch,
    NodeAddress address,
    Set<Role> roles,
    int weight,
    Operator operator,
    Signature operatorSignature,
    Signature signature) {
  public static final int VERSION = 1;
  public static final int MAX_WEIGHT = 1_000;

  public Descriptor {
    roles = Set.copyOf(roles);
    Fields.demand(!roles.isEmpty(), "a node has a role");
    Fields.demand(epoch >= 0 && isWeight(weight), "a node's weight is 1 to " + MAX_WEIGHT);
  }

  static boolean isWeight(int weight) {
    return weight >= 1 && weight <= MAX_WEIGHT;
  }

  /// What a node tells of itself.
  ///
  /// @param operatorSeed Ed25519 seed of the family; the node's own, if it is alone
  public record Word(
      String host, int port, Set<Role> roles, int weight, SecretBytes operatorSeed, String name) {
    public Word {
      roles = Set.copyOf(roles);
    }

    @Override
    public String toString() {
      return "Word[redacted]";
    }
  }

  /// Signs with the node's and its operator's keys.
  public static Descriptor sign(SecretBytes nodeSeed, NetworkId network, long epoch, Word word) {
    try (Ed25519.SigningKey node = Ed25519.SigningKey.ofSeed(nodeSeed.exposeSecret());
        Ed25519.SigningKey family = Ed25519.SigningKey.ofSeed(word.operatorSeed().exposeSecret())) {
      NodeKey key = new NodeKey(ByteString.copyOf(node.publicKey()));
      Operator operator = new Operator(ByteString.copyOf(family.publicKey()), word.name());
      Signature membership = signature(family, ofOperator(network, key, operator));
      Descriptor draft =
          new Descriptor(
              network,
              epoch,
              new NodeAddress(word.host(), word.port(), key),
              word.roles(),
              word.weight(),
              operator,
              membership,
              membership);
      return draft.with(signature(node, draft.ofNode()));
    }
  }

  private static Signature signature(Ed25519.SigningKey key, byte[] message) {
    return new Signature(ByteString.copyOf(key.sign(message)));
  }

  private Descriptor with(Signature nodeSignature) {
    return new Descriptor(
        network, epoch, address, roles, weight, operator, operatorSignature, nodeSignature);
  }

  public NodeKey key() {
    return address.key();
  }

  /// Whether node and operator signed this.
  public boolean isSigned() {
    return new VerifyingKey(key().bytes()).accepts(ofNode(), signature)
        && new VerifyingKey(operator.key())
            .accepts(ofOperator(network, key(), operator), operatorSignature);
  }

  private static byte[] ofOperator(NetworkId network, NodeKey node, Operator operator) {
    FieldWriter writer = new FieldWriter(192).label("waxwing operator v1").bytes(network.bytes());
    operator.write(writer.bytes(node.bytes()));
    return writer.toByteArray();
  }

  private byte[] ofNode() {
    FieldWriter writer = new FieldWriter(512).label("waxwing descriptor v1");
    writeFields(writer);
    return writer.toByteArray();
  }

  private void writeFields(FieldWriter writer) {
    writer.u8(VERSION).bytes(network.bytes()).u64(epoch);
    Fields.writeAddress(writer, address);
    writer.u8(Numbered.bits(roles)).u16(weight);
    operator.write(writer);
    writer.bytes(operatorSignature.bytes());
  }

  public ByteString encode() {
    FieldWriter writer = new FieldWriter(512);
    write(writer);
    return writer.toByteString();
  }

  void write(FieldWriter writer) {
    writeFields(writer);
    writer.bytes(signature.bytes());
  }

  /// @throws MalformedException if a field breaks a rule or bytes follow; signatures are not looked
  ///   at
  public static Descriptor decode(ByteString bytes) throws MalformedException {
    ByteReader reader = new ByteReader(bytes);
    Descriptor descriptor = read(reader);
    reader.end("descriptor");
    return descriptor;
  }

  static Descriptor read(ByteReader reader) throws MalformedException {
    Fields.readVersion(reader, VERSION);
    NetworkId network = Fields.readNetwork(reader);
    long epoch = reader.u64("epoch");
    NodeAddress address = Fields.readAddress(reader);
    int roles = reader.u8("roles");
    int weight = reader.u16("weight");
    Operator operator = Operator.read(reader);
    Signature membership = new Signature(reader.bytes("signature", Signature.SIZE));
    Signature signature = new Signature(reader.bytes("signature", Signature.SIZE));
    return Fields.checked(
        "descriptor",
        () ->
            new Descriptor(
                network,
                epoch,
                address,
                Numbered.chosen(Role.values(), roles),
                weight,
                operator,
                membership,
                signature));
  }

  @Override
  public String toString() {
    return "Descriptor[redacted]";
  }
}
