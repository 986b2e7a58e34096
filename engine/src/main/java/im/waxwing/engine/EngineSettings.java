package im.waxwing.engine;

import im.waxwing.model.NetworkAddress;
import im.waxwing.model.NodeAddress;
import im.waxwing.model.Place;
import java.time.Duration;

/// The engine's times and measures. Use [#DEFAULT] unless you are a simulation.
///
/// @param version what the status shows as the program's version
/// @param daysAhead mailboxes are opened for so many days to come, 1 to 30
/// @param daysBack mailboxes of so many past days are read, 1 to 30
/// @param openingPause between two openings ahead; each waits this long and up to as much again
/// @param firstRetry after the first failed attempt; doubles with each
/// @param lastRetry the longest pause between two attempts
/// @param receiptDelay receipts are collected for so long
/// @param earlyLimit a message whose predecessors are missing is shown after this time
/// @param drawerCheck first pause before a waiting guest looks into the drawer again; doubles
/// @param callLimit how long a call waits for a node's answer
public record EngineSettings(
    String version,
    int daysAhead,
    int daysBack,
    Duration openingPause,
    Duration firstRetry,
    Duration lastRetry,
    Duration receiptDelay,
    Duration earlyLimit,
    Duration drawerCheck,
    Duration callLimit) {
  public static final EngineSettings DEFAULT =
      new EngineSettings(
          "0.1.0",
          30,
          30,
          Duration.ofSeconds(20),
          Duration.ofSeconds(3),
          Duration.ofMinutes(5),
          Duration.ofMillis(50),
          Duration.ofHours(1),
          Duration.ofMinutes(1),
          Duration.ofSeconds(30));

  private static final int MAX_DAYS = 30;

  public EngineSettings {
    if (daysAhead < 1 || daysAhead > MAX_DAYS || daysBack < 1 || daysBack > MAX_DAYS) {
      throw new IllegalArgumentException("days ahead and back are 1 to " + MAX_DAYS);
    }
  }

  /// How long a call waits for the answer of a place: a network's passes eight hands, and comes
  /// after its documents where it is new.
  Duration callLimit(Place place) {
    return switch (place) {
      case NodeAddress _ -> callLimit;
      case NetworkAddress _ -> callLimit.multipliedBy(3);
    };
  }

  public EngineSettings withVersion(String newVersion) {
    return new EngineSettings(
        newVersion,
        daysAhead,
        daysBack,
        openingPause,
        firstRetry,
        lastRetry,
        receiptDelay,
        earlyLimit,
        drawerCheck,
        callLimit);
  }

  /// The same with fewer days, for worlds that live only a few.
  public EngineSettings withDays(int ahead, int back) {
    return new EngineSettings(
        version,
        ahead,
        back,
        openingPause,
        firstRetry,
        lastRetry,
        receiptDelay,
        earlyLimit,
        drawerCheck,
        callLimit);
  }
}
