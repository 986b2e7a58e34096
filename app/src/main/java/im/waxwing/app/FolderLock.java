package im.waxwing.app;

import im.waxwing.api.ProblemException;
import im.waxwing.api.ProblemKind;
import im.waxwing.cli.CliException;
import im.waxwing.cli.DataFolder;
import im.waxwing.cli.ExitCode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;

/// A data folder held by this process alone. The system lets go of it when the process ends,
/// however it ends.
final class FolderLock implements AutoCloseable {
  /// Far behind the content, so that others can read that where locks are mandatory.
  private static final long LOCKED_BYTE = Long.MAX_VALUE - 1;

  private final FileChannel channel;

  private FolderLock(FileChannel channel) {
    this.channel = channel;
  }

  /// Takes the folder, making it if need be.
  ///
  /// @throws ProblemException [ProblemKind#ALREADY_RUNNING]
  static FolderLock take(Path folder) throws ProblemException, CliException {
    try {
      makePrivate(folder);
      FileChannel channel =
          FileChannel.open(
              new DataFolder(folder).lockFile(),
              StandardOpenOption.CREATE,
              StandardOpenOption.WRITE);
      if (!isOurs(channel)) {
        channel.close();
        throw new ProblemException(ProblemKind.ALREADY_RUNNING);
      }
      return new FolderLock(channel);
    } catch (IOException e) {
      throw new CliException(
          ExitCode.FAILED,
          "the data folder cannot be used",
          "check that it is yours and that the disk is not full, or name another by --data DIR");
    }
  }

  private static void makePrivate(Path folder) throws IOException {
    Files.createDirectories(folder);
    if (folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
    }
  }

  private static boolean isOurs(FileChannel channel) throws IOException {
    try {
      return channel.tryLock(LOCKED_BYTE, 1, false) != null;
    } catch (OverlappingFileLockException e) {
      return false;
    }
  }

  /// Tells other programs of this person where the app listens.
  void tell(int port) throws IOException {
    String text = port + "\n" + ProcessHandle.current().pid() + "\n";
    channel.truncate(0);
    channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII)), 0);
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
