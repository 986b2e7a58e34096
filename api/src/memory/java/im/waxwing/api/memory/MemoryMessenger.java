package im.waxwing.api.memory;

import im.waxwing.api.ContactView;
import im.waxwing.api.ConversationView;
import im.waxwing.api.Event;
import im.waxwing.api.FormerHomeView;
import im.waxwing.api.FormerText;
import im.waxwing.api.InvitationPreview;
import im.waxwing.api.InvitationView;
import im.waxwing.api.Limits;
import im.waxwing.api.MessagePage;
import im.waxwing.api.MessageView;
import im.waxwing.api.Messenger;
import im.waxwing.api.NetworkView;
import im.waxwing.api.NodeView;
import im.waxwing.api.ProblemException;
import im.waxwing.api.ProblemKind;
import im.waxwing.api.Quote;
import im.waxwing.api.ReactionView;
import im.waxwing.api.SafetyNumberView;
import im.waxwing.api.SearchHit;
import im.waxwing.api.SetUp;
import im.waxwing.api.Settings;
import im.waxwing.api.StatusView;
import im.waxwing.api.TravelView;
import im.waxwing.api.TravelView.Hand;
import im.waxwing.api.TravelView.State;
import im.waxwing.api.TravelView.Way;
import im.waxwing.api.TravelView.Whose;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A messenger without disk, network and cryptography that behaves as [Messenger] promises: what
/// one writes, the other has at once, unless they are [#away].
///
/// Safe for many threads.
public final class MemoryMessenger implements Messenger {
  private static final int MAX_TEXT = 16_000;
  private static final int MAX_NAME = 64;
  private static final String RELAY = "relay";
  private static final String FEDERATED = "federated";
  private static final String ONION = "onion";
  private static final Duration FORMER = Duration.ofDays(30);
  private static final String DIGITS = "0123456789".repeat(6);

  private final MemoryTown town;
  private final Map<String, InvitationView> invitations = new LinkedHashMap<>();
  private final Map<String, Friend> friends = new LinkedHashMap<>();
  private final List<Consumer<? super Event>> listeners = new CopyOnWriteArrayList<>();
  private Optional<String> name = Optional.empty();
  private Optional<String> home = Optional.of(MemoryTown.HOME);
  private Optional<String> network = Optional.empty();
  private final List<FormerHomeView> formerHomes = new ArrayList<>();
  private List<String> ways = List.of(FEDERATED, ONION);
  private Settings settings = new Settings(true, true);
  private boolean away;

  MemoryMessenger(MemoryTown town) {
    this.town = town;
  }

  private static final class Friend {
    final MemoryMessenger other;
    final List<MessageView> messages = new ArrayList<>();
    final Map<String, List<FormerText>> histories = new HashMap<>();
    final Map<String, String> myEmojis = new LinkedHashMap<>();
    final List<String> pins = new ArrayList<>();
    Optional<List<String>> ways = Optional.empty();
    Optional<String> nickname = Optional.empty();
    String draft = "";
    int timerSeconds;
    boolean verified;
    boolean muted;
    boolean archived;
    boolean onTop;
    boolean markedUnread;
    boolean blocked;

    Friend(MemoryMessenger other) {
      this.other = other;
    }
  }

  void name(String chosen, String host) {
    name = Optional.of(chosen);
    home = Optional.of(host);
  }

  /// While away, letters to this person wait at their writers.
  public void away(boolean isAway) {
    synchronized (town) {
      away = isAway;
      if (!isAway) {
        friends.forEach((id, friend) -> friend.other.deliverWaiting(id, this));
      }
    }
  }

  @Override
  public StatusView status() {
    synchronized (town) {
      int waiting =
          (int)
              friends.values().stream()
                  .flatMap(friend -> friend.messages.stream())
                  .filter(message -> message.state() == MessageView.State.SENDING)
                  .count();
      NodeView node =
          name.flatMap(_ -> home)
              .map(
                  host ->
                      new NodeView(
                          Optional.of(host + ":7443/KEY"),
                          town.isDown(host) ? NodeView.State.UNREACHABLE : NodeView.State.CONNECTED,
                          Optional.empty()))
              .orElseGet(
                  () -> new NodeView(Optional.empty(), NodeView.State.NONE, Optional.empty()));
      return new StatusView(
          "0.1.0",
          name,
          node,
          network.map(this::networkView),
          List.copyOf(formerHomes),
          waiting,
          false,
          List.of());
    }
  }

  private NetworkView networkView(String address) {
    return new NetworkView(
        address,
        town.isDown(host(address)) ? NetworkView.State.UNREACHABLE : NetworkView.State.CONNECTED,
        Optional.empty());
  }

  private static boolean isNetwork(String place) {
    return place.startsWith(ONION + ":");
  }

  /// The host of a node or of a network's entry.
  private static String host(String place) {
    String address = isNetwork(place) ? place.substring(ONION.length() + 1) : place;
    return address.substring(0, Math.max(0, address.indexOf(':')));
  }

  private static void checkPlace(String place) throws ProblemException {
    boolean right = !host(place).isEmpty();
    int parts = place.split("/", -1).length;
    if (isNetwork(place)) {
      check(right && parts == 2, ProblemKind.NETWORK_ADDRESS_INVALID);
    } else {
      check(right && parts == 3, ProblemKind.NODE_ADDRESS_INVALID);
    }
  }

  @Override
  public Limits limits() {
    return new Limits(MAX_TEXT, MAX_NAME);
  }

  @Override
  public StatusView setUp(SetUp setUp) throws ProblemException {
    synchronized (town) {
      if (name.isPresent()) {
        throw new ProblemException(ProblemKind.ALREADY_SET_UP);
      }
      return rename(setUp.name(), setUp);
    }
  }

  private StatusView rename(String chosen, SetUp setUp) throws ProblemException {
    if (setUp.home().isPresent()) {
      checkPlace(setUp.home().get());
    }
    check(isName(chosen), ProblemKind.NAME_INVALID);
    name = Optional.of(chosen);
    setUp.home().ifPresent(this::settle);
    StatusView status = status();
    tell(new Event.StatusChanged(status));
    return status;
  }

  @Override
  public StatusView rename(String chosen) throws ProblemException {
    synchronized (town) {
      me();
      return rename(chosen, new SetUp(chosen, Optional.empty()));
    }
  }

  @Override
  public List<String> ways() throws ProblemException {
    synchronized (town) {
      me();
      return ways;
    }
  }

  @Override
  public List<String> setWays(List<String> networks) throws ProblemException {
    synchronized (town) {
      me();
      ways = checked(networks);
      travelChanged();
      return ways;
    }
  }

  @Override
  public ConversationView setConversationWays(String conversation, Optional<List<String>> networks)
      throws ProblemException {
    synchronized (town) {
      Friend friend = friend(conversation);
      friend.ways = networks.isEmpty() ? Optional.empty() : Optional.of(checked(networks.get()));
      travelChanged();
      return conversation(conversation);
    }
  }

  private static List<String> checked(List<String> networks) throws ProblemException {
    check(!networks.isEmpty(), ProblemKind.WAYS_INVALID);
    check(Set.of(RELAY, FEDERATED, ONION).containsAll(networks), ProblemKind.WAYS_INVALID);
    check(Set.copyOf(networks).size() == networks.size(), ProblemKind.WAYS_INVALID);
    return List.copyOf(networks);
  }

  @Override
  public StatusView moveHouse(String place) throws ProblemException {
    synchronized (town) {
      me();
      checkPlace(place);
      check(!town.isDown(host(place)), ProblemKind.NODE_UNREACHABLE);
      home.ifPresent(this::leave);
      network.ifPresent(address -> leave(host(address)));
      settle(place);
      return moved();
    }
  }

  /// Lives at one place only.
  private void settle(String place) {
    home = isNetwork(place) ? Optional.empty() : Optional.of(host(place));
    network = isNetwork(place) ? Optional.of(place) : Optional.empty();
  }

  private void leave(String host) {
    formerHomes.add(new FormerHomeView(host, town.clock.instant().plus(FORMER)));
  }

  private StatusView moved() {
    travelChanged();
    friends.values().forEach(friend -> friend.other.travelChanged());
    return status();
  }

  @Override
  public StatusView enterNetwork(String address) throws ProblemException {
    synchronized (town) {
      me();
      check(isNetwork(address), ProblemKind.NETWORK_ADDRESS_INVALID);
      checkPlace(address);
      check(!town.isDown(host(address)), ProblemKind.NODE_UNREACHABLE);
      network.filter(old -> !old.equals(address)).ifPresent(old -> leave(host(old)));
      network = Optional.of(address);
      return moved();
    }
  }

  @Override
  public StatusView leaveNetwork() throws ProblemException {
    synchronized (town) {
      me();
      check(home.isPresent(), ProblemKind.LAST_HOME);
      network.ifPresent(address -> leave(host(address)));
      network = Optional.empty();
      return moved();
    }
  }

  /// Says anew how letters travel, and sends what can go.
  void travelChanged() {
    friends.forEach((id, friend) -> deliverWaiting(id, friend.other));
    friends
        .keySet()
        .forEach(conversation -> tell(new Event.ConversationChanged(conversation(conversation))));
    tell(new Event.StatusChanged(status()));
  }

  @Override
  public void hurry() {}

  @Override
  public InvitationView invite(Duration life) throws ProblemException {
    synchronized (town) {
      me();
      String id = town.id();
      String link = "waxwing:i/" + id;
      InvitationView made =
          new InvitationView(
              id,
              link,
              town.clock.instant(),
              town.clock.instant().plus(life),
              InvitationView.State.OPEN,
              Optional.empty());
      town.hosts.put(link, this);
      put(made);
      return made;
    }
  }

  @Override
  public List<InvitationView> invitations() throws ProblemException {
    synchronized (town) {
      me();
      return List.copyOf(invitations.values());
    }
  }

  @Override
  public InvitationView revoke(String id) throws ProblemException {
    synchronized (town) {
      me();
      InvitationView found = found(invitations.get(id), ProblemKind.INVITATION_UNKNOWN);
      return put(with(found, InvitationView.State.REVOKED, Optional.empty()));
    }
  }

  @Override
  public InvitationPreview preview(String link) throws ProblemException {
    synchronized (town) {
      InvitationView invitation = open(link);
      MemoryMessenger host = Objects.requireNonNull(town.hosts.get(link));
      return new InvitationPreview(
          host.me(),
          host.home.orElseGet(() -> host(host.network.orElseThrow())),
          invitation.expiresAt(),
          friends.containsKey(pair(host)));
    }
  }

  @Override
  public ContactView accept(String link) throws ProblemException {
    synchronized (town) {
      String mine = me();
      InvitationView invitation = open(link);
      MemoryMessenger host = Objects.requireNonNull(town.hosts.get(link));
      String conversation = pair(host);
      check(!friends.containsKey(conversation), ProblemKind.CONTACT_EXISTS);
      friends.put(conversation, new Friend(host));
      host.friends.put(conversation, new Friend(this));
      host.put(with(invitation, InvitationView.State.USED, Optional.of(mine)));
      host.tell(new Event.ContactChanged(host.contact(conversation)));
      tell(new Event.ContactChanged(contact(conversation)));
      return contact(conversation);
    }
  }

  @Override
  public List<ContactView> contacts() throws ProblemException {
    synchronized (town) {
      me();
      return friends.keySet().stream().map(this::contact).toList();
    }
  }

  @Override
  public SafetyNumberView safetyNumber(String conversation) throws ProblemException {
    synchronized (town) {
      return new SafetyNumberView(DIGITS, "c2Nhbg", friend(conversation).verified);
    }
  }

  @Override
  public SafetyNumberView compare(String conversation, String scannable) throws ProblemException {
    check(scannable.equals("c2Nhbg"), ProblemKind.SAFETY_NUMBER_DIFFERS);
    return markVerified(conversation, true);
  }

  @Override
  public SafetyNumberView markVerified(String conversation, boolean verified)
      throws ProblemException {
    synchronized (town) {
      friend(conversation).verified = verified;
      tell(new Event.ContactChanged(contact(conversation)));
      return safetyNumber(conversation);
    }
  }

  @Override
  public List<ConversationView> conversations() throws ProblemException {
    synchronized (town) {
      me();
      return friends.keySet().stream().map(this::conversation).toList();
    }
  }

  @Override
  public MessagePage messages(String conversation, Optional<String> before, int limit)
      throws ProblemException {
    synchronized (town) {
      check(limit >= 1 && limit <= 500, ProblemKind.BAD_REQUEST);
      List<MessageView> all = shown(conversation);
      int end = before.isPresent() ? index(all, before.get()) : all.size();
      return page(all, end - limit, end);
    }
  }

  private static MessagePage page(List<MessageView> all, int from, int to) {
    int start = Math.clamp(from, 0, all.size());
    int end = Math.clamp(to, start, all.size());
    return new MessagePage(List.copyOf(all.subList(start, end)), start > 0, end < all.size());
  }

  /// What is left of a conversation when what has expired is gone.
  private List<MessageView> shown(String conversation) throws ProblemException {
    List<MessageView> all = friend(conversation).messages;
    for (MessageView each : List.copyOf(all)) {
      if (each.expiresAt().filter(at -> !at.isAfter(town.clock.instant())).isPresent()) {
        all.remove(each);
        tell(new Event.MessageDeleted(conversation, each.id()));
      }
    }
    return all;
  }

  @Override
  public MessagePage messagesAfter(String conversation, String after, int limit)
      throws ProblemException {
    synchronized (town) {
      check(limit >= 1 && limit <= 500, ProblemKind.BAD_REQUEST);
      List<MessageView> all = shown(conversation);
      int start = index(all, after) + 1;
      return page(all, start, start + limit);
    }
  }

  @Override
  public MessagePage messagesAround(String conversation, String message, int limit)
      throws ProblemException {
    synchronized (town) {
      check(limit >= 1 && limit <= 500, ProblemKind.BAD_REQUEST);
      List<MessageView> all = shown(conversation);
      int start = Math.max(0, index(all, message) - limit / 2);
      return page(all, start, start + limit);
    }
  }

  @Override
  public List<SearchHit> search(String query, Optional<String> conversation, int limit)
      throws ProblemException {
    synchronized (town) {
      me();
      check(limit >= 1 && limit <= 500, ProblemKind.BAD_REQUEST);
      String wanted = query.strip().toLowerCase(Locale.ROOT);
      List<SearchHit> hits = new ArrayList<>();
      for (String id : conversation.isPresent() ? Set.of(conversation.get()) : friends.keySet()) {
        for (MessageView message : shown(id).reversed()) {
          int at = message.text().toLowerCase(Locale.ROOT).indexOf(wanted);
          if (!wanted.isEmpty() && at >= 0 && hits.size() < limit) {
            List<SearchHit.Mark> marks = List.of(new SearchHit.Mark(at, at + wanted.length()));
            hits.add(new SearchHit(message, message.text(), marks));
          }
        }
      }
      return hits;
    }
  }

  @Override
  public MessageView send(String conversation, String id, String text, Optional<String> replyTo)
      throws ProblemException {
    synchronized (town) {
      Friend friend = friend(conversation);
      checkText(text);
      check(!friend.blocked, ProblemKind.CONTACT_BLOCKED);
      Optional<Quote> quote = Optional.empty();
      if (replyTo.isPresent()) {
        quote = Optional.of(quote(message(conversation, replyTo.get())));
      }
      Optional<MessageView> known =
          friend.messages.stream().filter(message -> message.id().equals(id)).findFirst();
      if (known.isPresent()) {
        return known.get();
      }
      put(
          conversation,
          new MessageView(
              id,
              conversation,
              true,
              text,
              town.clock.instant(),
              friend.messages.size(),
              MessageView.State.SENDING,
              Optional.empty(),
              quote,
              List.of(),
              Optional.empty(),
              friend.timerSeconds,
              Optional.empty(),
              false));
      if (friend.draft.strip().equals(text.strip())) {
        friend.draft = "";
      }
      deliverWaiting(conversation, friend.other);
      return message(conversation, id);
    }
  }

  private static void checkText(String text) throws ProblemException {
    check(!text.isBlank(), ProblemKind.MESSAGE_EMPTY);
    check(text.getBytes(StandardCharsets.UTF_8).length <= MAX_TEXT, ProblemKind.TEXT_TOO_LONG);
  }

  private static Quote quote(MessageView message) {
    String text = message.text();
    return new Quote(message.id(), message.mine(), text.substring(0, Math.min(160, text.length())));
  }

  @Override
  public MessageView react(String conversation, String message, Optional<String> emoji)
      throws ProblemException {
    synchronized (town) {
      Friend friend = friend(conversation);
      check(!message(conversation, message).unsent(), ProblemKind.MESSAGE_UNKNOWN);
      check(emoji.isEmpty() || !emoji.get().isBlank(), ProblemKind.BAD_REQUEST);
      friend.myEmojis.remove(message);
      emoji.ifPresent(chosen -> friend.myEmojis.put(message, chosen));
      changeForBoth(conversation, message, MemoryMessenger::withReactions);
      return message(conversation, message);
    }
  }

  private MessageView withReactions(MessageView message) {
    Friend friend = Objects.requireNonNull(friends.get(message.conversation()));
    Friend mirror = Objects.requireNonNull(friend.other.friends.get(message.conversation()));
    String mine = friend.myEmojis.get(message.id());
    String theirs = mirror.myEmojis.get(message.id());
    List<ReactionView> all = new ArrayList<>();
    if (mine != null) {
      all.add(new ReactionView(mine, mine.equals(theirs) ? 2 : 1, true));
    }
    if (theirs != null && !theirs.equals(mine)) {
      all.add(new ReactionView(theirs, 1, false));
    }
    return new Said(message).reactions(all);
  }

  /// A change of a message, as one of the two sees it.
  private interface Change {
    MessageView of(MemoryMessenger side, MessageView message);
  }

  private void changeForBoth(String conversation, String id, Change change)
      throws ProblemException {
    Friend friend = friend(conversation);
    for (MemoryMessenger side : List.of(this, friend.other)) {
      Friend seen = Objects.requireNonNull(side.friends.get(conversation));
      for (MessageView each : List.copyOf(seen.messages)) {
        if (each.id().equals(id)) {
          side.put(conversation, change.of(side, each));
        }
      }
    }
  }

  @Override
  public MessageView edit(String conversation, String message, String text)
      throws ProblemException {
    synchronized (town) {
      checkText(text);
      own(conversation, message);
      Instant now = town.clock.instant();
      changeForBoth(
          conversation,
          message,
          (side, old) -> {
            Objects.requireNonNull(side.friends.get(conversation))
                .histories
                .computeIfAbsent(message, _ -> new ArrayList<>())
                .add(new FormerText(old.text(), old.editedAt().orElse(old.sentAt())));
            return new Said(old).edited(text, now);
          });
      return message(conversation, message);
    }
  }

  @Override
  public MessageView unsend(String conversation, String message) throws ProblemException {
    synchronized (town) {
      own(conversation, message);
      changeForBoth(
          conversation,
          message,
          (side, old) -> {
            Friend friend = Objects.requireNonNull(side.friends.get(conversation));
            friend.histories.remove(message);
            friend.myEmojis.remove(message);
            friend.pins.remove(message);
            return new Said(old).unsent();
          });
      return message(conversation, message);
    }
  }

  private void own(String conversation, String message) throws ProblemException {
    MessageView found = message(conversation, message);
    check(found.mine(), ProblemKind.MESSAGE_NOT_YOURS);
    check(!found.unsent(), ProblemKind.MESSAGE_UNKNOWN);
  }

  @Override
  public List<FormerText> history(String conversation, String message) throws ProblemException {
    synchronized (town) {
      message(conversation, message);
      return List.copyOf(friend(conversation).histories.getOrDefault(message, List.of()));
    }
  }

  @Override
  public ConversationView setTimer(String conversation, Duration timer) throws ProblemException {
    synchronized (town) {
      Friend friend = friend(conversation);
      long seconds = timer.toSeconds();
      check(seconds == 0 || (seconds >= 5 && seconds <= 28 * 86_400), ProblemKind.BAD_REQUEST);
      friend.timerSeconds = (int) seconds;
      Friend mirror = Objects.requireNonNull(friend.other.friends.get(conversation));
      mirror.timerSeconds = (int) seconds;
      friend.other.changed(conversation);
      return changed(conversation);
    }
  }

  @Override
  public void typing(String conversation) throws ProblemException {
    synchronized (town) {
      MemoryMessenger other = friend(conversation).other;
      Friend mirror = Objects.requireNonNull(other.friends.get(conversation));
      if (settings.typing() && other.settings.typing() && !other.away && !mirror.blocked) {
        other.tell(new Event.Typing(conversation, town.clock.instant().plusSeconds(10)));
      }
    }
  }

  private ConversationView changed(String conversation) {
    ConversationView view = conversation(conversation);
    tell(new Event.ConversationChanged(view));
    return view;
  }

  private ConversationView set(String conversation, Consumer<Friend> change)
      throws ProblemException {
    synchronized (town) {
      change.accept(friend(conversation));
      return changed(conversation);
    }
  }

  @Override
  public ConversationView setDraft(String conversation, String text) throws ProblemException {
    check(text.getBytes(StandardCharsets.UTF_8).length <= MAX_TEXT, ProblemKind.TEXT_TOO_LONG);
    return set(conversation, friend -> friend.draft = text);
  }

  @Override
  public ConversationView setMuted(String conversation, boolean muted) throws ProblemException {
    return set(conversation, friend -> friend.muted = muted);
  }

  @Override
  public ConversationView setArchived(String conversation, boolean archived)
      throws ProblemException {
    return set(conversation, friend -> friend.archived = archived);
  }

  @Override
  public ConversationView setOnTop(String conversation, boolean onTop) throws ProblemException {
    return set(conversation, friend -> friend.onTop = onTop);
  }

  @Override
  public ConversationView markUnread(String conversation) throws ProblemException {
    return set(conversation, friend -> friend.markedUnread = true);
  }

  @Override
  public ConversationView pin(String conversation, String message, boolean pinned)
      throws ProblemException {
    synchronized (town) {
      check(!message(conversation, message).unsent(), ProblemKind.MESSAGE_UNKNOWN);
      Friend friend = friend(conversation);
      friend.pins.remove(message);
      if (pinned) {
        friend.pins.addFirst(message);
      }
      return changed(conversation);
    }
  }

  @Override
  public ContactView block(String conversation, boolean blocked) throws ProblemException {
    synchronized (town) {
      friend(conversation).blocked = blocked;
      tell(new Event.ContactChanged(contact(conversation)));
      changed(conversation);
      return contact(conversation);
    }
  }

  @Override
  public ContactView setNickname(String conversation, Optional<String> nickname)
      throws ProblemException {
    synchronized (town) {
      check(nickname.isEmpty() || isName(nickname.get()), ProblemKind.NAME_INVALID);
      friend(conversation).nickname = nickname;
      tell(new Event.ContactChanged(contact(conversation)));
      changed(conversation);
      return contact(conversation);
    }
  }

  private static boolean isName(String name) {
    return !name.isBlank() && name.length() <= MAX_NAME;
  }

  @Override
  public Settings settings() throws ProblemException {
    synchronized (town) {
      me();
      return settings;
    }
  }

  @Override
  public Settings setSettings(boolean typing, boolean readMarks) throws ProblemException {
    synchronized (town) {
      me();
      settings = new Settings(typing, readMarks);
      return settings;
    }
  }

  @Override
  public ConversationView markRead(String conversation, String message) throws ProblemException {
    synchronized (town) {
      Friend friend = friend(conversation);
      int last = index(friend.messages, message);
      for (MessageView each : List.copyOf(friend.messages.subList(0, last + 1))) {
        if (each.state() == MessageView.State.RECEIVED) {
          put(conversation, new Said(each).state(MessageView.State.READ, town.clock.instant()));
          tellRead(friend.other, conversation, each.id());
        }
      }
      friend.markedUnread = false;
      tell(new Event.ConversationChanged(conversation(conversation)));
      return conversation(conversation);
    }
  }

  private void tellRead(MemoryMessenger writer, String conversation, String id)
      throws ProblemException {
    boolean shown = settings.readMarks() && writer.settings.readMarks();
    Friend mirror = Objects.requireNonNull(writer.friends.get(conversation));
    if (shown && mirror.messages.stream().anyMatch(message -> message.id().equals(id))) {
      MessageView theirs = writer.message(conversation, id);
      writer.put(
          conversation, new Said(theirs).state(MessageView.State.READ, town.clock.instant()));
    }
  }

  @Override
  public MessageView retry(String conversation, String message) throws ProblemException {
    synchronized (town) {
      return message(conversation, message);
    }
  }

  @Override
  public void delete(String conversation, String message) throws ProblemException {
    synchronized (town) {
      List<MessageView> all = friend(conversation).messages;
      all.remove(index(all, message));
      tell(new Event.MessageDeleted(conversation, message));
    }
  }

  @Override
  public EventSubscription subscribe(Consumer<? super Event> listener) {
    listeners.add(listener);
    return () -> listeners.remove(listener);
  }

  /// How many listen just now.
  public int listeners() {
    return listeners.size();
  }

  /// Tells every listener, as the engine would.
  public void tell(Event event) {
    listeners.forEach(listener -> listener.accept(event));
  }

  private void deliverWaiting(String conversation, MemoryMessenger reader) {
    Friend friend = Objects.requireNonNull(friends.get(conversation));
    for (MessageView each : List.copyOf(friend.messages)) {
      boolean waits = each.mine() && each.state() == MessageView.State.SENDING;
      if (waits && !reader.away && inUse(friend).isPresent()) {
        boolean taken = reader.receive(conversation, each);
        put(
            conversation,
            new Said(each)
                .state(
                    taken ? MessageView.State.DELIVERED : MessageView.State.SENT,
                    town.clock.instant()));
      }
    }
  }

  /// @return false if the writer is blocked here
  private boolean receive(String conversation, MessageView sent) {
    Friend friend = Objects.requireNonNull(friends.get(conversation));
    if (friend.blocked) {
      return false;
    }
    friend.archived &= friend.muted;
    put(conversation, new Said(sent).received(friend.messages.size()));
    changed(conversation);
    return true;
  }

  private String me() throws ProblemException {
    return name.orElseThrow(() -> new ProblemException(ProblemKind.NOT_SET_UP));
  }

  private String pair(MemoryMessenger other) {
    int mine = System.identityHashCode(this);
    int theirs = System.identityHashCode(other);
    return "%010d-%010d".formatted(Math.min(mine, theirs), Math.max(mine, theirs));
  }

  private InvitationView open(String link) throws ProblemException {
    check(link.startsWith("waxwing:i/"), ProblemKind.INVITATION_INVALID);
    MemoryMessenger host = found(town.hosts.get(link), ProblemKind.INVITATION_REVOKED);
    check(host != this, ProblemKind.INVITATION_OWN);
    InvitationView invitation =
        found(
            host.invitations.get(link.substring("waxwing:i/".length())),
            ProblemKind.INVITATION_REVOKED);
    check(invitation.state() != InvitationView.State.USED, ProblemKind.INVITATION_USED);
    check(invitation.state() == InvitationView.State.OPEN, ProblemKind.INVITATION_REVOKED);
    return invitation;
  }

  private InvitationView put(InvitationView invitation) {
    invitations.put(invitation.id(), invitation);
    tell(new Event.InvitationChanged(invitation));
    return invitation;
  }

  private void put(String conversation, MessageView message) {
    List<MessageView> all = Objects.requireNonNull(friends.get(conversation)).messages;
    int known = all.stream().map(MessageView::id).toList().indexOf(message.id());
    if (known >= 0) {
      all.set(known, message);
    } else {
      all.add(message);
    }
    tell(new Event.MessageChanged(message));
  }

  private Friend friend(String conversation) throws ProblemException {
    me();
    return found(friends.get(conversation), ProblemKind.CONTACT_UNKNOWN);
  }

  private ContactView contact(String conversation) {
    Friend friend = Objects.requireNonNull(friends.get(conversation));
    return new ContactView(
        conversation,
        shownName(friend),
        friend.other.name.orElse(""),
        friend.nickname,
        ContactView.State.ESTABLISHED,
        friend.verified,
        false,
        friend.blocked);
  }

  private static String shownName(Friend friend) {
    return friend.nickname.or(() -> friend.other.name).orElse("");
  }

  private ConversationView conversation(String conversation) {
    Friend friend = Objects.requireNonNull(friends.get(conversation));
    int unread =
        (int)
            friend.messages.stream()
                .filter(message -> message.state() == MessageView.State.RECEIVED)
                .filter(message -> !message.unsent())
                .count();
    return new ConversationView(
        conversation,
        shownName(friend),
        friend.verified,
        unread,
        friend.markedUnread,
        friend.messages.stream().reduce((_, last) -> last),
        travel(friend),
        friend.timerSeconds,
        friend.muted,
        friend.archived,
        friend.onTop,
        friend.blocked,
        friend.draft,
        friend.messages.stream()
            .filter(message -> friend.pins.contains(message.id()))
            .sorted(Comparator.comparingInt(message -> friend.pins.indexOf(message.id())))
            .map(MemoryMessenger::quote)
            .toList());
  }

  private TravelView travel(Friend friend) {
    List<Way> all = allWays(friend);
    Way shown =
        inUse(friend)
            .orElseGet(
                () ->
                    all.stream()
                        .filter(way -> way.allowed() && way.state() != State.NOT_POSSIBLE)
                        .findFirst()
                        .orElse(all.getFirst()));
    return new TravelView(shown.network(), shown.hands(), all, friend.ways.isPresent());
  }

  private Optional<Way> inUse(Friend friend) {
    return allWays(friend).stream()
        .filter(way -> way.allowed() && way.state() == State.USABLE)
        .findFirst();
  }

  /// The allowed ways in their order, then the others. With one home for both, `federated` allows
  /// the one node there is.
  private List<Way> allWays(Friend friend) {
    List<String> allowed = new ArrayList<>(friend.ways.orElse(ways));
    boolean shared = home.isPresent() && home.equals(friend.other.home);
    if (shared && allowed.contains(FEDERATED) && !allowed.contains(RELAY)) {
      allowed.add(allowed.indexOf(FEDERATED), RELAY);
    }
    List<Way> all = new ArrayList<>();
    allowed.forEach(way -> all.add(way(way, true, friend.other)));
    for (String way : List.of(FEDERATED, ONION, RELAY)) {
      if (!allowed.contains(way)) {
        all.add(way(way, false, friend.other));
      }
    }
    return all;
  }

  private Way way(String way, boolean allowed, MemoryMessenger other) {
    List<Hand> hands =
        switch (way) {
          case ONION -> other.network.map(_ -> onionHands()).orElse(List.of());
          case FEDERATED -> federatedHands(other);
          default -> other.home.map(theirs -> List.of(last(theirs))).orElse(List.of());
        };
    if (hands.isEmpty()) {
      return new Way(way, allowed, State.NOT_POSSIBLE, Optional.empty(), List.of());
    }
    if (way.equals(ONION)) {
      boolean down = other.network.filter(address -> town.isDown(host(address))).isPresent();
      State state = down ? State.UNREACHABLE : State.USABLE;
      return new Way(way, allowed, state, Optional.empty(), hands);
    }
    if (way.equals(FEDERATED) && town.isBlocked(home.orElse(""), other.home.orElse(""))) {
      return new Way(way, allowed, State.NOT_ALLOWED, Optional.empty(), hands);
    }
    Optional<String> missing =
        hands.stream().flatMap(hand -> hand.host().stream()).filter(town::isDown).findFirst();
    State state = missing.isPresent() ? State.UNREACHABLE : State.USABLE;
    return new Way(way, allowed, state, missing, hands);
  }

  private static List<Hand> onionHands() {
    return List.of(
        new Hand(Optional.of(MemoryTown.GUARD), Whose.GUARD),
        new Hand(Optional.empty(), Whose.RELAY),
        new Hand(Optional.empty(), Whose.RELAY),
        new Hand(Optional.empty(), Whose.SWARM));
  }

  private List<Hand> federatedHands(MemoryMessenger other) {
    if (home.isEmpty() || other.home.isEmpty() || home.equals(other.home)) {
      return List.of();
    }
    return List.of(new Hand(home, Whose.MINE), last(other.home.get()));
  }

  private Hand last(String theirs) {
    boolean shared = home.filter(theirs::equals).isPresent();
    return new Hand(Optional.of(theirs), shared ? Whose.OURS : Whose.THEIRS);
  }

  private MessageView message(String conversation, String id) throws ProblemException {
    List<MessageView> all = friend(conversation).messages;
    return all.get(index(all, id));
  }

  private static int index(List<MessageView> messages, String id) throws ProblemException {
    for (int i = 0; i < messages.size(); i++) {
      if (messages.get(i).id().equals(id)) {
        return i;
      }
    }
    throw new ProblemException(ProblemKind.MESSAGE_UNKNOWN);
  }

  private static InvitationView with(
      InvitationView invitation, InvitationView.State state, Optional<String> usedBy) {
    return new InvitationView(
        invitation.id(),
        invitation.link(),
        invitation.createdAt(),
        invitation.expiresAt(),
        state,
        usedBy);
  }

  private static void check(boolean right, ProblemKind otherwise) throws ProblemException {
    if (!right) {
      throw new ProblemException(otherwise);
    }
  }

  private static <T> T found(@Nullable T value, ProblemKind otherwise) throws ProblemException {
    if (value == null) {
      throw new ProblemException(otherwise);
    }
    return value;
  }
}
