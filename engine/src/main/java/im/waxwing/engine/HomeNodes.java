package im.waxwing.engine;

import im.waxwing.api.ProblemException;
import im.waxwing.model.NodeAddress;

/// Where an account lives that names no node of its own at set-up.
public interface HomeNodes {
  /// Starts a node on this machine, if none runs, and tells its address. May block.
  ///
  /// @throws ProblemException if it cannot be started
  NodeAddress.WithAdmission startOnThisMachine() throws ProblemException;
}
