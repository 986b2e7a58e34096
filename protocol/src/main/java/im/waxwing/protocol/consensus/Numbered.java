package im.waxwing.protocol.consensus;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A word of a list, as documents write it: by its number, or by a bit of a byte.
interface Numbered {
  int number();

  static <T extends Numbered> T pick(T[] values, int number) {
    return Stream.of(values)
        .filter(value -> value.number() == number)
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("must be a known one"));
  }

  /// A byte whose bits are the numbers.
  static int bits(Set<? extends Numbered> chosen) {
    return chosen.stream().mapToInt(Numbered::number).sum();
  }

  /// The values whose numbers are bits of `bits`.
  static <T extends Numbered> Set<T> chosen(T[] values, int bits) {
    Set<T> chosen =
        Stream.of(values).filter(value -> (bits & value.number()) != 0).collect(Collectors.toSet());
    Fields.demand(bits(chosen) == bits, "must be known ones");
    return chosen;
  }
}
