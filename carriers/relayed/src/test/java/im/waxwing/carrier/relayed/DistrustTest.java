package im.waxwing.carrier.relayed;

import static org.assertj.core.api.Assertions.assertThat;

import im.waxwing.carrier.Carrier;
import im.waxwing.carrier.Handoff;
import im.waxwing.carrier.Reachability;
import im.waxwing.carrier.Reachability.Fault;
import im.waxwing.carrier.contract.Fixtures;
import im.waxwing.carrier.contract.Heard;
import im.waxwing.model.Day;
import im.waxwing.protocol.AnswerCode;
import im.waxwing.protocol.consensus.AuthoritySet;
import im.waxwing.protocol.consensus.SignedConsensus;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a consensus is that must not be believed, and what the app says of it.
class DistrustTest {
  @TempDir Path folder;
  private final Carrier alice = RelayedCarrier.start(Clock.systemUTC(), PathWorld.QUICK);
  private final Heard<Reachability> heard = new Heard<>();
  private FakeNetwork network;

  @BeforeEach
  void prepare() throws Exception {
    network =
        new FakeNetwork(
            folder, FakeNetwork.FAST, asked -> asked.answer(AnswerCode.BUSY, Fixtures.random(0)));
    alice.onReachability(heard);
  }

  @AfterEach
  void close() throws Exception {
    alice.close();
    network.close();
  }

  private Reachability entering() throws InterruptedException {
    alice.enters(network.address(), new Notes());
    return heard.next();
  }

  private Fault fault(Reachability told) {
    assertThat(told).isInstanceOf(Reachability.Distrusted.class);
    assertThat(told.place()).isEqualTo(network.address());
    return ((Reachability.Distrusted) told).fault();
  }

  private SignedConsensus of(long epoch, int signatures) {
    return network.signed(network.consensus(epoch), signatures);
  }

  @Test
  void whatEnoughAuthoritiesSignedInItsTimeIsBelieved() throws Exception {
    assertThat(entering()).isInstanceOf(Reachability.Reachable.class);
  }

  @Test
  void oneAuthorityIsNotEnough() throws Exception {
    network.show(of(network.epoch(), 1));

    assertThat(fault(entering())).isEqualTo(Fault.UNDER_SIGNED);
  }

  @Test
  void aConsensusOfThreeEpochsAgoIsStale() throws Exception {
    network.show(of(network.epoch() - 3, 3));

    assertThat(fault(entering())).isEqualTo(Fault.STALE);
  }

  @Test
  void aConsensusOfTheDayAfterTomorrowIsTooEarly() throws Exception {
    network.show(of(network.epoch() + 48, 3));

    assertThat(fault(entering())).isEqualTo(Fault.TOO_EARLY);
  }

  @Test
  void anotherNetworksFileIsRefused() throws Exception {
    network.showFile(
        new AuthoritySet(Duration.ofMinutes(30), AuthoritySet.parse(network.file()).authorities())
            .format());

    assertThat(fault(entering())).isEqualTo(Fault.WRONG_NETWORK);
  }

  @Test
  void twoFacesOfAnEpochAreToldAndTheNetworkIsNotUsed() throws Exception {
    Notes notes = new Notes();
    alice.enters(network.address(), notes);
    assertThat(heard.next()).isInstanceOf(Reachability.Reachable.class);

    network.show(of(network.epoch(), 3));
    try (Carrier again = RelayedCarrier.start(Clock.systemUTC(), PathWorld.QUICK)) {
      Heard<Reachability> then = new Heard<>();
      again.onReachability(then);
      again.enters(network.address(), notes);

      assertThat(fault(then.next())).isEqualTo(Fault.FORKED);
      Heard<Handoff> handoff = new Heard<>();
      again.deposit(
          im.waxwing.model.Path.into(network.address()),
          Fixtures.depositFor(
              Fixtures.mailboxAt(network.address()), Day.of(Clock.systemUTC().instant())),
          handoff);
      assertThat(handoff.next()).isEqualTo(new Handoff.Unreachable());
    }
  }
}
