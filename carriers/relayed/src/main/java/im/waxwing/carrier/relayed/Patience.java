package im.waxwing.carrier.relayed;

import im.waxwing.protocol.consensus.Parameters;
import java.time.Duration;
import java.util.Optional;

/// How long a network's answers are waited for. In mixed mode everything takes longer: ticks have
/// to come, and nodes hold packets back (swarm.md §11).
///
/// @param mixed how a network of mixed mode is used; empty: fast mode
record Patience(Timing timing, Optional<Parameters> mixed) {
  /// A packet without an answer for this part of a request's time makes us doubt its path.
  private static final int DOUBT_PART = 3;

  // swarm.md §11: five delays together are hardly ever longer than so many of their means, and the
  // time until the next tick than so many of its.
  private static final int DELAYS_OF_A_LONG_TRIP = 16;
  private static final int TICKS_A_PLACE = 10;

  /// For a request to be sent.
  ///
  /// @param before how many wait already
  Duration inRow(int before) {
    return mixed
        .map(how -> how.sendInterval().multipliedBy(TICKS_A_PLACE * (before + 1L)))
        .orElse(Duration.ZERO)
        .plus(timing.answer());
  }

  /// For the answer to a request that was sent, with its repetitions.
  Duration whole() {
    return mixed
        .map(how -> longTrip(how).plus(how.sendInterval()).multipliedBy(DOUBT_PART))
        .orElse(Duration.ZERO)
        .plus(timing.answer());
  }

  /// For the answer to one packet.
  Duration onePacket() {
    return mixed
        .map(Patience::longTrip)
        .orElse(Duration.ZERO)
        .plus(timing.answer().dividedBy(DOUBT_PART));
  }

  private static Duration longTrip(Parameters how) {
    return how.hopDelay().multipliedBy(DELAYS_OF_A_LONG_TRIP);
  }
}
