package im.waxwing.testkit;

import im.waxwing.base.ByteString;
import im.waxwing.base.MalformedException;
import im.waxwing.base.SecretBytes;
import im.waxwing.model.AdmissionToken;
import im.waxwing.model.Day;
import im.waxwing.model.NodeAddress;
import im.waxwing.model.NodeKey;
import im.waxwing.primitives.Ed25519;
import im.waxwing.protocol.AnswerCode;
import im.waxwing.protocol.Frame;
import im.waxwing.protocol.NumberedRequest;
import im.waxwing.protocol.Request;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

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
  private PacketKeys keys;
  private Trouble trouble = Trouble.NONE;
  private Duration groupDelay = GROUP;

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

  private record Arrival(NodeWire from, NumberedRequest request) {}

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
      Shelf shelf = new Shelf(nodeKey, token);
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
  }

  /// The disk breaks: the node goes on with an empty one.
  public void loseEverything() {
    machine.cutPower();
    shelf = new Shelf(address.key(), token);
    machine.switchOn();
  }

  /// How many envelopes wait in all mailboxes.
  public int envelopes() {
    return shelf.envelopes();
  }

  /// What the handshake of a wire shows of the node's TLS certificate.
  ByteString linkKeyHash() {
    return linkKeyHash;
  }

  void accept(NodeWire wire) {
    wires.add(wire);
    wire.send(new Frame.AboutNode(keys.info(seed, linkKeyHash)));
  }

  void gone(NodeWire wire) {
    wires.remove(wire);
  }

  boolean isGarbled() {
    return trouble == Trouble.GARBLED;
  }

  static ByteString garbage() {
    return GARBAGE;
  }

  Shelf shelf() {
    return shelf;
  }

  /// A frame from an app. Whatever is no packet for this node is dropped in silence.
  void received(NodeWire from, ByteString bytes) {
    if (isUp()) {
      decode(bytes).ifPresent(request -> arrived(new Arrival(from, request)));
    }
  }

  private Optional<NumberedRequest> decode(ByteString bytes) {
    try {
      return Frame.decode(bytes.toByteArray()) instanceof Frame.Packet packet
          ? Optional.of(NumberedRequest.decode(keys.open(packet.bytes())))
          : Optional.empty();
    } catch (MalformedException e) {
      return Optional.empty();
    }
  }

  private void arrived(Arrival arrival) {
    if (trouble == Trouble.BUSY) {
      answer(arrival, Shelf.Outcome.of(AnswerCode.BUSY));
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

  private void answer(Arrival arrival, Shelf.Outcome outcome) {
    long number = arrival.request().number();
    arrival.from().answer(new Frame.Answer(number, outcome.code(), outcome.body()));
    if (outcome.code() == AnswerCode.OK) {
      follow(arrival);
    }
  }

  private void follow(Arrival arrival) {
    switch (arrival.request().request()) {
      case Request.Subscribe subscribe ->
          arrival.from().subscribe(arrival.request().number(), subscribe.mailbox());
      case Request.Unsubscribe unsubscribe ->
          arrival.from().unsubscribe(unsubscribe.subscription());
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
