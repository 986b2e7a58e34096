package im.waxwing.scenarios;

import java.util.EnumSet;
import java.util.Set;

/// The columns of the grid, in its order (docs/grid.md).
public enum Network {
  DIRECT_LAN("direct-lan"),
  DIRECT_TOR("direct-tor"),
  DIRECT_DRIVE("direct-drive"),
  RELAY("relay"),
  FEDERATED("federated"),
  ONION("onion");

  private static final Set<Feature> BY_DRIVE =
      EnumSet.of(
          Feature.TEXT,
          Feature.OFFLINE_DELIVERY,
          Feature.RECEIPTS,
          Feature.FILE,
          Feature.GROUP,
          Feature.MEMBER_REMOVED);

  private final String id;

  Network(String id) {
    this.id = id;
  }

  public String id() {
    return id;
  }

  /// Whether the feature means anything here: a drive carries no calls, and a network without a
  /// node has none to restart.
  public boolean applies(Feature feature) {
    return switch (this) {
      case DIRECT_DRIVE -> BY_DRIVE.contains(feature);
      case DIRECT_LAN, DIRECT_TOR -> feature != Feature.NODE_RESTARTED;
      case RELAY, FEDERATED, ONION -> true;
    };
  }
}
