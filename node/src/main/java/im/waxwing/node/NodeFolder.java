package im.waxwing.node;

import im.waxwing.base.ByteString;
import im.waxwing.base.MalformedException;
import im.waxwing.base.SecretBytes;
import im.waxwing.model.AdmissionToken;
import im.waxwing.model.NetworkAddress;
import im.waxwing.model.NodeAddress;
import im.waxwing.model.NodeKey;
import im.waxwing.primitives.Ed25519;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.GeneralSecurityException;
import java.util.Optional;

/// The node's data folder, held by one process at a time, and the secrets in it. All files are
/// readable by their owner only (node.md §6).
final class NodeFolder implements AutoCloseable {
  static final String NODE_KEY_FILE = "node-key";
  static final String OPERATOR_KEY_FILE = "operator-key";
  static final String TOKEN_FILE = "admission-token";
  static final String ADDRESS_FILE = "node-address";
  static final String NETWORK_ADDRESS_FILE = "network-address";
  private static final String LOCK_FILE = "lock";

  private final Path path;
  private final FileChannel lockChannel;
  private final SecretBytes seed;
  private final NodeKey key;
  private final AdmissionToken token;
  private final TlsIdentity tls;

  private NodeFolder(
      Path path, FileChannel lockChannel, SecretBytes seed, AdmissionToken token, TlsIdentity tls) {
    this.path = path;
    this.lockChannel = lockChannel;
    this.seed = seed;
    this.key = publicKey(seed);
    this.token = token;
    this.tls = tls;
  }

  static NodeFolder open(Path path) throws NodeException {
    try {
      OwnerOnly.createFolder(path);
      FileChannel lock = lock(path.resolve(LOCK_FILE));
      try {
        SecretBytes seed = seed(path, NODE_KEY_FILE);
        return new NodeFolder(path, lock, seed, token(path), TlsIdentity.openOrCreate(path));
      } catch (IOException | GeneralSecurityException | NodeException e) {
        lock.close();
        throw e;
      }
    } catch (IOException | GeneralSecurityException e) {
      throw new NodeException.BadStore(
          "the data folder cannot be used",
          "check that it is yours and that the disk is not full, or name another by --data DIR",
          e);
    }
  }

  private static FileChannel lock(Path file) throws IOException, NodeException {
    if (!Files.exists(file)) {
      OwnerOnly.write(file, new byte[0]);
    }
    FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
    try {
      FileLock lock = channel.tryLock();
      if (lock != null) {
        return channel;
      }
    } catch (OverlappingFileLockException _) {
      // Another node of this very process; told apart from nothing.
    }
    channel.close();
    throw new NodeException.FolderInUse();
  }

  private static SecretBytes seed(Path folder, String name) throws IOException, NodeException {
    Path file = folder.resolve(name);
    if (!Files.exists(file)) {
      OwnerOnly.write(file, SecretBytes.generate(Ed25519.SEED_LENGTH).exposeSecret());
    }
    byte[] seed = Files.readAllBytes(file);
    if (seed.length != Ed25519.SEED_LENGTH) {
      throw damaged(name);
    }
    return SecretBytes.copyOf(seed);
  }

  private static AdmissionToken token(Path folder) throws IOException, NodeException {
    Path file = folder.resolve(TOKEN_FILE);
    if (!Files.exists(file)) {
      byte[] fresh = SecretBytes.generate(AdmissionToken.SIZE).exposeSecret();
      String text = ByteString.copyOf(fresh).base64Url() + "\n";
      OwnerOnly.write(file, text.getBytes(StandardCharsets.US_ASCII));
    }
    try {
      ByteString token =
          ByteString.parseBase64Url("admission token", Files.readString(file).strip());
      if (token.size() == AdmissionToken.SIZE) {
        return new AdmissionToken(SecretBytes.copyOf(token.toByteArray()));
      }
    } catch (MalformedException _) {
      // Said below.
    }
    throw damaged(TOKEN_FILE);
  }

  private static NodeException damaged(String file) {
    return new NodeException.BadStore(
        "the file " + file + " is damaged",
        "restore it from a copy; without it, delete it and hand out the new node address",
        null);
  }

  private static NodeKey publicKey(SecretBytes seed) {
    try (Ed25519.SigningKey key = Ed25519.SigningKey.ofSeed(seed.exposeSecret())) {
      return new NodeKey(ByteString.copyOf(key.publicKey()));
    }
  }

  /// Leaves the address where the operator's other programs find it.
  void writeAddress(NodeAddress.WithAdmission address) throws IOException {
    OwnerOnly.write(
        path.resolve(ADDRESS_FILE), (address.format() + "\n").getBytes(StandardCharsets.US_ASCII));
  }

  /// Leaves the address of the network by way of this node likewise.
  void writeNetwork(Optional<NetworkAddress> network) throws IOException {
    Path file = path.resolve(NETWORK_ADDRESS_FILE);
    if (network.isPresent()) {
      String text = network.get().format() + "\n";
      OwnerOnly.write(file, text.getBytes(StandardCharsets.US_ASCII));
    } else {
      Files.deleteIfExists(file);
    }
  }

  Path path() {
    return path;
  }

  SecretBytes seed() {
    return seed;
  }

  /// The seed of the operator's key, which all nodes of a family share; a new one if there is none.
  SecretBytes operatorSeed() throws NodeException {
    try {
      return seed(path, OPERATOR_KEY_FILE);
    } catch (IOException e) {
      throw new NodeException.BadStore(
          "the file " + OPERATOR_KEY_FILE + " cannot be used", "check that it is yours", e);
    }
  }

  NodeKey key() {
    return key;
  }

  AdmissionToken token() {
    return token;
  }

  TlsIdentity tls() {
    return tls;
  }

  @Override
  public void close() throws IOException {
    seed.close();
    lockChannel.close();
  }
}
