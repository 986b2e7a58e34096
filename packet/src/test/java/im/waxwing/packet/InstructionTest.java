package im.waxwing.packet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import im.waxwing.base.ByteString;
import im.waxwing.base.MalformedException;
import im.waxwing.model.NodeKey;
import im.waxwing.packet.Instruction.HandOver;
import im.waxwing.packet.Instruction.HandOverReply;
import im.waxwing.packet.Instruction.PassOn;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class InstructionTest {

  private final Random random = new Random(82);
  private final NodeKey node = new NodeKey(bytes(32));
  private final RecipientId recipient = new RecipientId(bytes(32));

  @Test
  void everyKindIsReadAsItWasWritten() throws Exception {
    for (Instruction instruction :
        List.of(
            new PassOn(0, node, bytes(32)),
            new PassOn(1, node, bytes(32)),
            new PassOn(0xFFFF_FFFFL, node, bytes(32)),
            new HandOver(recipient),
            new HandOverReply(recipient, new ReplyId(bytes(16))))) {
      assertThat(Instruction.decode(encoded(instruction))).isEqualTo(instruction);
    }
  }

  @Test
  void anUnknownCommandIsRefused() {
    for (int command = 0; command < 256; command++) {
      if (command != 1 && command != 2 && command != 0x80) {
        byte[] commands = new byte[82];
        commands[0] = (byte) command;
        assertRefused(commands);
      }
    }
  }

  @Test
  void bytesBehindTheLastCommandAreRefused() {
    assertRefusedWhenSet(new PassOn(0, node, bytes(32)), 65);
    assertRefusedWhenSet(new PassOn(9, node, bytes(32)), 70);
    assertRefusedWhenSet(new HandOverReply(recipient, new ReplyId(bytes(16))), 50);
    assertRefusedWhenSet(new HandOver(recipient), 34);
  }

  @Test
  void aDelayBeforeAnythingButANextHopIsRefused() {
    byte[] commands = new byte[82];
    commands[0] = (byte) 0x80;
    for (int command : new int[] {0, 2, 3, 0x80}) {
      commands[5] = (byte) command;
      assertRefused(commands);
    }
  }

  private static void assertRefusedWhenSet(Instruction instruction, int from) {
    for (int at = from; at < 82; at++) {
      byte[] commands = encoded(instruction);
      commands[at] = 1;
      assertRefused(commands);
    }
  }

  private static void assertRefused(byte[] commands) {
    assertThatExceptionOfType(MalformedException.class)
        .isThrownBy(() -> Instruction.decode(commands));
  }

  private static byte[] encoded(Instruction instruction) {
    byte[] commands = new byte[Geometry.COMMANDS_LENGTH];
    instruction.encode(commands);
    return commands;
  }

  private ByteString bytes(int length) {
    return ByteString.copyOf(TestPath.bytes(length, random));
  }
}
