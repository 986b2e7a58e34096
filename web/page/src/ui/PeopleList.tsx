import { Archive, ArrowLeft, ArrowUpToLine, Ban, Search, Settings, UserPlus, X } from 'lucide-react';
import { useEffect, useMemo, useRef, useState } from 'react';
import { Button, Input, ListBox, ListBoxItem, SearchField } from 'react-aria-components';
import { plainText } from '../model/markdown';
import { useMessenger } from '../model/messenger';
import { openPalette } from '../model/palette';
import { found, peopleOf, type Person } from '../model/people';
import { go, usePlace, useWidth } from '../model/places';
import { plainName } from '../model/text';
import { draftIn } from '../model/composing';
import { words } from '../words';
import { shortTimeOf } from '../words/dates';
import { MutedMark } from './ConversationMenu';
import { Icon, IconAction } from './controls';
import { Delivery } from './Delivery';
import { HomeLine } from './HomeLine';
import { Name, Picture, VerifiedMark } from './Name';
import { NobodyYet } from './NobodyYet';

const SEARCH_FROM = 5;

/** The first column: who there is to write to. */
export function PeopleList() {
  const contacts = useMessenger((state) => state.contacts);
  const conversations = useMessenger((state) => state.conversations);
  const people = useMemo(() => peopleOf(contacts, conversations), [contacts, conversations]);
  const [typed, setTyped] = useState('');
  const [inArchive, setInArchive] = useState(false);
  const archived = useMemo(() => people.filter((person) => person.archived), [people]);
  const showArchive = inArchive && archived.length > 0 && typed === '';
  const shown = useMemo(() => {
    if (typed !== '') return found(people, typed);
    return showArchive ? archived : people.filter((person) => !person.archived);
  }, [people, archived, typed, showArchive]);

  return (
    <>
      <div className="bar">
        <h1 className="brand">{words.people.title}</h1>
        <IconAction icon={Search} label={words.say.palette} onPress={() => openPalette()} />
        <IconAction icon={UserPlus} label={words.people.invite} onPress={() => go({ kind: 'invitations' })} />
        <IconAction icon={Settings} label={words.people.settings} onPress={() => go({ kind: 'settings' })} />
      </div>
      {people.length >= SEARCH_FROM && <PeopleSearch typed={typed} change={setTyped} />}
      {archived.length > 0 && typed === '' && (
        <Button className="archive-line" aria-expanded={showArchive} onPress={() => setInArchive(!showArchive)}>
          <Icon as={showArchive ? ArrowLeft : Archive} />
          {showArchive ? words.say.hideArchive : words.say.archived(archived.length)}
        </Button>
      )}
      {people.length > 0 ? <People people={shown} typed={typed} /> : <Nobody />}
      <HomeLine />
    </>
  );
}

/** With a second column, that one says what to do first. */
function Nobody() {
  const width = useWidth();
  return width === 'narrow' ? <NobodyYet /> : <p className="people quiet-note">{words.people.empty}</p>;
}

function PeopleSearch({ typed, change }: { typed: string; change: (typed: string) => void }) {
  return (
    <SearchField className="search" aria-label={words.people.search} value={typed} onChange={change}>
      <Icon as={Search} />
      <Input id="people-search" placeholder={words.people.search} dir={typed === '' ? undefined : 'auto'} autoComplete="off" spellCheck={false} />
      <Button className="icon-action small-action" aria-label={words.people.clearSearch}>
        <Icon as={X} />
      </Button>
    </SearchField>
  );
}

function People({ people, typed }: { people: Person[]; typed: string }) {
  const place = usePlace();
  const list = useRef<HTMLDivElement>(null);
  const chosen = 'id' in place ? place.id : null;
  const former = useRef(chosen);

  useEffect(() => {
    if (place.kind === 'home' && former.current !== null) list.current?.focus();
    former.current = chosen;
  }, [place.kind, chosen]);

  return (
    <ListBox
      ref={list}
      className="people"
      aria-label={words.people.title}
      items={people}
      selectionMode="single"
      shouldSelectOnPressUp
      selectedKeys={chosen === null ? [] : [chosen]}
      onSelectionChange={(keys) => {
        const [key] = keys === 'all' ? [] : [...keys];
        const id = key ?? chosen;
        if (typeof id === 'string') go({ kind: place.kind === 'details' ? 'details' : 'conversation', id });
      }}
      renderEmptyState={() => <p className="quiet-note">{words.people.nothingFound(typed)}</p>}
    >
      {(person) => <PersonLine person={person} />}
    </ListBox>
  );
}

function PersonLine({ person }: { person: Person }) {
  return (
    <ListBoxItem className="person" id={person.id} textValue={plainName(person.name)}>
      <Picture of={person.name} />
      <span className="person-text">
        <span className="person-top">
          <span className="person-name">
            <Name of={person.name} />
            {person.verified && <VerifiedMark />}
            {person.muted && <MutedMark />}
            {person.onTop && <OnTopMark />}
          </span>
          {person.last !== null && <span className="small soft when">{shortTimeOf(person.last.sentAt)}</span>}
        </span>
        <span className="person-bottom small soft">
          <LastWord person={person} />
          <Unread person={person} />
        </span>
      </span>
    </ListBoxItem>
  );
}

function OnTopMark() {
  return (
    <span className="soft">
      <ArrowUpToLine size="0.9em" aria-hidden />
      <span className="visually-hidden">{words.say.keptOnTop}</span>
    </span>
  );
}

function Unread({ person }: { person: Person }) {
  if (person.unread === 0 && !person.markedUnread) return null;
  return (
    <span className={`unread ${person.muted ? 'quiet' : ''}`}>
      <span aria-hidden>{person.unread > 9_999 ? '9999+' : person.unread > 0 ? person.unread : '•'}</span>
      <span className="visually-hidden">
        {person.unread > 0 ? words.people.unread(person.unread) : words.say.markedUnread}
      </span>
    </span>
  );
}

/** What was begun there and not sent; not of the conversation that is open, where it stands anyway. */
function useDraftOf(person: Person): string {
  const place = usePlace();
  const open = 'id' in place && place.id === person.id;
  return open ? '' : draftIn(person.id) || person.draft;
}

function LastWord({ person }: { person: Person }) {
  const typing = useMessenger((state) => state.typing.has(person.id));
  const draft = useDraftOf(person);
  if (person.blocked) return <span className="last-word">{words.say.blocked}</span>;
  if (typing) return <span className="last-word attention">{words.say.typingShort}</span>;
  if (person.keyChanged) return <span className="last-word attention">{words.people.keyChanged}</span>;
  if (person.state === 'LOST') return <span className="last-word attention">{words.people.lost}</span>;
  if (draft.trim() !== '') {
    return (
      <span className="last-word">
        <span className="attention">{words.say.draft}</span> <bdi>{plainText(draft).slice(0, 200)}</bdi>
      </span>
    );
  }
  if (person.last === null) {
    return (
      <span className="last-word">{person.state === 'WAITING' ? words.people.waiting : words.people.noLetters}</span>
    );
  }
  const { mine, text, unsent } = person.last;
  if (unsent) {
    return (
      <span className="last-word">
        <Ban size="0.9em" aria-hidden /> {mine ? words.say.unsentByYou : words.say.unsentBy(person.name)}
      </span>
    );
  }
  return (
    <>
      {mine && <Delivery letter={person.last} />}
      <span className="last-word" dir="auto">
        {plainText(text).slice(0, 200)}
      </span>
    </>
  );
}
