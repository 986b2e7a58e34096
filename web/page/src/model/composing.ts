import { useSyncExternalStore } from 'react';
import type { Quote } from '../api/types';
import type { Letter } from './rows';

/** What the composer is for at present: a new letter, an answer to one, or another text for an own one. */
export type Purpose = { kind: 'new' } | { kind: 'reply'; to: Quote } | { kind: 'edit'; letter: Letter };

/** What was begun in one conversation. While a letter is edited, the new one waits in `aside`. */
export interface Composing {
  purpose: Purpose;
  text: string;
  aside: string;
}

const NOTHING: Composing = { purpose: { kind: 'new' }, text: '', aside: '' };

const begun = new Map<string, Composing>();
const listeners = new Set<() => void>();

export function composing(conversation: string): Composing {
  return begun.get(conversation) ?? NOTHING;
}

/** Starts with the draft that the app kept, unless something was begun here since. */
export function beginWith(conversation: string, draft: string): void {
  if (!begun.has(conversation) && draft !== '') begun.set(conversation, { ...NOTHING, text: draft });
}

export function compose(conversation: string, changes: Partial<Composing>): void {
  begun.set(conversation, { ...composing(conversation), ...changes });
  listeners.forEach((listener) => listener());
}

/** The quote above the composer; what was written stays. */
export function replyTo(letter: Letter): void {
  const { purpose, text, aside } = composing(letter.conversation);
  const to: Quote = { id: letter.id, mine: letter.mine, text: letter.text.slice(0, 160) };
  compose(letter.conversation, { purpose: { kind: 'reply', to }, text: purpose.kind === 'edit' ? aside : text, aside: '' });
}

export function beginEdit(letter: Letter): void {
  const { purpose, text, aside } = composing(letter.conversation);
  compose(letter.conversation, {
    purpose: { kind: 'edit', letter },
    text: letter.text,
    aside: purpose.kind === 'edit' ? aside : text,
  });
}

/** Back to a new letter: an edit is dropped, and so is the quote. */
export function startAnew(conversation: string): void {
  const { purpose, text, aside } = composing(conversation);
  compose(conversation, { purpose: { kind: 'new' }, text: purpose.kind === 'edit' ? aside : text, aside: '' });
}

export function useComposing(conversation: string): Composing {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => composing(conversation),
  );
}
