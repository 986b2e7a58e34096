package im.waxwing.node;

import static org.assertj.core.api.Assertions.assertThat;

import im.waxwing.base.SecretBytes;
import im.waxwing.model.NodeAddress;
import im.waxwing.model.NodeKey;
import im.waxwing.protocol.AnswerCode;
import im.waxwing.protocol.Frame;
import im.waxwing.protocol.PeerGreeting;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Who becomes a peer, and who is dialled.
class FederationTest {
  private static final Federation NOBODY =
      new Federation(Federation.Mode.NOBODY, Set.of(), Set.of());

  @TempDir Path folder;
  private final Nodes nodes = new Nodes();

  @AfterEach
  void close() throws Exception {
    nodes.close();
  }

  private Node node(String name, Federation federation) throws Exception {
    return nodes.start(
        NodeConfig.in(folder.resolve(name)).onThisMachine(0).withFederation(federation));
  }

  private static Federation listed(String... names) {
    return new Federation(Federation.Mode.LISTED, Set.of(names), Set.of());
  }

  private static Federation never(String... names) {
    return new Federation(Federation.Mode.EVERYONE, Set.of(), Set.of(names));
  }

  private static String keyOf(Node node) {
    return node.address().node().key().bytes().base64Url();
  }

  private AnswerCode reach(Node from, Node to) throws Exception {
    Traveller alice = nodes.closing(new Traveller(from));
    return alice.reach(to.address().node()).code();
  }

  @Nested
  class Greetings {
    private final Instant now = nodes.clock().instant();

    private Mallory mallory() throws Exception {
      return nodes.closing(new Mallory(node("a", Federation.EVERYONE), now));
    }

    @Test
    void aNodeThatProvesItselfIsAPeer() throws Exception {
      Mallory mallory = mallory().greets();

      assertThat(mallory.link().hasNothing()).isTrue();
    }

    @Test
    void oneWhoseClockIsHalfADayOffIsNot() throws Exception {
      Mallory mallory = mallory();
      mallory.link().send(mallory.greeting(now.minus(Duration.ofHours(12)).minusMillis(1)));

      mallory.link().awaitClosed();
    }

    @Test
    void oneWhoSignsForAnothersKeyIsNot() throws Exception {
      Mallory mallory = mallory();
      NodeAddress victim = node("b", Federation.EVERYONE).address().node();
      mallory
          .link()
          .send(
              new Frame.Peer(
                  PeerGreeting.sign(mallory.seed(), victim, now, mallory.link().info())));

      mallory.link().awaitClosed();
    }

    @Test
    void aGreetingForAnotherNodeIsOfNoUse() throws Exception {
      Mallory mallory = mallory();
      Mallory elsewhere = nodes.closing(new Mallory(node("b", Federation.EVERYONE), now));
      mallory.link().send(elsewhere.greeting(now));

      mallory.link().awaitClosed();
    }

    @Test
    void aForgedSignatureIsOfNoUse() throws Exception {
      Mallory mallory = mallory();
      mallory
          .link()
          .send(
              new Frame.Peer(
                  PeerGreeting.sign(
                      SecretBytes.generate(32), mallory.address(), now, mallory.link().info())));

      mallory.link().awaitClosed();
    }

    @Test
    void anAppCannotBecomeANodeLater() throws Exception {
      Node a = node("a", Federation.EVERYONE);
      Mallory mallory = nodes.closing(new Mallory(a, now));
      mallory.link().roundTrip();
      mallory.link().send(mallory.greeting(now));
      mallory.link().roundTrip();

      assertThat(a.counters().malformed.sum()).isEqualTo(1);
    }
  }

  @Nested
  class Policies {
    @Test
    void nobodyIsDialledAndNobodyIsTaken() throws Exception {
      Node closed = node("a", NOBODY);
      Node open = node("b", Federation.EVERYONE);

      assertThat(reach(closed, open)).isEqualTo(AnswerCode.NOT_ALLOWED);
      assertThat(reach(open, closed)).isEqualTo(AnswerCode.NOT_ALLOWED);
    }

    @Test
    void onlyWhoIsListedByKey() throws Exception {
      Node friend = node("b", Federation.EVERYONE);
      Node other = node("c", Federation.EVERYONE);
      Node choosy = node("a", listed(keyOf(friend)));

      assertThat(reach(choosy, friend)).isEqualTo(AnswerCode.OK);
      assertThat(reach(friend, choosy)).isEqualTo(AnswerCode.OK);
      assertThat(reach(choosy, other)).isEqualTo(AnswerCode.NOT_ALLOWED);
      assertThat(reach(other, choosy)).isEqualTo(AnswerCode.NOT_ALLOWED);
    }

    @Test
    void whoIsListedByHostHasToComeFromThere() throws Exception {
      Node choosy = node("a", listed("127.0.0.1", "203.0.113.9"));
      Node here = node("b", Federation.EVERYONE);
      Node pretender =
          nodes.start(
              NodeConfig.in(folder.resolve("c"))
                  .onThisMachine(0)
                  .withPublicName("203.0.113.9")
                  .withFederation(listed("127.0.0.1")));

      assertThat(reach(here, choosy)).isEqualTo(AnswerCode.OK);
      assertThat(reach(pretender, choosy)).isEqualTo(AnswerCode.NOT_ALLOWED);
    }

    @Test
    void whoIsNamedUnderNeverIsNotTakenEvenIfListed() throws Exception {
      Node other = node("b", Federation.EVERYONE);
      Node choosy =
          node(
              "a",
              new Federation(Federation.Mode.LISTED, Set.of(keyOf(other)), Set.of(keyOf(other))));
      Node byHost = node("c", never("127.0.0.1"));

      assertThat(reach(choosy, other)).isEqualTo(AnswerCode.NOT_ALLOWED);
      assertThat(reach(other, choosy)).isEqualTo(AnswerCode.NOT_ALLOWED);
      assertThat(reach(byHost, other)).isEqualTo(AnswerCode.NOT_ALLOWED);
    }
  }

  @Nested
  class Dialling {
    @Test
    void aPublicNodeIsNotSentKnockingAtItsOwnMachine() throws Exception {
      Node inside = node("b", Federation.EVERYONE);
      NodeConfig config =
          NodeConfig.in(folder.resolve("a")).onThisMachine(0).withPublicName("203.0.113.9");
      Node publicNode = nodes.start(config);

      assertThat(reach(publicNode, inside)).isEqualTo(AnswerCode.NOT_ALLOWED);
      assertThat(inside.counters().links.sum()).isZero();
    }

    @Test
    void unlessItsOperatorNamesTheOther() throws Exception {
      Node inside = node("b", Federation.EVERYONE);
      NodeConfig config =
          NodeConfig.in(folder.resolve("a"))
              .onThisMachine(0)
              .withPublicName("203.0.113.9")
              .withFederation(
                  new Federation(Federation.Mode.EVERYONE, Set.of("127.0.0.1"), Set.of()));

      assertThat(reach(nodes.start(config), inside)).isEqualTo(AnswerCode.OK);
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "127.0.0.1",
          "127.9.9.9",
          "10.1.2.3",
          "172.16.0.1",
          "192.168.1.1",
          "169.254.169.254",
          "100.64.0.1",
          "0.0.0.0",
          "0.1.2.3",
          "198.18.0.1",
          "224.0.0.1",
          "255.255.255.255",
          "::",
          "::1",
          "fe80::1",
          "fc00::1",
          "fd12::1",
          "ff02::1",
          "::ffff:127.0.0.1",
          "2002:7f00:1::",
          "64:ff9b::7f00:1"
        })
    void anAddressOfNoPublicMachineIsNotDialled(String address) {
      assertThat(allows("203.0.113.9", address)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"203.0.113.9", "1.1.1.1", "172.32.0.1", "2001:db8::1"})
    void othersAre(String address) {
      assertThat(allows("node.example", address)).isTrue();
    }

    @Test
    void aNodeOfThisMachineMayDialThisMachine() {
      assertThat(allows("127.0.0.1", "127.0.0.1")).isTrue();
      assertThat(allows("[::1]", "::1")).isTrue();
      assertThat(allows("localhost", "10.0.0.1")).isTrue();
      assertThat(allows("192.168.1.5", "224.0.0.1")).isFalse();
    }

    private boolean allows(String ownHost, String address) {
      NodeAddress node = new NodeAddress("other.example", 7443, new NodeKey(Mailboxes.random(32)));
      return DialRule.of(ownHost).allows(InetAddress.ofLiteral(address), node, Federation.EVERYONE);
    }
  }
}
