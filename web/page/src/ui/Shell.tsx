import { MessageCircle, UserPlus } from 'lucide-react';
import { useEffect, useState } from 'react';
import { messenger, useMessenger } from '../model/messenger';
import { openPalette } from '../model/palette';
import { peopleOf } from '../model/people';
import { back, go, here, usePlace, useWidth, type Place, type Width } from '../model/places';
import { words } from '../words';
import { Accept } from './Accept';
import { Action, Icon } from './controls';
import { Conversation } from './Conversation';
import { Details } from './Details';
import { Invitations } from './Invitations';
import { NobodyYet } from './NobodyYet';
import { Notices } from './Notices';
import { Palette } from './Palette';
import { PeopleList } from './PeopleList';
import { Settings } from './Settings';

/** The columns: people, what they wrote, and details; as many as there is room for. */
export function Shell() {
  const place = usePlace();
  const width = useWidth();
  const { people, middle, aside } = columns(place, width);
  useShortcuts();
  useTitle();

  return (
    <div className={`shell ${width}`}>
      <Notices />
      <div
        className="column people-column"
        hidden={!people}
        role={middle || aside ? 'navigation' : 'main'}
        aria-label={words.people.title}
      >
        <PeopleList />
      </div>
      <div className="column middle-column" hidden={!middle} role="main">
        <Middle place={place} visible={middle} />
      </div>
      {place.kind === 'details' && (
        <div
          className="column aside-column"
          key={place.id}
          role={middle ? 'complementary' : 'main'}
          aria-label={words.conversation.details}
        >
          <Details place={place} />
        </div>
      )}
      <Announcer />
      <Palette />
    </div>
  );
}

/** What opens above the page belongs to the part of it that is in use. */
export function overlayPlace(): HTMLElement | null {
  return document.querySelector('.column[role="main"]:not([hidden])') ?? document.querySelector('main');
}

function columns(place: Place, width: Width): { people: boolean; middle: boolean; aside: boolean } {
  const aside = place.kind === 'details';
  switch (width) {
    case 'wide':
      return { people: true, middle: true, aside };
    case 'medium':
      return { people: true, middle: !aside, aside };
    case 'narrow':
      return { people: place.kind === 'home', middle: place.kind !== 'home' && !aside, aside };
  }
}

function Middle({ place, visible }: { place: Place; visible: boolean }) {
  switch (place.kind) {
    case 'home':
      return visible ? <Welcome /> : null;
    case 'conversation':
    case 'details':
      return <Conversation key={place.id} id={place.id} visible={visible} />;
    case 'invitations':
      return <Invitations />;
    case 'accept':
      return <Accept />;
    case 'settings':
      return <Settings />;
  }
}

function Welcome() {
  const nobody = useMessenger((state) => state.contacts.size === 0 && state.conversations.size === 0);
  if (nobody) return <NobodyYet />;
  return (
    <div className="empty middle-empty">
      <Icon as={MessageCircle} />
      <h2>{words.welcome.title}</h2>
      <p className="soft">{words.welcome.text}</p>
      <Action icon={UserPlus} onPress={() => go({ kind: 'invitations' })}>
        {words.people.invite}
      </Action>
    </div>
  );
}

/** Reads new letters out to those who listen to the page. */
function Announcer() {
  const [said, setSaid] = useState('');
  useEffect(
    () =>
      messenger.onIncoming((message) => {
        const { name = '', muted = false } = messenger.state.conversations.get(message.conversation) ?? {};
        if (!muted) setSaid(words.conversation.arrived(name, message.text.slice(0, 200)));
      }),
    [],
  );
  return (
    <div className="visually-hidden" role="status" aria-live="polite">
      {said}
    </div>
  );
}

/** The number of unread letters stands in the tab; names do not. */
function useTitle(): void {
  const unread = useMessenger((state) => {
    let sum = 0;
    for (const { unread, muted } of state.conversations.values()) sum += muted ? 0 : unread;
    return sum;
  });
  useEffect(() => {
    document.title = words.title(unread);
  }, [unread]);
}

function useShortcuts(): void {
  useEffect(() => {
    function pressed(event: KeyboardEvent) {
      if (event.defaultPrevented || event.isComposing) return;
      if (event.key === 'Escape' && here().kind !== 'home') {
        event.preventDefault();
        back();
      } else if (event.key.toLowerCase() === 'k' && (event.ctrlKey || event.metaKey)) {
        event.preventDefault();
        openPalette();
      } else if (event.key.toLowerCase() === 'f' && (event.ctrlKey || event.metaKey)) {
        searchHere(event);
      } else if (event.altKey && (event.key === 'ArrowDown' || event.key === 'ArrowUp')) {
        event.preventDefault();
        step(event.key === 'ArrowDown' ? 1 : -1);
      }
    }
    document.addEventListener('keydown', pressed);
    return () => document.removeEventListener('keydown', pressed);
  }, []);
}

/** The browser's own search would find only the letters near the screen. */
function searchHere(event: KeyboardEvent): void {
  const place = here();
  if (!('id' in place)) return;
  event.preventDefault();
  openPalette({ kind: 'within', conversation: place.id });
}

function step(by: 1 | -1): void {
  const { contacts, conversations } = messenger.state;
  const people = peopleOf(contacts, conversations);
  const place = here();
  const at = 'id' in place ? people.findIndex((person) => person.id === place.id) : by === 1 ? -1 : people.length;
  const next = people[at + by];
  if (next !== undefined) go({ kind: 'conversation', id: next.id });
}
