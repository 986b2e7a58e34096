package im.waxwing.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import im.waxwing.base.ByteString;
import im.waxwing.base.MalformedException;
import im.waxwing.base.SecretBytes;
import im.waxwing.model.Day;
import im.waxwing.model.EnvelopeId;
import im.waxwing.model.MailboxKey;
import im.waxwing.model.Way;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LanesTest {
  private static final Day TODAY = new Day(20_780);

  private final LaneSeed seed = LaneSeed.generate();
  private final MailboxKey mailbox = key(1);
  private SendingLane writer = SendingLane.of(seed);
  private final Reader reader = new Reader();

  private static MailboxKey key(int value) {
    byte[] bytes = new byte[MailboxKey.SIZE];
    bytes[0] = (byte) value;
    return new MailboxKey(ByteString.copyOf(bytes));
  }

  private LaneKeys take() {
    SendingLane.Taken taken = writer.take();
    writer = taken.lane();
    return taken.keys();
  }

  /// A reader's lane with its window, as a store would hold them.
  private final class Reader {
    private final LaneWindow window = new LaneWindow();
    private ReceivingLane lane;

    Reader() {
      ReceivingLane.Slide slide = ReceivingLane.of(seed);
      lane = slide.lane();
      slide.fresh().forEach(window::add);
    }

    Optional<LaneWindow.Match> find(EnvelopeKeys keys, Day day) {
      return window.match(keys.id(), mailbox, day, List.of(Way.values()));
    }

    void opens(long n) {
      ReceivingLane.Slide slide = lane.seen(n);
      lane = slide.lane();
      slide.fresh().forEach(window::add);
      window.use(n);
    }
  }

  @Test
  void bothEndsComputeTheSameNamesAndKeys() {
    for (long n = 0; n < 200; n++) {
      EnvelopeKeys keys = take().at(mailbox, TODAY, Way.RELAY);

      assertThat(reader.find(keys, TODAY)).contains(new LaneWindow.Match.Fresh(keys));
      assertThat(keys.n()).isEqualTo(n);
      reader.opens(n);
    }
    assertThat(reader.lane.highestSeen()).hasValue(199);
  }

  @Test
  void noTwoNamesOrKeysAreAlike() {
    Set<EnvelopeId> ids = new HashSet<>();
    Set<ByteString> secrets = new HashSet<>();

    for (int n = 0; n < 20; n++) {
      LaneKeys keys = take();
      for (MailboxKey to : List.of(mailbox, key(2))) {
        for (int day = 0; day < 3; day++) {
          for (Way way : Way.values()) {
            EnvelopeKeys at = keys.at(to, TODAY.plus(day), way);
            ids.add(at.id());
            secrets.add(ByteString.copyOf(at.key().exposeSecret()));
          }
        }
      }
      secrets.add(ByteString.copyOf(keys.idKey().exposeSecret()));
      secrets.add(ByteString.copyOf(keys.messageKey().exposeSecret()));
    }

    assertThat(ids).hasSize(480);
    assertThat(secrets).hasSize(520);
  }

  @Nested
  class Ways {
    @ParameterizedTest
    @EnumSource(Way.class)
    void theReaderKnowsALetterByWhicheverWayItComes(Way way) {
      EnvelopeKeys keys = take().at(mailbox, TODAY, way);

      assertThat(reader.find(keys, TODAY)).contains(new LaneWindow.Match.Fresh(keys));
    }

    @Test
    void whatCameByOneWayIsARepeatByAnyOther() {
      LaneKeys keys = take();
      reader.find(keys.at(mailbox, TODAY, Way.FEDERATED), TODAY);
      reader.opens(0);

      for (Way way : Way.values()) {
        assertThat(reader.find(keys.at(mailbox, TODAY, way), TODAY))
            .contains(new LaneWindow.Match.Repeat(0));
      }
    }
  }

  @Nested
  class Window {
    @Test
    void sixtyFourNumbersAheadAreRecognised() {
      List<LaneKeys> keys = LongStream.range(0, 66).mapToObj(_ -> take()).toList();

      assertThat(reader.lane.highestSeen()).isEmpty();
      assertThat(reader.find(keys.get(63).at(mailbox, TODAY, Way.RELAY), TODAY)).isPresent();
      assertThat(reader.find(keys.get(64).at(mailbox, TODAY, Way.RELAY), TODAY)).isEmpty();

      reader.opens(0);

      assertThat(reader.find(keys.get(64).at(mailbox, TODAY, Way.RELAY), TODAY)).isPresent();
      assertThat(reader.find(keys.get(65).at(mailbox, TODAY, Way.RELAY), TODAY)).isEmpty();
    }

    @Test
    void seeingTheLastOfTheWindowSlidesItByAll() {
      List<LaneKeys> keys = LongStream.range(0, 129).mapToObj(_ -> take()).toList();
      reader.opens(63);

      for (int n = 0; n < 63; n++) {
        assertThat(reader.find(keys.get(n).at(mailbox, TODAY, Way.RELAY), TODAY)).isPresent();
      }
      assertThat(reader.find(keys.get(127).at(mailbox, TODAY, Way.RELAY), TODAY)).isPresent();
      assertThat(reader.find(keys.get(128).at(mailbox, TODAY, Way.RELAY), TODAY)).isEmpty();
    }

    @Test
    void seeingAnOlderNumberSlidesNothing() {
      reader.opens(5);

      ReceivingLane.Slide slide = reader.lane.seen(3);

      assertThat(slide.fresh()).isEmpty();
      assertThat(slide.lane().highestSeen()).hasValue(5);
    }

    @Test
    void aNumberOutsideTheWindowCannotHaveBeenSeen() {
      assertThatThrownBy(() -> reader.lane.seen(64)).isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> reader.lane.seen(-1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void anotherLanesEnvelopeIsNotRecognised() {
      EnvelopeKeys foreign =
          SendingLane.of(LaneSeed.generate()).take().keys().at(mailbox, TODAY, Way.RELAY);

      assertThat(reader.find(foreign, TODAY)).isEmpty();
    }

    @Test
    void anEnvelopeInAnotherDaysMailboxIsNotRecognised() {
      EnvelopeKeys keys = take().at(mailbox, TODAY, Way.RELAY);

      assertThat(reader.find(keys, TODAY.plus(1))).isEmpty();
    }

    @Test
    void aForgottenNumberIsNotRecognised() {
      EnvelopeKeys keys = take().at(mailbox, TODAY, Way.RELAY);
      reader.find(keys, TODAY);

      reader.window.forget(0);

      assertThat(reader.find(keys, TODAY)).isEmpty();
    }

    @Test
    void aDayThatIsOverIsComputedAnewWhenAskedForAgain() {
      EnvelopeKeys keys = take().at(mailbox, TODAY, Way.RELAY);
      reader.find(keys, TODAY);

      reader.window.forgetDaysBefore(TODAY.plus(1));

      assertThat(reader.find(keys, TODAY)).isPresent();
    }
  }

  @Nested
  class Repeats {
    @Test
    void aRepeatOnTheSameDayIsRecognised() {
      EnvelopeKeys keys = take().at(mailbox, TODAY, Way.RELAY);
      reader.find(keys, TODAY);
      reader.opens(0);

      assertThat(reader.find(keys, TODAY)).contains(new LaneWindow.Match.Repeat(0));
    }

    @Test
    void aLetterWrappedAnewOnAnotherDayIsRecognised() {
      LaneKeys kept = take();
      reader.opens(0);
      Day later = TODAY.plus(7);

      assertThat(reader.find(kept.at(mailbox, later, Way.RELAY), later))
          .contains(new LaneWindow.Match.Repeat(0));
    }

    @Test
    void aRepeatIsRecognisedOnADayThatWasSearchedBeforeItsFirstUse() {
      LaneKeys first = take();
      LaneKeys second = take();
      reader.opens(0);
      reader.find(first.at(mailbox, TODAY, Way.RELAY), TODAY);
      reader.opens(1);

      assertThat(reader.find(second.at(mailbox, TODAY, Way.RELAY), TODAY))
          .contains(new LaneWindow.Match.Repeat(1));
    }
  }

  @Nested
  class State {
    @Test
    void aWriterGoesOnWhereItWas() {
      take();
      take();

      SendingLane restored = SendingLane.decode(writer.encode());

      assertThat(restored.next()).isEqualTo(2);
      assertThat(restored.take().keys().at(mailbox, TODAY, Way.RELAY))
          .isEqualTo(writer.take().keys().at(mailbox, TODAY, Way.RELAY));
    }

    @Test
    void aReaderGoesOnWhereItWas() {
      reader.opens(7);

      ReceivingLane restored = ReceivingLane.decode(reader.lane.encode());

      assertThat(restored.highestSeen()).hasValue(7);
      assertThat(ids(restored.seen(8))).isEqualTo(ids(reader.lane.seen(8)));
    }

    private static List<EnvelopeId> ids(ReceivingLane.Slide slide) {
      return slide.fresh().stream().map(keys -> keys.at(key(1), TODAY, Way.RELAY).id()).toList();
    }

    @Test
    void keptKeysWrapALetterAnew() {
      LaneKeys taken = take();

      LaneKeys kept = LaneKeys.restore(taken.n(), taken.idKey(), taken.messageKey());

      assertThat(kept.at(mailbox, TODAY.plus(3), Way.RELAY))
          .isEqualTo(taken.at(mailbox, TODAY.plus(3), Way.RELAY));
    }

    @Test
    void theStateHoldsNoKeyThatWasHandedOut() {
      List<LaneKeys> keys = new ArrayList<>();
      ReceivingLane.Slide slide = ReceivingLane.of(seed);
      keys.addAll(slide.fresh());
      keys.addAll(slide.lane().seen(63).fresh());
      for (int i = 0; i < 128; i++) {
        keys.add(take());
      }

      for (SecretBytes state : List.of(writer.encode(), slide.lane().seen(63).lane().encode())) {
        String hex = ByteString.copyOf(state.exposeSecret()).hex();
        for (LaneKeys handedOut : keys) {
          assertThat(hex)
              .doesNotContain(ByteString.copyOf(handedOut.messageKey().exposeSecret()).hex())
              .doesNotContain(ByteString.copyOf(handedOut.idKey().exposeSecret()).hex());
        }
      }
    }

    @Test
    void foreignBytesAreNoState() {
      assertThatThrownBy(() -> SendingLane.decode(SecretBytes.generate(39)))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> ReceivingLane.decode(SecretBytes.generate(49)))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(
              () -> LaneKeys.restore(0, SecretBytes.generate(31), SecretBytes.generate(32)))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Nested
  class Rollback {
    @Test
    void aWriterThatWasRolledBackJumpsPastWhatTheReaderSaw() throws Exception {
      SendingLane old = writer;
      for (int n = 0; n < 10; n++) {
        take();
      }

      SendingLane jumped = old.jumpPast(9);

      assertThat(jumped.next()).isEqualTo(10);
      assertThat(jumped.take().keys().at(mailbox, TODAY, Way.RELAY))
          .isEqualTo(writer.take().keys().at(mailbox, TODAY, Way.RELAY));
    }

    @Test
    void anEchoOfWhatWasSentChangesNothing() throws Exception {
      take();
      take();

      assertThat(writer.jumpPast(1).next()).isEqualTo(2);
      assertThat(writer.jumpPast(0).next()).isEqualTo(2);
    }

    @Test
    void anEchoFromNowhereIsRefused() throws Exception {
      assertThat(writer.jumpPast(SendingLane.MAX_JUMP - 1).next()).isEqualTo(SendingLane.MAX_JUMP);
      assertThatThrownBy(() -> writer.jumpPast(SendingLane.MAX_JUMP))
          .isInstanceOf(MalformedException.class);
      assertThatThrownBy(() -> writer.jumpPast(Long.MAX_VALUE))
          .isInstanceOf(MalformedException.class);
    }
  }
}
