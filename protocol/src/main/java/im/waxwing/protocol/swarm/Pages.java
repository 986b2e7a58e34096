package im.waxwing.protocol.swarm;

import im.waxwing.base.ByteReader;
import im.waxwing.base.ByteString;
import im.waxwing.base.MalformedException;
import java.util.List;

/// What pages of a longer list have in common.
final class Pages {
  private Pages() {}

  static boolean more(ByteReader reader) throws MalformedException {
    return yesOrNo("more", reader);
  }

  static boolean yesOrNo(String field, ByteReader reader) throws MalformedException {
    int value = reader.u8(field);
    if (value > 1) {
      throw new MalformedException(field, "must be 0 or 1");
    }
    return value == 1;
  }

  /// A page without lines is the last, so that whoever turns pages comes to an end.
  static int count(ByteReader reader, int most, boolean more) throws MalformedException {
    int count = reader.u8("count");
    if (count > most || (count == 0 && more)) {
      throw new MalformedException("count", "must be at most " + most + ", and 0 at the end only");
    }
    return count;
  }

  static void ordered(List<ByteString> names) throws MalformedException {
    for (int i = 1; i < names.size(); i++) {
      if (names.get(i - 1).compareTo(names.get(i)) >= 0) {
        throw new MalformedException("page", "must be in order");
      }
    }
  }
}
