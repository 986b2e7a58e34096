package im.waxwing.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class CorpusTest {
  /// Rules that no input breaks, or that are no decoder's: by the beginning of the line's name.
  private static final Map<String, String> NOT_BY_INPUT =
      Map.ofEntries(
          Map.entry("im.waxwing.engine.Contacts#", "compares what was decoded with the store"),
          Map.entry("im.waxwing.engine.Conversations#", "compares what was decoded with the store"),
          Map.entry("im.waxwing.engine.Devices#", "compares what was decoded with the store"),
          Map.entry("im.waxwing.engine.Guests#", "compares what was decoded with the store"),
          Map.entry("im.waxwing.engine.Inbox#", "compares what was decoded with the store"),
          Map.entry("im.waxwing.engine.Invitations#", "compares what was decoded with the store"),
          Map.entry("im.waxwing.engine.Repair#", "compares what was decoded with the store"),
          Map.entry(
              "im.waxwing.node.Intake#", "replays and other nodes' packets, after unwrapping"),
          Map.entry("im.waxwing.node.Desk#", "who may ask without a reply block"),
          Map.entry("im.waxwing.node.AntiEntropy#", "compares a page with the one before"),
          Map.entry(
              "im.waxwing.node.directory.AuthorityServer$Guest#",
              "good frames, but not for authorities"),
          Map.entry("im.waxwing.node.DepositFloor#", "measures our own packets"),
          Map.entry("im.waxwing.crypto.Sessions#lambda$encrypt$", "about our own state"),
          Map.entry(
              "im.waxwing.crypto.Sessions#lambda$start$", "PreKeys has compared the identity"),
          Map.entry("im.waxwing.crypto.Sessions#unexpected", "for what libsignal does not declare"),
          Map.entry("im.waxwing.packet.PacketUnwrapper#forward", "the point was looked at before"));

  @TestFactory
  Stream<DynamicContainer> everyInputReachesWhatItsNameSays() {
    return Targets.ALL.stream()
        .map(target -> DynamicContainer.dynamicContainer(target.name(), inputs(target)));
  }

  private static Stream<DynamicTest> inputs(Target target) {
    try {
      return Corpus.of(target).entrySet().stream()
          .map(
              input ->
                  DynamicTest.dynamicTest(
                      input.getKey(),
                      () ->
                          assertThat(replay(target, input.getValue()).isEmpty())
                              .as("was taken")
                              .isEqualTo(input.getKey().startsWith("success"))));
    } catch (IOException e) {
      return fail("no corpus", e);
    }
  }

  @Test
  void everyTargetIsTakenOnceAndRefusedOnce() throws Exception {
    for (Target target : Targets.ALL) {
      Set<String> names = Corpus.of(target).keySet();

      assertThat(names).as(target.name()).anyMatch(name -> name.startsWith("success"));
      assertThat(names).as(target.name()).anyMatch(name -> !name.startsWith("success"));
    }
  }

  @Test
  void theCorporaReachEveryRefusalInOurCode() throws Exception {
    Set<String> reached = new TreeSet<>();
    for (Target target : Targets.ALL) {
      for (byte[] input : Corpus.of(target).values()) {
        reached.addAll(replay(target, input));
      }
    }

    Set<String> missing = Refusals.inCode();
    assertThat(missing).hasSizeGreaterThan(80);
    missing.removeAll(reached);
    missing.removeIf(line -> NOT_BY_INPUT.keySet().stream().anyMatch(line::startsWith));
    assertThat(missing).isEmpty();
  }

  @Test
  void noInputCutShortOrTooLongIsABug() throws Exception {
    for (Target target : Targets.ALL) {
      for (byte[] input : Corpus.of(target).values()) {
        int step = Math.max(1, input.length / 40);
        for (int length = 0; length <= input.length + step; length += step) {
          replay(target, Arrays.copyOf(input, length));
        }
      }
    }
  }

  /// The lines that refused; none if the input was taken.
  private static Set<String> replay(Target target, byte[] input) throws Exception {
    try {
      target.reading().read(input);
      return Set.of();
    } catch (Exception e) {
      if (Target.isRefusal(e)) {
        return Refusals.of(e);
      }
      throw e;
    }
  }
}
