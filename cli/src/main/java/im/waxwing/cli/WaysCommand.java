package im.waxwing.cli;

import im.waxwing.api.ContactView;
import im.waxwing.api.ConversationView;
import im.waxwing.api.ProblemException;
import im.waxwing.api.ProblemKind;
import im.waxwing.api.TravelView;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "ways",
    description = "By which nodes letters travel, and by which they may; without NAME, by default.")
final class WaysCommand extends AppCommand {
  @Spec private CommandSpec spec;

  @Parameters(arity = "0..1", paramLabel = "NAME", description = "The contact.")
  private Optional<String> who = Optional.empty();

  @ArgGroup(exclusive = true, multiplicity = "0..1")
  private Choice choice = new Choice();

  /// What is to be allowed.
  static final class Choice {
    @Option(
        names = "--set",
        split = ",",
        paramLabel = "NETWORK",
        description = "Allow these only, in this order: federated, onion, relay.")
    private List<String> networks = List.of();

    @Option(names = "--default", description = "Allow NAME what is allowed by default.")
    private boolean byDefault;
  }

  WaysCommand(Terminal terminal) {
    super(terminal);
    this.spec = CommandSpec.create();
  }

  @Override
  void run(AppClient app) throws ProblemException, CliException {
    if (who.isPresent()) {
      showOne(app, contact(app, who.get()));
    } else if (choice.byDefault) {
      throw new ParameterException(spec.commandLine(), "--default needs the name of a contact");
    } else {
      showDefault(choice.networks.isEmpty() ? app.ways() : app.setWays(choice.networks));
    }
  }

  private void showDefault(List<String> networks) {
    if (json) {
      terminal.json(networks);
    } else {
      terminal.say("Letters go by: " + String.join(", else ", networks) + ".");
    }
  }

  private void showOne(AppClient app, ContactView contact) throws ProblemException {
    TravelView travel = chosen(app, contact.conversation()).travel();
    if (json) {
      terminal.json(travel);
      return;
    }
    terminal.say("Letters go by " + travel.network() + ": you → " + hands(travel.hands()) + "they");
    travel.ways().forEach(way -> terminal.say("  " + line(way)));
    terminal.say(travel.chosenHere() ? "Chosen for this contact." : "As by default.");
  }

  private ConversationView chosen(AppClient app, String conversation) throws ProblemException {
    if (choice.byDefault) {
      return app.setConversationWays(conversation, Optional.empty());
    }
    if (!choice.networks.isEmpty()) {
      return app.setConversationWays(conversation, Optional.of(choice.networks));
    }
    return app.conversations().stream()
        .filter(each -> each.id().equals(conversation))
        .findFirst()
        .orElseThrow(() -> new ProblemException(ProblemKind.CONTACT_UNKNOWN));
  }

  private static String hands(List<TravelView.Hand> hands) {
    return hands.stream()
        .map(
            hand ->
                hand.host()
                        .map(host -> Terminal.oneLine(host) + " (" + whose(hand) + ")")
                        .orElseGet(() -> whose(hand))
                    + " → ")
        .collect(Collectors.joining());
  }

  private static String whose(TravelView.Hand hand) {
    return switch (hand.whose()) {
      case OURS -> "your node and theirs";
      case MINE -> "your node";
      case THEIRS -> "their node";
      case GUARD -> "your guard";
      case RELAY -> "a relay";
      case SWARM -> "their swarm";
    };
  }

  private static String line(TravelView.Way way) {
    String allowed = way.allowed() ? "allowed" : "not allowed";
    return "%-9s  %-11s  %s".formatted(way.network(), allowed, state(way));
  }

  private static String state(TravelView.Way way) {
    return switch (way.state()) {
      case USABLE -> "works";
      case UNREACHABLE ->
          way.missing().map(Terminal::oneLine).orElse("the network") + " does not answer";
      case NOT_ALLOWED -> "an operator does not let it through";
      case NOT_POSSIBLE ->
          switch (way.network()) {
            case "onion" -> "they have no mailbox in an onion network";
            case "federated" -> "it needs two nodes, yours and theirs";
            default -> "they have no mailbox at a node";
          };
    };
  }
}
