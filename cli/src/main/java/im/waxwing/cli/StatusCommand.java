package im.waxwing.cli;

import im.waxwing.api.FormerHomeView;
import im.waxwing.api.NodeView;
import im.waxwing.api.NoticeView;
import im.waxwing.api.ProblemException;
import im.waxwing.api.StatusView;
import picocli.CommandLine.Command;

@Command(name = "status", description = "Account, node, and what waits.")
final class StatusCommand extends AppCommand {
  StatusCommand(Terminal terminal) {
    super(terminal);
  }

  @Override
  void run(AppClient app) throws ProblemException {
    StatusView status = app.status();
    if (json) {
      terminal.json(status);
      return;
    }
    terminal.say("account: " + status.name().map(Terminal::oneLine).orElse("none yet"));
    terminal.say("node:    " + node(status.node()));
    if (status.network().isPresent()) {
      terminal.say("network: " + NetworkCommand.words(status.network()));
    }
    for (FormerHomeView former : status.formerHomes()) {
      String host = Terminal.oneLine(former.host());
      terminal.say("before:  " + host + ", read until " + When.minute(former.readUntil()));
    }
    terminal.say("waiting: " + letters(status.waitingLetters()));
    terminal.say("backup:  " + (status.hasBackup() ? "yes" : "none; keep the data folder safe"));
    terminal.say("version: " + status.version());
    for (NoticeView notice : status.notices()) {
      terminal.say("notice:  " + notice.kind().sentence() + "; " + notice.kind().remedy());
    }
  }

  private static String node(NodeView node) {
    String address = node.address().map(each -> each + ", ").orElse("");
    return address
        + switch (node.state()) {
          case NONE -> "none";
          case CONNECTING -> "connecting";
          case CONNECTED -> "connected";
          case UNREACHABLE -> "does not answer";
          case REFUSING -> "answers, but does not keep your mailbox";
          case IMPOSTOR -> "something else answers there";
        };
  }

  private static String letters(int count) {
    return switch (count) {
      case 0 -> "nothing";
      case 1 -> "1 letter";
      default -> count + " letters";
    };
  }
}
