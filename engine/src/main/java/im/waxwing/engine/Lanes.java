package im.waxwing.engine;

import im.waxwing.base.MalformedException;
import im.waxwing.crypto.LaneSeed;
import im.waxwing.crypto.LaneWindow;
import im.waxwing.crypto.ReceivingLane;
import im.waxwing.crypto.SendingLane;
import im.waxwing.model.Day;
import im.waxwing.model.EnvelopeId;
import im.waxwing.model.Way;
import im.waxwing.store.InboxTable.Origin;
import im.waxwing.store.LaneTable.Receiving;
import im.waxwing.store.LaneTable.Source;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The lanes through which letters come, with their windows in memory, and the ones through which
/// letters go.
final class Lanes {
  private final Core core;
  private final Map<Long, Watched> watched = new TreeMap<>();

  /// A lane and what is awaited through it.
  private record Watched(Source source, LaneWindow window) {}

  /// An envelope that one of the lanes knows.
  record Found(long lane, LaneWindow.Match match) {}

  Lanes(Core core) {
    this.core = core;
  }

  /// Reads all lanes from the store.
  void load(Step step) {
    watched.clear();
    for (Receiving lane : step.tables().lanes().receiving()) {
      LaneWindow window = step.tables().laneKeys().window(lane.id());
      watched.put(lane.id(), new Watched(lane.source(), window));
    }
  }

  Optional<Found> match(Origin origin, EnvelopeId id) {
    List<Way> ways = Way.to(origin.mailbox().place());
    for (Map.Entry<Long, Watched> entry : watched.entrySet()) {
      if (entry.getValue().source().has(origin.mailbox())) {
        Optional<LaneWindow.Match> match =
            entry.getValue().window().match(id, origin.reader(), origin.day(), ways);
        if (match.isPresent()) {
          return Optional.of(new Found(entry.getKey(), match.get()));
        }
      }
    }
    return Optional.empty();
  }

  /// Opens a lane for reading.
  ///
  /// @param peer whose letters come through it; null: whoever takes the invitation
  long addReceiving(Step step, @Nullable Long peer, boolean first, Source source, LaneSeed seed) {
    ReceivingLane.Slide begin = ReceivingLane.of(seed);
    long id = step.tables().lanes().addReceiving(peer, first, source, begin);
    step.afterwards(
        () -> {
          LaneWindow window = new LaneWindow();
          begin.fresh().forEach(window::add);
          watched.put(id, new Watched(source, window));
          core.inbox.lookAgain();
        });
    return id;
  }

  /// Opens a lane for writing.
  long addSending(Step step, long peer, boolean first, LaneSeed seed) {
    return step.tables().lanes().addSending(peer, first, SendingLane.of(seed));
  }

  void removeReceiving(Step step, long id) {
    step.tables().lanes().removeReceiving(id);
    step.afterwards(() -> watched.remove(id));
  }

  /// The envelope with number `n` was opened: its key is erased and the window slides.
  void use(Step step, Receiving lane, long n, Day today) {
    ReceivingLane.Slide slide = lane.lane().seen(n);
    step.tables().laneKeys().use(lane.id(), n, today);
    step.tables().lanes().putReceiving(lane.id(), slide);
    step.afterwards(
        () -> {
          Watched known = watched.get(lane.id());
          if (known != null) {
            known.window().use(n);
            slide.fresh().forEach(known.window()::add);
            if (!slide.fresh().isEmpty()) {
              core.inbox.lookAgain();
            }
          }
        });
  }

  /// What to echo to a device: the highest number seen of the lane from it, if there is one lane.
  OptionalLong highestSeen(Step step, long peer) {
    List<Receiving> lanes = step.tables().lanes().receivingFrom(peer);
    return lanes.size() == 1 ? lanes.getFirst().lane().highestSeen() : OptionalLong.empty();
  }

  /// Hears the echo: a writer whose store was rolled back leaps over what the reader has seen.
  void heardEcho(Step step, long peer, long seen) throws MalformedException {
    List<Long> lanes = step.tables().lanes().sendingTo(peer);
    if (lanes.size() == 1) {
      long id = lanes.getFirst();
      SendingLane lane = step.tables().lanes().sending(id);
      if (lane.next() <= seen) {
        step.tables().lanes().putSending(id, lane.jumpPast(seen));
      }
    }
  }

  /// Forgets what need not be known any more.
  void forgetBefore(Step step, Day day) {
    step.tables().laneKeys().forgetUsedBefore(day);
    step.afterwards(() -> watched.values().forEach(lane -> lane.window().forgetDaysBefore(day)));
  }
}
