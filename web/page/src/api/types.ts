// The records of the module api as they travel (spec/api.md): instants are milliseconds, what is absent is null.

export type ProblemKind =
  | 'NOT_SET_UP'
  | 'ALREADY_SET_UP'
  | 'BAD_REQUEST'
  | 'NAME_INVALID'
  | 'NODE_ADDRESS_INVALID'
  | 'NODE_UNREACHABLE'
  | 'NODE_IMPOSTOR'
  | 'NODE_REFUSED'
  | 'NODE_FULL'
  | 'NODE_FAILED_TO_START'
  | 'NETWORK_ADDRESS_INVALID'
  | 'NETWORK_UNREACHABLE'
  | 'NETWORK_STALE'
  | 'NETWORK_FORKED'
  | 'NETWORK_UNDER_SIGNED'
  | 'LAST_HOME'
  | 'CLOCK_WRONG'
  | 'WAYS_INVALID'
  | 'NO_WAY'
  | 'WAY_NOT_ALLOWED'
  | 'INVITATION_INVALID'
  | 'INVITATION_CUT_OFF'
  | 'INVITATION_TOO_NEW'
  | 'INVITATION_EXPIRED'
  | 'INVITATION_REVOKED'
  | 'INVITATION_USED'
  | 'INVITATION_OWN'
  | 'INVITATION_UNKNOWN'
  | 'CONTACT_UNKNOWN'
  | 'CONTACT_BLOCKED'
  | 'MESSAGE_NOT_YOURS'
  | 'CONTACT_EXISTS'
  | 'CONTACT_LOST'
  | 'KEY_CHANGED'
  | 'SAFETY_NUMBER_DIFFERS'
  | 'SCAN_INVALID'
  | 'MESSAGE_UNKNOWN'
  | 'MESSAGE_EMPTY'
  | 'TEXT_TOO_LONG'
  | 'LETTER_REFUSED'
  | 'LETTER_EXPIRED'
  | 'DISK_FULL'
  | 'STORE_NEWER'
  | 'STORE_DAMAGED'
  | 'ALREADY_RUNNING'
  | 'PORT_TAKEN'
  | 'APP_NOT_RUNNING'
  | 'NOT_ALLOWED'
  | 'UNEXPECTED';

export interface NoticeView {
  kind: ProblemKind;
  conversation: string | null;
}

export interface NodeView {
  address: string | null;
  state: 'NONE' | 'CONNECTING' | 'CONNECTED' | 'UNREACHABLE' | 'REFUSING' | 'IMPOSTOR';
  retryAt: number | null;
}

export interface NetworkView {
  address: string;
  state: 'CONNECTING' | 'CONNECTED' | 'UNREACHABLE' | 'DISTRUSTED';
  retryAt: number | null;
}

export interface FormerHomeView {
  host: string;
  readUntil: number;
}

export interface StatusView {
  version: string;
  name: string | null;
  node: NodeView;
  network: NetworkView | null;
  formerHomes: FormerHomeView[];
  waitingLetters: number;
  hasBackup: boolean;
  notices: NoticeView[];
}

export interface Limits {
  maxTextBytes: number;
  maxNameCharacters: number;
}

export interface InvitationView {
  id: string;
  link: string;
  createdAt: number;
  expiresAt: number;
  state: 'PREPARING' | 'OPEN' | 'USED' | 'REVOKED' | 'EXPIRED';
  usedBy: string | null;
}

export interface InvitationPreview {
  name: string;
  nodeHost: string;
  expiresAt: number;
  alreadyContact: boolean;
}

/** `name` is the nickname, or else what they call themselves. */
export interface ContactView {
  conversation: string;
  name: string;
  ownName: string;
  nickname: string | null;
  state: 'WAITING' | 'ESTABLISHED' | 'LOST';
  verified: boolean;
  keyChanged: boolean;
  blocked: boolean;
}

export interface SafetyNumberView {
  digits: string;
  scannable: string;
  verified: boolean;
}

export interface Hand {
  host: string | null;
  whose: 'OURS' | 'MINE' | 'THEIRS' | 'GUARD' | 'RELAY' | 'SWARM';
}

export interface Way {
  network: string;
  allowed: boolean;
  state: 'USABLE' | 'UNREACHABLE' | 'NOT_ALLOWED' | 'NOT_POSSIBLE';
  missing: string | null;
  hands: Hand[];
}

export interface TravelView {
  network: string;
  hands: Hand[];
  ways: Way[];
  chosenHere: boolean;
}

/** What a message answers, or a message on one line; the text is empty where it is not here any more. */
export interface Quote {
  id: string;
  mine: boolean;
  text: string;
}

export interface ReactionView {
  emoji: string;
  count: number;
  mine: boolean;
}

export interface MessageView {
  id: string;
  conversation: string;
  mine: boolean;
  text: string;
  sentAt: number;
  order: number;
  state: 'SENDING' | 'SENT' | 'DELIVERED' | 'READ' | 'FAILED' | 'RECEIVED';
  failure: ProblemKind | null;
  replyTo: Quote | null;
  reactions: ReactionView[];
  editedAt: number | null;
  expiresAfterSeconds: number;
  expiresAt: number | null;
  unsent: boolean;
}

export interface FormerText {
  text: string;
  writtenAt: number;
}

/** `more`: older ones exist; `newer`: newer ones do. */
export interface MessagePage {
  messages: MessageView[];
  more: boolean;
  newer: boolean;
}

export interface SearchHit {
  message: MessageView;
  snippet: string;
  marks: { start: number; end: number }[];
}

export interface ConversationView {
  id: string;
  name: string;
  verified: boolean;
  unread: number;
  markedUnread: boolean;
  last: MessageView | null;
  travel: TravelView;
  timerSeconds: number;
  muted: boolean;
  archived: boolean;
  onTop: boolean;
  blocked: boolean;
  draft: string;
  pinned: Quote[];
}

/** What each side tells the other by the way. */
export interface Settings {
  typing: boolean;
  readMarks: boolean;
}

export type Event =
  | { type: 'ready' }
  | { type: 'status-changed'; status: StatusView }
  | { type: 'invitation-changed'; invitation: InvitationView }
  | { type: 'contact-changed'; contact: ContactView }
  | { type: 'conversation-changed'; conversation: ConversationView }
  | { type: 'message-changed'; message: MessageView }
  | { type: 'typing'; conversation: string; until: number }
  | { type: 'message-deleted'; conversation: string; id: string };
