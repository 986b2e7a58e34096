import { Search, type LucideIcon } from 'lucide-react';
import { useEffect, useMemo, useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import { Dialog, Modal, ModalOverlay } from 'react-aria-components';
import { problemOf, type Problem } from '../api/client';
import type { SearchHit } from '../api/types';
import { messenger, useMessenger } from '../model/messenger';
import { closePalette, usePalette, type Wanted } from '../model/palette';
import { found, peopleOf, type Person } from '../model/people';
import { go, here } from '../model/places';
import { folded } from '../model/text';
import { words } from '../words';
import { shortTimeOf } from '../words/dates';
import { commandsFor } from './commands';
import { Icon } from './controls';
import { Name, Picture } from './Name';
import { ProblemNote } from './ProblemNote';

const MOST_PEOPLE = 6;
const MOST_LETTERS = 40;
const SEARCH_FROM = 2;
const SEARCH_MILLIS = 120;

/** One line that can be taken: a command, a person, or a letter. */
interface Entry {
  key: string;
  section: 'people' | 'commands' | 'letters';
  icon?: LucideIcon;
  shown: ReactNode;
  run: () => void;
}

/** Everything by its name: people, letters and commands in one field (Ctrl-K). */
export function Palette() {
  const wanted = usePalette();
  if (wanted === null) return null;
  const label = labelOf(wanted);
  return (
    <ModalOverlay className="overlay top" isOpen onOpenChange={(open) => !open && closePalette()} isDismissable>
      <Modal className="modal palette">
        <Dialog className="plain-dialog" aria-label={label}>
          <Finder wanted={wanted} label={label} />
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}

function labelOf(wanted: Wanted): string {
  switch (wanted.kind) {
    case 'anything':
      return words.say.palette;
    case 'within':
      return words.say.searchHere;
    case 'forward':
      return words.say.forwardTo;
  }
}

function Finder({ wanted, label }: { wanted: Wanted; label: string }) {
  const [typed, setTyped] = useState('');
  const [at, setAt] = useState(0);
  const list = useRef<HTMLDivElement>(null);
  const { hits, problem } = useHits(wanted, typed);
  const entries = useEntries(wanted, typed, hits);
  const present = entries[Math.min(at, entries.length - 1)];

  useEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' });
  }, [present?.key]);

  function take(entry: Entry) {
    closePalette();
    // The focus comes back to where it was within a frame; only then can it go where the entry leads.
    requestAnimationFrame(() => requestAnimationFrame(entry.run));
  }

  function keyDown(event: KeyboardEvent) {
    if (event.nativeEvent.isComposing) return;
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step !== 0 && entries.length > 0) {
      event.preventDefault();
      setAt((Math.min(at, entries.length - 1) + step + entries.length) % entries.length);
    } else if (event.key === 'Enter' && present !== undefined) {
      event.preventDefault();
      take(present);
    }
  }

  return (
    <>
      <div className="search">
        <Icon as={Search} />
        <input
          role="combobox"
          aria-expanded
          aria-controls="palette-list"
          aria-activedescendant={present === undefined ? undefined : `palette-${present.key}`}
          aria-label={label}
          placeholder={label}
          dir={typed === '' ? undefined : 'auto'}
          autoComplete="off"
          spellCheck={false}
          autoFocus
          value={typed}
          onChange={(event) => {
            setTyped(event.target.value);
            setAt(0);
          }}
          onKeyDown={keyDown}
        />
      </div>
      <div className="palette-list" id="palette-list" role="listbox" aria-label={words.say.found} ref={list} tabIndex={-1}>
        {entries.map((entry, index) => (
          <EntryLine
            key={entry.key}
            entry={entry}
            chosen={entry === present}
            title={entry.section === entries[index - 1]?.section ? null : words.say.sections[entry.section]}
            look={() => setAt(index)}
            take={() => take(entry)}
          />
        ))}
      </div>
      {problem !== null && <ProblemNote problem={problem} />}
      <p className="small soft palette-foot" role="status">
        {typed.trim() !== '' && (entries.length === 0 ? words.say.nothingFound : words.say.foundCount(entries.length))}
      </p>
    </>
  );
}

interface EntryLineProps {
  entry: Entry;
  chosen: boolean;
  title: string | null;
  look: () => void;
  take: () => void;
}

function EntryLine({ entry, chosen, title, look, take }: EntryLineProps) {
  return (
    <>
      {title !== null && (
        <div role="presentation" className="palette-title small soft">
          {title}
        </div>
      )}
      <div
        id={`palette-${entry.key}`}
        role="option"
        aria-selected={chosen}
        className="palette-entry"
        onPointerMove={look}
        onPointerDown={(event) => event.preventDefault()}
        onClick={take}
      >
        {entry.icon !== undefined && <Icon as={entry.icon} />}
        {entry.shown}
      </div>
    </>
  );
}

/** The letters that hold what was typed, a moment after the last key; an answer that comes too late is dropped. */
function useHits(wanted: Wanted, typed: string): { hits: readonly SearchHit[]; problem: Problem | null } {
  const [hits, setHits] = useState<readonly SearchHit[]>([]);
  const [problem, setProblem] = useState<Problem | null>(null);
  const query = wanted.kind === 'forward' ? '' : typed.trim();
  const conversation = wanted.kind === 'within' ? wanted.conversation : null;

  useEffect(() => {
    if (query.length < SEARCH_FROM) {
      setHits([]);
      return;
    }
    let current = true;
    const timer = setTimeout(() => {
      messenger.client.search(query, conversation, MOST_LETTERS).then(
        (answer) => {
          if (!current) return;
          setHits(answer);
          setProblem(null);
        },
        (thrown: unknown) => current && setProblem(problemOf(thrown)),
      );
    }, SEARCH_MILLIS);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [query, conversation]);

  return { hits, problem };
}

function useEntries(wanted: Wanted, typed: string, hits: readonly SearchHit[]): Entry[] {
  const contacts = useMessenger((state) => state.contacts);
  const conversations = useMessenger((state) => state.conversations);
  return useMemo(() => {
    const people = peopleOf(contacts, conversations);
    if (wanted.kind === 'forward') {
      const open = people.filter((person) => person.state !== 'LOST' && !person.blocked);
      return found(open, typed).map((person) => personEntry(person, () => forward(person, wanted.letter.text)));
    }
    const letters = hits.map((hit) => hitEntry(hit, people));
    if (wanted.kind === 'within') return letters;
    const toPerson = found(people, typed)
      .slice(0, MOST_PEOPLE)
      .map((person) => personEntry(person, () => go({ kind: 'conversation', id: person.id })));
    return [...toPerson, ...commandEntries(people, typed), ...letters];
  }, [contacts, conversations, wanted, typed, hits]);
}

function personEntry(person: Person, run: () => void): Entry {
  return {
    key: `person-${person.id}`,
    section: 'people',
    shown: (
      <>
        <Picture of={person.name} />
        <span className="palette-name">
          <Name of={person.name} />
        </span>
      </>
    ),
    run,
  };
}

function forward(person: Person, text: string): void {
  void messenger.send(person.id, text, null);
  go({ kind: 'conversation', id: person.id });
}

/** Commands are found by the beginnings of their words. */
function commandEntries(people: readonly Person[], typed: string): Entry[] {
  const place = here();
  const person = 'id' in place ? people.find(({ id }) => id === place.id) : undefined;
  const wanted = folded(typed).split(/\s+/).filter((word) => word !== '');
  return commandsFor(person, people)
    .filter(({ name }) => wanted.every((word) => ` ${folded(name)}`.includes(` ${word}`)))
    .map(({ key, name, icon, run }) => ({
      key: `command-${key}`,
      section: 'commands',
      icon,
      shown: <span className="palette-name">{name}</span>,
      run,
    }));
}

function hitEntry(hit: SearchHit, people: readonly Person[]): Entry {
  const { conversation, id, mine, sentAt } = hit.message;
  const person = people.find((each) => each.id === conversation);
  return {
    key: `letter-${id}`,
    section: 'letters',
    shown: (
      <span className="palette-hit">
        <span className="palette-hit-top small soft">
          <span className="palette-name">
            {mine ? words.say.toPerson(person?.name ?? '') : <Name of={person?.name ?? ''} />}
          </span>
          <time>{shortTimeOf(sentAt)}</time>
        </span>
        <bdi className="palette-snippet">
          <Marked hit={hit} />
        </bdi>
      </span>
    ),
    run: () => {
      void messenger.goTo(conversation, id).catch(() => {});
      go({ kind: 'conversation', id: conversation });
    },
  };
}

/** The words that were looked for stand out in the snippet around them. */
function Marked({ hit: { snippet, marks } }: { hit: SearchHit }) {
  const pieces: ReactNode[] = [];
  let at = 0;
  marks.forEach(({ start, end }) => {
    pieces.push(snippet.slice(at, start), <mark key={start}>{snippet.slice(start, end)}</mark>);
    at = end;
  });
  return [...pieces, snippet.slice(at)];
}
