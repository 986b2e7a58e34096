package im.waxwing.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import im.waxwing.base.ByteString;
import im.waxwing.base.MalformedException;
import im.waxwing.base.SecretBytes;
import im.waxwing.model.DrawerHandle;
import org.junit.jupiter.api.Test;

class InvitationSecretsTest {
  private static final ByteString CONTENT = ByteString.ofHex("c0ffee");

  private final SecretBytes secret = SecretBytes.generate(32);
  private final InvitationSecrets secrets = InvitationSecrets.of(secret);

  @Test
  void bothSidesDeriveTheSame() {
    assertThat(InvitationSecrets.of(SecretBytes.copyOf(secret.exposeSecret()))).isEqualTo(secrets);
  }

  @Test
  void noneOfThemIsAnother() {
    assertThat(secrets.drawerKey()).isNotEqualTo(secrets.depositSecret());
    assertThat(secrets.drawerKey()).isNotEqualTo(secrets.firstLane().secret());
    assertThat(secrets.firstLane().secret()).isNotEqualTo(secrets.depositSecret());
    assertThat(secrets.handle().bytes())
        .isNotEqualTo(ByteString.copyOf(secrets.drawerKey().exposeSecret()));
  }

  @Test
  void aDrawerOpensWithItsKeyAndHandle() throws Exception {
    ByteString sealed = Drawers.seal(secrets.drawerKey(), secrets.handle(), CONTENT);

    assertThat(sealed.size()).isEqualTo(Drawers.SEALED_SIZE);
    assertThat(Drawers.open(secrets.drawerKey(), secrets.handle(), sealed)).isEqualTo(CONTENT);
  }

  @Test
  void aDrawerHoldsAsMuchAsItSays() throws Exception {
    ByteString most = ByteString.copyOf(new byte[Drawers.MAX_CONTENT]);
    ByteString more = ByteString.copyOf(new byte[Drawers.MAX_CONTENT + 1]);

    ByteString sealed = Drawers.seal(secrets.drawerKey(), secrets.handle(), most);

    assertThat(Drawers.MAX_CONTENT).isEqualTo(2530);
    assertThat(Drawers.open(secrets.drawerKey(), secrets.handle(), sealed)).isEqualTo(most);
    assertThatThrownBy(() -> Drawers.seal(secrets.drawerKey(), secrets.handle(), more))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void fromAnotherDrawerOrAlteredItIsRefused() {
    ByteString sealed = Drawers.seal(secrets.drawerKey(), secrets.handle(), CONTENT);
    InvitationSecrets others = InvitationSecrets.of(SecretBytes.generate(32));
    byte[] flipped = sealed.toByteArray();
    flipped[2000] ^= 1;

    isRefused(secrets.drawerKey(), others.handle(), sealed);
    isRefused(others.drawerKey(), secrets.handle(), sealed);
    isRefused(secrets.drawerKey(), secrets.handle(), ByteString.copyOf(flipped));
    isRefused(secrets.drawerKey(), secrets.handle(), sealed.slice(0, 2559));
    isRefused(secrets.drawerKey(), secrets.handle(), ByteString.EMPTY);
  }

  private static void isRefused(SecretBytes key, DrawerHandle handle, ByteString sealed) {
    assertThatThrownBy(() -> Drawers.open(key, handle, sealed))
        .isInstanceOf(MalformedException.class);
  }

  @Test
  void aSecretOfAnotherSizeIsRefused() {
    assertThatThrownBy(() -> InvitationSecrets.of(SecretBytes.generate(16)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
