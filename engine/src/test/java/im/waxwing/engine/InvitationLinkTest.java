package im.waxwing.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import im.waxwing.base.ByteString;
import im.waxwing.base.SecretBytes;
import im.waxwing.engine.InvitationLink.Fault;
import im.waxwing.engine.InvitationLink.FaultException;
import im.waxwing.model.AccountId;
import im.waxwing.model.NodeAddress;
import im.waxwing.model.NodeKey;
import java.time.Instant;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class InvitationLinkTest {
  private static final InvitationLink LINK = link("node.example");

  private static InvitationLink link(String host) {
    return InvitationLink.of(
        Instant.parse("2026-03-01T12:34:56Z"),
        new AccountId(ByteString.copyOf(bytes(1))),
        SecretBytes.copyOf(bytes(2)),
        new NodeAddress(host, 7443, new NodeKey(ByteString.copyOf(bytes(3)))));
  }

  private static byte[] bytes(int value) {
    byte[] bytes = new byte[32];
    Arrays.fill(bytes, (byte) value);
    return bytes;
  }

  @Test
  void whatIsWrittenIsReadBack() throws FaultException {
    assertThat(InvitationLink.parse("  " + LINK.format() + "\n")).isEqualTo(LINK);
  }

  @Test
  void expiryIsRoundedUpToTheHour() {
    assertThat(LINK.expiresAt()).isEqualTo("2026-03-01T13:00:00Z");
  }

  @Test
  void theLongestHostStillGivesAtMostThreeHundredCharacters() throws FaultException {
    InvitationLink longest = link("h".repeat(NodeAddress.MAX_HOST));

    assertThat(longest.format()).hasSizeLessThanOrEqualTo(InvitationLink.MAX_CHARACTERS);
    assertThat(InvitationLink.parse(longest.format())).isEqualTo(longest);
  }

  @Test
  void everyLengthCutShortIsToldAsCutOff() {
    String text = LINK.format();
    for (int length = 1; length < text.length(); length++) {
      assertFault(text.substring(0, length), Fault.CUT_OFF);
    }
  }

  @Test
  void everyChangedCharacterIsNoticed() {
    String text = LINK.format();
    for (int at = InvitationLink.PREFIX.length() + 2; at < text.length(); at++) {
      char other = text.charAt(at) == 'A' ? 'B' : 'A';
      String changed = text.substring(0, at) + other + text.substring(at + 1);

      assertThatThrownBy(() -> InvitationLink.parse(changed)).isInstanceOf(FaultException.class);
    }
  }

  @Test
  void otherTextsAreNoInvitations() {
    assertFault("", Fault.INVALID);
    assertFault("hello", Fault.INVALID);
    assertFault(InvitationLink.PREFIX + "A".repeat(400), Fault.INVALID);
  }

  @Test
  void aLaterVersionIsTold() {
    assertFault(InvitationLink.PREFIX + "Ag", Fault.TOO_NEW);
  }

  @Test
  void itsTextHoldsNoSecret() {
    assertThat(LINK.toString()).isEqualTo("InvitationLink[redacted]");
  }

  private static void assertFault(String text, Fault fault) {
    assertThatThrownBy(() -> InvitationLink.parse(text))
        .isInstanceOfSatisfying(
            FaultException.class, e -> assertThat(e.fault()).as(text).isEqualTo(fault));
  }
}
