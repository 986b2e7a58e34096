package im.waxwing.protocol;

import im.waxwing.base.ByteReader;
import im.waxwing.base.MalformedException;

/// A request as it stands in a packet's payload: number u64 ‖ operation u8 ‖ fields ‖ signature ‖
/// zeros, 3,584 bytes (node.md §4).
///
/// @param number chosen by the device, from 1, unique on its link; the answer repeats it
public record NumberedRequest(long number, Request request) {
  /// Bytes of a packet's payload (packet.md §1).
  public static final int SIZE = 3584;

  public NumberedRequest {
    if (number < 1) {
      throw new IllegalArgumentException("request numbers begin at 1");
    }
  }

  public byte[] encode() {
    FieldWriter writer =
        new FieldWriter(SIZE).u64(number).u8(request.operation().number()).bytes(request.fields());
    if (request instanceof Request.Signed signed) {
      writer.bytes(signed.signature().bytes());
    }
    return writer.paddedTo(SIZE);
  }

  /// @throws MalformedException if a field breaks a rule, or anything but zeros follows the last
  public static NumberedRequest decode(byte[] payload) throws MalformedException {
    if (payload.length != SIZE) {
      throw new MalformedException("payload", "must have " + SIZE + " bytes");
    }
    ByteReader reader = new ByteReader(payload);
    long number = reader.u64("request number");
    if (number < 1) {
      throw new MalformedException("request number", "must be at least 1");
    }
    Request request = read(Operation.of(reader.u8("operation")), reader);
    reader.zeros("padding");
    return new NumberedRequest(number, request);
  }

  private static Request read(Operation operation, ByteReader reader) throws MalformedException {
    return switch (operation) {
      case OPEN -> Request.Open.read(reader);
      case DEPOSIT -> Request.Deposit.read(reader);
      case SUBSCRIBE -> Request.Subscribe.read(reader);
      case FETCH -> Request.Fetch.read(reader);
      case DELETE -> Request.Delete.read(reader);
      case PUT_DRAWER -> Request.PutDrawer.read(reader);
      case TAKE_DRAWER -> Request.TakeDrawer.read(reader);
      case REMOVE_DRAWER -> Request.RemoveDrawer.read(reader);
      case UNSUBSCRIBE -> Request.Unsubscribe.read(reader);
    };
  }
}
