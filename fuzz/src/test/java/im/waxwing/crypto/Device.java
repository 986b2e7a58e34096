package im.waxwing.crypto;

import im.waxwing.model.DeviceAddress;
import im.waxwing.model.DeviceId;
import java.time.Instant;
import java.time.InstantSource;

/// One device with its sessions in memory.
final class Device {
  private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");

  final Identity identity = Identity.generate();
  final DeviceAddress address = new DeviceAddress(identity.account(), new DeviceId(1));
  final MemorySessionState state = new MemorySessionState();
  final Sessions sessions = new Sessions(identity, address, InstantSource.fixed(NOON));

  Letter writes(Device reader) throws CryptoException {
    return sessions.encrypt(state, reader.address, new byte[] {1, 2, 3});
  }

  void startsWith(Device peer) throws CryptoException {
    sessions.start(state, peer.address, peer.sessions.newBundle(peer.state, KeyUse.ONE_TIME));
  }
}
