package im.waxwing.protocol;

import im.waxwing.base.ByteReader;
import im.waxwing.base.MalformedException;
import im.waxwing.packet.Geometry;
import im.waxwing.packet.ReplyBlock;
import java.util.ArrayList;
import java.util.List;

/// A request as it stands in a packet's payload: count u8 ‖ reply blocks ‖ number u64 ‖ operation
/// u8 ‖ fields ‖ signature ‖ zeros, 3,584 bytes (node.md §4).
///
/// @param blocks none: the answer comes by the link that brought the packet. Otherwise it comes by
///   the first block; [Request.Subscribe] takes the others for what it pushes
/// @param number repeated by the answer, from 1. Without blocks unique on its link, with blocks
///   random
public record NumberedRequest(List<ReplyBlock> blocks, long number, Request request) {
  /// Bytes of a packet's payload (packet.md §2).
  public static final int SIZE = Geometry.STANDARD.payloadLength();

  /// The most reply blocks of any request.
  public static final int MOST_BLOCKS = 5;

  public NumberedRequest {
    blocks = List.copyOf(blocks);
    if (number < 1) {
      throw new IllegalArgumentException("request numbers begin at 1");
    }
    if (blocks.size() > mostBlocks(request.operation())) {
      throw new IllegalArgumentException("too many reply blocks for this operation");
    }
  }

  /// Answered by the link that brings it.
  public NumberedRequest(long number, Request request) {
    this(List.of(), number, request);
  }

  private static int mostBlocks(Operation operation) {
    return switch (operation) {
      case SUBSCRIBE -> MOST_BLOCKS;
      case REACH -> 0;
      case OPEN, DEPOSIT, FETCH, DELETE, PUT_DRAWER, TAKE_DRAWER, REMOVE_DRAWER, UNSUBSCRIBE -> 1;
    };
  }

  public byte[] encode() {
    FieldWriter writer = new FieldWriter(SIZE).u8(blocks.size());
    blocks.forEach(block -> writer.bytes(block.bytes()));
    return writer.u64(number).bytes(request.encode()).paddedTo(SIZE);
  }

  /// @throws MalformedException if a field breaks a rule, or anything but zeros follows the last
  public static NumberedRequest decode(byte[] payload) throws MalformedException {
    if (payload.length != SIZE) {
      throw new MalformedException("payload", "must have " + SIZE + " bytes");
    }
    ByteReader reader = new ByteReader(payload);
    List<ReplyBlock> blocks = readBlocks(reader);
    long number = reader.u64("request number");
    if (number < 1) {
      throw new MalformedException("request number", "must be at least 1");
    }
    Operation operation = Operation.of(reader.u8("operation"));
    if (blocks.size() > mostBlocks(operation)) {
      throw new MalformedException("reply blocks", "must be fewer for this operation");
    }
    Request request = Request.read(operation, reader);
    reader.zeros("padding");
    return new NumberedRequest(blocks, number, request);
  }

  private static List<ReplyBlock> readBlocks(ByteReader reader) throws MalformedException {
    int count = reader.u8("reply blocks");
    if (count > MOST_BLOCKS) {
      throw new MalformedException("reply blocks", "must be at most " + MOST_BLOCKS);
    }
    List<ReplyBlock> blocks = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      blocks.add(new ReplyBlock(reader.bytes("reply block", Geometry.STANDARD.replyBlockLength())));
    }
    return blocks;
  }
}
