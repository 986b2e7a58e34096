import type {
  ContactView,
  ConversationView,
  Event,
  FormerText,
  InvitationPreview,
  InvitationView,
  Limits,
  MessagePage,
  MessageView,
  ProblemKind,
  SafetyNumberView,
  SearchHit,
  Settings,
  StatusView,
} from './types';

/** A call that could not be carried out. `request` names it in the log of the app, where it got that far. */
export class Problem extends Error {
  readonly kind: ProblemKind;
  readonly request: number | null;

  constructor(kind: ProblemKind, request: number | null = null) {
    super(kind);
    this.kind = kind;
    this.request = request;
  }
}

/** What went wrong, whatever was thrown. */
export function problemOf(thrown: unknown): Problem {
  return thrown instanceof Problem ? thrown : new Problem('UNEXPECTED');
}

/** The close code of the events for a token that is not accepted (api.md §3). */
const NOT_ALLOWED = 4401;

/** A connection on which changes are told. */
export interface Listening {
  ready: Promise<void>;
  ended: Promise<Problem>;
  close: () => void;
}

/** Exchanges the one-time code of the opening link for a token. */
export async function openSession(code: string): Promise<string> {
  return (await post<{ token: string }>('session', { code }, null)).token;
}

/** The calls of the local API. Every one is a POST, so that no address ever holds an identifier. */
export class Client {
  readonly #token: string;

  constructor(token: string) {
    this.#token = token;
  }

  status = () => this.#call<StatusView>('status');
  limits = () => this.#call<Limits>('limits');
  setUp = (name: string, home: string | null) => this.#call<StatusView>('set-up', { name, home });
  rename = (name: string) => this.#call<StatusView>('rename', { name });
  ways = () => this.#call<string[]>('ways');
  setWays = (networks: string[]) => this.#call<string[]>('set-ways', { networks });
  setConversationWays = (conversation: string, networks: string[] | null) =>
    this.#call<ConversationView>('set-conversation-ways', { conversation, networks });
  moveHouse = (place: string) => this.#call<StatusView>('move-house', { place });
  enterNetwork = (address: string) => this.#call<StatusView>('enter-network', { address });
  leaveNetwork = () => this.#call<StatusView>('leave-network');
  hurry = () => this.#call<null>('hurry');
  invite = (lifeHours: number) => this.#call<InvitationView>('invite', { lifeHours });
  invitations = () => this.#call<InvitationView[]>('invitations');
  revoke = (id: string) => this.#call<InvitationView>('revoke', { id });
  preview = (link: string) => this.#call<InvitationPreview>('preview', { link });
  accept = (link: string) => this.#call<ContactView>('accept', { link });
  contacts = () => this.#call<ContactView[]>('contacts');
  safetyNumber = (conversation: string) => this.#call<SafetyNumberView>('safety-number', { conversation });
  compare = (conversation: string, scannable: string) =>
    this.#call<SafetyNumberView>('compare', { conversation, scannable });
  markVerified = (conversation: string, verified: boolean) =>
    this.#call<SafetyNumberView>('mark-verified', { conversation, verified });
  conversations = () => this.#call<ConversationView[]>('conversations');
  messages = (conversation: string, before: string | null, limit: number) =>
    this.#call<MessagePage>('messages', { conversation, before, limit });
  messagesAfter = (conversation: string, after: string, limit: number) =>
    this.#call<MessagePage>('messages-after', { conversation, after, limit });
  messagesAround = (conversation: string, message: string, limit: number) =>
    this.#call<MessagePage>('messages-around', { conversation, message, limit });
  search = (query: string, conversation: string | null, limit: number) =>
    this.#call<SearchHit[]>('search', { query, conversation, limit });
  send = (conversation: string, id: string, text: string, replyTo: string | null) =>
    this.#call<MessageView>('send', { conversation, id, text, replyTo });
  react = (conversation: string, message: string, emoji: string | null) =>
    this.#call<MessageView>('react', { conversation, message, emoji });
  edit = (conversation: string, message: string, text: string) =>
    this.#call<MessageView>('edit', { conversation, message, text });
  unsend = (conversation: string, message: string) => this.#call<MessageView>('unsend', { conversation, message });
  history = (conversation: string, message: string) => this.#call<FormerText[]>('history', { conversation, message });
  pin = (conversation: string, message: string, pinned: boolean) =>
    this.#call<ConversationView>('pin', { conversation, message, pinned });
  setTimer = (conversation: string, timerSeconds: number) =>
    this.#call<ConversationView>('set-timer', { conversation, timerSeconds });
  setDraft = (conversation: string, text: string) => this.#call<ConversationView>('set-draft', { conversation, text });
  setMuted = (conversation: string, muted: boolean) => this.#call<ConversationView>('set-muted', { conversation, muted });
  setArchived = (conversation: string, archived: boolean) =>
    this.#call<ConversationView>('set-archived', { conversation, archived });
  setOnTop = (conversation: string, onTop: boolean) => this.#call<ConversationView>('set-on-top', { conversation, onTop });
  markUnread = (conversation: string) => this.#call<ConversationView>('mark-unread', { conversation });
  block = (conversation: string, blocked: boolean) => this.#call<ContactView>('block', { conversation, blocked });
  setNickname = (conversation: string, nickname: string | null) =>
    this.#call<ContactView>('set-nickname', { conversation, nickname });
  typing = (conversation: string) => this.#call<null>('typing', { conversation });
  settings = () => this.#call<Settings>('settings');
  setSettings = ({ typing, readMarks }: Settings) => this.#call<Settings>('set-settings', { typing, readMarks });
  markRead = (conversation: string, message: string) =>
    this.#call<ConversationView>('mark-read', { conversation, message });
  retry = (conversation: string, message: string) => this.#call<MessageView>('retry', { conversation, message });
  delete = (conversation: string, message: string) => this.#call<null>('delete', { conversation, message });

  /** Listens to changes. `ready` is kept once they will be told; `ended` says why they no longer are. */
  listen(changed: (event: Event) => void): Listening {
    const scheme = location.protocol === 'https:' ? 'wss' : 'ws';
    const socket = new WebSocket(`${scheme}://${location.host}/api/v1/events`);
    const ended = new Promise<Problem>((resolve) => {
      socket.onclose = ({ code }) => resolve(new Problem(code === NOT_ALLOWED ? 'NOT_ALLOWED' : 'APP_NOT_RUNNING'));
    });
    const ready = new Promise<void>((resolve, reject) => {
      socket.onopen = () => socket.send(JSON.stringify({ token: this.#token }));
      socket.onmessage = (message: MessageEvent<string>) => {
        const event = JSON.parse(message.data) as Event;
        if (event.type === 'ready') resolve();
        else changed(event);
      };
      void ended.then(reject);
    });
    return { ready, ended, close: () => socket.close() };
  }

  #call<T>(operation: string, body: object = {}): Promise<T> {
    return post<T>(operation, body, this.#token);
  }
}

async function post<T>(operation: string, body: object, token: string | null): Promise<T> {
  const headers: Record<string, string> = { 'Content-Type': 'application/json' };
  if (token !== null) headers['Authorization'] = `Bearer ${token}`;
  let response: Response;
  let text: string;
  try {
    response = await fetch(`/api/v1/${operation}`, { method: 'POST', headers, body: JSON.stringify(body), cache: 'no-store' });
    text = await response.text();
  } catch {
    throw new Problem('APP_NOT_RUNNING');
  }
  const answer = parse(text);
  if (!response.ok) throw problemIn(answer, response.status);
  return answer as T;
}

function parse(text: string): unknown {
  if (text === '') return null;
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function problemIn(answer: unknown, status: number): Problem {
  const problem = (answer as { problem?: { kind?: ProblemKind; request?: number | null } } | null)?.problem;
  if (problem?.kind !== undefined) return new Problem(problem.kind, problem.request ?? null);
  return new Problem(status === 401 || status === 403 ? 'NOT_ALLOWED' : 'UNEXPECTED');
}
