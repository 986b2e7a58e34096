import { Archive, ArchiveRestore, ArrowUpToLine, Bell, BellOff, EllipsisVertical, MailOpen, Search, Timer } from 'lucide-react';
import { useState } from 'react';
import { Dialog, Heading, Label, Menu, MenuItem, MenuTrigger, Modal, ModalOverlay, Popover, Radio, RadioGroup } from 'react-aria-components';
import type { Client } from '../api/client';
import type { ConversationView } from '../api/types';
import { messenger } from '../model/messenger';
import { openPalette } from '../model/palette';
import type { Person } from '../model/people';
import { go } from '../model/places';
import { Signal } from '../model/signal';
import { words } from '../words';
import { durationOf } from '../words/dates';
import { Action, Icon, IconAction } from './controls';
import { ProblemNote } from './ProblemNote';
import { useAction } from './useAction';

/** The conversation whose timer is being chosen. */
const timer = new Signal<string | null>(null);

/** Asks how long the letters of the open conversation stay. */
export function chooseTimer(conversation: string): void {
  timer.set(conversation);
}

/** What holds for a conversation as a whole. The clock stands in the bar whenever its letters do not stay. */
export function ConversationMenu({ person }: { person: Person }) {
  const choosing = timer.use() === person.id;
  const change = (call: (client: Client) => Promise<ConversationView>) => void messenger.changeConversation(call).catch(() => {});

  function act(key: string) {
    switch (key) {
      case 'search':
        return openPalette({ kind: 'within', conversation: person.id });
      case 'timer':
        return chooseTimer(person.id);
      case 'mute':
        return change((client) => client.setMuted(person.id, !person.muted));
      case 'top':
        return change((client) => client.setOnTop(person.id, !person.onTop));
      case 'archive':
        change((client) => client.setArchived(person.id, !person.archived));
        return person.archived ? undefined : go({ kind: 'home' });
      case 'unread':
        change((client) => client.markUnread(person.id));
        return go({ kind: 'home' });
    }
  }

  return (
    <>
      {person.timerSeconds > 0 && (
        <Action look="quiet" icon={Timer} onPress={() => chooseTimer(person.id)}>
          <span aria-hidden>{durationOf(person.timerSeconds, 'narrow')}</span>
          <span className="visually-hidden">{words.say.timerOn(durationOf(person.timerSeconds))}</span>
        </Action>
      )}
      <MenuTrigger>
        <IconAction icon={EllipsisVertical} label={words.say.conversationMenu} />
        <Popover className="popover" placement="bottom end">
          <Menu className="menu" aria-label={words.say.conversationMenu} onAction={(key) => act(String(key))}>
            <Entry id="search" icon={Search} text={words.say.searchHere} />
            <Entry id="timer" icon={Timer} text={words.say.timer} />
            <Entry id="mute" icon={person.muted ? Bell : BellOff} text={person.muted ? words.say.unmute : words.say.mute} />
            <Entry id="top" icon={ArrowUpToLine} text={person.onTop ? words.say.notOnTop : words.say.onTop} />
            <Entry id="unread" icon={MailOpen} text={words.say.markUnread} />
            <Entry
              id="archive"
              icon={person.archived ? ArchiveRestore : Archive}
              text={person.archived ? words.say.unarchive : words.say.archive}
            />
          </Menu>
        </Popover>
      </MenuTrigger>
      {choosing && <TimerChoice person={person} close={() => timer.set(null)} />}
    </>
  );
}

function Entry({ id, icon, text }: { id: string; icon: typeof Timer; text: string }) {
  return (
    <MenuItem id={id} className="menu-item" textValue={text}>
      <Icon as={icon} />
      {text}
    </MenuItem>
  );
}

export function MutedMark() {
  return (
    <span className="muted-mark soft">
      <BellOff size="1em" aria-hidden />
      <span className="visually-hidden">{words.say.muted}</span>
    </span>
  );
}

const HOUR = 3_600;
const DAY = 24 * HOUR;
const CHOICES = [0, HOUR, 8 * HOUR, DAY, 7 * DAY, 28 * DAY];

/**
 * How long letters stay once they were read; it holds for both, and both see it. Chosen only by the button: arrow keys would
 * otherwise tell the other of every stop on the way.
 */
function TimerChoice({ person, close }: { person: Person; close: () => void }) {
  const [wanted, setWanted] = useState(person.timerSeconds);
  const { busy, problem, run, again } = useAction();
  const choices = CHOICES.includes(person.timerSeconds) ? CHOICES : [...CHOICES, person.timerSeconds];

  const choose = () =>
    void run(async () => {
      await messenger.changeConversation((client) => client.setTimer(person.id, wanted));
      close();
    });

  return (
    <ModalOverlay className="overlay" isOpen onOpenChange={(open) => !open && close()} isDismissable>
      <Modal className="modal">
        <Dialog className="confirm">
          <Heading slot="title" level={2}>
            {words.say.timerTitle}
          </Heading>
          <p className="soft">{words.say.timerText(person.name)}</p>
          <RadioGroup className="choices" value={String(wanted)} onChange={(value) => setWanted(Number(value))}>
            <Label className="visually-hidden">{words.say.timerTitle}</Label>
            {choices.map((seconds) => (
              <Radio key={seconds} className="choice" value={String(seconds)}>
                {seconds === 0 ? words.say.timerOff : durationOf(seconds)}
              </Radio>
            ))}
          </RadioGroup>
          {problem !== null && <ProblemNote problem={problem} again={again} />}
          <div className="actions end">
            <Action onPress={close}>{words.cancel}</Action>
            <Action look="primary" isDisabled={busy || wanted === person.timerSeconds} onPress={choose}>
              {words.say.timerSet}
            </Action>
          </div>
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}
