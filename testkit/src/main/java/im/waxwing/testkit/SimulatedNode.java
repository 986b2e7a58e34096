package im.waxwing.testkit;

import im.waxwing.base.ByteString;
import im.waxwing.base.MalformedException;
import im.waxwing.base.SecretBytes;
import im.waxwing.model.AdmissionToken;
import im.waxwing.model.Day;
import im.waxwing.model.NodeAddress;
import im.waxwing.model.NodeKey;
import im.waxwing.packet.Geometry;
import im.waxwing.packet.OutgoingPacket;
import im.waxwing.packet.PacketWrapper;
import im.waxwing.packet.RecipientId;
import im.waxwing.packet.Unwrapped;
import im.waxwing.primitives.Ed25519;
import im.waxwing.protocol.AnswerCode;
import im.waxwing.protocol.Frame;
import im.waxwing.protocol.NodeInfo;
import im.waxwing.protocol.NumberedRequest;
import im.waxwing.protocol.PeerGreeting;
import im.waxwing.protocol.Request;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// A node as apps meet it: the packets, signatures, rules and answers of the real one, with its
/// disk in memory. Requests are carried out when their group is committed and answered afterwards,
/// so that a power cut loses what was not yet answered and keeps what was.
///
/// One thread at a time.
public final class SimulatedNode {
  private static final ByteString GARBAGE = ByteString.copyOf(filled(Frame.SIZE, 0xA5));
  private static final Duration GROUP = Duration.ofMillis(10);

  private final Machine machine;
  private final Promptness promptness;
  private final SecretBytes seed;
  private final NodeAddress address;
  private final AdmissionToken token;
  private final ByteString linkKeyHash = random(32);
  private final List<NodeWire> wires = new ArrayList<>();
  private final List<Arrival> group = new ArrayList<>();
  private Shelf shelf;
  private final Map<RecipientId, NodeWire> attached = new LinkedHashMap<>();
  private final PacketWrapper wrapper = new PacketWrapper(Geometry.STANDARD);
  private Optional<Relay> relay = Optional.empty();
  private PacketKeys keys;
  private Trouble trouble = Trouble.NONE;
  private Duration groupDelay = GROUP;
  private final Set<NodeKey> refused = new HashSet<>();

  /// What is wrong with a node that runs.
  public enum Trouble {
    NONE,
    /// It has too much to do for any request.
    BUSY,
    /// Its disk takes nothing new.
    FULL,
    /// What it sends is no frame.
    GARBLED
  }

  /// When a deposit is answered. Only `AFTER_COMMIT` is right; the other is there to be caught.
  public enum Promptness {
    AFTER_COMMIT,
    BEFORE_COMMIT
  }

  /// A request, and the wire to answer by; none: it came by way of another node.
  private record Arrival(Optional<NodeWire> from, NumberedRequest request) {}

  private SimulatedNode(
      Machine machine,
      NodeAddress address,
      SecretBytes seed,
      AdmissionToken token,
      Shelf shelf,
      Promptness promptness) {
    this.machine = machine;
    this.address = address;
    this.seed = seed;
    this.token = token;
    this.shelf = shelf;
    this.promptness = promptness;
    this.keys = new PacketKeys(machine.clock());
    machine.onPowerCut(this::loseMemory);
  }

  /// A new node with nothing on its disk.
  public static SimulatedNode atHost(String host, Machine machine) {
    SecretBytes seed = SecretBytes.generate(Ed25519.SEED_LENGTH);
    try (Ed25519.SigningKey key = Ed25519.SigningKey.ofSeed(seed.exposeSecret())) {
      NodeKey nodeKey = new NodeKey(ByteString.copyOf(key.publicKey()));
      NodeAddress address = new NodeAddress(host, 7443, nodeKey);
      AdmissionToken token = new AdmissionToken(SecretBytes.generate(AdmissionToken.SIZE));
      Shelf shelf = Shelf.ofNode(nodeKey, token);
      return new SimulatedNode(machine, address, seed, token, shelf, Promptness.AFTER_COMMIT);
    }
  }

  /// The same node with the same things on its disk, in another world.
  public SimulatedNode copyTo(Machine other, Promptness otherPromptness) {
    return new SimulatedNode(other, address, seed, token, shelf.copy(), otherPromptness);
  }

  public String name() {
    return machine.name();
  }

  public NodeAddress address() {
    return address;
  }

  /// What the operator hands to those who may live here.
  public NodeAddress.WithAdmission addressWithAdmission() {
    return new NodeAddress.WithAdmission(address, token);
  }

  public Machine machine() {
    return machine;
  }

  public boolean isUp() {
    return machine.isOn();
  }

  public void setTrouble(Trouble trouble) {
    this.trouble = trouble;
  }

  /// How long a request waits for its group's commit.
  public void setSlowness(Duration slowness) {
    groupDelay = GROUP.plus(slowness);
  }

  /// Sets the clock wrong, or right again. Wires end, so that every app hears of the time.
  public void setClockError(Duration error) {
    machine.setClockError(error);
    List.copyOf(wires).forEach(NodeWire::cut);
    relay.ifPresent(Relay::cutDialled);
  }

  /// The disk breaks: the node goes on with an empty one.
  public void loseEverything() {
    machine.cutPower();
    shelf = Shelf.ofNode(address.key(), token);
    machine.switchOn();
  }

  /// Its operator deals with another node no more, or again.
  public void setRefusing(SimulatedNode other, boolean refusing) {
    if (refusing) {
      refused.add(other.address.key());
    } else {
      refused.remove(other.address.key());
    }
  }

  void refuseNobody() {
    refused.clear();
  }

  /// How many envelopes wait in all mailboxes.
  public int envelopes() {
    return shelf.envelopes();
  }

  /// What the handshake of a wire shows of the node's TLS certificate.
  ByteString linkKeyHash() {
    return linkKeyHash;
  }

  /// From now on it can dial other nodes there.
  void joins(SimulatedNetwork network) {
    relay = Optional.of(new Relay(this, network, seed));
  }

  /// What it says of itself just now.
  NodeInfo info() {
    return keys.info(seed, linkKeyHash);
  }

  void accept(NodeWire wire) {
    wires.add(wire);
    wire.send(new Frame.AboutNode(info()));
  }

  void gone(NodeWire wire) {
    wires.remove(wire);
    attached.values().removeIf(one -> one == wire);
    relay.ifPresent(there -> there.gone(wire));
  }

  ByteString encoded(Frame frame) {
    return trouble == Trouble.GARBLED ? GARBAGE : ByteString.copyOf(frame.encode());
  }

  Shelf shelf() {
    return shelf;
  }

  /// A frame from an app or a node that dialled. Whatever makes no sense is dropped in silence.
  void received(NodeWire from, ByteString bytes) {
    if (isUp()) {
      try {
        read(from, Frame.decode(bytes.toByteArray()));
      } catch (MalformedException e) {
        // As real nodes do, but that these do not count it.
      }
    }
  }

  private void read(NodeWire from, Frame frame) throws MalformedException {
    switch (frame) {
      case Frame.Packet(ByteString packet) -> {
        boolean peer = relay.filter(there -> there.isPeer(from)).isPresent();
        came(peer ? Optional.empty() : Optional.of(from), keys.unwrap(packet));
      }
      case Frame.Attach(RecipientId recipient) -> attached.put(recipient, from);
      case Frame.Peer(PeerGreeting greeting) ->
          relay.ifPresent(there -> there.greeted(from, greeting));
      case Frame.AboutNode(NodeInfo info) -> relay.ifPresent(there -> there.told(from, info));
      case Frame.Ping _,
          Frame.Pong _,
          Frame.Answer _,
          Frame.Push _,
          Frame.CaughtUp _,
          Frame.Reply _,
          Frame.PeerRequest _,
          Frame.PeerAnswer _,
          Frame.AskDocument _,
          Frame.Gossip _,
          Frame.DocumentPart _ -> {}
    }
  }

  /// A packet from a node that this one dialled.
  void passed(ByteString packet) throws MalformedException {
    came(Optional.empty(), keys.unwrap(packet));
  }

  private void came(Optional<NodeWire> from, Unwrapped unwrapped) throws MalformedException {
    switch (unwrapped) {
      case Unwrapped.Deliver deliver -> {
        NumberedRequest request = NumberedRequest.decode(deliver.payload().toByteArray());
        if (from.isPresent() || !request.blocks().isEmpty()) {
          arrived(new Arrival(from, request));
        }
      }
      case Unwrapped.Forward forward -> pass(forward);
      case Unwrapped.Reply reply ->
          Optional.ofNullable(attached.get(reply.recipient()))
              .ifPresent(wire -> wire.answer(new Frame.Reply(reply.reply(), reply.sealed())));
    }
  }

  private void pass(Unwrapped.Forward forward) {
    if (!refused.contains(forward.next())) {
      relay.ifPresent(there -> there.pass(forward.next(), forward.packet()));
    }
  }

  private void arrived(Arrival arrival) {
    if (trouble == Trouble.BUSY) {
      answer(arrival, Shelf.Outcome.of(AnswerCode.BUSY));
      return;
    }
    if (arrival.request().request() instanceof Request.Reach reach) {
      reach(arrival, reach);
      return;
    }
    if (group.isEmpty()) {
      machine.after(groupDelay, this::commit);
    }
    group.add(arrival);
    if (promptness == Promptness.BEFORE_COMMIT
        && arrival.request().request() instanceof Request.Deposit) {
      answer(arrival, Shelf.Outcome.of(AnswerCode.OK));
    }
  }

  private void commit() {
    List<Arrival> committed = List.copyOf(group);
    group.clear();
    Day today = Day.of(machine.clock().instant());
    shelf.forgetBefore(today);
    committed.forEach(
        arrival -> {
          Request request = arrival.request().request();
          answer(arrival, shelf.carryOut(request, today, trouble != Trouble.FULL));
        });
  }

  private void reach(Arrival arrival, Request.Reach reach) {
    if (!reach.token().equals(token)) {
      answer(arrival, Shelf.Outcome.of(AnswerCode.NOT_ADMITTED));
      return;
    }
    if (refused.contains(reach.node().key())) {
      answer(arrival, Shelf.Outcome.of(AnswerCode.NOT_ALLOWED));
      return;
    }
    relay
        .orElseThrow()
        .reach(
            reach.node(),
            info ->
                answer(
                    arrival,
                    info.map(word -> new Shelf.Outcome(AnswerCode.OK, word.encode()))
                        .orElse(Shelf.Outcome.of(AnswerCode.UNREACHABLE_NODE))));
  }

  private void answer(Arrival arrival, Shelf.Outcome outcome) {
    NumberedRequest request = arrival.request();
    Frame.Answer answer = new Frame.Answer(request.number(), outcome.code(), outcome.body());
    if (request.blocks().isEmpty()) {
      arrival.from().orElseThrow().answer(answer);
    } else {
      OutgoingPacket reply = wrapper.reply(request.blocks().getFirst(), answer.encodeReply());
      relay.ifPresent(there -> there.pass(reply.first(), reply.packet()));
    }
    if (outcome.code() == AnswerCode.OK) {
      follow(arrival);
    }
  }

  private void follow(Arrival arrival) {
    switch (arrival.request().request()) {
      case Request.Subscribe subscribe ->
          arrival
              .from()
              .ifPresent(wire -> wire.subscribe(arrival.request().number(), subscribe.mailbox()));
      case Request.Unsubscribe unsubscribe ->
          arrival.from().ifPresent(wire -> wire.unsubscribe(unsubscribe.subscription()));
      case Request.Deposit deposit -> wires.forEach(wire -> wire.feed(deposit.mailbox()));
      case Request.Delete delete ->
          wires.forEach(wire -> wire.deleted(delete.mailbox(), delete.ids()));
      case Request.Open _,
          Request.Fetch _,
          Request.PutDrawer _,
          Request.TakeDrawer _,
          Request.RemoveDrawer _,
          Request.Reach _ -> {}
    }
  }

  private void loseMemory() {
    group.clear();
    keys = new PacketKeys(machine.clock());
    List.copyOf(wires).forEach(NodeWire::cut);
    wires.clear();
    attached.clear();
    relay.ifPresent(Relay::loseMemory);
  }

  private static byte[] filled(int size, int value) {
    byte[] bytes = new byte[size];
    Arrays.fill(bytes, (byte) value);
    return bytes;
  }

  private static ByteString random(int size) {
    return ByteString.copyOf(SecretBytes.generate(size).exposeSecret());
  }
}
