import { Copy, Forward, History, Pencil, Pin, PinOff, Reply, SmilePlus, Trash2, Undo2 } from 'lucide-react';
import { useMemo, useRef, useState } from 'react';
import { Button, Dialog, Menu, MenuItem, Popover } from 'react-aria-components';
import { problemOf, type Problem } from '../api/client';
import { beginEdit, replyTo } from '../model/composing';
import { QUICK, tone, toned, used } from '../model/emoji';
import { messenger } from '../model/messenger';
import { openPalette } from '../model/palette';
import type { Person } from '../model/people';
import type { Letter } from '../model/rows';
import { words } from '../words';
import { Confirm } from './Confirm';
import { Icon } from './controls';
import { EmojiPicker } from './EmojiPicker';
import { FormerTexts } from './FormerTexts';
import { ProblemNote } from './ProblemNote';

/** What can be done with a letter, wherever it is asked from. */
export interface Tools {
  menu: (letter: Letter, anchor: HTMLElement) => void;
  react: (letter: Letter, anchor: HTMLElement) => void;
  toggle: (letter: Letter, emoji: string) => void;
  reply: (letter: Letter) => void;
  edit: (letter: Letter) => void;
  history: (letter: Letter) => void;
  remove: (letter: Letter) => void;
  goTo: (id: string) => void;
}

type Opened = { kind: 'menu' | 'react'; letter: Letter; anchor: HTMLElement } | { kind: 'history' | 'delete' | 'unsend'; letter: Letter };

/** One set of menus and questions for all letters of a list: each letter only says where it stands. */
export function useLetterTools(person: Person) {
  const [opened, setOpened] = useState<Opened | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const attempt = useRef((action: Promise<unknown>) => {
    action.then(
      () => setProblem(null),
      (thrown: unknown) => setProblem(problemOf(thrown)),
    );
  }).current;
  const tools = useMemo<Tools>(
    () => ({
      menu: (letter, anchor) => setOpened({ kind: 'menu', letter, anchor }),
      react: (letter, anchor) => setOpened({ kind: 'react', letter, anchor }),
      toggle: (letter, emoji) => attempt(messenger.react(letter, emoji)),
      reply: replyTo,
      edit: beginEdit,
      history: (letter) => setOpened({ kind: 'history', letter }),
      remove: (letter) => setOpened({ kind: 'delete', letter }),
      goTo: (id) => attempt(messenger.goTo(person.id, id)),
    }),
    [person.id, attempt],
  );
  const overlays = (
    <>
      {problem !== null && <ProblemNote problem={problem} close={() => setProblem(null)} />}
      <LetterOverlays opened={opened} open={setOpened} person={person} tools={tools} attempt={attempt} />
    </>
  );
  return { tools, overlays };
}

interface LetterOverlaysProps {
  opened: Opened | null;
  open: (opened: Opened | null) => void;
  person: Person;
  tools: Tools;
  attempt: (action: Promise<unknown>) => void;
}

function LetterOverlays({ opened, open, person, tools, attempt }: LetterOverlaysProps) {
  const close = () => open(null);
  if (opened === null) return null;
  const { kind, letter } = opened;
  switch (kind) {
    case 'menu':
      return (
        <At anchor={opened.anchor} label={words.conversation.more} close={close}>
          <LetterMenu letter={letter} anchor={opened.anchor} person={person} tools={tools} attempt={attempt} open={open} />
        </At>
      );
    case 'react':
      return (
        <At anchor={opened.anchor} label={words.say.react} close={close}>
          <EmojiPicker
            chosen={(emoji) => {
              close();
              tools.toggle(letter, emoji);
            }}
          />
        </At>
      );
    case 'history':
      return <FormerTexts letter={letter} close={close} />;
    case 'delete':
      return (
        <Confirm
          isOpen
          close={close}
          confirmed={() => attempt(messenger.delete(letter))}
          title={words.conversation.deleteTitle}
          text={letter.mine && hasArrived(letter) ? words.conversation.deleteText(person.name) : words.conversation.deleteOwnText}
          yes={words.delete}
        />
      );
    case 'unsend':
      return (
        <Confirm
          isOpen
          close={close}
          confirmed={() => attempt(messenger.unsend(letter))}
          title={words.say.unsendTitle}
          text={words.say.unsendText(person.name)}
          yes={words.say.unsendButton}
        />
      );
  }
}

function hasArrived({ state }: Letter): boolean {
  return state === 'READ' || state === 'RECEIVED' || state === 'DELIVERED';
}

interface AtProps {
  anchor: HTMLElement;
  label: string;
  close: () => void;
  children: React.ReactNode;
}

function At({ anchor, label, close, children }: AtProps) {
  const trigger = useRef(anchor);
  return (
    <Popover
      className="popover"
      triggerRef={trigger}
      isOpen
      onOpenChange={(isOpen) => !isOpen && close()}
      placement="bottom end"
    >
      <Dialog className="plain-dialog" aria-label={label}>
        {children}
      </Dialog>
    </Popover>
  );
}

interface LetterMenuProps extends Omit<LetterOverlaysProps, 'opened'> {
  letter: Letter;
  anchor: HTMLElement;
}

function LetterMenu({ letter, anchor, person, tools, attempt, open }: LetterMenuProps) {
  const alive = !letter.unsent && letter.state !== 'FAILED';
  const pinned = person.pinned.some(({ id }) => id === letter.id);

  /** The menu closes first, so that the focus has come back before it goes anywhere else. */
  function act(key: string) {
    open(null);
    switch (key) {
      case 'reply':
        return setTimeout(() => tools.reply(letter));
      case 'edit':
        return setTimeout(() => tools.edit(letter));
      case 'copy':
        return void navigator.clipboard.writeText(letter.text);
      case 'forward':
        return openPalette({ kind: 'forward', letter });
      case 'pin':
        return attempt(messenger.changeConversation((client) => client.pin(letter.conversation, letter.id, !pinned)));
      case 'history':
        return tools.history(letter);
      case 'delete':
        return tools.remove(letter);
      case 'unsend':
        return open({ kind: 'unsend', letter });
    }
  }

  return (
    <>
      {alive && (
        <QuickEmoji
          chosen={(emoji) => {
            open(null);
            tools.toggle(letter, emoji);
          }}
          mine={letter.reactions.find((each) => each.mine)?.emoji ?? null}
          more={() => open({ kind: 'react', letter, anchor })}
        />
      )}
      <Menu className="menu" aria-label={words.conversation.more} autoFocus="first" onAction={(key) => void act(String(key))}>
        {alive && <Entry id="reply" icon={Reply} text={words.say.reply} mirror />}
        {alive && letter.mine && <Entry id="edit" icon={Pencil} text={words.say.edit} />}
        {!letter.unsent && <Entry id="copy" icon={Copy} text={words.conversation.copyText} />}
        {!letter.unsent && <Entry id="forward" icon={Forward} text={words.say.forward} mirror />}
        {alive && <Entry id="pin" icon={pinned ? PinOff : Pin} text={pinned ? words.say.unpin : words.say.pin} />}
        {letter.editedAt !== null && !letter.unsent && <Entry id="history" icon={History} text={words.say.history} />}
        <Entry id="delete" icon={Trash2} text={words.conversation.deleteHere} />
        {alive && letter.mine && <Entry id="unsend" icon={Undo2} text={words.say.unsend} />}
      </Menu>
    </>
  );
}

function Entry({ id, icon, text, mirror = false }: { id: string; icon: typeof Copy; text: string; mirror?: boolean }) {
  return (
    <MenuItem id={id} className={`menu-item ${mirror ? 'mirror' : ''}`} textValue={text}>
      <Icon as={icon} />
      {text}
    </MenuItem>
  );
}

interface QuickEmojiProps {
  chosen: (emoji: string) => void;
  mine: string | null;
  more: () => void;
}

function QuickEmoji({ chosen, mine, more }: QuickEmojiProps) {
  return (
    <div className="quick-emoji" role="group" aria-label={words.say.react}>
      {QUICK.map((emoji) => {
        const mineToo = toned(emoji, tone());
        return (
          <Button
            key={emoji}
            className="emoji"
            aria-label={words.say.reactWith(emoji)}
            aria-pressed={mineToo === mine}
            onPress={() => {
              used(emoji);
              chosen(mineToo);
            }}
          >
            {mineToo}
          </Button>
        );
      })}
      <Button className="icon-action" aria-label={words.say.moreEmoji} onPress={more}>
        <Icon as={SmilePlus} />
      </Button>
    </div>
  );
}
