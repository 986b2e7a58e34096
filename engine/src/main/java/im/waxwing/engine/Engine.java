package im.waxwing.engine;

import im.waxwing.api.ContactView;
import im.waxwing.api.ConversationView;
import im.waxwing.api.Event;
import im.waxwing.api.FormerText;
import im.waxwing.api.InvitationPreview;
import im.waxwing.api.InvitationView;
import im.waxwing.api.Limits;
import im.waxwing.api.MessagePage;
import im.waxwing.api.MessageView;
import im.waxwing.api.Messenger;
import im.waxwing.api.ProblemException;
import im.waxwing.api.ProblemKind;
import im.waxwing.api.SafetyNumberView;
import im.waxwing.api.SearchHit;
import im.waxwing.api.SetUp;
import im.waxwing.api.Settings;
import im.waxwing.api.StatusView;
import im.waxwing.base.ByteString;
import im.waxwing.base.MalformedException;
import im.waxwing.crypto.SafetyNumber;
import im.waxwing.engine.Devices.Joining;
import im.waxwing.engine.Devices.Provision;
import im.waxwing.model.ConversationId;
import im.waxwing.model.DeviceId;
import im.waxwing.model.MessageId;
import im.waxwing.model.NetworkAddress;
import im.waxwing.model.Place;
import im.waxwing.model.Way;
import im.waxwing.store.AccountTable.Courtesies;
import im.waxwing.store.ContactTable.Contact;
import im.waxwing.store.ConversationTable.Mark;
import im.waxwing.store.Home;
import im.waxwing.store.InvitationTable.Made;
import im.waxwing.store.MessageTable.Message;
import im.waxwing.store.Store;
import im.waxwing.store.StoreException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// One person's messenger on one device: everything between the interfaces and the carrier. It has
/// no sockets and no threads: calls, a carrier's answers and the timer's alarms are put in a row
/// and run on one executor.
///
/// Whatever has to survive is in the store before it is acted upon; a new engine on the same store
/// takes up all that is unfinished.
///
/// Safe for many threads.
public final class Engine implements Messenger, AutoCloseable {
  private static final int MAX_PAGE = 500;

  private final Core core;

  /// @param store stays the caller's to close, as does the carrier
  public Engine(Store store, EngineSettings settings, Surroundings around) {
    this.core = new Core(store, around, settings);
  }

  /// Takes up all that is unfinished. To be called once, before anything else.
  public void start() {
    core.serial.call(
        () -> {
          new Beginning(core).run();
          return core;
        });
    core.around
        .carrier()
        .onReachability(change -> core.serial.execute(() -> core.nodes.changed(change)));
  }

  /// Ends all work; what was not committed is taken up by the next engine.
  @Override
  public void close() {
    core.serial.close(core::stop);
  }

  // --- the account ---

  @Override
  public StatusView status() {
    return core.serial.call(() -> core.ledger.read(core.views::status));
  }

  @Override
  public Limits limits() {
    return new Limits(Contents.MAX_TEXT_BYTES, Contents.MAX_NAME_CHARACTERS);
  }

  @Override
  public StatusView setUp(SetUp setUp) throws ProblemException {
    if (!Contents.isName(setUp.name())) {
      throw new ProblemException(ProblemKind.NAME_INVALID);
    }
    if (core.serial.call(core::isSetUp)) {
      throw new ProblemException(ProblemKind.ALREADY_SET_UP);
    }
    Home home = home(setUp);
    return call(() -> new Beginning(core).setUp(setUp.name().strip(), home));
  }

  private Home home(SetUp setUp) throws ProblemException {
    return setUp.home().isEmpty()
        ? Home.at(core.around.homeNodes().startOnThisMachine())
        : home(setUp.home().get());
  }

  private static Home home(String text) throws ProblemException {
    try {
      return Home.parse(text);
    } catch (MalformedException e) {
      throw new ProblemException(
          NetworkAddress.isOne(text)
              ? ProblemKind.NETWORK_ADDRESS_INVALID
              : ProblemKind.NODE_ADDRESS_INVALID,
          e);
    }
  }

  @Override
  public StatusView rename(String name) throws ProblemException {
    if (!Contents.isName(name)) {
      throw new ProblemException(ProblemKind.NAME_INVALID);
    }
    return write(
        step -> {
          core.contacts.rename(step, name.strip());
          return core.views.status(step);
        });
  }

  @Override
  public List<String> ways() throws ProblemException {
    return read(step -> Ways.networks(step.tables().account().ways()));
  }

  @Override
  public List<String> setWays(List<String> networks) throws ProblemException {
    List<Way> ways = Ways.chosen(networks);
    return write(
        step -> {
          step.tables().account().putWays(ways);
          for (Contact contact : step.tables().contacts().all()) {
            step.changedConversation(contact.conversation());
          }
          step.afterwards(core.dispatch::pumpEach);
          return Ways.networks(ways);
        });
  }

  @Override
  public ConversationView setConversationWays(String conversation, Optional<List<String>> networks)
      throws ProblemException {
    @Nullable List<Way> ways = networks.isEmpty() ? null : Ways.chosen(networks.get());
    return write(
        step -> {
          Contact contact = contact(step, conversation);
          step.tables().contacts().putWays(contact.account(), ways);
          step.changedConversation(contact.conversation());
          step.afterwards(core.dispatch::pumpEach);
          return core.views.conversation(step, contact);
        });
  }

  @Override
  public StatusView moveHouse(String place) throws ProblemException {
    Home home = home(place);
    return moved(call(() -> afterSetUp(() -> core.moving.to(home))), home.place());
  }

  @Override
  public StatusView enterNetwork(String address) throws ProblemException {
    if (!(home(address).place() instanceof NetworkAddress network)) {
      throw new ProblemException(ProblemKind.NETWORK_ADDRESS_INVALID);
    }
    return moved(call(() -> afterSetUp(() -> core.moving.into(network))), network);
  }

  private StatusView moved(CompletableFuture<Boolean> result, Place place) throws ProblemException {
    if (!core.around.patience().await(result, core.settings.callLimit(place))) {
      // In the row with everything else, so that it cannot move after we said that it did not.
      core.serial.call(
          () -> result.completeExceptionally(new ProblemException(core.nodes.unreachable(place))));
    }
    told(result);
    return status();
  }

  @Override
  public StatusView leaveNetwork() throws ProblemException {
    call(
        () ->
            afterSetUp(
                () ->
                    core.ledger.write(
                        step -> {
                          core.moving.leaveNetwork(step);
                          return true;
                        })));
    return status();
  }

  @Override
  public void hurry() {
    core.around.carrier().hurry();
    core.serial.execute(core::hurry);
  }

  // --- invitations ---

  @Override
  public InvitationView invite(Duration life) throws ProblemException {
    return write(step -> core.views.invitation(step, core.invitations.create(step, life)));
  }

  @Override
  public List<InvitationView> invitations() throws ProblemException {
    return read(
        step ->
            step.tables().invitations().all().stream()
                .map(made -> core.views.invitation(step, made))
                .toList());
  }

  @Override
  public InvitationView revoke(String invitation) throws ProblemException {
    ByteString name = bytes(invitation);
    return write(
        step -> {
          Made made =
              step.tables()
                  .invitations()
                  .find(name)
                  .orElseThrow(() -> new ProblemException(ProblemKind.INVITATION_UNKNOWN));
          return core.views.invitation(step, core.invitations.revoke(step, made));
        });
  }

  @Override
  public InvitationPreview preview(String link) throws ProblemException {
    return await(link, call(() -> afterSetUp(() -> core.guests.preview(link))));
  }

  @Override
  public ContactView accept(String link) throws ProblemException {
    Contact contact = await(link, call(() -> afterSetUp(() -> core.guests.accept(link))));
    return read(step -> core.views.contact(step, contact));
  }

  private <T> T afterSetUp(Serial.Call<T, ProblemException> call) throws ProblemException {
    core.needAccount();
    return call.run();
  }

  /// Waits for what the place of a link that could be read answers.
  private <T> T await(String link, CompletableFuture<T> result) throws ProblemException {
    Place place = InvitationLink.placeOf(link);
    if (!core.around.patience().await(result, core.settings.callLimit(place))) {
      throw new ProblemException(core.serial.call(() -> core.nodes.unreachable(place)));
    }
    return told(result);
  }

  private static <T> T told(CompletableFuture<T> result) throws ProblemException {
    try {
      return result.join();
    } catch (CompletionException e) {
      switch (e.getCause()) {
        case ProblemException problem -> throw new ProblemException(problem.kind(), problem);
        case StoreException store -> throw problem(store);
        case null, default -> throw e;
      }
    }
  }

  // --- contacts ---

  @Override
  public List<ContactView> contacts() throws ProblemException {
    return read(
        step ->
            step.tables().contacts().all().stream()
                .map(contact -> core.views.contact(step, contact))
                .toList());
  }

  @Override
  public SafetyNumberView safetyNumber(String conversation) throws ProblemException {
    return read(step -> number(step, contact(step, conversation)));
  }

  @Override
  public SafetyNumberView compare(String conversation, String scannable) throws ProblemException {
    return write(
        step -> {
          Contact contact = contact(step, conversation);
          if (!matches(safetyNumber(step, contact), scannable)) {
            throw new ProblemException(ProblemKind.SAFETY_NUMBER_DIFFERS);
          }
          core.contacts.setVerified(step, contact, true);
          return number(step, contact(step, conversation));
        });
  }

  private static boolean matches(SafetyNumber number, String scannable) throws ProblemException {
    try {
      return number.matches(ByteString.parseBase64Url("safety number", scannable));
    } catch (MalformedException e) {
      throw new ProblemException(ProblemKind.SCAN_INVALID, e);
    }
  }

  @Override
  public SafetyNumberView markVerified(String conversation, boolean verified)
      throws ProblemException {
    return write(
        step -> {
          core.contacts.setVerified(step, contact(step, conversation), verified);
          return number(step, contact(step, conversation));
        });
  }

  private SafetyNumberView number(Step step, Contact contact) {
    SafetyNumber number = safetyNumber(step, contact);
    return new SafetyNumberView(
        number.digits(), number.scannable().base64Url(), contact.verified());
  }

  private SafetyNumber safetyNumber(Step step, Contact contact) {
    try {
      return SafetyNumber.between(
          core.own().identity().publicKey(),
          step.state().identityKey(contact.account()).orElseThrow());
    } catch (MalformedException e) {
      throw new IllegalStateException("a stored identity key is none", e);
    }
  }

  // --- conversations ---

  @Override
  public List<ConversationView> conversations() throws ProblemException {
    return read(
        step ->
            step.tables().contacts().all().stream()
                .map(contact -> core.views.conversation(step, contact))
                .toList());
  }

  @Override
  public MessagePage messages(String conversation, Optional<String> before, int limit)
      throws ProblemException {
    needLimit(limit);
    return read(
        step -> {
          ConversationId id = contact(step, conversation).conversation();
          Message from = before.isEmpty() ? null : message(step, conversation, before.get());
          List<Message> found = step.tables().messages().page(id, from, limit + 1);
          boolean more = found.size() > limit;
          List<Message> page = more ? found.subList(1, found.size()) : found;
          return page(step, page, more, from != null);
        });
  }

  @Override
  public MessagePage messagesAfter(String conversation, String after, int limit)
      throws ProblemException {
    needLimit(limit);
    return read(
        step -> {
          Message from = message(step, conversation, after);
          List<Message> found = step.tables().messages().pageAfter(from, limit + 1);
          boolean newer = found.size() > limit;
          return page(step, found.subList(0, Math.min(limit, found.size())), true, newer);
        });
  }

  @Override
  public MessagePage messagesAround(String conversation, String message, int limit)
      throws ProblemException {
    needLimit(limit);
    return read(
        step -> {
          Message middle = message(step, conversation, message);
          int before = limit / 2;
          int behind = limit - before - 1;
          List<Message> older =
              step.tables().messages().page(middle.conversation(), middle, before + 1);
          List<Message> newer = step.tables().messages().pageAfter(middle, behind + 1);
          List<Message> page =
              new ArrayList<>(older.subList(Math.max(0, older.size() - before), older.size()));
          page.add(middle);
          page.addAll(newer.subList(0, Math.min(behind, newer.size())));
          return page(step, page, older.size() > before, newer.size() > behind);
        });
  }

  private static void needLimit(int limit) throws ProblemException {
    if (limit < 1 || limit > MAX_PAGE) {
      throw new ProblemException(ProblemKind.BAD_REQUEST);
    }
  }

  private MessagePage page(Step step, List<Message> page, boolean more, boolean newer) {
    return new MessagePage(
        page.stream().map(core.views.sayings(step)::message).toList(), more, newer);
  }

  @Override
  public List<SearchHit> search(String query, Optional<String> conversation, int limit)
      throws ProblemException {
    needLimit(limit);
    needFitting(query);
    return read(
        step -> {
          ConversationId where =
              conversation.isEmpty() ? null : contact(step, conversation.get()).conversation();
          return step.tables().search().find(query, where, limit).stream()
              .map(found -> core.views.hit(step, found))
              .toList();
        });
  }

  // --- what people say ---

  @Override
  public MessageView send(String conversation, String id, String text, Optional<String> replyTo)
      throws ProblemException {
    MessageId message = messageId(id);
    needText(text);
    return write(
        step -> {
          Contact contact = contact(step, conversation);
          MessageId answered =
              replyTo.isEmpty() ? null : open(step, conversation, replyTo.get()).id();
          core.conversations.send(step, contact, message, text, answered);
          return core.views.message(
              step, step.tables().messages().find(contact.conversation(), message).orElseThrow());
        });
  }

  private static void needText(String text) throws ProblemException {
    if (text.isBlank()) {
      throw new ProblemException(ProblemKind.MESSAGE_EMPTY);
    }
    needFitting(text);
  }

  private static void needFitting(String text) throws ProblemException {
    if (Contents.bytesOf(text) > Contents.MAX_TEXT_BYTES) {
      throw new ProblemException(ProblemKind.TEXT_TOO_LONG);
    }
  }

  @Override
  public MessageView react(String conversation, String message, Optional<String> emoji)
      throws ProblemException {
    if (emoji.isPresent() && !Contents.isEmoji(emoji.get())) {
      throw new ProblemException(ProblemKind.BAD_REQUEST);
    }
    return change(
        conversation,
        message,
        (step, contact, found) -> core.changes.react(step, contact, found, emoji.orElse("")));
  }

  @Override
  public MessageView edit(String conversation, String message, String text)
      throws ProblemException {
    needText(text);
    return change(
        conversation,
        message,
        (step, contact, found) -> core.changes.edit(step, contact, found, text));
  }

  @Override
  public MessageView unsend(String conversation, String message) throws ProblemException {
    return change(conversation, message, core.changes::unsend);
  }

  /// Something done to a message of a contact's conversation.
  private interface MessageChange {
    void make(Step step, Contact contact, Message message) throws ProblemException;
  }

  private MessageView change(String conversation, String id, MessageChange change)
      throws ProblemException {
    return write(
        step -> {
          Message message = open(step, conversation, id);
          change.make(step, contact(step, conversation), message);
          return core.views.message(step, message(step, conversation, id));
        });
  }

  @Override
  public List<FormerText> history(String conversation, String message) throws ProblemException {
    return read(step -> Changes.history(step, message(step, conversation, message)));
  }

  @Override
  public void typing(String conversation) throws ProblemException {
    write(
        step -> {
          core.presence.typing(step, contact(step, conversation));
          return true;
        });
  }

  @Override
  public ConversationView markRead(String conversation, String message) throws ProblemException {
    return write(
        step -> {
          Contact contact = contact(step, conversation);
          core.conversations.markRead(step, contact, message(step, conversation, message));
          return core.views.conversation(step, contact);
        });
  }

  @Override
  public MessageView retry(String conversation, String message) throws ProblemException {
    return write(
        step -> {
          core.conversations.retry(step, message(step, conversation, message));
          return core.views.message(step, message(step, conversation, message));
        });
  }

  @Override
  public void delete(String conversation, String message) throws ProblemException {
    write(
        step -> {
          core.conversations.delete(step, message(step, conversation, message));
          return true;
        });
  }

  // --- how conversations are kept ---

  @Override
  public ConversationView setTimer(String conversation, Duration timer) throws ProblemException {
    boolean tooShort = timer.compareTo(Contents.MIN_LIFE) < 0 && !timer.isZero();
    if (tooShort || timer.compareTo(Contents.MAX_LIFE) > 0) {
      throw new ProblemException(ProblemKind.BAD_REQUEST);
    }
    return keep(conversation, (step, contact) -> core.changes.setTimer(step, contact, timer));
  }

  @Override
  public ConversationView setDraft(String conversation, String text) throws ProblemException {
    needFitting(text);
    return keep(
        conversation,
        (step, contact) -> step.tables().conversations().putDraft(contact.conversation(), text));
  }

  @Override
  public ConversationView setMuted(String conversation, boolean muted) throws ProblemException {
    return mark(conversation, Mark.MUTED, muted);
  }

  @Override
  public ConversationView setArchived(String conversation, boolean archived)
      throws ProblemException {
    return mark(conversation, Mark.ARCHIVED, archived);
  }

  @Override
  public ConversationView setOnTop(String conversation, boolean onTop) throws ProblemException {
    return mark(conversation, Mark.ON_TOP, onTop);
  }

  @Override
  public ConversationView markUnread(String conversation) throws ProblemException {
    return mark(conversation, Mark.MARKED_UNREAD, true);
  }

  private ConversationView mark(String conversation, Mark mark, boolean on)
      throws ProblemException {
    return keep(
        conversation,
        (step, contact) -> step.tables().conversations().mark(contact.conversation(), mark, on));
  }

  @Override
  public ConversationView pin(String conversation, String message, boolean pinned)
      throws ProblemException {
    return keep(
        conversation,
        (step, contact) -> {
          Message found = open(step, conversation, message);
          step.tables()
              .messages()
              .pin(found.conversation(), found.id(), pinned ? core.clockwork.now() : null);
        });
  }

  /// Something done to a conversation.
  private interface ConversationChange {
    void make(Step step, Contact contact) throws ProblemException;
  }

  private ConversationView keep(String conversation, ConversationChange change)
      throws ProblemException {
    return write(
        step -> {
          Contact contact = contact(step, conversation);
          change.make(step, contact);
          step.changedConversation(contact.conversation());
          return core.views.conversation(step, contact);
        });
  }

  @Override
  public ContactView block(String conversation, boolean blocked) throws ProblemException {
    return write(
        step -> {
          core.contacts.block(step, contact(step, conversation), blocked);
          return core.views.contact(step, contact(step, conversation));
        });
  }

  @Override
  public ContactView setNickname(String conversation, Optional<String> nickname)
      throws ProblemException {
    if (nickname.isPresent() && !Contents.isName(nickname.get())) {
      throw new ProblemException(ProblemKind.NAME_INVALID);
    }
    return write(
        step -> {
          core.contacts.rename(
              step, contact(step, conversation), nickname.map(String::strip).orElse(null));
          return core.views.contact(step, contact(step, conversation));
        });
  }

  @Override
  public Settings settings() throws ProblemException {
    return read(Engine::settings);
  }

  @Override
  public Settings setSettings(boolean typing, boolean readMarks) throws ProblemException {
    return write(
        step -> {
          step.tables().account().putCourtesies(new Courtesies(typing, readMarks));
          return settings(step);
        });
  }

  private static Settings settings(Step step) {
    Courtesies courtesies = step.tables().account().courtesies();
    return new Settings(courtesies.typing(), courtesies.readMarks());
  }

  @Override
  public EventSubscription subscribe(Consumer<? super Event> listener) {
    return core.listeners.add(listener);
  }

  // --- several devices: what linking a device will carry ---

  /// What a new device of this account needs to know.
  Provision provision(DeviceId device) throws ProblemException {
    return write(step -> core.devices.provision(step, device));
  }

  /// Sets this device up as another one of an account.
  Joining join(Provision provision) throws ProblemException {
    return call(() -> new Beginning(core).join(provision));
  }

  /// Takes a device that joined into the account's list, and tells every contact.
  void admit(Joining joining) throws ProblemException {
    write(
        step -> {
          try {
            core.devices.admit(step, joining);
            return true;
          } catch (MalformedException e) {
            throw new ProblemException(ProblemKind.BAD_REQUEST, e);
          }
        });
  }

  // --- how calls run ---

  private <T> T read(Ledger.Work<T, ProblemException> work) throws ProblemException {
    return call(
        () -> {
          core.needAccount();
          return core.ledger.read(work);
        });
  }

  private <T> T write(Ledger.Work<T, ProblemException> work) throws ProblemException {
    return call(
        () -> {
          core.needAccount();
          return core.ledger.write(work);
        });
  }

  private <T> T call(Serial.Call<T, ProblemException> call) throws ProblemException {
    try {
      return core.serial.call(call);
    } catch (StoreException e) {
      throw problem(e);
    }
  }

  private static ProblemException problem(StoreException e) {
    return new ProblemException(
        switch (e.reason()) {
          case DISK_FULL -> ProblemKind.DISK_FULL;
          case NEWER -> ProblemKind.STORE_NEWER;
          case DAMAGED -> ProblemKind.STORE_DAMAGED;
          case LOCKED -> ProblemKind.ALREADY_RUNNING;
        },
        e);
  }

  private static Contact contact(Step step, String conversation) throws ProblemException {
    ByteString bytes = bytes(conversation);
    if (bytes.size() != ConversationId.SIZE) {
      throw new ProblemException(ProblemKind.CONTACT_UNKNOWN);
    }
    return step.tables()
        .contacts()
        .find(new ConversationId(bytes))
        .orElseThrow(() -> new ProblemException(ProblemKind.CONTACT_UNKNOWN));
  }

  private static Message message(Step step, String conversation, String id)
      throws ProblemException {
    return step.tables()
        .messages()
        .find(contact(step, conversation).conversation(), messageId(id))
        .filter(message -> !message.deleted())
        .orElseThrow(() -> new ProblemException(ProblemKind.MESSAGE_UNKNOWN));
  }

  /// A message that says something still.
  private static Message open(Step step, String conversation, String id) throws ProblemException {
    Message message = message(step, conversation, id);
    if (message.gone()) {
      throw new ProblemException(ProblemKind.MESSAGE_UNKNOWN);
    }
    return message;
  }

  private static MessageId messageId(String id) throws ProblemException {
    ByteString bytes = bytes(id);
    if (bytes.size() != MessageId.SIZE) {
      throw new ProblemException(ProblemKind.BAD_REQUEST);
    }
    return new MessageId(bytes);
  }

  private static ByteString bytes(String base64) throws ProblemException {
    try {
      return ByteString.parseBase64Url("id", base64);
    } catch (MalformedException e) {
      throw new ProblemException(ProblemKind.BAD_REQUEST, e);
    }
  }
}
