package im.waxwing.api;

import java.util.List;
import java.util.Optional;

/// How the letters of a conversation travel.
///
/// @param network `direct`, `relay`, `federated` or `onion`: the way in use now; before the first
///   letter, and while none works, the one that is tried first
/// @param hands who passes them on, from here to there, on that way
/// @param ways the allowed ones in the order in which they are tried, then the others
/// @param chosenHere whether this conversation has a choice of its own instead of the default
public record TravelView(String network, List<Hand> hands, List<Way> ways, boolean chosenHere) {
  public TravelView {
    hands = List.copyOf(hands);
    ways = List.copyOf(ways);
  }

  /// One hand between writer and reader.
  ///
  /// @param host its public name; empty: others for each letter
  /// @param whose what it is to the person
  public record Hand(Optional<String> host, Whose whose) {
    @Override
    public String toString() {
      return "Hand[redacted]";
    }
  }

  /// `OURS`: both keep their mailbox there. `MINE`: the writer's node only. `THEIRS`: the reader's
  /// node only. In an onion network: `GUARD`, where this app enters it, told to nobody; `RELAY`,
  /// twice, picked anew for each letter; `SWARM`, the nodes that keep the reader's mailbox
  /// together.
  public enum Whose {
    OURS,
    MINE,
    THEIRS,
    GUARD,
    RELAY,
    SWARM
  }

  /// One of the ways that letters to this reader can go.
  ///
  /// @param allowed whether the person allows it in this conversation
  /// @param missing with `UNREACHABLE`: the host of the node that does not answer; empty: it is no
  ///   single node
  /// @param hands empty if the way is `NOT_POSSIBLE`
  public record Way(
      String network, boolean allowed, State state, Optional<String> missing, List<Hand> hands) {
    public Way {
      hands = List.copyOf(hands);
    }

    @Override
    public String toString() {
      return "Way[redacted]";
    }
  }

  /// `NOT_ALLOWED`: an operator on the way does not deal with the other node. `NOT_POSSIBLE`: there
  /// is no such way between these two: `federated` where both live at one node or one of them at
  /// none, `onion` where the reader has no mailbox in a network.
  public enum State {
    USABLE,
    UNREACHABLE,
    NOT_ALLOWED,
    NOT_POSSIBLE
  }

  @Override
  public String toString() {
    return "TravelView[redacted]";
  }
}
