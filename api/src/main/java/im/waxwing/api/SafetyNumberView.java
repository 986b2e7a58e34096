package im.waxwing.api;

/// What two people compare to know that nobody stands between them.
///
/// @param digits 60 digits, the same on both sides
/// @param scannable the QR code's content, base64url
public record SafetyNumberView(String digits, String scannable, boolean verified) {
  @Override
  public String toString() {
    return "SafetyNumberView[redacted]";
  }
}
