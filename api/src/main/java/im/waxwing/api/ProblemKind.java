package im.waxwing.api;

/// All that can stand in the way, each with its cause and its remedy (api.md §4).
///
/// The name is stable: interfaces look up their own sentences by it.
public enum ProblemKind {
  NOT_SET_UP(
      "there is no account here yet",
      "open the page, or run: ./waxwing setup --name NAME --home ADDRESS",
      false),
  ALREADY_SET_UP(
      "this data folder already holds an account",
      "use it, or start with another --data folder",
      false),
  BAD_REQUEST(
      "the request is not understood", "see the API description at /api/v1/openapi.json", false),
  NAME_INVALID("a name has 1 to 64 characters and no line breaks", "choose a shorter name", false),
  NODE_ADDRESS_INVALID(
      "this is not a node address",
      "copy the whole line that the node printed: host:port/KEY/TOKEN",
      false),
  NODE_UNREACHABLE(
      "the node does not answer",
      "check that it runs and that the address is right; letters wait here meanwhile",
      true),
  NODE_IMPOSTOR(
      "something answers at this address, but it is not this node",
      "ask the operator for the address of today; nothing was sent",
      true),
  NODE_REFUSED(
      "the node does not keep mailboxes for this token",
      "ask the operator for a new node address",
      false),
  NODE_FULL("the node has no room just now", "wait, or tell its operator; nothing is lost", true),
  NETWORK_ADDRESS_INVALID(
      "this is not the address of an onion network",
      "copy the whole line that a node of the network printed: onion:host:port/ID",
      false),
  NETWORK_UNREACHABLE(
      "the onion network does not answer",
      "check the address, and that this computer is online; letters wait here meanwhile",
      true),
  NETWORK_STALE(
      "the onion network has no list of its nodes that is new enough",
      "wait: its directories may be down; letters take another allowed way, or wait here",
      true),
  NETWORK_FORKED(
      "directories of the onion network signed two lists of nodes for one time",
      "tell its operators; the network is not used until they agree again",
      true),
  NETWORK_UNDER_SIGNED(
      "too few directories of the onion network stand behind its list of nodes",
      "tell its operators; the network is not used meanwhile",
      true),
  LAST_HOME(
      "your only mailbox stands in this network",
      "move to a node first: ./waxwing move ADDRESS",
      false),
  NODE_FAILED_TO_START(
      "a node could not be started on this machine",
      "see the log of the node in its data folder, or use another node",
      true),
  CLOCK_WRONG(
      "the clock of this computer differs too far from that of the node or network",
      "set the clock; letters go with the time of the node or network meanwhile",
      true),
  WAYS_INVALID(
      "these are not ways that letters can go",
      "name one or more of: federated, onion, relay",
      false),
  NO_WAY(
      "none of the ways that you allow leads there",
      "allow another one: ./waxwing ways --set federated,onion,relay",
      false),
  WAY_NOT_ALLOWED(
      "the operator of a node on the way does not let letters through",
      "allow another way: ./waxwing ways --set federated,onion,relay",
      true),
  INVITATION_INVALID(
      "this is not an invitation", "copy the whole link, from waxwing: to its end", false),
  INVITATION_CUT_OFF("the invitation is cut off or mistyped", "copy the whole link again", false),
  INVITATION_TOO_NEW(
      "the invitation was made by a newer Waxwing", "update Waxwing, then try again", false),
  INVITATION_EXPIRED("the invitation has expired", "ask for a new one", false),
  INVITATION_REVOKED(
      "the invitation was taken back, or its node forgot it", "ask for a new one", false),
  INVITATION_USED(
      "somebody else has used this invitation",
      "ask for a new one; if only you had it, tell the person who sent it",
      false),
  INVITATION_OWN(
      "this is your own invitation", "send it to the person you want to write to", false),
  INVITATION_UNKNOWN("there is no such invitation", "list them with: ./waxwing invitations", false),
  CONTACT_UNKNOWN("there is no such contact", "list them with: ./waxwing contacts", false),
  CONTACT_EXISTS("you are already in contact", "write to them", false),
  CONTACT_BLOCKED("you have blocked this contact", "unblock them first", false),
  CONTACT_LOST("this contact was never established", "ask for a new invitation", false),
  KEY_CHANGED(
      "letters came under another key and were refused",
      "compare safety numbers, or ask for a new invitation",
      false),
  SAFETY_NUMBER_DIFFERS(
      "the safety numbers differ",
      "do not trust this conversation; meet and exchange new invitations",
      false),
  SCAN_INVALID(
      "the scanned code is not a safety number",
      "scan the code on the page \"Safety number\" of the other",
      false),
  MESSAGE_UNKNOWN("there is no such message", "it may have been deleted", false),
  MESSAGE_NOT_YOURS(
      "only its writer can change a message", "delete it on your own devices instead", false),
  MESSAGE_EMPTY("there is nothing to send", "write something", false),
  TEXT_TOO_LONG("the text is too long for one message", "shorten it or send it in parts", false),
  LETTER_REFUSED("the node of the reader refused this letter", "try again, or delete it", true),
  LETTER_EXPIRED("no receipt came within 30 days", "try again, or delete it", true),
  DISK_FULL("the disk is full", "make room; nothing was lost", true),
  STORE_NEWER("the data folder was written by a newer Waxwing", "start the newer version", false),
  STORE_DAMAGED("the data folder cannot be read", "restore it from a copy; see the log", false),
  ALREADY_RUNNING(
      "another Waxwing uses this data folder",
      "use it: ./waxwing open, or choose another --data folder",
      false),
  PORT_TAKEN("the port is taken by another program", "choose another with --port", false),
  APP_NOT_RUNNING("Waxwing is not running", "start it with: ./waxwing", true),
  NOT_ALLOWED(
      "this page or program is not allowed in", "open a new page with: ./waxwing open", false),
  UNEXPECTED(
      "something went wrong inside Waxwing",
      "try again; if it stays, report the request number",
      true);

  private final String sentence;
  private final String remedy;
  private final boolean retryHelps;

  ProblemKind(String sentence, String remedy, boolean retryHelps) {
    this.sentence = sentence;
    this.remedy = remedy;
    this.retryHelps = retryHelps;
  }

  /// What happened, in one lower-case line.
  public String sentence() {
    return sentence;
  }

  /// What to do next.
  public String remedy() {
    return remedy;
  }

  /// Whether the same call may succeed later.
  public boolean retryHelps() {
    return retryHelps;
  }
}
