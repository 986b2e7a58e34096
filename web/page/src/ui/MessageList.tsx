import { ArrowDown } from 'lucide-react';
import { useEffect, useLayoutEffect, useMemo, useRef, useState, type KeyboardEvent, type RefObject } from 'react';
import { Button } from 'react-aria-components';
import { Virtualizer, type VirtualizerHandle } from 'virtua';
import { messenger, type Thread } from '../model/messenger';
import type { Person } from '../model/people';
import { firstUnread, rowsOf, type Row } from '../model/rows';
import { words } from '../words';
import { dayName } from '../words/dates';
import { Icon } from './controls';
import { useLetterTools, type Tools } from './LetterTools';
import { MessageRow } from './MessageRow';
import { TypingLine } from './TypingLine';

/** Older and newer letters are read before one comes to the end of those that are here. */
const NEAR_EDGE = 1_500;
const NEAR_END = 40;
const SHOWN_MILLIS = 1_600;
const MOST_FRAMES = 60;

interface MessageListProps {
  person: Person;
  thread: Thread;
  visible: boolean;
  /** Whether the first letter came while the conversation was already open. */
  wasEmpty: boolean;
}

/** The letters from the bottom up; only those near the screen are in the document. */
export function MessageList({ person, thread, visible, wasEmpty }: MessageListProps) {
  const looking = useLooking() && visible;
  const handle = useRef<VirtualizerHandle>(null);
  const scroller = useRef<HTMLDivElement>(null);
  const atEnd = useRef(true);
  const rows = useRows(person, thread, looking && atEnd.current, wasEmpty);
  const [below, setBelow] = useState(false);
  const shift = useChangedAtTop(rows);
  const focus = useRowFocus(rows, handle, scroller);
  const { tools, overlays } = useLetterTools(person);
  const pinned = useMemo(() => new Set(person.pinned.map(({ id }) => id)), [person.pinned]);

  useStart(rows, handle, atEnd, thread.target !== null);
  const shown = useTarget(thread, rows, handle, atEnd, focus.choose);

  const newest = thread.letters.at(-1);
  useLayoutEffect(() => {
    if ((atEnd.current && !thread.newer) || newest?.unconfirmed) toEnd();
    // A new letter at the end, or the same in another shape.
  }, [newest, rows.length, person.pinned.length]);

  useEffect(() => {
    if (looking) markSeen();
  }, [looking, rows]);

  function toEnd() {
    handle.current?.scrollToIndex(rows.length - 1, { align: 'end' });
  }

  async function toNewest() {
    atEnd.current = true;
    await messenger.goToNewest(person.id);
    toEnd();
  }

  /** By what the list knows already: asking the document would have it laid out once more. */
  function moved() {
    const view = handle.current;
    if (view === null) return;
    const left = view.scrollSize - view.scrollOffset - view.viewportSize;
    atEnd.current = left <= NEAR_END && !thread.newer && shown === null;
    setBelow(!atEnd.current);
    if (view.scrollOffset < NEAR_EDGE) void messenger.loadOlder(person.id);
    if (left < NEAR_EDGE) void messenger.loadNewer(person.id);
    if (looking) markSeen();
  }

  /** Also when the list gets its first size, before which nothing can be seen. */
  function resized() {
    if (!atEnd.current) return moved();
    toEnd();
    if (looking) markSeen();
  }

  /** Everything down to the last row on the screen has been seen. */
  function markSeen() {
    const view = handle.current;
    if (view === null || view.viewportSize === 0) return;
    const lowest = atEnd.current ? rows.length - 1 : view.findItemIndex(view.scrollOffset + view.viewportSize - 8);
    for (let index = lowest; index >= 0; index--) {
      const row = rows[index];
      if (row?.kind !== 'letter' || row.letter.mine) continue;
      if (row.letter.state === 'RECEIVED') void messenger.markRead(person.id, row.letter.id);
      return;
    }
  }

  return (
    <div className="letters-space">
      <div
        className="letters"
        ref={scroller}
        role="list"
        aria-label={words.conversation.letters}
        onKeyDown={focus.keyDown}
      >
        <div className="letters-rise" role="presentation" />
        <Virtualizer
          ref={handle}
          scrollRef={scroller}
          data={rows}
          shift={shift}
          onScroll={moved}
          onResize={resized}
        >
          {(row: Row) => (
            <RowOf
              key={row.key}
              row={row}
              person={person}
              focusable={row.key === focus.key}
              pinned={pinned.has(row.key)}
              shown={row.key === shown}
              tools={tools}
            />
          )}
        </Virtualizer>
      </div>
      <TypingLine person={person} />
      {overlays}
      {(below || thread.newer) && (
        <Button
          className="to-end"
          aria-label={person.unread > 0 ? words.conversation.newBelow(person.unread) : words.conversation.newest}
          onPress={() => void toNewest()}
        >
          {person.unread > 0 && <span className="small">{words.conversation.newBelow(person.unread)}</span>}
          <Icon as={ArrowDown} />
        </Button>
      )}
    </div>
  );
}

interface RowOfProps {
  row: Row;
  person: Person;
  focusable: boolean;
  pinned: boolean;
  shown: boolean;
  tools: Tools;
}

function RowOf({ row, ...rest }: RowOfProps) {
  switch (row.kind) {
    case 'day':
      return (
        <div role="listitem" className="day-line small soft">
          {dayName(row.day)}
        </div>
      );
    case 'new':
      return (
        <div role="listitem" className="new-line small">
          {words.conversation.newLetters}
        </div>
      );
    case 'letter':
      return <MessageRow row={row} {...rest} />;
  }
}

/** Whether the person can see the page now. */
function useLooking(): boolean {
  const [looking, setLooking] = useState(isLooked);
  useEffect(() => {
    const changed = () => setLooking(isLooked());
    addEventListener('focus', changed);
    addEventListener('blur', changed);
    document.addEventListener('visibilitychange', changed);
    return () => {
      removeEventListener('focus', changed);
      removeEventListener('blur', changed);
      document.removeEventListener('visibilitychange', changed);
    };
  }, []);
  return looking;
}

function isLooked(): boolean {
  return document.visibilityState === 'visible' && document.hasFocus();
}

/**
 * The rows, with the line before what was new when the conversation was opened, or arrived while the
 * person looked elsewhere: of each letter that is judged once, when it comes. The line stays until the
 * conversation is left, or until there is news again.
 */
function useRows(person: Person, thread: Thread, attentive: boolean, wasEmpty: boolean): Row[] {
  const line = useRef<{ unread: number; newest: string | null }>({ unread: 0, newest: null });
  const judged = useRef<string | null | undefined>(wasEmpty ? null : undefined);
  const newest = thread.letters.findLast((letter) => !letter.mine);
  const opening = judged.current === undefined;
  const arrived = newest?.state === 'RECEIVED' && newest.id !== judged.current;
  if (arrived && (opening || (!attentive && allRead(thread, line.current.newest)))) {
    line.current = { unread: countUnread(thread, person), newest: newest.id };
  }
  judged.current = newest?.id ?? null;
  const { unread, newest: upTo } = line.current;
  return useMemo(
    () => rowsOf(thread.letters, firstUnread(thread.letters, unread, upTo)),
    [thread.letters, unread, upTo],
  );
}

function allRead(thread: Thread, newest: string | null): boolean {
  return newest === null || thread.letters.find((letter) => letter.id === newest)?.state === 'READ';
}

/** Counted here as far as letters are loaded; what lies behind them, only the app can count. */
function countUnread(thread: Thread, person: Person): number {
  const here = thread.letters.filter((letter) => letter.state === 'RECEIVED').length;
  const beyond = thread.more && thread.letters.every((letter) => letter.mine || letter.state === 'RECEIVED');
  return beyond ? Math.max(here, person.unread) : here;
}

/** True in the one rendering in which letters before the ones shown came or went. */
function useChangedAtTop(rows: Row[]): boolean {
  const former = useRef<readonly Row[]>(rows);
  const firstLetter = rows.find((row) => row.kind === 'letter')?.key;
  const before = former.current;
  const formerFirst = before.find((row) => row.kind === 'letter')?.key;
  const overlaps = before.some((row) => row.key === firstLetter) || rows.some((row) => row.key === formerFirst);
  const changed = before !== rows && formerFirst !== firstLetter && overlaps;
  useEffect(() => {
    former.current = rows;
  });
  return changed;
}

/** Begins at the line of new letters, or else at the end; where one goes to a letter, that is left to `useTarget`. */
function useStart(
  rows: Row[],
  handle: RefObject<VirtualizerHandle | null>,
  atEnd: RefObject<boolean>,
  hasTarget: boolean,
): void {
  useLayoutEffect(() => {
    const view = handle.current;
    if (view === null || hasTarget) return;
    const line = rows.findIndex((row) => row.kind === 'new');
    if (line >= 0) {
      atEnd.current = false;
      view.scrollToIndex(line, { align: 'start', offset: -48 });
    } else {
      view.scrollToIndex(rows.length - 1, { align: 'end' });
    }
  }, []);
}

/** Brings the letter that was asked for to the middle, gives it the focus, and marks it for a moment. */
function useTarget(
  thread: Thread,
  rows: Row[],
  handle: RefObject<VirtualizerHandle | null>,
  atEnd: RefObject<boolean>,
  focus: (key: string) => void,
): string | null {
  const [shown, setShown] = useState<string | null>(null);
  const { target } = thread;

  useLayoutEffect(() => {
    const at = target === null ? -1 : rows.findIndex((row) => row.key === target.id);
    if (target === null || at < 0) return;
    atEnd.current = false;
    handle.current?.scrollToIndex(at, { align: 'center' });
    focus(target.id);
    setShown(target.id);
    const timer = setTimeout(() => setShown(null), SHOWN_MILLIS);
    return () => clearTimeout(timer);
  }, [target]);

  return shown;
}

/** One letter is reached by Tab, the others by the arrow keys. */
function useRowFocus(
  rows: Row[],
  handle: RefObject<VirtualizerHandle | null>,
  scroller: RefObject<HTMLDivElement | null>,
) {
  const [chosen, setChosen] = useState<string | null>(null);
  const letters = rows.filter((row) => row.kind === 'letter');
  const key = letters.some((row) => row.key === chosen) ? chosen : (letters.at(-1)?.key ?? null);

  function keyDown(event: KeyboardEvent) {
    const target = event.target as HTMLElement;
    if (!target.matches('[data-letter]')) return;
    const at = letters.findIndex((row) => row.key === target.dataset['letter']);
    const next = letters[wanted(event.key, at, letters.length)];
    if (next === undefined) return;
    event.preventDefault();
    handle.current?.scrollToIndex(rows.indexOf(next), { align: 'nearest' });
    choose(next.key);
  }

  function choose(next: string) {
    setChosen(next);
    focusSoon(next, MOST_FRAMES);
  }

  /** Once it is in the document, and nothing above the page keeps the focus: both may take some frames. */
  function focusSoon(next: string, frames: number) {
    requestAnimationFrame(() => {
      const row = scroller.current?.querySelector<HTMLElement>(`[data-letter="${CSS.escape(next)}"]`);
      row?.focus({ preventScroll: true });
      if ((!row || document.activeElement !== row) && frames > 0) focusSoon(next, frames - 1);
    });
  }

  return { key, keyDown, choose };
}

function wanted(key: string, at: number, length: number): number {
  switch (key) {
    case 'ArrowUp':
      return at - 1;
    case 'ArrowDown':
      return at + 1;
    case 'Home':
      return 0;
    case 'End':
      return length - 1;
    default:
      return -1;
  }
}
