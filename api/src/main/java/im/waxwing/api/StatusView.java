package im.waxwing.api;

import java.util.List;
import java.util.Optional;

/// The app at a glance.
///
/// @param name what the person calls themself; empty before set-up
/// @param network the onion network where a mailbox of this device stands; empty: in none
/// @param formerHomes where letters are still read after moving house
/// @param waitingLetters letters that no node has taken yet
/// @param hasBackup whether losing the data folder would not lose the account
/// @param notices what the person should know now, most urgent first
public record StatusView(
    String version,
    Optional<String> name,
    NodeView node,
    Optional<NetworkView> network,
    List<FormerHomeView> formerHomes,
    int waitingLetters,
    boolean hasBackup,
    List<NoticeView> notices) {
  @Override
  public String toString() {
    return "StatusView[redacted]";
  }
}
