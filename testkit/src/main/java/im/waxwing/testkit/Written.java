package im.waxwing.testkit;

import java.util.Set;

/// A message that somebody wrote, as the world remembers it.
///
/// @param number its place among all messages of the world
/// @param id as given to the messenger
/// @param seen ids of the messages that its writer had before them in the conversation
record Written(int number, String id, Person writer, Person reader, String text, Set<String> seen) {
  boolean isBetween(Person one, Person other) {
    return (writer == one && reader == other) || (writer == other && reader == one);
  }

  @Override
  public String toString() {
    return "#" + number + " (" + writer.name() + " to " + reader.name() + ")";
  }
}
