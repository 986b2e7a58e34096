import type { Letter } from './rows';

/** For tests. */
export const noon = new Date(2026, 10, 23, 12).getTime();

export function letter(id: string, changes: Partial<Letter> = {}): Letter {
  return {
    id,
    conversation: 'bob',
    mine: false,
    text: id,
    sentAt: noon,
    order: Number(id),
    state: 'RECEIVED',
    failure: null,
    replyTo: null,
    reactions: [],
    editedAt: null,
    expiresAfterSeconds: 0,
    expiresAt: null,
    unsent: false,
    ...changes,
  };
}
