package im.waxwing.api;

import java.util.List;

/// How the letters of a conversation travel.
///
/// @param network `direct`, `relay`, `federated` or `onion`
/// @param hands who passes them on, from here to there
public record TravelView(String network, List<Hand> hands) {
  /// One node between writer and reader.
  ///
  /// @param host its public name
  /// @param whose what it is to the person
  public record Hand(String host, Whose whose) {
    @Override
    public String toString() {
      return "Hand[redacted]";
    }
  }

  /// `OURS`: both keep their mailbox there. `THEIRS`: the reader's node only.
  public enum Whose {
    OURS,
    THEIRS
  }

  @Override
  public String toString() {
    return "TravelView[redacted]";
  }
}
