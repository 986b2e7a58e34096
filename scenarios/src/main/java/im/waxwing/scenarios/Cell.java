package im.waxwing.scenarios;

import java.util.Locale;

/// One feature on one network, as it was seen to work or not.
///
/// @param millis how long the scenario took; 0 where none ran
/// @param why what failed, or why no scenario ran; empty when green
public record Cell(Feature feature, Network network, State state, long millis, String why) {
  public enum State {
    GREEN,
    RED,
    UNBUILT,
    NOT_APPLICABLE;

    /// The word in the grid's JSON.
    public String id() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }
}
