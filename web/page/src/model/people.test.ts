import { describe, expect, it } from 'vitest';
import type { ContactView, ConversationView } from '../api/types';
import { letter } from './fixtures';
import { found, peopleOf } from './people';

function contact(name: string, changes: Partial<ContactView> = {}): ContactView {
  return {
    conversation: name,
    name,
    ownName: name,
    nickname: null,
    state: 'ESTABLISHED',
    verified: false,
    keyChanged: false,
    blocked: false,
    ...changes,
  };
}

function conversation(name: string, writtenAt: number, changes: Partial<ConversationView> = {}): ConversationView {
  const last = letter(name, { conversation: name, sentAt: writtenAt, state: 'READ' });
  return {
    id: name,
    name,
    verified: false,
    unread: 0,
    markedUnread: false,
    last,
    travel: { network: 'relay', hands: [], ways: [], chosenHere: false },
    timerSeconds: 0,
    muted: false,
    archived: false,
    onTop: false,
    blocked: false,
    draft: '',
    pinned: [],
    ...changes,
  };
}

function mapOf<T>(entries: T[], id: (entry: T) => string): Map<string, T> {
  return new Map(entries.map((entry) => [id(entry), entry]));
}

describe('the list of people', () => {
  const contacts = mapOf([contact('Alice'), contact('Bob'), contact('Zoë', { state: 'WAITING' })], (it) => it.conversation);
  const conversations = mapOf([conversation('Alice', 10), conversation('Bob', 20)], (it) => it.id);

  it('begins with the newest letter and ends with those who have none', () => {
    expect(peopleOf(contacts, conversations).map(({ name }) => name)).toEqual(['Bob', 'Alice', 'Zoë']);
  });

  it('keeps a contact whose conversation has not begun', () => {
    expect(peopleOf(contacts, conversations).at(-1)).toMatchObject({ state: 'WAITING', travel: null });
  });

  it('is searched without regard to case and accents', () => {
    expect(found(peopleOf(contacts, conversations), 'ZOE').map(({ name }) => name)).toEqual(['Zoë']);
    expect(found(peopleOf(contacts, conversations), 'nobody')).toEqual([]);
  });
});
