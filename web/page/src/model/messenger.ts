import { useMemo, useRef, useSyncExternalStore } from 'react';
import { Client, openSession, Problem, problemOf } from '../api/client';
import type {
  ContactView,
  ConversationView,
  Event,
  InvitationView,
  Limits,
  MessagePage,
  MessageView,
  NodeView,
  ProblemKind,
  Quote,
  ReactionView,
  StatusView,
  TravelView,
} from '../api/types';
import { withLetter, type Letter } from './rows';
import { standingOf, type Standing } from './travel';

/** The messages of one conversation that are loaded, oldest first, without a gap; others may lie on either side. */
export interface Thread {
  letters: readonly Letter[];
  more: boolean;
  newer: boolean;
  loading: boolean;
  problem: ProblemKind | null;
  /** The message to go to, each time with another turn. */
  target: { id: string; turn: number } | null;
}

/** `closed`: this page has no token. `opening`: nothing read yet. `gone`: the app does not answer. */
export type Link = 'closed' | 'opening' | 'live' | 'reconnecting' | 'gone';

export interface State {
  link: Link;
  status: StatusView | null;
  limits: Limits;
  contacts: ReadonlyMap<string, ContactView>;
  conversations: ReadonlyMap<string, ConversationView>;
  invitations: ReadonlyMap<string, InvitationView>;
  threads: ReadonlyMap<string, Thread>;
  /** Who is writing something, and until when that holds. */
  typing: ReadonlyMap<string, number>;
}

const PAGE = 80;
const LARGEST_PAGE = 500;
/** So many messages are kept of one conversation; those farther away are read again when one goes there. */
const MOST_LOADED = 1_200;
const TRIM_MILLIS = 200;
const TYPING_MILLIS = 8_000;
const NO_LETTERS: Thread = { letters: [], more: false, newer: false, loading: false, problem: null, target: null };
const RETRY_MILLIS = [300, 700, 1_500, 3_000, 5_000];
const GONE_AFTER_ATTEMPTS = 3;
const NOT_YET_ORDERED = Number.MAX_SAFE_INTEGER;
const TOKEN = 'waxwing-token';

/** All that the page knows, kept up to date by the app's events; and all that it can ask for. */
export class Messenger {
  #state: State = {
    link: 'opening',
    status: null,
    limits: { maxTextBytes: Infinity, maxNameCharacters: 64 },
    contacts: new Map(),
    conversations: new Map(),
    invitations: new Map(),
    threads: new Map(),
    typing: new Map(),
  };
  #client: Client | null = null;
  #listeners = new Set<() => void>();
  #incoming = new Set<(message: MessageView) => void>();
  #early: Event[] | null = null;
  #meanwhile = new Map<string, Letter[]>();
  #wake: () => void = () => {};
  #telling = false;
  #turn = 0;
  #typingTold = new Map<string, number>();

  get state(): State {
    return this.#state;
  }

  /** The calls that need no bookkeeping here. */
  get client(): Client {
    if (this.#client === null) throw new Problem('NOT_ALLOWED');
    return this.#client;
  }

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Calls `listener` for each message that arrives from somebody else. */
  onIncoming(listener: (message: MessageView) => void): () => void {
    this.#incoming.add(listener);
    return () => this.#incoming.delete(listener);
  }

  /** Runs as long as the page: opens the session, reads everything, follows the events, starts over. */
  async run(code: string | null): Promise<void> {
    const token = await this.#token(code);
    if (token === null) {
      this.#set({ link: 'closed' });
      return;
    }
    this.#client = new Client(token);
    for (let failures = 0; this.#state.link !== 'closed'; failures++) {
      if (await this.#follow(this.#client)) failures = 0;
      if (this.#linkIs('closed')) break;
      this.#set({ link: failures + 1 < GONE_AFTER_ATTEMPTS ? this.#weaker() : 'gone' });
      await this.#pause(RETRY_MILLIS[Math.min(failures, RETRY_MILLIS.length - 1)] ?? 0);
    }
  }

  /** Tries at once to reach the app, or, when that answers, has it try to reach its node. */
  async hurry(): Promise<void> {
    this.#wake();
    if (this.#state.link === 'live') await this.client.hurry();
  }

  async setUp(name: string, home: string | null): Promise<void> {
    const status = await this.client.setUp(name, home);
    await this.#readAll(this.client);
    this.#set({ status });
  }

  async rename(name: string): Promise<void> {
    this.#set({ status: await this.client.rename(name) });
  }

  /** Leaves the present homes for another node, or for an onion network. */
  async moveHouse(place: string): Promise<void> {
    this.#set({ status: await this.client.moveHouse(place) });
  }

  /** Opens a mailbox in an onion network, beside the one at the node. */
  async enterNetwork(address: string): Promise<void> {
    this.#set({ status: await this.client.enterNetwork(address) });
  }

  async leaveNetwork(): Promise<void> {
    this.#set({ status: await this.client.leaveNetwork() });
  }

  /** Chooses by which networks letters of one conversation may go; null: by those of all the others. */
  async setConversationWays(conversation: string, networks: string[] | null): Promise<void> {
    this.#apply({
      type: 'conversation-changed',
      conversation: await this.client.setConversationWays(conversation, networks),
    });
  }

  async invite(lifeHours: number): Promise<InvitationView> {
    const invitation = await this.client.invite(lifeHours);
    this.#apply({ type: 'invitation-changed', invitation });
    return invitation;
  }

  async revoke(id: string): Promise<void> {
    this.#apply({ type: 'invitation-changed', invitation: await this.client.revoke(id) });
  }

  async accept(link: string): Promise<ContactView> {
    const contact = await this.client.accept(link);
    this.#apply({ type: 'contact-changed', contact });
    this.#set({ conversations: byId(await this.client.conversations(), (it) => it.id) });
    return contact;
  }

  /** Loads the newest messages of a conversation, far enough back to hold its unread ones if they are few. */
  async openThread(conversation: string): Promise<void> {
    if (this.#state.threads.get(conversation)?.problem === null) return;
    const unread = this.#state.conversations.get(conversation)?.unread ?? 0;
    const limit = Math.min(LARGEST_PAGE, Math.max(PAGE, unread + 20));
    await this.#readThread(conversation, () => this.client.messages(conversation, null, limit));
  }

  async loadOlder(conversation: string): Promise<void> {
    const thread = this.#state.threads.get(conversation);
    const oldest = thread?.letters[0];
    if (thread === undefined || oldest === undefined || !thread.more || thread.loading) return;
    await this.#extend(conversation, async () => {
      const page = await this.client.messages(conversation, oldest.id, PAGE);
      return (now) => ({ ...now, letters: [...page.messages, ...now.letters], more: page.more });
    });
    this.#trim(conversation, ({ letters, ...now }) => ({ ...now, letters: letters.slice(0, MOST_LOADED), newer: true }));
  }

  async loadNewer(conversation: string): Promise<void> {
    const thread = this.#state.threads.get(conversation);
    const newest = thread?.letters.at(-1);
    if (thread === undefined || newest === undefined || !thread.newer || thread.loading) return;
    await this.#extend(conversation, async () => {
      const page = await this.client.messagesAfter(conversation, newest.id, PAGE);
      return (now) => ({ ...now, letters: [...now.letters, ...page.messages], newer: page.newer });
    });
    this.#trim(conversation, ({ letters, ...now }) => ({ ...now, letters: letters.slice(-MOST_LOADED), more: true }));
  }

  /** Shows a message among its neighbours, wherever in the conversation it stands. */
  async goTo(conversation: string, message: string): Promise<void> {
    const target = { id: message, turn: ++this.#turn };
    const thread = this.#state.threads.get(conversation);
    if (thread?.letters.some(({ id }) => id === message)) {
      this.#setThread(conversation, { ...thread, target });
      return;
    }
    await this.#readThread(conversation, () => this.client.messagesAround(conversation, message, PAGE), target);
  }

  /** Goes back to the newest messages of a conversation. */
  async goToNewest(conversation: string): Promise<void> {
    this.#changeThread(conversation, (now) => ({ ...now, target: null }));
    if (this.#state.threads.get(conversation)?.newer) {
      await this.#readThread(conversation, () => this.client.messages(conversation, null, PAGE));
    }
  }

  /** Shows the message at once; it is sent when the app answers, with the same id each time. */
  async send(conversation: string, text: string, replyTo: Quote | null): Promise<void> {
    const letter: Letter = {
      id: freshId(),
      conversation,
      mine: true,
      text,
      sentAt: Date.now(),
      order: NOT_YET_ORDERED,
      state: 'SENDING',
      failure: null,
      replyTo,
      reactions: [],
      editedAt: null,
      expiresAfterSeconds: this.#state.conversations.get(conversation)?.timerSeconds ?? 0,
      expiresAt: null,
      unsent: false,
      unconfirmed: true,
    };
    this.#typingTold.delete(conversation);
    await this.goToNewest(conversation);
    this.#putLetter(letter);
    await this.#offer(letter);
  }

  /** Answers with an emoji, or takes back the same one. It shows at once. */
  async react(letter: Letter, emoji: string): Promise<void> {
    const chosen = letter.reactions.some((each) => each.mine && each.emoji === emoji) ? null : emoji;
    await this.#change(letter, { reactions: reactionsWith(letter.reactions, chosen) }, () =>
      this.client.react(letter.conversation, letter.id, chosen),
    );
  }

  async edit(letter: Letter, text: string): Promise<void> {
    await this.#change(letter, { text, editedAt: Date.now() }, () =>
      this.client.edit(letter.conversation, letter.id, text),
    );
  }

  /** Deletes an own message for everyone. */
  async unsend(letter: Letter): Promise<void> {
    await this.#change(letter, { text: '', unsent: true, reactions: [], replyTo: null }, () =>
      this.client.unsend(letter.conversation, letter.id),
    );
  }

  /** Whatever answers with the new state of a conversation. */
  async changeConversation(call: (client: Client) => Promise<ConversationView>): Promise<void> {
    this.#apply({ type: 'conversation-changed', conversation: await call(this.client) });
  }

  async changeContact(call: (client: Client) => Promise<ContactView>): Promise<void> {
    this.#apply({ type: 'contact-changed', contact: await call(this.client) });
  }

  /** Says that something is being written, seldom enough. */
  async typing(conversation: string): Promise<void> {
    const now = Date.now();
    if (now - (this.#typingTold.get(conversation) ?? 0) < TYPING_MILLIS) return;
    this.#typingTold.set(conversation, now);
    await this.client.typing(conversation).catch(() => {});
  }

  async retry(letter: Letter): Promise<void> {
    if (letter.unconfirmed) {
      const again: Letter = { ...letter, state: 'SENDING', failure: null };
      this.#putLetter(again);
      await this.#offer(again);
    } else {
      this.#putLetter(await this.client.retry(letter.conversation, letter.id));
    }
  }

  async delete(letter: Letter): Promise<void> {
    if (!letter.unconfirmed) await this.client.delete(letter.conversation, letter.id);
    this.#apply({ type: 'message-deleted', conversation: letter.conversation, id: letter.id });
  }

  async markRead(conversation: string, message: string): Promise<void> {
    try {
      this.#apply({
        type: 'conversation-changed',
        conversation: await this.client.markRead(conversation, message),
      });
    } catch {
      // The mark moves with the next message that is seen.
    }
  }

  async #token(code: string | null): Promise<string | null> {
    if (code === null) return sessionStorage.getItem(TOKEN);
    for (;;) {
      try {
        const token = await openSession(code);
        sessionStorage.setItem(TOKEN, token);
        return token;
      } catch (thrown) {
        if (problemOf(thrown).kind !== 'APP_NOT_RUNNING') return sessionStorage.getItem(TOKEN);
        this.#set({ link: 'gone' });
        await this.#pause(3_000);
      }
    }
  }

  /** Follows one connection to its end; true if it came to life. */
  async #follow(client: Client): Promise<boolean> {
    const events: Event[] = [];
    this.#early = events;
    const listening = client.listen((event) => this.#hear(event));
    let alive = false;
    try {
      await listening.ready;
      await this.#readAll(client);
      this.#early = null;
      events.forEach((event) => this.#apply(event));
      alive = true;
      this.#set({ link: 'live' });
      this.#offerAgain();
      if ((await listening.ended).kind === 'NOT_ALLOWED') this.#shut();
    } catch (thrown) {
      listening.close();
      if (problemOf(thrown).kind === 'NOT_ALLOWED') this.#shut();
    }
    return alive;
  }

  #shut(): void {
    sessionStorage.removeItem(TOKEN);
    this.#set({ link: 'closed' });
  }

  async #readAll(client: Client): Promise<void> {
    const [status, limits] = await Promise.all([client.status(), client.limits()]);
    this.#set({ status, limits });
    if (status.name === null) return;
    const [contacts, conversations, invitations] = await Promise.all([
      client.contacts(),
      client.conversations(),
      client.invitations(),
    ]);
    this.#set({
      contacts: byId(contacts, (contact) => contact.conversation),
      conversations: byId(conversations, (conversation) => conversation.id),
      invitations: byId(invitations, (invitation) => invitation.id),
    });
    for (const [id, thread] of this.#state.threads) {
      const limit = Math.min(LARGEST_PAGE, Math.max(PAGE, thread.letters.length));
      const middle = thread.letters[Math.floor(thread.letters.length / 2)];
      await this.#readThread(id, () =>
        thread.newer && middle !== undefined ? client.messagesAround(id, middle.id, limit) : client.messages(id, null, limit),
      );
    }
  }

  /** Reads a part of a conversation in place of the one that is loaded. */
  async #readThread(conversation: string, read: () => Promise<MessagePage>, target: Thread['target'] = null): Promise<void> {
    const meanwhile: Letter[] = [];
    this.#meanwhile.set(conversation, meanwhile);
    this.#setThread(conversation, { ...NO_LETTERS, ...this.#state.threads.get(conversation), problem: null, loading: true });
    try {
      const page = await read();
      this.#changeThread(conversation, (now) => {
        const known = new Set(page.messages.map((message) => message.id));
        const unconfirmed = page.newer ? [] : now.letters.filter((letter) => letter.unconfirmed && !known.has(letter.id));
        const letters = [...page.messages, ...unconfirmed];
        const { more, newer } = page;
        return meanwhile.reduce(threadWith, { ...now, letters, more, newer, loading: false, target });
      });
    } catch (thrown) {
      const { kind } = problemOf(thrown);
      if (kind === 'APP_NOT_RUNNING') return; // read when the app answers
      this.#changeThread(conversation, (now) => ({ ...now, loading: false, problem: now.letters.length > 0 ? null : kind }));
      if (target !== null) throw thrown;
    }
  }

  async #extend(conversation: string, read: () => Promise<(thread: Thread) => Thread>): Promise<void> {
    this.#changeThread(conversation, (now) => ({ ...now, loading: true }));
    try {
      const extended = await read();
      this.#changeThread(conversation, (now) => ({ ...extended(now), loading: false }));
    } catch {
      this.#changeThread(conversation, (now) => ({ ...now, loading: false }));
    }
  }

  /** Drops what lies far behind, later than what came: a list can keep its place while one of its ends changes, not both. */
  #trim(conversation: string, trimmed: (thread: Thread) => Thread): void {
    setTimeout(() => {
      this.#changeThread(conversation, (now) => (now.letters.length > MOST_LOADED && !now.loading ? trimmed(now) : now));
    }, TRIM_MILLIS);
  }

  /** Shows a change at once, then what the app made of it; as before, if it could not be made. */
  async #change(letter: Letter, changes: Partial<Letter>, call: () => Promise<MessageView>): Promise<void> {
    this.#putLetter({ ...letter, ...changes });
    try {
      this.#putLetter(await call());
    } catch (thrown) {
      this.#putLetter(letter);
      throw thrown;
    }
  }

  async #offer(letter: Letter): Promise<void> {
    try {
      const message = await this.client.send(letter.conversation, letter.id, letter.text, letter.replyTo?.id ?? null);
      if (this.#letter(letter)?.unconfirmed) this.#putLetter(message);
    } catch (thrown) {
      const { kind } = problemOf(thrown);
      if (kind === 'APP_NOT_RUNNING') return; // offered again when the app answers
      this.#putLetter({ ...letter, state: 'FAILED', failure: kind });
    }
  }

  #offerAgain(): void {
    for (const thread of this.#state.threads.values()) {
      for (const letter of thread.letters) {
        if (letter.unconfirmed && letter.state === 'SENDING') void this.#offer(letter);
      }
    }
  }

  #letter({ conversation, id }: Letter): Letter | undefined {
    return this.#state.threads.get(conversation)?.letters.find((letter) => letter.id === id);
  }

  /** While everything is read anew, events wait: each carries a whole state, the later one wins. */
  #hear(event: Event): void {
    if (this.#early === null) this.#apply(event);
    else this.#early.push(event);
  }

  #apply(event: Event): void {
    switch (event.type) {
      case 'ready':
        break;
      case 'status-changed':
        this.#set({ status: event.status });
        break;
      case 'invitation-changed':
        this.#set({ invitations: withEntry(this.#state.invitations, event.invitation.id, event.invitation) });
        break;
      case 'contact-changed':
        this.#set({ contacts: withEntry(this.#state.contacts, event.contact.conversation, event.contact) });
        break;
      case 'conversation-changed':
        this.#set({
          conversations: withEntry(this.#state.conversations, event.conversation.id, event.conversation),
        });
        break;
      case 'message-changed':
        if (!event.message.mine) this.#setTyping(event.message.conversation, 0);
        this.#announce(event.message);
        this.#putLetter(event.message);
        break;
      case 'typing':
        this.#setTyping(event.conversation, event.until);
        break;
      case 'message-deleted':
        this.#changeThread(event.conversation, (thread) => ({
          ...thread,
          letters: thread.letters.filter((letter) => letter.id !== event.id),
        }));
        break;
    }
  }

  /** Holds until the given time, or until a message comes. */
  #setTyping(conversation: string, until: number): void {
    const typing = new Map(this.#state.typing);
    const left = until - Date.now();
    if (left > 0) {
      typing.set(conversation, until);
      setTimeout(() => {
        if (this.#state.typing.get(conversation) === until) this.#setTyping(conversation, 0);
      }, left);
    } else if (!typing.delete(conversation)) {
      return;
    }
    this.#set({ typing });
  }

  #announce(message: MessageView): void {
    if (message.mine || message.state !== 'RECEIVED') return;
    const known = this.#state.threads.get(message.conversation)?.letters.some(({ id }) => id === message.id);
    if (!known) this.#incoming.forEach((listener) => listener(message));
  }

  /** What comes while a conversation is being read may be newer than the answer. */
  #putLetter(letter: Letter): void {
    if (this.#state.threads.get(letter.conversation)?.loading) this.#meanwhile.get(letter.conversation)?.push(letter);
    this.#changeThread(letter.conversation, (thread) => threadWith(thread, letter));
  }

  #changeThread(conversation: string, change: (thread: Thread) => Thread): void {
    const thread = this.#state.threads.get(conversation);
    if (thread !== undefined) this.#setThread(conversation, change(thread));
  }

  #setThread(conversation: string, thread: Thread): void {
    this.#set({ threads: withEntry(this.#state.threads, conversation, thread) });
  }

  #weaker(): Link {
    return this.#state.link === 'opening' || this.#state.link === 'gone' ? this.#state.link : 'reconnecting';
  }

  #linkIs(link: Link): boolean {
    return this.#state.link === link;
  }

  #pause(millis: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, millis);
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  /** Listeners hear of many changes at once: ten thousand letters may become read in one go. */
  #set(changes: Partial<State>): void {
    this.#state = { ...this.#state, ...changes };
    if (this.#telling) return;
    this.#telling = true;
    setTimeout(() => {
      this.#telling = false;
      this.#listeners.forEach((listener) => listener());
    });
  }
}

/** The thread with a letter that is new or has changed, unless that lies before or behind what is loaded. */
function threadWith(thread: Thread, letter: Letter): Thread {
  const oldest = thread.letters[0];
  const newest = thread.letters.at(-1);
  const before = oldest !== undefined && thread.more && letter.order < oldest.order;
  const behind = newest !== undefined && thread.newer && letter.order > newest.order;
  return before || behind ? thread : { ...thread, letters: withLetter(thread.letters, letter) };
}

/** The reactions once this person has chosen another emoji, or none. */
export function reactionsWith(reactions: readonly ReactionView[], chosen: string | null): ReactionView[] {
  const others = reactions
    .map((each) => (each.mine ? { ...each, mine: false, count: each.count - 1 } : each))
    .filter((each) => each.count > 0 || each.emoji === chosen);
  if (chosen === null) return others;
  if (!others.some((each) => each.emoji === chosen)) return [...others, { emoji: chosen, count: 1, mine: true }];
  return others.map((each) => (each.emoji === chosen ? { ...each, mine: true, count: each.count + 1 } : each));
}

function byId<T>(list: readonly T[], id: (entry: T) => string): Map<string, T> {
  return new Map(list.map((entry) => [id(entry), entry]));
}

function withEntry<T>(map: ReadonlyMap<string, T>, key: string, value: T): ReadonlyMap<string, T> {
  return new Map(map).set(key, value);
}

/** 16 random bytes in base64url. */
function freshId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return btoa(String.fromCharCode(...bytes)).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

/** The host out of `host:port/KEY`. */
export function hostOf(node: NodeView): string | null {
  const match = /^(.*):\d+\//.exec(node.address ?? '');
  return match?.[1] ?? node.address;
}

export function livesInNetworkOnly(status: StatusView | null): boolean {
  return status !== null && status.node.state === 'NONE' && (status.network ?? null) !== null;
}

/** Whether an address leads to an onion network instead of a node. */
export function isOnion(address: string): boolean {
  return address.trim().startsWith('onion:');
}

export const messenger = new Messenger();

/** A part of the state; renders anew when that part is another object. */
export function useMessenger<T>(select: (state: State) => T): T {
  const latest = useRef(select);
  latest.current = select;
  return useSyncExternalStore(messenger.subscribe, () => latest.current(messenger.state));
}

export function useHomeAnswers(): boolean {
  return useMessenger((state) => state.status?.node.state === 'CONNECTED');
}

/** How letters fare that travel so. */
export function useStanding(travel: TravelView): Standing | null {
  const homeAnswers = useHomeAnswers();
  return useMemo(() => standingOf(travel, homeAnswers), [travel, homeAnswers]);
}
