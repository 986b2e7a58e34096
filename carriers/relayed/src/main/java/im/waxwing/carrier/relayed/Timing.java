package im.waxwing.carrier.relayed;

import java.time.Duration;

/// How long a [RelayedCarrier] waits for what.
///
/// @param answer a request without an answer for so long ends as unreachable
/// @param keepAlive a link that is silent for so long is asked whether it lives; so often is it
///   looked whether the nodes of a longer path that is in use are there
/// @param firstRetry after a lost connection; doubled with each failure, less up to half by chance
/// @param longestRetry most that `firstRetry` is doubled to
/// @param renewal after so long a subscription at a node behind others is begun anew; a tenth of it
///   without an envelope, and it is asked whether it lives
public record Timing(
    Duration answer,
    Duration keepAlive,
    Duration firstRetry,
    Duration longestRetry,
    Duration renewal) {
  public static final Timing STANDARD =
      new Timing(
          Duration.ofSeconds(10),
          Duration.ofSeconds(60),
          Duration.ofSeconds(1),
          Duration.ofSeconds(60),
          Duration.ofMinutes(20));
}
