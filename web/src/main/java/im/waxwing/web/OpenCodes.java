package im.waxwing.web;

import im.waxwing.base.ByteString;
import im.waxwing.base.SecretBytes;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/// The one-time codes with which a page is opened (api.md §2).
///
/// Safe for many threads.
final class OpenCodes {
  static final Duration LIFE = Duration.ofMinutes(5);
  private static final int SIZE = 16;
  private static final int MAX_OPEN = 64;

  private final InstantSource clock;
  private final List<Code> open = new ArrayList<>();

  OpenCodes(InstantSource clock) {
    this.clock = clock;
  }

  /// A new code; the oldest one gives way when too many are open.
  synchronized String issue() {
    String code = ByteString.copyOf(SecretBytes.generate(SIZE).exposeSecret()).base64Url();
    if (open.size() == MAX_OPEN) {
      open.removeFirst();
    }
    open.add(new Code(bytes(code), clock.instant().plus(LIFE)));
    return code;
  }

  /// Whether this code was open. It is closed afterwards.
  synchronized boolean redeem(String given) {
    Instant now = clock.instant();
    open.removeIf(code -> !now.isBefore(code.expiry));
    byte[] wanted = bytes(given);
    return open.removeIf(code -> MessageDigest.isEqual(code.text, wanted));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static final class Code {
    private final byte[] text;
    private final Instant expiry;

    Code(byte[] text, Instant expiry) {
      this.text = text;
      this.expiry = expiry;
    }
  }
}
