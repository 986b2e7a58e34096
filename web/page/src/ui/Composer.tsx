import { Check, Pencil, Reply, SendHorizontal, Smile, X } from 'lucide-react';
import { useEffect, useLayoutEffect, useRef, useState, type KeyboardEvent } from 'react';
import { Dialog, DialogTrigger, Popover } from 'react-aria-components';
import { beginEdit, beginWith, compose, draftIn, startAnew, useComposing, type Purpose } from '../model/composing';
import { messenger, useMessenger } from '../model/messenger';
import type { Person } from '../model/people';
import { roomFor } from '../model/text';
import { words } from '../words';
import { Icon, IconAction } from './controls';
import { EmojiPicker } from './EmojiPicker';
import { QuoteOf } from './QuoteOf';

const fingers = matchMedia('(pointer: coarse)');
const DRAFT_MILLIS = 700;
const AROUND: Record<string, string> = { b: '**', i: '*', e: '`' };

/** Where the next letter is written. Enter sends, except on a touch keyboard, where the button does. */
export function Composer({ person, visible }: { person: Person; visible: boolean }) {
  const { id } = person;
  useState(() => beginWith(id, person.draft));
  const { purpose, text } = useComposing(id);
  const area = useRef<HTMLTextAreaElement>(null);
  const maxBytes = useMessenger((state) => state.limits.maxTextBytes);
  const room = roomFor(text, maxBytes);
  const ready = text.trim() !== '' && room.kind !== 'over';
  useDraft(id);

  // After the click that led here has given its own target the focus. Who came for a certain letter goes to that one.
  useEffect(() => {
    if (!visible || (purpose.kind === 'new' && (fingers.matches || hasTarget(id)))) return;
    const timer = setTimeout(() => area.current?.focus());
    return () => clearTimeout(timer);
  }, [id, visible, purpose]);

  useLayoutEffect(() => {
    const element = area.current;
    if (element === null) return;
    element.style.blockSize = 'auto';
    element.style.blockSize = `${element.scrollHeight}px`;
  }, [text, visible]);

  function write(next: string) {
    compose(id, { text: next });
    if (next !== '' && purpose.kind !== 'edit') void messenger.typing(id);
  }

  function send() {
    if (!ready) return;
    const said = text.trim();
    if (purpose.kind === 'edit') {
      startAnew(id);
      if (said !== purpose.letter.text) void messenger.edit(purpose.letter, said).catch(() => compose(id, { purpose, text: said }));
    } else {
      compose(id, { purpose: { kind: 'new' }, text: '' });
      void messenger.send(id, said, purpose.kind === 'reply' ? purpose.to : null);
    }
    area.current?.focus();
  }

  function insert(piece: string, behind = '') {
    const element = area.current;
    if (element === null) return;
    const { selectionStart: start, selectionEnd: end } = element;
    element.setRangeText(piece + text.slice(start, end) + behind, start, end, behind === '' ? 'end' : 'select');
    if (behind !== '') element.setSelectionRange(start + piece.length, end + piece.length);
    write(element.value);
  }

  function keyDown(event: KeyboardEvent) {
    if (event.nativeEvent.isComposing) return;
    const mark = (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey ? AROUND[event.key.toLowerCase()] : undefined;
    if (event.key === 'Escape' && purpose.kind !== 'new') {
      event.preventDefault();
      startAnew(id);
    } else if (event.key === 'ArrowUp' && text === '' && purpose.kind === 'new') {
      if (editLast(id)) event.preventDefault();
    } else if (mark !== undefined) {
      event.preventDefault();
      insert(mark, mark);
    } else if (event.key === 'Enter' && !event.shiftKey && !fingers.matches) {
      event.preventDefault();
      send();
    }
  }

  return (
    <div className="composer">
      <PurposeNote purpose={purpose} person={person} />
      <div className="composer-well">
        <EmojiButton insert={insert} area={area} />
        <textarea
          id="composer"
          ref={area}
          rows={1}
          dir={text === '' ? undefined : 'auto'}
          value={text}
          aria-label={words.conversation.write(person.name)}
          aria-describedby="composer-purpose composer-room"
          placeholder={words.conversation.write(person.name)}
          onChange={(event) => write(event.target.value)}
          onKeyDown={keyDown}
        />
        <IconAction
          icon={purpose.kind === 'edit' ? Check : SendHorizontal}
          label={purpose.kind === 'edit' ? words.say.saveEdit : words.conversation.send}
          className="send mirror"
          isDisabled={!ready}
          onPress={send}
        />
      </div>
      <p id="composer-room" className={`composer-room small ${room.kind}`} aria-live="polite">
        {room.kind === 'near' && words.conversation.left(room.left)}
        {room.kind === 'over' && words.conversation.over(room.by)}
      </p>
    </div>
  );
}

function hasTarget(conversation: string): boolean {
  return (messenger.state.threads.get(conversation)?.target ?? null) !== null;
}

/** Begins to edit the last own letter, once the app has it: never the one before in its place. */
function editLast(conversation: string): boolean {
  const letters = messenger.state.threads.get(conversation)?.letters ?? [];
  const last = letters.findLast(({ mine, unsent, state }) => mine && !unsent && state !== 'FAILED');
  if (last === undefined || last.unconfirmed) return false;
  beginEdit(last);
  return true;
}

/** What was begun is kept by the app, a moment after the last key, and when one leaves. */
function useDraft(conversation: string): void {
  useComposing(conversation);
  const draft = draftIn(conversation);
  const kept = useRef(messenger.state.conversations.get(conversation)?.draft ?? '');

  useEffect(() => {
    if (draft === kept.current) return;
    const timer = setTimeout(() => keepDraft(conversation, draft, kept), draft === '' ? 0 : DRAFT_MILLIS);
    return () => clearTimeout(timer);
  }, [conversation, draft]);

  useEffect(
    () => () => keepDraft(conversation, draftIn(conversation), kept),
    [conversation],
  );
}

function keepDraft(conversation: string, draft: string, kept: { current: string }): void {
  if (draft === kept.current) return;
  kept.current = draft;
  messenger.changeConversation((client) => client.setDraft(conversation, draft)).catch(() => {});
}

function PurposeNote({ purpose, person }: { purpose: Purpose; person: Person }) {
  if (purpose.kind === 'new') return <span id="composer-purpose" hidden />;
  const editing = purpose.kind === 'edit';
  const quote = editing ? { id: purpose.letter.id, mine: true, text: purpose.letter.text } : purpose.to;
  return (
    <div className="purpose">
      <Icon as={editing ? Pencil : Reply} />
      <span id="composer-purpose" className="purpose-text">
        <span className="visually-hidden">{editing ? words.say.editing : words.say.replying}</span>
        <QuoteOf quote={quote} name={person.name} />
      </span>
      <IconAction
        icon={X}
        label={editing ? words.say.stopEditing : words.say.stopReplying}
        onPress={() => startAnew(person.id)}
      />
    </div>
  );
}

interface EmojiButtonProps {
  insert: (emoji: string) => void;
  area: { current: HTMLTextAreaElement | null };
}

function EmojiButton({ insert, area }: EmojiButtonProps) {
  const [open, setOpen] = useState(false);
  return (
    <DialogTrigger isOpen={open} onOpenChange={setOpen}>
      <IconAction icon={Smile} label={words.say.emoji} className="tip-above" />
      <Popover className="popover" placement="top start">
        <Dialog className="plain-dialog" aria-label={words.say.emoji}>
          <EmojiPicker
            chosen={(emoji) => {
              setOpen(false);
              insert(emoji);
              setTimeout(() => area.current?.focus(), 50);
            }}
          />
        </Dialog>
      </Popover>
    </DialogTrigger>
  );
}
