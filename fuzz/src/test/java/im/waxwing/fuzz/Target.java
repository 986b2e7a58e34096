package im.waxwing.fuzz;

import im.waxwing.api.ProblemException;
import im.waxwing.base.MalformedException;
import im.waxwing.cli.CliException;
import im.waxwing.crypto.CryptoException;
import im.waxwing.engine.InvitationLink;
import im.waxwing.node.NodeException;
import java.util.Set;

/// One way by which a stranger's bytes or text come in, or a person's file of settings.
///
/// @param name of the target, and of the folder of its corpus
/// @param decoders what it calls, as `package.Class#method`
/// @param samples makes the corpus; what it makes with libsignal is different at each call
public record Target(String name, Set<String> decoders, Reading reading, Samples samples) {
  /// Takes in an input as the program would.
  public interface Reading {
    /// Returns if the input is taken, throws a refusal if not; anything else thrown is a bug.
    void read(byte[] input) throws Exception;
  }

  /// Inputs by what they reach; those that are taken have names that begin with `success`.
  public interface Samples {
    Cases make() throws Exception;
  }

  public static Target of(String name, String decoder, Reading reading, Samples samples) {
    return new Target(name, Set.of(decoder), reading, samples);
  }

  /// Whether this is how decoders say no to strangers.
  static boolean isRefusal(Throwable thrown) {
    return thrown instanceof MalformedException
        || thrown instanceof CryptoException
        || thrown instanceof InvitationLink.FaultException
        || thrown instanceof ProblemException
        || thrown instanceof NodeException.BadSetting
        || thrown instanceof CliException;
  }
}
