package im.waxwing.engine;

import im.waxwing.api.ContactView;
import im.waxwing.api.ConversationView;
import im.waxwing.api.Event;
import im.waxwing.api.FormerHomeView;
import im.waxwing.api.InvitationView;
import im.waxwing.api.MessageView;
import im.waxwing.api.NoticeView;
import im.waxwing.api.ProblemKind;
import im.waxwing.api.SearchHit;
import im.waxwing.api.StatusView;
import im.waxwing.api.TravelView;
import im.waxwing.model.AccountId;
import im.waxwing.model.Day;
import im.waxwing.model.NodeAddress;
import im.waxwing.model.Path;
import im.waxwing.model.Place;
import im.waxwing.model.Way;
import im.waxwing.store.AccountTable.Account;
import im.waxwing.store.ContactTable.Contact;
import im.waxwing.store.ConversationTable.Kept;
import im.waxwing.store.InvitationTable.DrawerState;
import im.waxwing.store.InvitationTable.Made;
import im.waxwing.store.MailboxTable;
import im.waxwing.store.MessageTable.Message;
import im.waxwing.store.SearchTable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Shows what is in the store as interfaces see it.
final class Views {
  private final Core core;
  private final Map<AccountId, TravelView> toldTravel = new HashMap<>();
  private int toldWaiting;

  Views(Core core) {
    this.core = core;
  }

  /// The events of a step, in an order in which each can be understood.
  List<Event> events(Step step, boolean statusChanged) {
    List<Event> events = new ArrayList<>();
    if (statusChanged || step.isStatusChanged()) {
      events.addAll(statusEvent(step));
    }
    for (long id : step.invitations()) {
      step.tables()
          .invitations()
          .find(id)
          .ifPresent(made -> events.add(new Event.InvitationChanged(invitation(step, made))));
    }
    for (var account : step.contacts()) {
      step.tables()
          .contacts()
          .find(account)
          .ifPresent(contact -> events.add(new Event.ContactChanged(contact(step, contact))));
    }
    for (Step.Told told : step.messages()) {
      step.tables()
          .messages()
          .find(told.conversation(), told.id())
          .filter(message -> !message.deleted())
          .ifPresent(message -> events.add(new Event.MessageChanged(message(step, message))));
    }
    for (Step.Told told : step.deleted()) {
      events.add(
          new Event.MessageDeleted(
              told.conversation().bytes().base64Url(), told.id().bytes().base64Url()));
    }
    step.typing()
        .forEach(
            (conversation, until) ->
                events.add(new Event.Typing(conversation.bytes().base64Url(), until)));
    for (var conversation : step.conversations()) {
      step.tables()
          .contacts()
          .find(conversation)
          .ifPresent(
              contact -> events.add(new Event.ConversationChanged(conversation(step, contact))));
    }
    return events;
  }

  List<Event> statusEvent(Step step) {
    StatusView status = status(step);
    toldWaiting = status.waitingLetters();
    return List.of(new Event.StatusChanged(status));
  }

  /// Who was told that letters wait is told when none does any more.
  void tellNothingWaits(Step step) {
    if (toldWaiting > 0 && step.tables().outbox().unaccepted() == 0) {
      step.changedStatus();
    }
  }

  StatusView status(Step step) {
    return new StatusView(
        core.settings.version(),
        step.tables().account().find().map(Account::name),
        core.nodes.view(),
        core.nodes.networkView(),
        formerHomes(step),
        step.tables().outbox().unaccepted(),
        false,
        notices(step));
  }

  /// A mailbox that was renewed in its place is no former home.
  private List<FormerHomeView> formerHomes(Step step) {
    List<FormerHomeView> homes = new ArrayList<>();
    for (MailboxTable.Own own : step.tables().mailboxes().all()) {
      Day last = own.lastDay();
      boolean moved = !core.own().livesAt(own.place());
      if (own.role() == MailboxTable.Role.FORMER && moved && last != null) {
        homes.add(new FormerHomeView(own.place().host(), last.plus(1).start()));
      }
    }
    return homes;
  }

  private List<NoticeView> notices(Step step) {
    List<NoticeView> notices = new ArrayList<>();
    if (core.ledger.isDiskFull()) {
      notices.add(new NoticeView(ProblemKind.DISK_FULL, Optional.empty()));
    }
    core.nodes.problems().forEach(kind -> notices.add(new NoticeView(kind, Optional.empty())));
    for (Contact contact : step.tables().contacts().all()) {
      if (contact.keyChanged()) {
        notices.add(
            new NoticeView(
                ProblemKind.KEY_CHANGED, Optional.of(contact.conversation().bytes().base64Url())));
      }
    }
    return notices;
  }

  InvitationView invitation(Step step, Made made) {
    Optional<String> usedBy =
        Optional.ofNullable(made.usedBy())
            .flatMap(account -> step.tables().contacts().find(account))
            .map(contact -> name(step, contact));
    return new InvitationView(
        made.name().base64Url(),
        made.link(),
        made.createdAt(),
        made.expiresAt(),
        state(made),
        usedBy);
  }

  private InvitationView.State state(Made made) {
    boolean expired = !made.expiresAt().isAfter(core.now());
    return switch (made.state()) {
      case USED -> InvitationView.State.USED;
      case REVOKED -> InvitationView.State.REVOKED;
      case OPEN -> {
        if (expired) {
          yield InvitationView.State.EXPIRED;
        }
        yield made.drawer() == DrawerState.LIES
            ? InvitationView.State.OPEN
            : InvitationView.State.PREPARING;
      }
    };
  }

  /// As this account calls a contact.
  private static String name(Step step, Contact contact) {
    return step.tables().contacts().nickname(contact.account()).orElse(contact.name());
  }

  ContactView contact(Step step, Contact contact) {
    return new ContactView(
        contact.conversation().bytes().base64Url(),
        name(step, contact),
        contact.name(),
        step.tables().contacts().nickname(contact.account()),
        switch (contact.state()) {
          case WAITING -> ContactView.State.WAITING;
          case ESTABLISHED -> ContactView.State.ESTABLISHED;
          case LOST -> ContactView.State.LOST;
        },
        contact.verified(),
        contact.keyChanged(),
        step.tables().contacts().isBlocked(contact.account()));
  }

  ConversationView conversation(Step step, Contact contact) {
    List<Message> last = step.tables().messages().page(contact.conversation(), null, 1);
    Kept kept = step.tables().conversations().find(contact.conversation());
    return new ConversationView(
        contact.conversation().bytes().base64Url(),
        name(step, contact),
        contact.verified(),
        step.tables().messages().unread(contact.conversation()),
        kept.markedUnread(),
        last.stream().findFirst().map(message -> message(step, message)),
        told(contact, travel(step, contact)),
        (int) kept.timer().toSeconds(),
        kept.muted(),
        kept.archived(),
        kept.onTop(),
        step.tables().contacts().isBlocked(contact.account()),
        kept.draft(),
        step.tables().messages().pinned(contact.conversation()).stream()
            .map(Sayings::quote)
            .toList());
  }

  private TravelView told(Contact contact, TravelView travel) {
    toldTravel.put(contact.account(), travel);
    return travel;
  }

  /// Tells of the conversations whose letters travel otherwise than was told.
  void tellTravel() {
    if (core.isSetUp()) {
      core.listeners.tell(core.ledger.read(this::travelEvents));
    }
  }

  private List<Event> travelEvents(Step step) {
    List<Event> events = new ArrayList<>();
    for (Contact contact : step.tables().contacts().all()) {
      if (!travel(step, contact).equals(toldTravel.get(contact.account()))) {
        events.add(new Event.ConversationChanged(conversation(step, contact)));
      }
    }
    return events;
  }

  /// As letters to the contact's first device travel.
  private TravelView travel(Step step, Contact contact) {
    List<Place> theirs =
        step.tables().peers().of(contact.account()).stream()
            .findFirst()
            .map(Ways::places)
            .orElse(List.of());
    List<Way> allowed = core.ways.allowed(step, contact.account(), theirs);
    List<TravelView.Way> ways = new ArrayList<>();
    allowed.forEach(way -> ways.add(way(way, true, theirs)));
    for (Way way : Ways.CHOICE) {
      if (!allowed.contains(way)) {
        ways.add(way(way, false, theirs));
      }
    }
    TravelView.Way shown = shown(ways);
    boolean chosenHere = step.tables().contacts().ways(contact.account()).isPresent();
    return new TravelView(shown.network(), shown.hands(), ways, chosenHere);
  }

  /// The way in use: the first one that works, or else the first there is.
  private static TravelView.Way shown(List<TravelView.Way> ways) {
    List<TravelView.Way> possible =
        ways.stream()
            .filter(way -> way.allowed() && way.state() != TravelView.State.NOT_POSSIBLE)
            .toList();
    return possible.stream()
        .filter(way -> way.state() == TravelView.State.USABLE)
        .findFirst()
        .or(() -> possible.stream().findFirst())
        .orElse(ways.getFirst());
  }

  private TravelView.Way way(Way way, boolean allowed, List<Place> theirs) {
    return core.ways
        .path(way, theirs)
        .map(path -> way(way, allowed, path))
        .orElseGet(
            () ->
                new TravelView.Way(
                    way.network(),
                    allowed,
                    TravelView.State.NOT_POSSIBLE,
                    Optional.empty(),
                    List.of()));
  }

  private TravelView.Way way(Way way, boolean allowed, Path path) {
    Ways.Condition condition = core.ways.condition(path);
    Optional<String> missing =
        condition == Ways.Condition.UNREACHABLE
                && core.ways.missing(path) instanceof NodeAddress node
            ? Optional.of(node.host())
            : Optional.empty();
    return new TravelView.Way(
        way.network(),
        allowed,
        switch (condition) {
          case USABLE -> TravelView.State.USABLE;
          case UNREACHABLE -> TravelView.State.UNREACHABLE;
          case NOT_ALLOWED -> TravelView.State.NOT_ALLOWED;
        },
        missing,
        hands(path));
  }

  private List<TravelView.Hand> hands(Path path) {
    if (path.network().isPresent()) {
      Optional<String> guard = core.nodes.guard(path).map(NodeAddress::host);
      return List.of(
          new TravelView.Hand(guard, TravelView.Whose.GUARD),
          new TravelView.Hand(Optional.empty(), TravelView.Whose.RELAY),
          new TravelView.Hand(Optional.empty(), TravelView.Whose.RELAY),
          new TravelView.Hand(Optional.empty(), TravelView.Whose.SWARM));
    }
    return path.nodes().stream()
        .map(node -> new TravelView.Hand(Optional.of(node.host()), whose(node, path)))
        .toList();
  }

  private TravelView.Whose whose(NodeAddress node, Path path) {
    if (!node.equals(path.nodes().getLast())) {
      return TravelView.Whose.MINE;
    }
    return core.ways.isHome(node) ? TravelView.Whose.OURS : TravelView.Whose.THEIRS;
  }

  SearchHit hit(Step step, SearchTable.Found found) {
    return Excerpt.of(found.excerpt()).hit(message(step, found.message()));
  }

  MessageView message(Step step, Message message) {
    return sayings(step).message(message);
  }

  /// For several messages at once.
  Sayings sayings(Step step) {
    boolean readMarks = step.tables().account().courtesies().readMarks();
    return new Sayings(step, core.own().account(), readMarks, core.now());
  }
}
