package im.waxwing.engine;

import im.waxwing.api.ContactView;
import im.waxwing.api.ConversationView;
import im.waxwing.api.Event;
import im.waxwing.api.InvitationView;
import im.waxwing.api.MessageView;
import im.waxwing.api.NoticeView;
import im.waxwing.api.ProblemKind;
import im.waxwing.api.StatusView;
import im.waxwing.api.TravelView;
import im.waxwing.model.NodeAddress;
import im.waxwing.store.AccountTable.Account;
import im.waxwing.store.ContactTable.Contact;
import im.waxwing.store.InvitationTable.DrawerState;
import im.waxwing.store.InvitationTable.Made;
import im.waxwing.store.MessageTable.Message;
import im.waxwing.store.PeerTable.Peer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Shows what is in the store as interfaces see it.
final class Views {
  private final Core core;
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
          .ifPresent(contact -> events.add(new Event.ContactChanged(contact(contact))));
    }
    for (Step.Told told : step.messages()) {
      step.tables()
          .messages()
          .find(told.conversation(), told.id())
          .filter(message -> !message.deleted())
          .ifPresent(message -> events.add(new Event.MessageChanged(message(message))));
    }
    for (Step.Told told : step.deleted()) {
      events.add(
          new Event.MessageDeleted(
              told.conversation().bytes().base64Url(), told.id().bytes().base64Url()));
    }
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
        List.of(),
        step.tables().outbox().unaccepted(),
        false,
        notices(step));
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
            .map(Contact::name);
    return new InvitationView(
        made.name().base64Url(),
        made.link(),
        made.createdAt(),
        made.expiresAt(),
        state(made),
        usedBy);
  }

  private InvitationView.State state(Made made) {
    boolean expired = !made.expiresAt().isAfter(core.clockwork.now(core.own().home().node()));
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

  ContactView contact(Contact contact) {
    return new ContactView(
        contact.conversation().bytes().base64Url(),
        contact.name(),
        switch (contact.state()) {
          case WAITING -> ContactView.State.WAITING;
          case ESTABLISHED -> ContactView.State.ESTABLISHED;
          case LOST -> ContactView.State.LOST;
        },
        contact.verified(),
        contact.keyChanged());
  }

  ConversationView conversation(Step step, Contact contact) {
    List<Message> last = step.tables().messages().page(contact.conversation(), null, 1);
    return new ConversationView(
        contact.conversation().bytes().base64Url(),
        contact.name(),
        contact.verified(),
        step.tables().messages().unread(contact.conversation()),
        last.stream().findFirst().map(this::message),
        travel(step, contact));
  }

  /// One node stands between: ours, if the reader lives there too.
  private TravelView travel(Step step, Contact contact) {
    NodeAddress home = core.own().home().node();
    NodeAddress theirs =
        step.tables().peers().of(contact.account()).stream()
            .findFirst()
            .map(Peer::target)
            .map(target -> target.node())
            .orElse(home);
    boolean same = theirs.key().equals(home.key());
    List<TravelView.Hand> hands =
        List.of(
            new TravelView.Hand(
                theirs.host(), same ? TravelView.Whose.OURS : TravelView.Whose.THEIRS));
    boolean lost = core.nodes.isLost(theirs);
    TravelView.Way way =
        new TravelView.Way(
            "relay",
            true,
            lost ? TravelView.State.UNREACHABLE : TravelView.State.USABLE,
            lost ? Optional.of(theirs.host()) : Optional.empty(),
            hands);
    return new TravelView("relay", hands, List.of(way), false);
  }

  MessageView message(Message message) {
    return new MessageView(
        message.id().bytes().base64Url(),
        message.conversation().bytes().base64Url(),
        message.mine(),
        message.text(),
        shownTime(message.sentAt()),
        message.position(),
        switch (message.state()) {
          case SENDING -> MessageView.State.SENDING;
          case SENT -> MessageView.State.SENT;
          case DELIVERED -> MessageView.State.DELIVERED;
          case READ -> MessageView.State.READ;
          case FAILED -> MessageView.State.FAILED;
          case RECEIVED -> MessageView.State.RECEIVED;
        },
        Optional.ofNullable(message.failure()).map(ProblemKind::valueOf));
  }

  /// No message shows a time to come, whatever the writer's clock said.
  private Instant shownTime(Instant sentAt) {
    Instant now = core.clockwork.now(core.own().home().node());
    return sentAt.isAfter(now) ? now : sentAt;
  }
}
