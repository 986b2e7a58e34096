package im.waxwing.base;

import im.waxwing.fuzz.Cases;
import im.waxwing.fuzz.Target;
import im.waxwing.model.NetworkAddress;
import im.waxwing.model.NodeAddress;
import im.waxwing.model.Place;
import im.waxwing.store.Home;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;

/// Texts that people paste.
public final class BaseTargets {
  private static final String KEY = "A".repeat(43);
  private static final String TOKEN = "/" + "A".repeat(22);

  private BaseTargets() {}

  public static List<Target> all() {
    return List.of(
        Target.of(
            "base64url",
            "im.waxwing.base.ByteString#parseBase64Url",
            input -> ByteString.parseBase64Url("text", text(input)),
            () ->
                new Cases()
                    .with("success", "AAAA_-8")
                    .with("success-empty", "")
                    .with("wrong-alphabet", "AA+/")
                    .with("wrong-length", "AAAAA")),
        new Target(
            "node-address",
            Set.of("im.waxwing.model.NodeAddress#parse", "im.waxwing.model.HostAndPort#parse"),
            input -> NodeAddress.parse(text(input)).format(),
            () ->
                new Cases()
                    .with("success", "node.example:7443/" + KEY)
                    .with("success-ipv6", " [::1]:1/" + KEY + "\n")
                    .with("one-part", "node.example:7443")
                    .with("no-port", "node.example/" + KEY)
                    .with("bad-host", "no de:7443/" + KEY)
                    .with("long-host", "n".repeat(101) + ":7443/" + KEY)
                    .with("port-zero", "node.example:0/" + KEY)
                    .with("port-too-high", "node.example:65536/" + KEY)
                    .with("key-not-base64", "node.example:7443/" + "!".repeat(43))
                    .with("key-too-short", "node.example:7443/AAAA")),
        Target.of(
            "node-address-with-admission",
            "im.waxwing.model.NodeAddress$WithAdmission#parse",
            input -> NodeAddress.WithAdmission.parse(text(input)).format(),
            () ->
                new Cases()
                    .with("success", "node.example:7443/" + KEY + "/" + "A".repeat(22))
                    .with("no-token", "node.example:7443/" + KEY)
                    .with("token-too-short", "node.example:7443/" + KEY + "/AAAA")),
        Target.of(
            "network-address",
            "im.waxwing.model.NetworkAddress#parse",
            input -> NetworkAddress.parse(text(input)).format(),
            () ->
                new Cases()
                    .with("success", "onion:node.example:7443/" + KEY)
                    .with("success-ipv6", "\tonion:[::1]:65535/" + KEY + " ")
                    .with("no-onion", "node.example:7443/" + KEY)
                    .with("no-id", "onion:node.example:7443")
                    .with("a-token-too-many", "onion:node.example:7443/" + KEY + "/AAAA")
                    .with("no-host", "onion::7443/" + KEY)
                    .with("id-not-base64", "onion:node.example:7443/" + "!".repeat(43))
                    .with("id-too-short", "onion:node.example:7443/AAAA")),
        new Target(
            "place",
            Set.of("im.waxwing.model.Place#parse", "im.waxwing.store.Home#parse"),
            input -> {
              Place.parse(text(input)).format();
              Home.parse(text(input) + (NetworkAddress.isOne(text(input)) ? "" : TOKEN)).format();
            },
            () ->
                new Cases()
                    .with("success-node", "node.example:7443/" + KEY)
                    .with("success-network", "onion:node.example:7443/" + KEY)
                    .with("another-kind", "http://node.example:7443/" + KEY)
                    .with("nothing", "")));
  }

  private static String text(byte[] input) {
    return new String(input, StandardCharsets.UTF_8);
  }
}
