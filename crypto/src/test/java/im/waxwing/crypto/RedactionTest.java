package im.waxwing.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import im.waxwing.base.ByteString;
import im.waxwing.base.SecretBytes;
import im.waxwing.model.Day;
import im.waxwing.model.MailboxKey;
import im.waxwing.model.Way;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// Nothing of crypto tells its content when printed.
class RedactionTest {
  private static final String SAFE = "[A-Za-z.]+(\\[[a-z ]*]|\\[(PREKEY|MESSAGE)(, 1 of 1)?])";

  @TestFactory
  Stream<DynamicTest> printedItShowsNothing() throws Exception {
    return values().stream()
        .map(
            value ->
                DynamicTest.dynamicTest(
                    value.getClass().getSimpleName(),
                    () -> assertThat(String.valueOf(value)).matches(SAFE)));
  }

  private static List<Object> values() throws Exception {
    Person alice = new Person();
    Person bob = new Person();
    MailboxKey mailbox = new MailboxKey(ByteString.copyOf(new byte[32]));
    LaneSeed seed = LaneSeed.generate();
    LaneKeys keys = SendingLane.of(seed).take().keys();
    EnvelopeKeys at = keys.at(mailbox, new Day(1), Way.RELAY);
    Letter letter = alice.startsWith(bob).writes(bob, "hello");
    Piece piece = new Piece(Letter.Kind.MESSAGE, 0, 1, letter.bytes().slice(0, 9));
    LaneWindow window = new LaneWindow();
    window.add(keys);
    return List.of(
        alice.identity,
        alice.bundle(),
        seed,
        keys,
        at,
        SendingLane.of(seed),
        SendingLane.of(seed).take(),
        ReceivingLane.of(seed).lane(),
        ReceivingLane.of(seed),
        window,
        window.match(at.id(), mailbox, new Day(1), List.of(Way.RELAY)).orElseThrow(),
        new LaneWindow.Match.Repeat(3),
        InvitationSecrets.of(SecretBytes.generate(32)),
        SafetyNumber.between(alice.identity.publicKey(), bob.identity.publicKey()),
        letter,
        PreKeyLetter.decode(letter),
        Envelopes.seal(at, piece),
        piece);
  }

  @Test
  void anExceptionNamesNobody() throws Exception {
    Person alice = new Person();
    Person bob = new Person();
    Letter letter = alice.startsWith(bob).writes(bob, "hello");
    bob.reads(alice, letter);
    bob.state.removeSession(alice.address);
    String account = alice.address.account().bytes().hex();

    assertThatThrownBy(() -> bob.reads(alice, letter))
        .satisfies(
            thrown ->
                assertThat(thrown.getMessage())
                    .doesNotContain(account.substring(0, 8))
                    .isEqualTo("the prekey is used up or unknown"));
  }
}
