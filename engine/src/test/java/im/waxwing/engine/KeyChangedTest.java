package im.waxwing.engine;

import static org.assertj.core.api.Assertions.assertThat;

import im.waxwing.api.NoticeView;
import im.waxwing.api.ProblemException;
import im.waxwing.api.ProblemKind;
import im.waxwing.carrier.Deposit;
import im.waxwing.carrier.Handoff;
import im.waxwing.crypto.CryptoException;
import im.waxwing.crypto.EnvelopeKeys;
import im.waxwing.crypto.Envelopes;
import im.waxwing.crypto.Identity;
import im.waxwing.crypto.KeyUse;
import im.waxwing.crypto.Letter;
import im.waxwing.crypto.MemorySessionState;
import im.waxwing.crypto.PreKeyBundle;
import im.waxwing.crypto.Sessions;
import im.waxwing.model.Day;
import im.waxwing.model.DeviceAddress;
import im.waxwing.model.DeviceId;
import im.waxwing.model.Way;
import im.waxwing.store.AccountTable.Account;
import im.waxwing.store.PeerTable.Peer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Mallory has taken Bob's lane to Alice, but not his identity key.
class KeyChangedTest {
  @TempDir Path folder;
  private Village village;
  private Someone alice;
  private Someone bob;

  @BeforeEach
  void contacts() throws ProblemException {
    village = new Village(folder);
    alice = village.person("Alice");
    bob = village.person("Bob");
    village.introduce(alice, bob);
  }

  @AfterEach
  void end() {
    village.close();
  }

  @Test
  void aLetterUnderAnotherKeyIsRefusedAndShown() throws Exception {
    deliver(writtenByMallory());

    assertThat(alice.with(bob)).isEmpty();
    assertThat(alice.contact("Bob").keyChanged()).isTrue();
    assertThat(alice.engine.status().notices())
        .extracting(NoticeView::kind)
        .contains(ProblemKind.KEY_CHANGED);
  }

  private Letter writtenByMallory() throws CryptoException {
    Identity mallory = Identity.generate();
    DeviceAddress self = new DeviceAddress(mallory.account(), new DeviceId(1));
    MemorySessionState state = new MemorySessionState();
    Sessions sessions = new Sessions(mallory, self, village.hours::now);
    sessions.start(state, addressOf(alice), bundleOf(alice));
    return sessions.encrypt(state, addressOf(alice), new byte[] {1});
  }

  private static DeviceAddress addressOf(Someone someone) {
    return someone.store.inTransaction(
        tx -> {
          Account account = tx.tables().account().find().orElseThrow();
          return new DeviceAddress(
              Identity.restore(account.identity()).account(), account.device());
        });
  }

  private PreKeyBundle bundleOf(Someone someone) {
    return someone.store.inTransaction(
        tx -> {
          Account account = tx.tables().account().find().orElseThrow();
          Identity identity = Identity.restore(account.identity());
          DeviceAddress self = new DeviceAddress(identity.account(), account.device());
          return new Sessions(identity, self, village.hours::now).newBundle(tx, KeyUse.ONE_TIME);
        });
  }

  /// Puts a letter into Bob's lane to Alice, under the next number.
  private void deliver(Letter letter) {
    Deposit forged =
        bob.store.inTransaction(
            tx -> {
              Peer peer = tx.tables().peers().find(addressOf(alice)).orElseThrow();
              var taken = tx.tables().lanes().sending(Objects.requireNonNull(peer.lane())).take();
              Day today = Day.of(village.hours.now());
              EnvelopeKeys keys =
                  taken.keys().at(peer.targets().getFirst().key(), today, Way.RELAY);
              return new Deposit(
                  peer.targets().getFirst(),
                  today,
                  keys.id(),
                  Envelopes.seal(keys, Envelopes.split(letter).getFirst()));
            });
    List<Handoff> outcomes = new ArrayList<>();
    bob.carrier.deposit(im.waxwing.model.Path.to(forged.target().place()), forged, outcomes::add);
    village.settle();
    assertThat(outcomes).containsExactly(new Handoff.Accepted());
  }
}
