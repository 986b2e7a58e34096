package im.waxwing.node;

import im.waxwing.protocol.consensus.AuthoritySet;
import im.waxwing.protocol.consensus.Descriptor;
import im.waxwing.protocol.consensus.Operator;
import im.waxwing.protocol.consensus.Role;
import java.util.Set;

/// What a node does in an onion network (consensus.md §3).
///
/// @param authorities of the network
/// @param roles at least one
/// @param family the operator's name, for people; may be empty
/// @param weight how much it offers to carry, 1 to [Descriptor#MAX_WEIGHT]
public record Membership(AuthoritySet authorities, Set<Role> roles, String family, int weight) {
  public static final int USUAL_WEIGHT = 10;

  public Membership {
    roles = Set.copyOf(roles);
    if (roles.isEmpty()) {
      throw new IllegalArgumentException("a node has a role in its network");
    }
    if (!Operator.isName(family)) {
      throw new IllegalArgumentException("a family has at most 32 characters of a-z 0-9 . -");
    }
    if (weight < 1 || weight > Descriptor.MAX_WEIGHT) {
      throw new IllegalArgumentException("a weight is 1 to " + Descriptor.MAX_WEIGHT);
    }
  }
}
