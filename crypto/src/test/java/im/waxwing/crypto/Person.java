package im.waxwing.crypto;

import im.waxwing.model.DeviceAddress;
import im.waxwing.model.DeviceId;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;

/// One device with its sessions in memory.
final class Person {
  static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");

  final Identity identity = Identity.generate();
  final DeviceAddress address = new DeviceAddress(identity.account(), new DeviceId(1));
  final MemorySessionState state = new MemorySessionState();
  final Sessions sessions = on(CpuClass.here());

  Sessions on(CpuClass cpu) {
    return new Sessions(identity, address, InstantSource.fixed(NOON), cpu);
  }

  Sessions at(Instant instant) {
    return new Sessions(identity, address, InstantSource.fixed(instant), CpuClass.here());
  }

  PreKeyBundle bundle() {
    return sessions.newBundle(state, KeyUse.ONE_TIME);
  }

  Person startsWith(Person peer) throws CryptoException {
    sessions.start(state, peer.address, peer.bundle());
    return this;
  }

  Letter writes(Person reader, String text) throws CryptoException {
    return sessions.encrypt(state, reader.address, text.getBytes(StandardCharsets.UTF_8));
  }

  String reads(Person writer, Letter letter) throws CryptoException {
    return new String(sessions.decrypt(state, writer.address, letter), StandardCharsets.UTF_8);
  }

  /// Both have answered, so that letters are short from now on.
  static void introduce(Person one, Person other) throws CryptoException {
    one.startsWith(other);
    other.reads(one, one.writes(other, "hello"));
    one.reads(other, other.writes(one, "welcome"));
  }
}
