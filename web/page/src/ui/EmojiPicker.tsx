import { Search } from 'lucide-react';
import { useEffect, useMemo, useRef, useState, type KeyboardEvent } from 'react';
import { useLocale } from 'react-aria-components';
import { Virtualizer, type VirtualizerHandle } from 'virtua';
import { foundEmoji, keepTone, loadEmoji, QUICK, recentEmoji, tone, toned, TONES, used, type Emoji, type Tone } from '../model/emoji';
import { language, words } from '../words';
import { Icon } from './controls';

const COLUMNS = 8;

/** A line of the list: the name of a group, or up to eight emoji and the place of the first among all. */
type Line = { kind: 'title'; key: string; title: string } | { kind: 'emoji'; key: string; emoji: Emoji[]; from: number };

interface EmojiPickerProps {
  chosen: (emoji: string) => void;
}

/** All emoji, found by name. The focus stays in the field; arrow keys walk through the list, Enter takes one. */
export function EmojiPicker({ chosen }: EmojiPickerProps) {
  const groups = useGroups();
  const [typed, setTyped] = useState('');
  const [at, setAt] = useState<number | null>(null);
  const [skin, setSkin] = useState<Tone>(tone);
  const handle = useRef<VirtualizerHandle>(null);
  const scroller = useRef<HTMLDivElement>(null);
  const { direction } = useLocale();
  const lines = useMemo(() => linesOf(groups, typed), [groups, typed]);
  const all = useMemo(() => lines.flatMap((line) => (line.kind === 'emoji' ? line.emoji : [])), [lines]);
  const present = at === null ? undefined : all[at];

  function take(emoji: Emoji) {
    used(emoji.emoji);
    chosen(toned(emoji.emoji, skin));
  }

  function moveTo(next: number | null) {
    setAt(next);
    if (next !== null) handle.current?.scrollToIndex(lineOf(lines, next), { align: 'nearest' });
  }

  function keyDown(event: KeyboardEvent) {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Enter') {
      event.preventDefault();
      const emoji = present ?? (typed === '' ? undefined : all[0]);
      if (emoji !== undefined) take(emoji);
      return;
    }
    const next = stepped(event.key, lines, at, all.length, direction === 'rtl');
    if (next === undefined) return;
    event.preventDefault();
    moveTo(next);
  }

  return (
    <div className="emoji-picker">
      <div className="search">
        <Icon as={Search} />
        <input
          role="combobox"
          aria-expanded
          aria-controls="emoji-list"
          aria-activedescendant={present === undefined ? undefined : `emoji-${at}`}
          aria-label={words.say.findEmoji}
          placeholder={words.say.findEmoji}
          dir={typed === '' ? undefined : 'auto'}
          autoComplete="off"
          spellCheck={false}
          autoFocus
          value={typed}
          onChange={(event) => {
            setTyped(event.target.value);
            setAt(null);
            handle.current?.scrollTo(0);
          }}
          onKeyDown={keyDown}
        />
      </div>
      {typed === '' && <Groups groups={groups} goTo={(group) => handle.current?.scrollToIndex(titleOf(lines, group))} />}
      <div className="emoji-scroll" ref={scroller} id="emoji-list" role="listbox" aria-label={words.say.emoji} tabIndex={-1}>
        <Virtualizer ref={handle} scrollRef={scroller} data={lines} itemSize={40}>
          {(line: Line) => <LineOf key={line.key} line={line} at={at} skin={skin} take={take} look={setAt} />}
        </Virtualizer>
        {groups.length > 0 && lines.length === 0 && <p className="quiet-note">{words.say.noEmoji(typed)}</p>}
      </div>
      <div className="emoji-foot">
        <span className="emoji-name small soft" aria-hidden>
          {present?.name}
        </span>
        <Tones chosen={skin} choose={setSkin} />
      </div>
    </div>
  );
}

function useGroups(): Emoji[][] {
  const [groups, setGroups] = useState<Emoji[][]>([]);
  useEffect(() => {
    let shown = true;
    loadEmoji(language).then(
      (loaded) => shown && setGroups(loaded),
      () => {},
    );
    return () => {
      shown = false;
    };
  }, []);
  return groups;
}

function linesOf(groups: Emoji[][], typed: string): Line[] {
  if (groups.length === 0) return [];
  const sections = typed.trim() === '' ? [often(groups), ...groups] : [foundEmoji(groups, typed)];
  const lines: Line[] = [];
  let from = 0;
  sections.forEach((emoji, section) => {
    if (sections.length > 1) lines.push({ kind: 'title', key: `title-${section}`, title: words.say.emojiGroups[section] ?? '' });
    for (let start = 0; start < emoji.length; start += COLUMNS) {
      const piece = emoji.slice(start, start + COLUMNS);
      lines.push({ kind: 'emoji', key: `${section}-${start}`, emoji: piece, from });
      from += piece.length;
    }
  });
  return lines;
}

/** Those that this person used, then those that most people do. */
function often(groups: Emoji[][]): Emoji[] {
  const known = new Map(groups.flat().map((each) => [each.emoji, each]));
  const wanted = [...new Set([...recentEmoji(), ...QUICK])].slice(0, COLUMNS * 2);
  return wanted.map((emoji) => known.get(emoji)).filter((each) => each !== undefined);
}

function lineOf(lines: readonly Line[], at: number): number {
  return lines.findIndex((line) => line.kind === 'emoji' && at >= line.from && at < line.from + line.emoji.length);
}

function titleOf(lines: readonly Line[], group: number): number {
  return lines.findIndex((line) => line.key === `title-${group + 1}`);
}

/** Where an arrow key leads; null: back into the field; undefined: nowhere, the key belongs to the field. */
function stepped(key: string, lines: readonly Line[], at: number | null, count: number, mirrored: boolean): number | null | undefined {
  if (count === 0) return undefined;
  if (at === null) return key === 'ArrowDown' ? 0 : undefined;
  switch (key) {
    case 'ArrowDown':
      return sameColumn(lines, at, 1) ?? at;
    case 'ArrowUp':
      return sameColumn(lines, at, -1);
    case 'ArrowRight':
    case 'ArrowLeft':
      return Math.min(count - 1, Math.max(0, at + ((key === 'ArrowRight') === mirrored ? -1 : 1)));
    default:
      return undefined;
  }
}

function sameColumn(lines: readonly Line[], at: number, by: 1 | -1): number | null {
  const present = lineOf(lines, at);
  const column = at - (lines[present]?.kind === 'emoji' ? (lines[present] as Line & { kind: 'emoji' }).from : at);
  for (let index = present + by; index >= 0 && index < lines.length; index += by) {
    const line = lines[index];
    if (line?.kind === 'emoji') return line.from + Math.min(column, line.emoji.length - 1);
  }
  return null;
}

interface LineOfProps {
  line: Line;
  at: number | null;
  skin: Tone;
  take: (emoji: Emoji) => void;
  look: (at: number) => void;
}

function LineOf({ line, at, skin, take, look }: LineOfProps) {
  if (line.kind === 'title') {
    return (
      <div className="emoji-title small soft" role="presentation">
        {line.title}
      </div>
    );
  }
  return (
    <div className="emoji-line" role="presentation">
      {line.emoji.map((emoji, index) => (
        <div
          key={emoji.emoji}
          id={`emoji-${line.from + index}`}
          role="option"
          aria-selected={line.from + index === at}
          aria-label={emoji.name}
          className="emoji"
          onPointerMove={() => look(line.from + index)}
          onPointerDown={(event) => event.preventDefault()}
          onClick={() => take(emoji)}
        >
          {toned(emoji.emoji, skin)}
        </div>
      ))}
    </div>
  );
}

function Groups({ groups, goTo }: { groups: Emoji[][]; goTo: (group: number) => void }) {
  return (
    <div className="emoji-groups" role="group" aria-label={words.say.emojiGroupsLabel}>
      {groups.map(([first], index) => (
        <button key={index} type="button" aria-label={words.say.emojiGroups[index + 1]} title={words.say.emojiGroups[index + 1]} onClick={() => goTo(index)}>
          {first?.emoji}
        </button>
      ))}
    </div>
  );
}

function Tones({ chosen, choose }: { chosen: Tone; choose: (tone: Tone) => void }) {
  return (
    <div className="tones" role="radiogroup" aria-label={words.say.tone}>
      {TONES.map((each, index) => (
        <label key={each} title={words.say.tones[index]}>
          <input
            type="radio"
            name="tone"
            className="visually-hidden"
            checked={each === chosen}
            aria-label={words.say.tones[index]}
            onChange={() => {
              keepTone(each);
              choose(each);
            }}
          />
          <span aria-hidden>{toned('✋', each)}</span>
        </label>
      ))}
    </div>
  );
}
