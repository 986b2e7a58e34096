package im.waxwing.protocol.consensus;

import im.waxwing.base.ByteReader;
import im.waxwing.base.ByteString;
import im.waxwing.base.MalformedException;
import im.waxwing.protocol.FieldWriter;
import im.waxwing.protocol.swarm.SwarmAdmission;
import java.time.Duration;
import java.util.Set;

/// What holds for everybody in a network, because whoever differed could be told apart
/// (consensus.md §4). Times are means of exponential distributions, 1 ms to 1 hour.
///
/// @param hopDelay of each relay, in mixed mode
/// @param sendInterval between the packets of an app, real or dummy, in mixed mode
/// @param loopInterval between the packets an app sends to itself, in mixed mode
/// @param nodeLoopInterval between the packets a node sends to itself, in mixed mode
/// @param swarmSize nodes that keep a mailbox
/// @param quorum nodes of a swarm that must have stored before a deposit is acknowledged
/// @param admissionZeroBits what opening a mailbox or laying a drawer costs ([SwarmAdmission])
public record Parameters(
    Mode mode,
    PacketProfile profile,
    Set<Rule> rules,
    Duration hopDelay,
    Duration sendInterval,
    Duration loopInterval,
    Duration nodeLoopInterval,
    int swarmSize,
    int quorum,
    int admissionZeroBits) {
  private static final Duration LONGEST = Duration.ofHours(1);
  private static final int LARGEST_SWARM = 15;

  /// Fast, all rules; in mixed mode 0.4 s a hop, a packet in 5 s, a loop in 30 s, node loops 5/s;
  /// 16 bits of work.
  public static final Parameters STANDARD =
      new Parameters(
          Mode.FAST,
          PacketProfile.X25519,
          Set.of(Rule.values()),
          Duration.ofMillis(400),
          Duration.ofSeconds(5),
          Duration.ofSeconds(30),
          Duration.ofMillis(200),
          5,
          3,
          16);

  /// How packets travel.
  public enum Mode implements Numbered {
    /// Without delay and without cover.
    FAST(0),
    /// With delays, real-or-drop sending and loops.
    MIXED(1);

    private final int number;

    Mode(int number) {
      this.number = number;
    }

    @Override
    public int number() {
      return number;
    }
  }

  /// Which packets a network speaks (packet.md).
  public enum PacketProfile implements Numbered {
    X25519(0),
    /// KEM-Sphinx with X25519 and ML-KEM-768.
    HYBRID(1);

    private final int number;

    PacketProfile(int number) {
      this.number = number;
    }

    @Override
    public int number() {
      return number;
    }
  }

  /// What keeps nodes off one path, and off one swarm.
  public enum Rule implements Numbered {
    /// No two nodes of one operator.
    OPERATOR(1),
    /// No two nodes of one /16 of IPv4 or /32 of IPv6.
    SUBNET(2);

    private final int bit;

    Rule(int bit) {
      this.bit = bit;
    }

    @Override
    public int number() {
      return bit;
    }
  }

  public Parameters {
    rules = Set.copyOf(rules);
    Fields.demand(
        isTime(hopDelay)
            && isTime(sendInterval)
            && isTime(loopInterval)
            && isTime(nodeLoopInterval),
        "a time is 1 ms to 1 hour");
    Fields.demand(
        quorum > swarmSize / 2 && quorum <= swarmSize && swarmSize <= LARGEST_SWARM,
        "a quorum is more than half of its swarm");
    Fields.demand(
        admissionZeroBits >= 0 && admissionZeroBits <= SwarmAdmission.MOST_BITS,
        "admission costs 0 to " + SwarmAdmission.MOST_BITS + " bits of work");
  }

  private static boolean isTime(Duration time) {
    return time.toMillis() >= 1 && time.compareTo(LONGEST) <= 0;
  }

  /// The same with other rules.
  public Parameters with(Set<Rule> others) {
    return new Parameters(
        mode,
        profile,
        others,
        hopDelay,
        sendInterval,
        loopInterval,
        nodeLoopInterval,
        swarmSize,
        quorum,
        admissionZeroBits);
  }

  /// The same in another mode.
  public Parameters with(Mode other) {
    return new Parameters(
        other,
        profile,
        rules,
        hopDelay,
        sendInterval,
        loopInterval,
        nodeLoopInterval,
        swarmSize,
        quorum,
        admissionZeroBits);
  }

  /// The same at another price.
  public Parameters withAdmission(int zeroBits) {
    return new Parameters(
        mode,
        profile,
        rules,
        hopDelay,
        sendInterval,
        loopInterval,
        nodeLoopInterval,
        swarmSize,
        quorum,
        zeroBits);
  }

  ByteString encode() {
    FieldWriter writer = new FieldWriter(32);
    write(writer);
    return writer.toByteString();
  }

  void write(FieldWriter writer) {
    writer.u8(mode.number()).u8(profile.number()).u8(Numbered.bits(rules));
    Fields.writeMillis(writer, hopDelay);
    Fields.writeMillis(writer, sendInterval);
    Fields.writeMillis(writer, loopInterval);
    Fields.writeMillis(writer, nodeLoopInterval);
    writer.u8(swarmSize).u8(quorum).u8(admissionZeroBits);
  }

  static Parameters read(ByteReader reader) throws MalformedException {
    int mode = reader.u8("mode");
    int profile = reader.u8("packet profile");
    int rules = reader.u8("rules");
    Duration hopDelay = Fields.readMillis(reader, "hop delay");
    Duration sendInterval = Fields.readMillis(reader, "send interval");
    Duration loopInterval = Fields.readMillis(reader, "loop interval");
    Duration nodeLoopInterval = Fields.readMillis(reader, "node loop interval");
    int swarmSize = reader.u8("swarm size");
    int quorum = reader.u8("quorum");
    int admission = reader.u8("admission");
    return Fields.checked(
        "parameters",
        () ->
            new Parameters(
                Numbered.pick(Mode.values(), mode),
                Numbered.pick(PacketProfile.values(), profile),
                Numbered.chosen(Rule.values(), rules),
                hopDelay,
                sendInterval,
                loopInterval,
                nodeLoopInterval,
                swarmSize,
                quorum,
                admission));
  }
}
