package im.waxwing.carrier.relayed;

import im.waxwing.base.ByteString;
import im.waxwing.carrier.NetworkMemory;
import java.util.Optional;

/// What an app keeps of a network, for as long as the test runs.
final class Notes implements NetworkMemory {
  private volatile Optional<ByteString> kept = Optional.empty();

  @Override
  public Optional<ByteString> recall() {
    return kept;
  }

  @Override
  public void keep(ByteString bytes) {
    kept = Optional.of(bytes);
  }
}
