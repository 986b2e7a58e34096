import {
  Archive,
  ArchiveRestore,
  ArrowUpToLine,
  Bell,
  BellOff,
  House,
  Info,
  Mail,
  MailOpen,
  MailPlus,
  Moon,
  Settings,
  Sun,
  SunMoon,
  Timer,
  UserPlus,
  Waypoints,
  type LucideIcon,
} from 'lucide-react';
import { messenger } from '../model/messenger';
import type { Client } from '../api/client';
import type { ConversationView } from '../api/types';
import type { Person } from '../model/people';
import { go } from '../model/places';
import { applyTheme } from '../model/theme';
import { words } from '../words';
import { chooseTimer } from './ConversationMenu';

export interface Command {
  key: string;
  name: string;
  icon: LucideIcon;
  run: () => void;
}

/** All that can be done from anywhere, those of the open conversation first. */
export function commandsFor(person: Person | undefined, people: readonly Person[]): Command[] {
  return [...(person === undefined ? [] : ofConversation(person)), ...general(people)];
}

function ofConversation(person: Person): Command[] {
  const { id, muted, onTop, archived } = person;
  const change = (call: (client: Client) => Promise<ConversationView>) => () =>
    void messenger.changeConversation(call).catch(() => {});
  return [
    { key: 'details', name: words.details.title(person.name), icon: Info, run: () => go({ kind: 'details', id }) },
    { key: 'travel', name: words.hands.title, icon: Waypoints, run: () => go({ kind: 'details', id, at: 'travel' }) },
    { key: 'timer', name: words.say.timer, icon: Timer, run: () => chooseTimer(id) },
    {
      key: 'mute',
      name: muted ? words.say.unmute : words.say.mute,
      icon: muted ? Bell : BellOff,
      run: change((client) => client.setMuted(id, !muted)),
    },
    {
      key: 'top',
      name: onTop ? words.say.notOnTop : words.say.onTop,
      icon: ArrowUpToLine,
      run: change((client) => client.setOnTop(id, !onTop)),
    },
    { key: 'unread', name: words.say.markUnread, icon: MailOpen, run: change((client) => client.markUnread(id)) },
    {
      key: 'archive',
      name: archived ? words.say.unarchive : words.say.archive,
      icon: archived ? ArchiveRestore : Archive,
      run: change((client) => client.setArchived(id, !archived)),
    },
  ];
}

function general(people: readonly Person[]): Command[] {
  const unread = people.find((person) => person.unread > 0 && !person.muted);
  const next: Command[] =
    unread === undefined
      ? []
      : [{ key: 'next', name: words.say.nextUnread, icon: Mail, run: () => go({ kind: 'conversation', id: unread.id }) }];
  return [
    ...next,
    { key: 'invite', name: words.people.invite, icon: UserPlus, run: () => go({ kind: 'invitations' }) },
    { key: 'accept', name: words.people.accept, icon: MailPlus, run: () => go({ kind: 'accept' }) },
    { key: 'settings', name: words.people.settings, icon: Settings, run: () => go({ kind: 'settings' }) },
    { key: 'home', name: words.people.title, icon: House, run: () => go({ kind: 'home' }) },
    { key: 'light', name: words.say.theme(words.settings.light), icon: Sun, run: () => applyTheme('light') },
    { key: 'dark', name: words.say.theme(words.settings.dark), icon: Moon, run: () => applyTheme('dark') },
    { key: 'system', name: words.say.theme(words.settings.system), icon: SunMoon, run: () => applyTheme('system') },
  ];
}
