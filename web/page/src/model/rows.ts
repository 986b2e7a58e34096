import type { MessageView } from '../api/types';

/** A message of the list; `unconfirmed` until the app has answered that it is on disk. */
export interface Letter extends MessageView {
  unconfirmed?: boolean;
}

/** What stands on one row of a conversation. */
export type Row =
  | { kind: 'day'; key: string; day: number }
  | { kind: 'new'; key: string }
  | { kind: 'letter'; key: string; letter: Letter; first: boolean; last: boolean };

const GROUP_MILLIS = 5 * 60_000;

/**
 * Lays messages out: a separator for each day, one line before `firstNew`, and runs by one person
 * within five minutes as a group, whose first and last message know it.
 */
export function rowsOf(letters: readonly Letter[], firstNew: string | null): Row[] {
  const rows: Row[] = [];
  let previous: Letter | null = null;
  letters.forEach((letter, index) => {
    const next = letters[index + 1];
    const newDay = previous === null || dayOf(previous.sentAt) !== dayOf(letter.sentAt);
    if (newDay) rows.push({ kind: 'day', key: `day-${letter.id}`, day: letter.sentAt });
    if (letter.id === firstNew) rows.push({ kind: 'new', key: 'new' });
    rows.push({
      kind: 'letter',
      key: letter.id,
      letter,
      first: previous === null || letter.id === firstNew || !grouped(previous, letter),
      last: next === undefined || next.id === firstNew || !grouped(letter, next),
    });
    previous = letter;
  });
  return rows;
}

function grouped(earlier: Letter, later: Letter): boolean {
  return (
    earlier.mine === later.mine &&
    later.sentAt - earlier.sentAt < GROUP_MILLIS &&
    dayOf(earlier.sentAt) === dayOf(later.sentAt)
  );
}

let lastDay = { from: 0, until: 0, day: 0 };

/** The local calendar day, as a number that grows. Neighbours mostly share it, and dates are slow. */
export function dayOf(millis: number): number {
  if (millis < lastDay.from || millis >= lastDay.until) {
    const date = new Date(millis);
    const [year, month, day] = [date.getFullYear(), date.getMonth(), date.getDate()];
    lastDay = {
      from: new Date(year, month, day).getTime(),
      until: new Date(year, month, day + 1).getTime(),
      day: year * 10_000 + month * 100 + day,
    };
  }
  return lastDay.day;
}

/**
 * The first of the `unread` incoming messages that end with `newest`; null while it is not loaded.
 */
export function firstUnread(letters: readonly Letter[], unread: number, newest: string | null): string | null {
  if (unread === 0 || newest === null) return null;
  let left = unread;
  let index = letters.findLastIndex((letter) => letter.id === newest);
  for (; index >= 0; index--) {
    const letter = letters[index];
    if (letter === undefined || letter.mine) continue;
    left--;
    if (left === 0) return letter.id;
  }
  return null;
}

/** Replaces or inserts a message, keeping the order of the conversation. */
export function withLetter(letters: readonly Letter[], letter: Letter): Letter[] {
  const at = letters.findLastIndex((other) => other.id === letter.id);
  if (at >= 0 && letters[at]?.order === letter.order) return letters.with(at, letter);
  const others = at < 0 ? letters : letters.toSpliced(at, 1);
  const after = others.findLastIndex((other) => other.order <= letter.order);
  return others.toSpliced(after + 1, 0, letter);
}
