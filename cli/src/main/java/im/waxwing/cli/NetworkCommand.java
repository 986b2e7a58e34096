package im.waxwing.cli;

import im.waxwing.api.NetworkView;
import im.waxwing.api.ProblemException;
import im.waxwing.api.StatusView;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "network",
    description = "The onion network where a mailbox of yours stands; enter one, or leave it.")
final class NetworkCommand extends AppCommand {
  @Spec private CommandSpec spec;

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "enter|leave",
      description = "Open a mailbox there, beside the one at your node, or keep only that one.")
  private Optional<Change> change = Optional.empty();

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "ADDRESS",
      description = "To enter: what a node of the network printed: onion:host:port/ID.")
  private Optional<String> address = Optional.empty();

  private enum Change {
    ENTER,
    LEAVE
  }

  NetworkCommand(Terminal terminal) {
    super(terminal);
    this.spec = CommandSpec.create();
  }

  @Override
  void run(AppClient app) throws ProblemException {
    if (change.isPresent() && (change.get() == Change.ENTER) != address.isPresent()) {
      throw new ParameterException(spec.commandLine(), "name the address of the network to enter");
    }
    if (change.isEmpty()) {
      show(app.status());
    } else if (address.isPresent()) {
      entered(app.enterNetwork(address.get()));
    } else {
      left(app.leaveNetwork());
    }
  }

  private void show(StatusView status) {
    if (json) {
      terminal.json(status.network());
    } else {
      terminal.say(words(status.network()));
    }
  }

  private void entered(StatusView status) {
    if (json) {
      terminal.json(status);
    } else {
      terminal.say("Your letters can come by the network, too; your contacts are being told.");
    }
  }

  private void left(StatusView status) {
    if (json) {
      terminal.json(status);
    } else {
      terminal.say("Your mailbox stands at your node only; your contacts are being told.");
      MoveCommand.tellFormer(terminal, status);
    }
  }

  static String words(Optional<NetworkView> network) {
    return network
        .map(view -> Terminal.oneLine(view.address()) + ", " + words(view.state()))
        .orElse("none");
  }

  private static String words(NetworkView.State state) {
    return switch (state) {
      case CONNECTING -> "connecting";
      case CONNECTED -> "connected";
      case UNREACHABLE -> "does not answer";
      case DISTRUSTED -> "not to be trusted just now";
    };
  }
}
