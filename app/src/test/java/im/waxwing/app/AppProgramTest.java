package im.waxwing.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import im.waxwing.api.ProblemException;
import im.waxwing.api.ProblemKind;
import im.waxwing.api.SetUp;
import im.waxwing.cli.AppClient;
import im.waxwing.cli.DataFolder;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AppProgramTest {
  private static final AppConfig ANY_PORT = new AppConfig(0, Duration.ZERO);

  /// Nobody answers there.
  private static final String NODE = "127.0.0.1:1/" + "A".repeat(43) + "/" + "A".repeat(22);

  @TempDir private Path folder;

  @Test
  void anAccountIsThereAgainAfterARestart() throws Exception {
    try (FolderLock lock = FolderLock.take(folder);
        AppProgram app = AppProgram.start(folder, ANY_PORT, lock);
        AppClient client = AppClient.connect(new DataFolder(folder))) {
      assertThat(app.isNew()).isTrue();
      client.setUp(new SetUp("Alice", Optional.of(NODE)));
    }

    try (FolderLock lock = FolderLock.take(folder);
        AppProgram app = AppProgram.start(folder, ANY_PORT, lock);
        AppClient client = AppClient.connect(new DataFolder(folder))) {
      assertThat(app.isNew()).isFalse();
      assertThat(client.status().name()).contains("Alice");
    }
  }

  @Test
  void aSecondAppOnTheFolderIsRefused() throws Exception {
    try (FolderLock lock = FolderLock.take(folder);
        AppProgram app = AppProgram.start(folder, ANY_PORT, lock)) {
      assertThatThrownBy(() -> FolderLock.take(folder))
          .isInstanceOfSatisfying(
              ProblemException.class,
              problem -> assertThat(problem.kind()).isEqualTo(ProblemKind.ALREADY_RUNNING));
      assertThat(Files.readString(new DataFolder(folder).lockFile())).startsWith(app.port() + "\n");
    }
  }

  @Test
  void aTakenPortIsToldAndNothingIsLeftBehind() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        FolderLock lock = FolderLock.take(folder)) {
      AppConfig onThatPort = new AppConfig(taken.getLocalPort(), Duration.ZERO);
      assertThatThrownBy(() -> AppProgram.start(folder, onThatPort, lock))
          .isInstanceOfSatisfying(
              ProblemException.class,
              problem -> assertThat(problem.kind()).isEqualTo(ProblemKind.PORT_TAKEN));

      AppProgram.start(folder, ANY_PORT, lock).close();
    }
  }

  @Test
  void aDamagedStoreIsNotBegunAnew() throws Exception {
    try (FolderLock lock = FolderLock.take(folder)) {
      AppProgram.start(folder, ANY_PORT, lock).close();
      Files.delete(folder.resolve("key"));

      assertThatThrownBy(() -> AppProgram.start(folder, ANY_PORT, lock))
          .isInstanceOfSatisfying(
              ProblemException.class,
              problem -> assertThat(problem.kind()).isEqualTo(ProblemKind.STORE_DAMAGED));
    }
  }

  @Test
  void nobodyElseCanReadTheFolderAndItsLogNamesNobody() throws Exception {
    try (FolderLock lock = FolderLock.take(folder);
        AppProgram app = AppProgram.start(folder, ANY_PORT, lock);
        AppClient client = AppClient.connect(new DataFolder(folder))) {
      client.setUp(new SetUp("Alice-in-the-log", Optional.of(NODE)));
      client.invite(1);
      assertThat(app.port()).isPositive();
    }

    assertThat(Files.getPosixFilePermissions(folder))
        .isEqualTo(PosixFilePermissions.fromString("rwx------"));
    for (String file : List.of("key", "api-key", "api-token")) {
      assertThat(Files.getPosixFilePermissions(folder.resolve(file)))
          .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    }
    try (Stream<String> log = Files.lines(folder.resolve("log"))) {
      assertThat(log)
          .allMatch(line -> line.contains("started, version") || line.endsWith("stopped"));
    }
  }
}
