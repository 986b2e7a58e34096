import type { ContactView, ConversationView, Quote, TravelView } from '../api/types';
import { folded } from './text';

/** One line of the list: a conversation with its contact, or a contact with whom none has begun. */
export interface Person {
  id: string;
  name: string;
  verified: boolean;
  keyChanged: boolean;
  state: ContactView['state'];
  blocked: boolean;
  unread: number;
  markedUnread: boolean;
  last: ConversationView['last'];
  travel: TravelView | null;
  timerSeconds: number;
  muted: boolean;
  archived: boolean;
  onTop: boolean;
  draft: string;
  pinned: readonly Quote[];
}

export function personOf(contact: ContactView | undefined, conversation: ConversationView | undefined): Person | null {
  const id = conversation?.id ?? contact?.conversation;
  if (id === undefined) return null;
  return {
    id,
    name: conversation?.name ?? contact?.name ?? '',
    verified: contact?.verified ?? conversation?.verified ?? false,
    keyChanged: contact?.keyChanged ?? false,
    state: contact?.state ?? 'ESTABLISHED',
    blocked: contact?.blocked ?? conversation?.blocked ?? false,
    unread: conversation?.unread ?? 0,
    markedUnread: conversation?.markedUnread ?? false,
    last: conversation?.last ?? null,
    travel: conversation?.travel ?? null,
    timerSeconds: conversation?.timerSeconds ?? 0,
    muted: conversation?.muted ?? false,
    archived: conversation?.archived ?? false,
    onTop: conversation?.onTop ?? false,
    draft: conversation?.draft ?? '',
    pinned: conversation?.pinned ?? [],
  };
}

/** Everybody: those kept on top, then those with the newest letter first, those without any at the end by name. */
export function peopleOf(
  contacts: ReadonlyMap<string, ContactView>,
  conversations: ReadonlyMap<string, ConversationView>,
): Person[] {
  const ids = new Set([...conversations.keys(), ...contacts.keys()]);
  return [...ids]
    .map((id) => personOf(contacts.get(id), conversations.get(id)))
    .filter((person) => person !== null)
    .sort(
      (one, other) =>
        Number(other.onTop) - Number(one.onTop) ||
        (other.last?.sentAt ?? 0) - (one.last?.sentAt ?? 0) ||
        one.name.localeCompare(other.name),
    );
}

/** Those whose name holds every word that was typed, whatever the case and the accents. */
export function found(people: readonly Person[], typed: string): Person[] {
  const wanted = folded(typed).split(/\s+/).filter((word) => word !== '');
  return people.filter((person) => {
    const name = folded(person.name);
    return wanted.every((word) => name.includes(word));
  });
}
