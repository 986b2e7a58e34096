package im.waxwing.engine;

import im.waxwing.carrier.Carrier;
import java.time.InstantSource;
import java.util.concurrent.Executor;
import java.util.random.RandomGenerator;

/// What an engine needs of the world around it.
///
/// @param random for names and for pauses; in an app a `SecureRandom`
/// @param executor runs one task at a time: in an app a single thread of its own, in a simulation
///   the caller itself (`Runnable::run`)
/// @param homeNodes asked when an account is set up without naming a node
/// @param patience in an app [Patience#BLOCKING]
public record Surroundings(
    Carrier carrier,
    InstantSource clock,
    Timer timer,
    RandomGenerator random,
    Executor executor,
    HomeNodes homeNodes,
    Patience patience) {
  @Override
  public String toString() {
    return "Surroundings[redacted]";
  }
}
