package im.waxwing.store;

import im.waxwing.base.SecretBytes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;

/// The file with the database's key: 32 random bytes that only the owner may read (store.md §1).
final class KeyFile {
  static final String NAME = "key";
  static final int SIZE = 32;

  private static final Set<PosixFilePermission> OWNER_ONLY =
      EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

  private KeyFile() {}

  static boolean exists(Path folder) {
    return Files.exists(folder.resolve(NAME));
  }

  static SecretBytes read(Path folder) throws IOException {
    byte[] bytes = Files.readAllBytes(folder.resolve(NAME));
    try {
      if (bytes.length != SIZE) {
        throw new StoreException(StoreException.Reason.DAMAGED);
      }
      return SecretBytes.copyOf(bytes);
    } finally {
      Arrays.fill(bytes, (byte) 0);
    }
  }

  /// The name appears only once the content is on disk, so a crash leaves a whole key or none.
  static SecretBytes create(Path folder) throws IOException {
    SecretBytes key = SecretBytes.generate(SIZE);
    Path unfinished = folder.resolve(NAME + ".new");
    Files.deleteIfExists(unfinished);
    write(unfinished, key);
    Files.move(unfinished, folder.resolve(NAME), StandardCopyOption.ATOMIC_MOVE);
    flush(folder);
    return key;
  }

  private static void write(Path file, SecretBytes key) throws IOException {
    byte[] bytes = key.exposeSecret();
    createForOwner(file);
    try (FileChannel out = FileChannel.open(file, StandardOpenOption.WRITE)) {
      ByteBuffer buffer = ByteBuffer.wrap(bytes);
      while (buffer.hasRemaining()) {
        out.write(buffer);
      }
      out.force(true);
    } finally {
      Arrays.fill(bytes, (byte) 0);
    }
  }

  private static void createForOwner(Path file) throws IOException {
    if (isPosix(file)) {
      Files.createFile(file, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
    } else {
      Files.createFile(file);
    }
  }

  private static boolean isPosix(Path file) {
    return file.getFileSystem().supportedFileAttributeViews().contains("posix");
  }

  private static void flush(Path folder) throws IOException {
    try (FileChannel directory = FileChannel.open(folder)) {
      directory.force(true);
    } catch (FileSystemException e) {
      if (isPosix(folder)) {
        throw e;
      }
    }
  }
}
