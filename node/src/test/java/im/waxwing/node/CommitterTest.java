package im.waxwing.node;

import static org.assertj.core.api.Assertions.assertThat;

import im.waxwing.protocol.AnswerCode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommitterTest {
  private static final Limits THREE_WAITING =
      new Limits(10, 64, 64, 32, 3, 100, 100, 100, 0, 1 << 16, RelayLimits.STANDARD);

  @TempDir Path folder;
  private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
  private Committer committer;

  @BeforeEach
  void open() throws Exception {
    MailboxStore store = MailboxStore.open(folder, THREE_WAITING);
    committer =
        new Committer(store, new Subscriptions(), Files.getFileStore(folder), THREE_WAITING);
  }

  @AfterEach
  void close() throws SQLException {
    committer.close();
  }

  private Committer.Work work(String name) {
    return new Committer.Work() {
      @Override
      public Runnable carryOut(MailboxStore store) {
        heard.add(name + " carried out");
        return () -> heard.add(name + " committed");
      }

      @Override
      public void undone(AnswerCode why) {
        heard.add(name + " undone " + why);
      }
    };
  }

  private Committer.Work failing(RuntimeException bug) {
    return new Committer.Work() {
      @Override
      public Runnable carryOut(MailboxStore store) {
        throw bug;
      }

      @Override
      public void undone(AnswerCode why) {
        heard.add("bug undone " + why);
      }
    };
  }

  private List<String> next(int count) throws InterruptedException {
    List<String> next = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String one = heard.poll(30, TimeUnit.SECONDS);
      assertThat(one).isNotNull();
      next.add(one);
    }
    return next;
  }

  @Test
  void whenTooMuchWaitsNoMoreIsTaken() {
    assertThat(committer.submit(work("first"))).isTrue();
    assertThat(committer.submit(work("second"))).isTrue();
    assertThat(committer.submit(work("third"))).isTrue();

    assertThat(committer.submit(work("fourth"))).isFalse();
  }

  @Test
  void manyShareOneCommitAndAnswersComeAfterIt() throws Exception {
    committer.submit(work("first"));
    committer.submit(work("second"));

    committer.start();

    assertThat(next(4))
        .containsExactly(
            "first carried out", "second carried out", "first committed", "second committed");
  }

  @Test
  void aFailureUndoesAllThatSharedTheCommitAndTheNextOneWorks() throws Exception {
    committer.submit(work("first"));
    committer.submit(failing(new IllegalStateException("a bug")));
    committer.start();

    assertThat(next(3))
        .containsExactly("first carried out", "first undone BUSY", "bug undone BUSY");
    committer.submit(work("later"));
    assertThat(next(2)).containsExactly("later carried out", "later committed");
  }

  @Test
  void whatWasQueuedIsDoneBeforeClosing() throws Exception {
    committer.submit(work("first"));
    committer.start();
    committer.close();

    assertThat(heard).containsExactly("first carried out", "first committed");
    assertThat(committer.submit(work("late"))).isFalse();
    open();
  }
}
