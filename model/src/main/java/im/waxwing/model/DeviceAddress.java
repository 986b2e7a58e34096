package im.waxwing.model;

/// One device of one account: the party to a session and the end of a lane.
public record DeviceAddress(AccountId account, DeviceId device) {
  @Override
  public String toString() {
    return "DeviceAddress[redacted]";
  }
}
