package im.waxwing.model;

/// The number of a device within its account, 1 to 127.
public record DeviceId(int number) {
  public static final int MAX = 127;

  public DeviceId {
    if (number < 1 || number > MAX) {
      throw new IllegalArgumentException("a device number is between 1 and " + MAX);
    }
  }
}
