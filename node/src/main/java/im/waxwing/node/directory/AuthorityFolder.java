package im.waxwing.node.directory;

import im.waxwing.base.ByteString;
import im.waxwing.base.MalformedException;
import im.waxwing.base.SecretBytes;
import im.waxwing.node.NodeException;
import im.waxwing.node.OwnerOnly;
import im.waxwing.node.TlsIdentity;
import im.waxwing.protocol.consensus.AuthorityKey;
import im.waxwing.protocol.consensus.AuthoritySet;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// An authority's data folder, held by one process at a time. Every file is written whole or not at
/// all, and is on disk before anybody hears of it, so that the authority contradicts nothing it
/// said before it was killed (consensus.md §11).
final class AuthorityFolder implements AutoCloseable {
  static final String KEY_FILE = "authority-key";
  static final String NETWORK_FILE = "network";
  private static final String LOCK_FILE = "lock";

  private final Path path;
  private final FileChannel lock;
  private final AuthorityKey key;
  private final TlsIdentity tls;

  private AuthorityFolder(Path path, FileChannel lock, AuthorityKey key, TlsIdentity tls) {
    this.path = path;
    this.lock = lock;
    this.key = key;
    this.tls = tls;
  }

  /// Whether `init` was here.
  static boolean isOne(Path path) {
    return Files.exists(path.resolve(KEY_FILE));
  }

  /// Makes a folder with a new key.
  static AuthorityKey create(Path path) throws IOException {
    OwnerOnly.createFolder(path);
    AuthorityKey key = AuthorityKey.generate(new SecureRandom());
    OwnerOnly.write(path.resolve(KEY_FILE), key.exposeSecret().exposeSecret());
    return key;
  }

  static AuthorityKey readKey(Path path) throws IOException, NodeException {
    try {
      SecretBytes secret = SecretBytes.copyOf(Files.readAllBytes(path.resolve(KEY_FILE)));
      return AuthorityKey.of(secret, new SecureRandom());
    } catch (IllegalArgumentException e) {
      throw NodeException.BadStore.of(
          "the file " + KEY_FILE + " is damaged", "restore it from a copy", e);
    }
  }

  static AuthorityFolder open(Path path) throws NodeException {
    try {
      FileChannel lock =
          FileChannel.open(
              path.resolve(LOCK_FILE), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      try {
        if (lock.tryLock() == null) {
          throw new NodeException.FolderInUse();
        }
        return new AuthorityFolder(path, lock, readKey(path), TlsIdentity.openOrCreate(path));
      } catch (OverlappingFileLockException e) {
        lock.close();
        throw new NodeException.FolderInUse();
      } catch (IOException | GeneralSecurityException | NodeException e) {
        lock.close();
        throw e;
      }
    } catch (IOException | GeneralSecurityException e) {
      throw NodeException.BadStore.of(
          "the data folder cannot be used", "make it by: waxwing directory init --data DIR", e);
    }
  }

  AuthorityKey key() {
    return key;
  }

  TlsIdentity tls() {
    return tls;
  }

  AuthoritySet network() throws NodeException {
    return network(path.resolve(NETWORK_FILE));
  }

  static AuthoritySet network(Path file) throws NodeException {
    try {
      return AuthoritySet.parse(Files.readString(file));
    } catch (IOException e) {
      throw new NodeException.BadSetting(
          "there is no network file at " + file, "give one with --with FILE or --directory FILE");
    } catch (MalformedException e) {
      throw new NodeException.BadSetting(
          "the network file is not right: " + e.getMessage(),
          "it has a line 'authority …' of each of the 3 to 5 authorities");
    }
  }

  void rememberNetwork(AuthoritySet set) throws IOException {
    write(NETWORK_FILE, ByteString.copyOf(set.format().getBytes(StandardCharsets.UTF_8)));
  }

  /// Keeps a document under a name.
  void keep(String name, ByteString document) {
    try {
      write(name, document);
    } catch (IOException e) {
      throw new UncheckedIOException("the data folder cannot be written", e);
    }
  }

  private void write(String name, ByteString bytes) throws IOException {
    OwnerOnly.write(path.resolve(name), bytes.toByteArray());
  }

  Optional<ByteString> read(String name) {
    Path file = path.resolve(name);
    try {
      return Files.exists(file)
          ? Optional.of(ByteString.copyOf(Files.readAllBytes(file)))
          : Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException("the data folder cannot be read", e);
    }
  }

  /// Names of what is kept and begins with `prefix`, in order.
  List<String> names(String prefix) {
    try (Stream<Path> files = Files.list(path)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.startsWith(prefix) && !name.endsWith(".new"))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException("the data folder cannot be read", e);
    }
  }

  void forget(String name) {
    try {
      Files.deleteIfExists(path.resolve(name));
    } catch (IOException e) {
      throw new UncheckedIOException("the data folder cannot be written", e);
    }
  }

  @Override
  public void close() throws IOException {
    key.close();
    lock.close();
  }
}
