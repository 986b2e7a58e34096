package im.waxwing.web;

import im.waxwing.api.ProblemKind;

/// A problem as the API answers it (api.md §4).
record Problem(Body problem) {
  record Body(ProblemKind kind, String sentence, String remedy, boolean retryHelps, long request) {
    @Override
    public String toString() {
      return "Problem[" + kind + ", request " + request + "]";
    }
  }

  static Problem of(ProblemKind kind, long request) {
    return new Problem(new Body(kind, kind.sentence(), kind.remedy(), kind.retryHelps(), request));
  }

  static int status(ProblemKind kind) {
    return switch (kind) {
      case BAD_REQUEST,
          NAME_INVALID,
          NODE_ADDRESS_INVALID,
          NETWORK_ADDRESS_INVALID,
          WAYS_INVALID,
          INVITATION_INVALID,
          INVITATION_CUT_OFF,
          INVITATION_TOO_NEW,
          INVITATION_OWN,
          SCAN_INVALID,
          MESSAGE_EMPTY ->
          400;
      case NOT_ALLOWED -> 401;
      case INVITATION_UNKNOWN, CONTACT_UNKNOWN, MESSAGE_UNKNOWN -> 404;
      case NOT_SET_UP,
          ALREADY_SET_UP,
          CONTACT_EXISTS,
          CONTACT_BLOCKED,
          MESSAGE_NOT_YOURS,
          CONTACT_LOST,
          KEY_CHANGED,
          SAFETY_NUMBER_DIFFERS,
          ALREADY_RUNNING,
          PORT_TAKEN,
          CLOCK_WRONG,
          LETTER_REFUSED,
          LETTER_EXPIRED,
          NO_WAY,
          LAST_HOME ->
          409;
      case INVITATION_EXPIRED, INVITATION_REVOKED, INVITATION_USED -> 410;
      case TEXT_TOO_LONG -> 413;
      case NODE_IMPOSTOR, NODE_REFUSED, WAY_NOT_ALLOWED, NETWORK_FORKED, NETWORK_UNDER_SIGNED ->
          502;
      case NODE_UNREACHABLE, NODE_FULL, NETWORK_UNREACHABLE, NETWORK_STALE, APP_NOT_RUNNING -> 503;
      case DISK_FULL -> 507;
      case NODE_FAILED_TO_START, STORE_NEWER, STORE_DAMAGED, UNEXPECTED -> 500;
    };
  }
}
