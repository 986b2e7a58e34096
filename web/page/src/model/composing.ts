import type { Quote } from '../api/types';
import type { Letter } from './rows';
import { Signal } from './signal';

/** What the composer is for at present: a new letter, an answer to one, or another text for an own one. */
export type Purpose = { kind: 'new' } | { kind: 'reply'; to: Quote } | { kind: 'edit'; letter: Letter };

/** What was begun in one conversation. While a letter is edited, the new one waits in `aside`. */
export interface Composing {
  purpose: Purpose;
  text: string;
  aside: string;
}

const NOTHING: Composing = { purpose: { kind: 'new' }, text: '', aside: '' };

const begun = new Map<string, Signal<Composing>>();

function begunIn(conversation: string): Signal<Composing> {
  const known = begun.get(conversation);
  if (known !== undefined) return known;
  const fresh = new Signal(NOTHING);
  begun.set(conversation, fresh);
  return fresh;
}

export function composing(conversation: string): Composing {
  return begunIn(conversation).value;
}

/** The new letter that was begun there since the page was loaded. */
export function draftIn(conversation: string): string {
  const { purpose, text, aside } = begun.get(conversation)?.value ?? NOTHING;
  return purpose.kind === 'edit' ? aside : text;
}

/** Starts with the draft that the app kept, unless something was begun here since. */
export function beginWith(conversation: string, draft: string): void {
  if (!begun.has(conversation)) begun.set(conversation, new Signal({ ...NOTHING, text: draft }));
}

export function compose(conversation: string, changes: Partial<Composing>): void {
  begunIn(conversation).set({ ...composing(conversation), ...changes });
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
  return begunIn(conversation).use();
}
