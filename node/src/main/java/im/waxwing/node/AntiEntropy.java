package im.waxwing.node;

import im.waxwing.base.ByteString;
import im.waxwing.base.MalformedException;
import im.waxwing.model.Day;
import im.waxwing.model.EnvelopeId;
import im.waxwing.model.NodeKey;
import im.waxwing.protocol.AnswerCode;
import im.waxwing.protocol.Request;
import im.waxwing.protocol.swarm.DayDigest;
import im.waxwing.protocol.swarm.Digest;
import im.waxwing.protocol.swarm.EntryPage;
import im.waxwing.protocol.swarm.NamePage;
import im.waxwing.protocol.swarm.PeerRequest;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Compares what this node keeps with what the others keep, and fetches what it lacks: envelopes
/// and tombstones missed while it was away, and whole mailboxes when the consensus has put it into
/// their swarms (swarm.md §6). Lets go of what it need not keep any more, once those who should
/// keep it do.
///
/// One thread at a time.
final class AntiEntropy {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final ByteString FROM_THE_START = PeerRequest.Pull.ITSELF.bytes();
  private static final int DAYS_AHEAD = 63;

  private final Swarm swarm;
  private final NodeKey self;
  private final Duration grace;
  private final Map<ByteString, Instant> notOursSince = new HashMap<>();

  /// @param grace how long a former member keeps what others keep
  AntiEntropy(Swarm swarm, NodeKey self, Duration grace) {
    this.swarm = swarm;
    this.self = self;
    this.grace = grace;
  }

  /// One round with everybody.
  void round(Instant now) throws SQLException, InterruptedException {
    Day today = Day.of(now);
    for (NodeKey other : swarm.placement().storageNodes()) {
      if (!other.equals(self)) {
        compare(other, today);
      }
    }
    letGo(now);
  }

  private void compare(NodeKey other, Day today) throws SQLException, InterruptedException {
    for (int ahead = -MailboxStore.DAYS_KEPT; ahead <= DAYS_AHEAD; ahead++) {
      if (!compareDay(other, today.plus(ahead))) {
        return;
      }
    }
  }

  /// False: the other does not answer.
  private boolean compareDay(NodeKey other, Day day) throws SQLException, InterruptedException {
    Optional<ByteString> answer = ask(other, new PeerRequest.AskDay(day));
    if (answer.isEmpty()) {
      return false;
    }
    try {
      List<NamePage.Line> ours =
          swarm.lines(self, day).stream()
              .filter(line -> swarm.placement().members(line.name(), day).contains(other))
              .toList();
      DayDigest theirs = DayDigest.decode(answer.get());
      for (int bucket : DayDigest.of(ours).differingFrom(theirs)) {
        compareBucket(other, day, bucket);
      }
    } catch (MalformedException _) {
      // Mallory's: what he says of this day is not listened to.
    }
    return true;
  }

  private Optional<ByteString> ask(NodeKey other, PeerRequest request) throws InterruptedException {
    return swarm.peers().askAndWait(other, request, PATIENCE);
  }

  private void compareBucket(NodeKey other, Day day, int bucket)
      throws SQLException, InterruptedException, MalformedException {
    ByteString after = FROM_THE_START;
    boolean more = true;
    while (more) {
      Optional<ByteString> answer = ask(other, new PeerRequest.AskNames(day, bucket, after));
      if (answer.isEmpty()) {
        return;
      }
      NamePage page = NamePage.decode(answer.get());
      for (NamePage.Line line : page.lines()) {
        checkProgress(line.name(), after);
        after = line.name();
        compareName(other, line);
      }
      more = page.more();
    }
  }

  /// Whoever turns pages comes to an end.
  private static void checkProgress(ByteString name, ByteString after) throws MalformedException {
    if (name.compareTo(after) <= 0) {
      throw new MalformedException("page", "must go on where the last one ended");
    }
  }

  private void compareName(NodeKey other, NamePage.Line line)
      throws SQLException, InterruptedException, MalformedException {
    Optional<Digest> ours = swarm.reader().digest(line.name());
    if (ours.isPresent() && ours.get().equals(line.digest())) {
      return;
    }
    if (swarm.reader().mailbox(line.name()).isEmpty()) {
      pull(other, line.name(), PeerRequest.Pull.ITSELF);
    }
    Optional<Mailbox> mailbox = swarm.reader().mailbox(line.name());
    if (mailbox.isPresent()) {
      compareEntries(other, mailbox.get());
    }
  }

  private void compareEntries(NodeKey other, Mailbox mailbox)
      throws SQLException, InterruptedException, MalformedException {
    EnvelopeId after = PeerRequest.Pull.ITSELF;
    boolean more = true;
    while (more) {
      Optional<ByteString> answer =
          ask(other, new PeerRequest.AskEntries(mailbox.id().bytes(), after));
      if (answer.isEmpty()) {
        return;
      }
      EntryPage page = EntryPage.decode(answer.get());
      for (EntryPage.Entry theirs : page.entries()) {
        checkProgress(theirs.id().bytes(), after.bytes());
        after = theirs.id();
        if (isNews(mailbox, theirs) && !pull(other, mailbox.id().bytes(), theirs.id())) {
          return;
        }
      }
      more = page.more();
    }
  }

  /// A tombstone is the last word on an envelope.
  private boolean isNews(Mailbox mailbox, EntryPage.Entry theirs) throws SQLException {
    Optional<EntryPage.Entry> ours = swarm.reader().entry(mailbox, theirs.id());
    return ours.isEmpty() || (theirs.deleted() && !ours.get().deleted());
  }

  /// Fetches the device's request and carries it out as if the device had brought it. False: the
  /// other did not give what it said it has, or it was not good.
  private boolean pull(NodeKey other, ByteString name, EnvelopeId id)
      throws SQLException, InterruptedException, MalformedException {
    Optional<ByteString> answer = ask(other, new PeerRequest.Pull(name, id));
    if (answer.isEmpty()) {
      return false;
    }
    Request request = Request.decode(answer.get());
    Optional<SwarmMember.Place> place = swarm.member().place(request);
    if (place.isEmpty() || !place.get().name().equals(name)) {
      return false;
    }
    AnswerCode code = swarm.member().check(request, place.get(), SwarmMember.Bringer.MEMBER);
    return code == AnswerCode.OK && carriedOut(request, place.get());
  }

  private boolean carriedOut(Request request, SwarmMember.Place place)
      throws SQLException, InterruptedException {
    CompletableFuture<AnswerCode> done = new CompletableFuture<>();
    swarm.member().carryOut(request, place, (code, _) -> done.complete(code));
    try {
      return done.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS) == AnswerCode.OK;
    } catch (ExecutionException e) {
      throw new IllegalStateException("an outcome never fails", e);
    } catch (TimeoutException e) {
      return false;
    }
  }

  private void letGo(Instant now) throws SQLException, InterruptedException {
    List<ByteString> dropped = new ArrayList<>();
    Map<ByteString, Instant> still = new HashMap<>();
    for (Day day : swarm.reader().days()) {
      for (ByteString name : notOurs(day)) {
        Instant since = notOursSince.getOrDefault(name, now);
        boolean over = Duration.between(since, now).compareTo(grace) >= 0;
        if (over && othersKeep(name, day)) {
          dropped.add(name);
        } else {
          still.put(name, since);
        }
      }
    }
    notOursSince.clear();
    notOursSince.putAll(still);
    if (!dropped.isEmpty() && !swarm.member().drop(dropped)) {
      dropped.forEach(name -> notOursSince.put(name, now));
    }
  }

  private List<ByteString> notOurs(Day day) throws SQLException {
    return swarm.reader().names(day).stream()
        .filter(name -> !swarm.placement().members(name, day).contains(self))
        .toList();
  }

  /// Whether as many members as acknowledge a deposit keep all that is kept here.
  private boolean othersKeep(ByteString name, Day day) throws SQLException, InterruptedException {
    int keepers = 0;
    for (NodeKey member : swarm.placement().members(name, day)) {
      keepers += keepsAll(member, name) ? 1 : 0;
    }
    return keepers >= swarm.placement().quorum();
  }

  private boolean keepsAll(NodeKey member, ByteString name)
      throws SQLException, InterruptedException {
    List<EnvelopeId> ids = new ArrayList<>(List.of(PeerRequest.Pull.ITSELF));
    Optional<Mailbox> mailbox = swarm.reader().mailbox(name);
    if (mailbox.isPresent()) {
      swarm
          .reader()
          .entries(mailbox.get(), PeerRequest.Pull.ITSELF, Integer.MAX_VALUE)
          .forEach(entry -> ids.add(entry.id()));
    }
    int most = PeerRequest.AskWhetherKept.MOST;
    for (int from = 0; from < ids.size(); from += most) {
      List<EnvelopeId> some = ids.subList(from, Math.min(ids.size(), from + most));
      Optional<ByteString> answer = ask(member, new PeerRequest.AskWhetherKept(name, some));
      if (answer.isEmpty() || answer.get().size() != 1 || answer.get().at(0) != 1) {
        return false;
      }
    }
    return true;
  }
}
