package im.waxwing.crypto;

import im.waxwing.model.DeviceAddress;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.IntStream;

/// One lock per address. libsignal takes none, and two threads in one session use a message key
/// twice. Addresses share a fixed number of locks, so that none has to be forgotten; nobody holds
/// two at a time.
final class Locks {
  private static final int STRIPES = 64;

  private final Lock[] stripes =
      IntStream.range(0, STRIPES).mapToObj(_ -> new ReentrantLock()).toArray(Lock[]::new);

  Lock of(DeviceAddress address) {
    return stripes[Math.floorMod(address.hashCode(), STRIPES)];
  }
}
