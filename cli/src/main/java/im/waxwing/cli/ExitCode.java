package im.waxwing.cli;

import im.waxwing.api.ProblemKind;

/// How a command ends, for scripts.
public enum ExitCode {
  DONE(0, "done"),
  FAILED(1, "something went wrong, or the disk or the data folder cannot be used"),
  USAGE(2, "the command, or what was given to it, is not understood"),
  NOT_RUNNING(3, "the app is not running, or does not let this program in"),
  NOT_SET_UP(4, "there is no account yet"),
  UNKNOWN(5, "no such contact, invitation or message"),
  REFUSED(6, "it cannot be done as things stand"),
  NODE(7, "the node or network does not answer, refuses, or is not itself"),
  UNSAFE(8, "keys or safety numbers differ, or an onion network is not to be trusted"),
  IN_USE(9, "the data folder or the port is in use");

  private final int number;
  private final String meaning;

  ExitCode(int number, String meaning) {
    this.number = number;
    this.meaning = meaning;
  }

  public int number() {
    return number;
  }

  String meaning() {
    return meaning;
  }

  /// The one place where kinds become codes.
  public static ExitCode of(ProblemKind kind) {
    return switch (kind) {
      case UNEXPECTED, DISK_FULL, STORE_NEWER, STORE_DAMAGED, NODE_FAILED_TO_START -> FAILED;
      case BAD_REQUEST,
          NAME_INVALID,
          NODE_ADDRESS_INVALID,
          NETWORK_ADDRESS_INVALID,
          WAYS_INVALID,
          INVITATION_INVALID,
          INVITATION_CUT_OFF,
          INVITATION_TOO_NEW,
          SCAN_INVALID,
          MESSAGE_EMPTY,
          TEXT_TOO_LONG ->
          USAGE;
      case APP_NOT_RUNNING, NOT_ALLOWED -> NOT_RUNNING;
      case NOT_SET_UP -> NOT_SET_UP;
      case CONTACT_UNKNOWN, INVITATION_UNKNOWN, MESSAGE_UNKNOWN -> UNKNOWN;
      case ALREADY_SET_UP,
          CONTACT_EXISTS,
          CONTACT_BLOCKED,
          MESSAGE_NOT_YOURS,
          CONTACT_LOST,
          INVITATION_EXPIRED,
          INVITATION_REVOKED,
          INVITATION_USED,
          INVITATION_OWN,
          LETTER_REFUSED,
          LETTER_EXPIRED,
          NO_WAY,
          LAST_HOME,
          CLOCK_WRONG ->
          REFUSED;
      case NODE_UNREACHABLE,
          NODE_IMPOSTOR,
          NODE_REFUSED,
          NODE_FULL,
          WAY_NOT_ALLOWED,
          NETWORK_UNREACHABLE,
          NETWORK_STALE ->
          NODE;
      case KEY_CHANGED, SAFETY_NUMBER_DIFFERS, NETWORK_FORKED, NETWORK_UNDER_SIGNED -> UNSAFE;
      case ALREADY_RUNNING, PORT_TAKEN -> IN_USE;
    };
  }
}
