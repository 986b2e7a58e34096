package im.waxwing.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import im.waxwing.api.ContactView;
import im.waxwing.api.InvitationView;
import im.waxwing.api.MessageView;
import im.waxwing.api.ProblemException;
import im.waxwing.api.ProblemKind;
import java.nio.file.Path;
import java.time.Duration;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FirstContactTest {
  @TempDir Path folder;
  private Village village;
  private Someone alice;
  private Someone bob;

  @BeforeEach
  void people() throws ProblemException {
    village = new Village(folder);
    alice = village.person("Alice");
    bob = village.person("Bob");
  }

  @AfterEach
  void end() {
    village.close();
  }

  @Test
  void theGuestSeesWhoseInvitationItIs() throws ProblemException {
    InvitationView invitation = alice.invites();

    var preview = bob.engine.preview(invitation.link());

    assertThat(invitation.link()).hasSizeLessThanOrEqualTo(300);
    assertThat(preview.name()).isEqualTo("Alice");
    assertThat(preview.nodeHost()).isEqualTo("node.example");
    assertThat(preview.alreadyContact()).isFalse();
  }

  @Test
  void bothAreContactsOnceTheHostHasHeardTheGuest() throws ProblemException {
    InvitationView invitation = alice.invites();

    ContactView host = bob.engine.accept(invitation.link());
    village.settle();

    assertThat(host.state()).isEqualTo(ContactView.State.WAITING);
    assertThat(bob.contact("Alice").state()).isEqualTo(ContactView.State.ESTABLISHED);
    assertThat(alice.contact("Bob").state()).isEqualTo(ContactView.State.ESTABLISHED);
    assertThat(alice.invitation(invitation.id()).state()).isEqualTo(InvitationView.State.USED);
    assertThat(alice.invitation(invitation.id()).usedBy()).contains("Bob");
    assertThat(village.node.envelopes()).isZero();
  }

  @Test
  void aGuestWritesBeforeTheHostHasAnswered() throws ProblemException {
    InvitationView invitation = alice.invites();
    alice.setOnline(false);
    bob.engine.accept(invitation.link());
    bob.writes(alice, "Here I am");
    village.settle();

    alice.setOnline(true);
    village.settle();

    assertThat(alice.textsWith(bob)).containsExactly("Here I am");
    assertThat(bob.statesWith(alice)).containsExactly(MessageView.State.DELIVERED);
  }

  @Test
  void aNodeThatLostEverythingGetsTheDrawersOfInvitationsAgain() throws ProblemException {
    InvitationView open = alice.invites();
    InvitationView used = alice.invites();
    Someone carol = village.person("Carol");
    carol.engine.accept(used.link());
    village.settle();
    village.node.forgetAll();
    assertProblem(() -> bob.engine.preview(open.link()), ProblemKind.INVITATION_REVOKED);

    alice.setOnline(false);
    alice.setOnline(true);
    village.hours.pass(Duration.ofMinutes(1));
    assertProblem(() -> bob.engine.preview(used.link()), ProblemKind.INVITATION_USED);
    bob.engine.accept(open.link());
    village.settle();

    assertThat(bob.knows("Alice")).isTrue();
    assertThat(alice.knows("Bob")).isTrue();
  }

  @Test
  void safetyNumbersAreTheSameOnBothSidesAndCanBeCompared() throws ProblemException {
    village.introduce(alice, bob);
    var alices = alice.engine.safetyNumber(alice.contact("Bob").conversation());
    var bobs = bob.engine.safetyNumber(bob.contact("Alice").conversation());

    var compared = alice.engine.compare(alice.contact("Bob").conversation(), bobs.scannable());

    assertThat(alices.digits()).isEqualTo(bobs.digits()).hasSize(60);
    assertThat(compared.verified()).isTrue();
    assertThat(alice.contact("Bob").verified()).isTrue();
  }

  @Test
  void aChangedNameReachesContacts() throws ProblemException {
    village.introduce(alice, bob);

    alice.engine.rename("Alice B.");
    village.settle();

    assertThat(bob.knows("Alice B.")).isTrue();
  }

  @Test
  void theOwnInvitationIsRecognised() throws ProblemException {
    String link = alice.invites().link();

    assertProblem(() -> alice.engine.accept(link), ProblemKind.INVITATION_OWN);
  }

  @Test
  void aSecondGuestLearnsThatTheInvitationIsUsed() throws ProblemException {
    Someone carol = village.person("Carol");
    String link = alice.invites().link();
    bob.engine.preview(link);

    assertProblem(() -> carol.engine.accept(link), ProblemKind.INVITATION_USED);
  }

  @Test
  void ofTwoWhoTookTheSameDrawerOnlyOneBecomesAContact() throws ProblemException {
    Someone carol = village.person("Carol");
    String link = alice.invites().link();
    bob.engine.preview(link);
    village.node.forgetTakers();
    carol.engine.preview(link);
    carol.engine.accept(link);
    village.settle();

    bob.engine.accept(link);
    village.node.forgetTakers();
    village.hours.pass(Duration.ofHours(3));

    assertThat(alice.engine.contacts()).extracting(ContactView::name).containsExactly("Carol");
    assertThat(bob.contact("Alice").state()).isEqualTo(ContactView.State.LOST);
  }

  @Test
  void aRevokedInvitationIsRefused() throws ProblemException {
    InvitationView invitation = alice.invites();

    alice.engine.revoke(invitation.id());
    village.settle();

    assertThat(alice.invitation(invitation.id()).state()).isEqualTo(InvitationView.State.REVOKED);
    assertProblem(() -> bob.engine.accept(invitation.link()), ProblemKind.INVITATION_REVOKED);
  }

  @Test
  void anExpiredInvitationIsRefused() throws ProblemException {
    InvitationView invitation = alice.invites();

    village.hours.pass(Duration.ofDays(8));

    assertThat(alice.invitation(invitation.id()).state()).isEqualTo(InvitationView.State.EXPIRED);
    assertProblem(() -> bob.engine.accept(invitation.link()), ProblemKind.INVITATION_EXPIRED);
  }

  @Test
  void whoIsAContactAlreadyIsToldSo() throws ProblemException {
    village.introduce(alice, bob);
    String link = alice.invites().link();

    assertThat(bob.engine.preview(link).alreadyContact()).isTrue();
    assertProblem(() -> bob.engine.accept(link), ProblemKind.CONTACT_EXISTS);
  }

  @Test
  void linksThatAreNoneAreToldApartFromThoseCutOff() throws ProblemException {
    String link = alice.invites().link();

    assertProblem(() -> bob.engine.preview("https://example.org"), ProblemKind.INVITATION_INVALID);
    assertProblem(
        () -> bob.engine.preview(link.substring(0, link.length() - 7)),
        ProblemKind.INVITATION_CUT_OFF);
    assertProblem(
        () -> bob.engine.preview("waxwing:i/Ag" + link.substring(12)),
        ProblemKind.INVITATION_TOO_NEW);
  }

  @Test
  void aNodeThatIsDownIsNamedAsTheReason() throws ProblemException {
    String link = alice.invites().link();
    bob.setOnline(false);

    assertProblem(() -> bob.engine.preview(link), ProblemKind.NODE_UNREACHABLE);
  }

  private static void assertProblem(ThrowingCallable call, ProblemKind kind) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            ProblemException.class, problem -> assertThat(problem.kind()).isEqualTo(kind));
  }
}
