package im.waxwing.testkit;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What became of messages after they were written, as the world remembers it: the last that each
/// person did.
final class Afterwards {
  private final Map<String, String> texts = new HashMap<>();
  private final Set<String> unsent = new HashSet<>();
  private final Map<String, Map<String, String>> emojis = new HashMap<>();

  void edited(String message, String text) {
    texts.put(message, text);
  }

  void unsent(String message) {
    unsent.add(message);
  }

  /// @param emoji empty: taken back
  void reacted(String message, Person person, Optional<String> emoji) {
    Map<String, String> all = emojis.computeIfAbsent(message, _ -> new HashMap<>());
    all.remove(person.name());
    emoji.ifPresent(chosen -> all.put(person.name(), chosen));
  }

  boolean isUnsent(String message) {
    return unsent.contains(message);
  }

  String text(Written message) {
    return isUnsent(message.id()) ? "" : texts.getOrDefault(message.id(), message.text());
  }

  /// Who has which emoji at a message.
  Map<String, String> emojis(String message) {
    return isUnsent(message) ? Map.of() : emojis.getOrDefault(message, Map.of());
  }
}
