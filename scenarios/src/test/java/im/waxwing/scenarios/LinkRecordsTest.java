package im.waxwing.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class LinkRecordsTest {
  /// A frame of 4,096 bytes, its content type and its tag.
  private static final int FRAME_RECORD = 4_096 + 1 + 16;

  /// In TLS 1.3 an app ends its handshake with one encrypted record, a node with at most four.
  private static final int HANDSHAKE_OF_NODE = 4;

  @Test
  void aWholeExchangeShowsRecordsOfOneLengthOnly() throws Exception {
    try (Town town = new Town(Programs.ofThisCheckout())) {
      NodeProcess node = town.node();
      String[] address = node.address().split("[:/]", -1);
      try (LinkTap tap = new LinkTap(Integer.parseInt(address[1]))) {
        String tapped = address[0] + ":" + tap.port() + "/" + address[2] + "/" + address[3];
        Person alice = town.newcomer("Alice");
        Person bob = town.newcomer("Bob");
        alice.setsUp(tapped);
        bob.setsUp(tapped);
        Town.introduce(alice, bob);
        String id = alice.writes("Bob", "a letter");
        bob.reads("Alice", bob.awaitsText("Alice", "a letter"));
        alice.awaitsState("Bob", id, "READ");
        String pieces = "a letter of several envelopes, ".repeat(300) + "one after the other";
        bob.writes("Alice", pieces);
        alice.awaitsText("Bob", pieces);

        // Two for each: one to write by, one to read by.
        assertThat(tap.captures()).hasSizeGreaterThanOrEqualTo(4);
        for (LinkTap.Capture capture : tap.captures()) {
          assertThat(after(1, capture.fromApp())).containsOnly(FRAME_RECORD);
          int handshake = capture.fromNode().indexOf(FRAME_RECORD);
          assertThat(handshake).isBetween(0, HANDSHAKE_OF_NODE);
          assertThat(after(handshake, capture.fromNode())).containsOnly(FRAME_RECORD);
        }
      }
    }
  }

  private static List<Integer> after(int first, List<Integer> lengths) {
    return lengths.subList(Math.min(first, lengths.size()), lengths.size());
  }
}
