package im.waxwing.store;

import im.waxwing.base.MalformedException;
import im.waxwing.base.SecretBytes;
import im.waxwing.model.AdmissionToken;
import im.waxwing.model.NetworkAddress;
import im.waxwing.model.NodeAddress;
import im.waxwing.model.Place;
import java.util.Optional;

/// A place where mailboxes of this device can stand, and the right to open them there. Written
/// `host:port/KEY/TOKEN`, or `onion:host:port/ID`.
///
/// @param token of the node's operator; networks, which ask for work instead, have [#NO_TOKEN]
public record Home(Place place, AdmissionToken token) {
  private static final AdmissionToken NO_TOKEN =
      new AdmissionToken(SecretBytes.copyOf(new byte[AdmissionToken.SIZE]));

  public static Home at(NodeAddress.WithAdmission node) {
    return new Home(node.node(), node.token());
  }

  public static Home in(NetworkAddress network) {
    return new Home(network, NO_TOKEN);
  }

  /// @throws MalformedException naming the part that is wrong
  public static Home parse(String text) throws MalformedException {
    return NetworkAddress.isOne(text)
        ? in(NetworkAddress.parse(text))
        : at(NodeAddress.WithAdmission.parse(text));
  }

  /// The text that [#parse] reads. It may hold an operator's secret: never for logs.
  public String format() {
    return withAdmission().map(NodeAddress.WithAdmission::format).orElseGet(place::format);
  }

  /// A node's address with the right to live there; empty: it is no node.
  public Optional<NodeAddress.WithAdmission> withAdmission() {
    return place instanceof NodeAddress node
        ? Optional.of(new NodeAddress.WithAdmission(node, token))
        : Optional.empty();
  }

  public boolean isNetwork() {
    return place instanceof NetworkAddress;
  }

  @Override
  public String toString() {
    return "Home[redacted]";
  }
}
