package im.waxwing.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.classfile.Attributes;
import java.lang.classfile.ClassModel;
import java.lang.classfile.MethodModel;
import java.lang.constant.ClassDesc;
import java.lang.reflect.AccessFlag;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// Whoever writes a decoder of strangers' bytes finds a failing test here until it has a target.
///
/// A decoder is a method, not private, that is named `decode…` or `parse…`, or that takes raw bytes
/// or text and is named `read` or declares `MalformedException`.
class EveryDecoderTest {
  private static final Set<String> RAW =
      Set.of(
          "byte[]",
          "ByteBuffer",
          "ByteString",
          "String",
          "List",
          "Letter",
          "Envelope",
          "Frame",
          "SealedObject");

  private static final String FIELD = "a field, read by the decoders";

  private static final Map<String, String> WITHOUT_TARGET =
      Map.ofEntries(
          Map.entry("im.waxwing.base.ByteReader#bytes", FIELD),
          Map.entry("im.waxwing.base.ByteReader#end", FIELD),
          Map.entry("im.waxwing.base.ByteReader#u16", FIELD),
          Map.entry("im.waxwing.base.ByteReader#u32", FIELD),
          Map.entry("im.waxwing.base.ByteReader#u64", FIELD),
          Map.entry("im.waxwing.base.ByteReader#u8", FIELD),
          Map.entry("im.waxwing.base.ByteReader#zeros", FIELD),
          Map.entry("im.waxwing.protocol.VerifyingKey#read", FIELD),
          Map.entry("im.waxwing.protocol.consensus.Fields#checked", FIELD),
          Map.entry("im.waxwing.protocol.consensus.Fields#readMillis", FIELD),
          Map.entry("im.waxwing.protocol.consensus.Fields#readText", FIELD),
          Map.entry("im.waxwing.engine.Contents#account", FIELD),
          Map.entry("im.waxwing.engine.Contents#checkName", FIELD),
          Map.entry("im.waxwing.engine.Contents#ids", FIELD),
          Map.entry("im.waxwing.engine.Contents#messageId", FIELD),
          Map.entry("im.waxwing.engine.Contents#parents", FIELD),
          Map.entry("im.waxwing.engine.Contents#secret", FIELD),
          Map.entry("im.waxwing.engine.Contents#sized", FIELD),
          Map.entry("im.waxwing.engine.Contents#target", FIELD),
          Map.entry("im.waxwing.engine.Contents#targets", FIELD),
          Map.entry("im.waxwing.cli.Life#parse", "a person's own words to their app"),
          Map.entry("im.waxwing.crypto.Sealing#open", "the seal of Envelopes and Drawers"),
          Map.entry("im.waxwing.packet.Payloads#open", "the end of PacketUnwrapper and openReply"),
          Map.entry("im.waxwing.engine.Repair#ask", "hands a letter to Sessions.retryRequest"),
          Map.entry("im.waxwing.crypto.LetterYardstick$Device#open", "measures our own letters"),
          Map.entry("im.waxwing.crypto.ReceivingLane#decode", "our own store's"),
          Map.entry("im.waxwing.crypto.SendingLane#decode", "our own store's"),
          Map.entry("im.waxwing.protocol.swarm.Pages#ordered", FIELD),
          Map.entry("im.waxwing.protocol.swarm.Pages#yesOrNo", FIELD),
          Map.entry("im.waxwing.node.SwarmStore#decode", "our own store's"),
          Map.entry("im.waxwing.node.directory.AuthorityFolder#read", "its own files"),
          Map.entry("im.waxwing.node.directory.Flags#parse", "the operator's own words"),
          Map.entry("im.waxwing.node.DepositFloor#deposit", "measures our own packets"));

  @Test
  void everyDecoderHasATarget() throws Exception {
    Set<String> missing = decoders();
    assertThat(missing).hasSizeGreaterThan(25);

    missing.removeAll(
        Targets.ALL.stream().flatMap(t -> t.decoders().stream()).collect(Collectors.toSet()));
    missing.removeAll(WITHOUT_TARGET.keySet());

    assertThat(missing).as("decoders without a fuzz target").isEmpty();
  }

  @Test
  void everyNamedDecoderExists() throws Exception {
    Set<String> methods = new TreeSet<>();
    for (ClassModel type : OurClasses.all()) {
      type.methods().forEach(method -> methods.add(name(type, method)));
    }

    for (Target target : Targets.ALL) {
      assertThat(methods).as(target.name()).containsAll(target.decoders());
    }
    assertThat(methods).containsAll(WITHOUT_TARGET.keySet());
  }

  @Test
  void everyModuleIsLookedThrough() throws Exception {
    Set<String> packages = new TreeSet<>();
    for (ClassModel type : OurClasses.all()) {
      packages.add(OurClasses.name(type).replaceFirst("^im\\.waxwing\\.(.*)\\.[^.]*$", "$1"));
    }

    assertThat(packages)
        .contains("api", "app", "base", "carrier", "carrier.relayed", "cli", "crypto", "engine")
        .contains("model", "node", "packet", "primitives", "protocol", "store", "web");
  }

  private static Set<String> decoders() throws Exception {
    Set<String> decoders = new TreeSet<>();
    for (ClassModel type : OurClasses.all()) {
      for (MethodModel method : type.methods()) {
        if (isDecoder(method)) {
          decoders.add(name(type, method));
        }
      }
    }
    return decoders;
  }

  private static boolean isDecoder(MethodModel method) {
    if (method.flags().has(AccessFlag.PRIVATE)
        || method.code().isEmpty()
        || method.flags().has(AccessFlag.SYNTHETIC)) {
      return false;
    }
    String name = method.methodName().stringValue();
    return name.matches("(decode|parse)([A-Z].*)?")
        || (takesRaw(method) && (name.equals("read") || refuses(method)));
  }

  private static boolean refuses(MethodModel method) {
    return method
        .findAttribute(Attributes.exceptions())
        .map(
            exceptions ->
                exceptions.exceptions().stream()
                    .anyMatch(e -> e.asInternalName().endsWith("MalformedException")))
        .orElse(false);
  }

  private static boolean takesRaw(MethodModel method) {
    return method.methodTypeSymbol().parameterList().stream()
        .map(ClassDesc::displayName)
        .anyMatch(RAW::contains);
  }

  private static String name(ClassModel type, MethodModel method) {
    return OurClasses.name(type) + "#" + method.methodName().stringValue();
  }
}
