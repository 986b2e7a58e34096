package im.waxwing.node;

import im.waxwing.model.AdmissionToken;
import im.waxwing.model.NodeKey;
import java.time.Clock;

/// What all links and desks of one node share.
record Office(
    NodeKey node,
    AdmissionToken token,
    Clock clock,
    Limits limits,
    EpochKeys keys,
    Committer committer,
    Subscriptions subscriptions,
    StockedSubscriptions stocked,
    Attached attached,
    Peers peers,
    Swarms swarms,
    OnionDesk onion,
    Counters counters) {
  @Override
  public String toString() {
    return "Office[redacted]";
  }
}
