package im.waxwing.crypto;

import java.lang.ref.WeakReference;
import java.util.concurrent.atomic.AtomicInteger;
import org.signal.libsignal.protocol.kem.KEMKeyPair;
import org.signal.libsignal.protocol.kem.KEMKeyType;

/// Two precautions that libsignal 0.86.5 needs: every call into it is announced here first.
///
/// Its first call detects the processor in unsynchronised statics; class initialisation makes sure
/// that one thread does it and all others wait. Its objects free native memory only when they are
/// finalised; the Java heap does not notice how much hangs on them, so the collector is called when
/// [#OPERATIONS] operations went by without a collection. In a small heap it mostly comes earlier
/// by itself.
final class NativeCode {
  /// A few megabytes of native memory.
  private static final int OPERATIONS = 2_000;

  private static final AtomicInteger COUNT = new AtomicInteger();

  // Held by nobody else: it is gone after the next collection.
  private static volatile WeakReference<Object> canary = new WeakReference<>(new Object());

  static {
    KEMKeyPair.generate(KEMKeyType.KYBER_1024);
  }

  private NativeCode() {}

  static void enter() {
    if (COUNT.incrementAndGet() % OPERATIONS == 0) {
      if (!canary.refersTo(null)) {
        System.gc();
      }
      canary = new WeakReference<>(new Object());
    }
  }
}
