package im.waxwing.app;

import im.waxwing.api.ContactView;
import im.waxwing.api.InvitationPreview;
import im.waxwing.api.InvitationView;
import im.waxwing.api.MessageView;
import im.waxwing.api.NetworkView;
import im.waxwing.api.NodeView;
import im.waxwing.api.ProblemException;
import im.waxwing.api.StatusView;
import im.waxwing.cli.AppClient;
import im.waxwing.cli.Patience;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Predicate;

/// One whole exchange through the real programs: invitation, letter, reply, receipts.
final class DemoCheck {
  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final int HOURS = 1;
  private static final int LAST = 50;

  private final Demo demo;
  private final PrintStream out;
  private String step = "";
  private long since;

  DemoCheck(Demo demo, PrintStream out) {
    this.demo = demo;
    this.out = out;
  }

  /// Something did not come true.
  private static final class NotSoException extends Exception {
    private static final long serialVersionUID = 1L;

    NotSoException(String message) {
      super(message);
    }
  }

  /// Runs all steps.
  ///
  /// @return the step that failed and why, or nothing
  Optional<String> run() throws InterruptedException {
    try {
      exchange();
      done();
      return Optional.empty();
    } catch (ProblemException | NotSoException | IOException e) {
      return Optional.of(step + ": " + e.getMessage());
    }
  }

  private void exchange()
      throws ProblemException, NotSoException, IOException, InterruptedException {
    int hands = demo.kind().hands();
    begin(hands == 1 ? "the node starts" : "the nodes start");
    demo.begin();
    demo.awaitNodes();
    begin("Alice's app starts");
    AppClient alice = demo.awaitAlice().app();
    begin("Bob's app starts");
    AppClient bob = demo.awaitBob().app();
    begin(hands == 4 ? "each enters the network" : "each reaches the node");
    awaitConnected(alice);
    awaitConnected(bob);
    begin("Alice invites");
    String link = openInvitation(alice);
    begin("Bob sees whose invitation it is");
    InvitationPreview preview = bob.preview(link);
    require(preview.name().equals("Alice"), "the invitation is from somebody else");
    begin("Bob accepts");
    bob.accept(link);
    String toAlice = established(bob, "Alice");
    String toBob = established(alice, "Bob");
    begin("Bob's letter reaches Alice");
    MessageView letter = bob.send(toAlice, "Hello Alice! \u263A", Optional.empty());
    MessageView received = arrived(alice, toBob, letter);
    begin("Alice's reply reaches Bob");
    MessageView reply = alice.send(toBob, "Hello Bob!", Optional.empty());
    MessageView answered = arrived(bob, toAlice, reply);
    begin("letters pass " + (hands == 1 ? "1 hand" : hands + " hands"));
    requireHands(alice, toBob);
    requireHands(bob, toAlice);
    begin("both letters are known to be read");
    alice.markRead(toBob, received.id());
    bob.markRead(toAlice, answered.id());
    awaitRead(bob, letter);
    awaitRead(alice, reply);
  }

  private void begin(String next) {
    done();
    step = next;
    since = System.nanoTime();
  }

  private void done() {
    if (!step.isEmpty()) {
      out.printf("ok   %s (%d ms)%n", step, (System.nanoTime() - since) / 1_000_000);
      out.flush();
    }
  }

  private static void awaitConnected(AppClient app)
      throws ProblemException, NotSoException, InterruptedException {
    await(app, () -> Optional.of(app.status()).filter(DemoCheck::isConnected));
  }

  private static boolean isConnected(StatusView status) {
    return status.network().isPresent()
        ? status.network().get().state() == NetworkView.State.CONNECTED
        : status.node().state() == NodeView.State.CONNECTED;
  }

  private static String openInvitation(AppClient app)
      throws ProblemException, NotSoException, InterruptedException {
    String id = app.invite(HOURS).id();
    return await(
            app,
            () ->
                app.invitations().stream()
                    .filter(each -> each.id().equals(id))
                    .filter(each -> each.state() == InvitationView.State.OPEN)
                    .findFirst())
        .link();
  }

  private static String established(AppClient app, String name)
      throws ProblemException, NotSoException, InterruptedException {
    return await(
            app,
            () ->
                app.contacts().stream()
                    .filter(each -> each.name().equals(name))
                    .filter(each -> each.state() == ContactView.State.ESTABLISHED)
                    .findFirst())
        .conversation();
  }

  private static MessageView arrived(AppClient app, String conversation, MessageView sent)
      throws ProblemException, NotSoException, InterruptedException {
    return await(
        app,
        () -> message(app, conversation, each -> !each.mine() && each.text().equals(sent.text())));
  }

  private static void awaitRead(AppClient app, MessageView sent)
      throws ProblemException, NotSoException, InterruptedException {
    await(
        app,
        () ->
            message(
                app,
                sent.conversation(),
                each -> each.id().equals(sent.id()) && each.state() == MessageView.State.READ));
  }

  private static Optional<MessageView> message(
      AppClient app, String conversation, Predicate<MessageView> test) throws ProblemException {
    return app.messages(conversation, Optional.empty(), LAST).messages().stream()
        .filter(test)
        .findFirst();
  }

  private void requireHands(AppClient app, String conversation)
      throws ProblemException, NotSoException {
    boolean so =
        app.conversations().stream()
            .filter(each -> each.id().equals(conversation))
            .allMatch(each -> each.travel().hands().size() == demo.kind().hands());
    require(so, "they go another way");
  }

  private static <T> T await(AppClient app, Patience.Condition<T> condition)
      throws ProblemException, NotSoException, InterruptedException {
    return Patience.await(app, LIMIT, condition)
        .orElseThrow(
            () -> new NotSoException("it did not happen within " + LIMIT.toSeconds() + " s"));
  }

  private static void require(boolean so, String otherwise) throws NotSoException {
    if (!so) {
      throw new NotSoException(otherwise);
    }
  }
}
