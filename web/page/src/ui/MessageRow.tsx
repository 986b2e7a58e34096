import { Ban, Ellipsis, Pin, Reply, RotateCw, SmilePlus, Timer, Trash2 } from 'lucide-react';
import { memo, useRef, type KeyboardEvent, type PointerEvent } from 'react';
import { messenger } from '../model/messenger';
import type { Person } from '../model/people';
import type { Letter, Row } from '../model/rows';
import { words } from '../words';
import { dateAndTimeOf, durationOf, timeOf } from '../words/dates';
import { Action, Icon } from './controls';
import { Delivery } from './Delivery';
import type { Tools } from './LetterTools';
import { LetterText } from './LetterText';
import { QuoteOf } from './QuoteOf';

interface MessageRowProps {
  row: Row & { kind: 'letter' };
  person: Person;
  focusable: boolean;
  pinned: boolean;
  shown: boolean;
  tools: Tools;
}

/** One letter in its bubble: what it answers, its time, how far it got, what others said to it, and what can be done with it. */
export const MessageRow = memo(function MessageRow({ row, person, focusable, pinned, shown, tools }: MessageRowProps) {
  const { letter, first, last } = row;
  const shape = [letter.mine ? 'mine' : 'theirs', first ? 'first' : '', last ? 'last' : '', shown ? 'shown' : ''].join(' ');
  const press = useLongPress((anchor) => tools.menu(letter, anchor));
  return (
    <div
      role="listitem"
      className={`letter ${shape}`}
      tabIndex={focusable ? 0 : -1}
      data-letter={letter.id}
      onKeyDown={(event) => keyDown(event, letter, tools)}
    >
      <span className="visually-hidden">{letter.mine ? words.conversation.byYou : words.conversation.by(person.name)}</span>
      <div className="bubble" {...press}>
        {letter.replyTo !== null && !letter.unsent && <Answered letter={letter} name={person.name} focusable={focusable} tools={tools} />}
        {letter.unsent ? <Unsent letter={letter} name={person.name} /> : <LetterText id={letter.id} text={letter.text} />}
        <Meta letter={letter} last={last} pinned={pinned} focusable={focusable} tools={tools} />
      </div>
      {!letter.unconfirmed && <LetterBar letter={letter} focusable={focusable} tools={tools} />}
      {letter.reactions.length > 0 && <Reactions letter={letter} focusable={focusable} tools={tools} />}
      {letter.state === 'FAILED' && <Failed letter={letter} tools={tools} />}
    </div>
  );
});

/** On a letter that has the focus, single keys do what its buttons do. */
function keyDown(event: KeyboardEvent<HTMLElement>, letter: Letter, tools: Tools) {
  if (event.target !== event.currentTarget || event.ctrlKey || event.altKey || event.metaKey || letter.unconfirmed) return;
  const action = keyed(event.key, letter, tools, event.currentTarget);
  if (action === null) return;
  event.preventDefault();
  action();
}

function keyed(key: string, letter: Letter, tools: Tools, row: HTMLElement): (() => void) | null {
  const bubble = row.querySelector<HTMLElement>('.bubble') ?? row;
  if (key === 'Enter' || key === 'ContextMenu') return () => tools.menu(letter, bubble);
  if (key === 'Delete') return () => tools.remove(letter);
  if (letter.unsent) return null;
  switch (key.toLowerCase()) {
    case 'r':
      return () => tools.reply(letter);
    case '+':
      return () => tools.react(letter, bubble);
    case 'e':
      return letter.mine && letter.state !== 'FAILED' ? () => tools.edit(letter) : null;
    default:
      return null;
  }
}

const LONG_PRESS_MILLIS = 450;
const LONG_PRESS_SLACK = 10;

/** A finger that rests on a letter opens what can be done with it. */
function useLongPress(pressed: (anchor: HTMLElement) => void) {
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const start = useRef({ x: 0, y: 0 });
  const stop = () => clearTimeout(timer.current);
  return {
    onPointerDown: (event: PointerEvent<HTMLElement>) => {
      stop();
      if (event.pointerType !== 'touch') return;
      const anchor = event.currentTarget;
      start.current = { x: event.clientX, y: event.clientY };
      timer.current = setTimeout(() => pressed(anchor), LONG_PRESS_MILLIS);
    },
    onPointerMove: (event: PointerEvent<HTMLElement>) => {
      const { x, y } = start.current;
      if (Math.hypot(event.clientX - x, event.clientY - y) > LONG_PRESS_SLACK) stop();
    },
    onPointerUp: stop,
    onPointerCancel: stop,
  };
}

interface PartProps {
  letter: Letter;
  focusable: boolean;
  tools: Tools;
}

function Answered({ letter, name, focusable, tools }: PartProps & { name: string }) {
  const { replyTo } = letter;
  if (replyTo === null) return null;
  return (
    <button
      type="button"
      className="quote"
      tabIndex={focusable ? 0 : -1}
      disabled={replyTo.text === ''}
      title={words.say.goToQuoted}
      onClick={() => tools.goTo(replyTo.id)}
    >
      <QuoteOf quote={replyTo} name={name} />
    </button>
  );
}

function Unsent({ letter, name }: { letter: Letter; name: string }) {
  return (
    <p className="unsent soft">
      <Ban size="1em" aria-hidden /> {letter.mine ? words.say.unsentByYou : words.say.unsentBy(name)}
    </p>
  );
}

function Meta({ letter, last, pinned, focusable, tools }: PartProps & { last: boolean; pinned: boolean }) {
  const settled = letter.state === 'READ' || letter.state === 'RECEIVED';
  const edited = letter.editedAt !== null && !letter.unsent;
  const always = last || !settled || edited || pinned || letter.expiresAfterSeconds > 0;
  return (
    <span className={`meta ${always ? '' : 'on-demand'}`}>
      {pinned && (
        <span title={words.say.pinned}>
          <Pin size="1em" aria-hidden />
          <span className="visually-hidden">{words.say.pinned}</span>
        </span>
      )}
      {edited && (
        <button type="button" className="edited" tabIndex={focusable ? 0 : -1} onClick={() => tools.history(letter)}>
          {words.say.edited}
        </button>
      )}
      {letter.expiresAfterSeconds > 0 && !letter.unsent && <Expiring letter={letter} />}
      <time dateTime={new Date(letter.sentAt).toISOString()} title={dateAndTimeOf(letter.sentAt)}>
        {timeOf(letter.sentAt)}
      </time>
      <Delivery letter={letter} />
    </span>
  );
}

function Expiring({ letter }: { letter: Letter }) {
  const text =
    letter.expiresAt === null
      ? words.say.goesAfter(durationOf(letter.expiresAfterSeconds))
      : words.say.goesAt(dateAndTimeOf(letter.expiresAt));
  return (
    <span title={text}>
      <Timer size="1.1em" aria-hidden />
      <span className="visually-hidden">{text}</span>
    </span>
  );
}

/** Plain buttons, because every letter on the screen has them. */
function LetterBar({ letter, focusable, tools }: PartProps) {
  const tabIndex = focusable ? 0 : -1;
  return (
    <span className="letter-bar">
      {!letter.unsent && letter.state !== 'FAILED' && (
        <>
          <button
            type="button"
            className="icon-action extra"
            tabIndex={tabIndex}
            aria-label={words.say.react}
            aria-haspopup="dialog"
            title={words.say.react}
            onClick={(event) => tools.react(letter, event.currentTarget)}
          >
            <Icon as={SmilePlus} />
          </button>
          <button
            type="button"
            className="icon-action extra mirror"
            tabIndex={tabIndex}
            aria-label={words.say.reply}
            title={words.say.reply}
            onClick={() => tools.reply(letter)}
          >
            <Icon as={Reply} />
          </button>
        </>
      )}
      <button
        type="button"
        className="icon-action letter-menu"
        tabIndex={tabIndex}
        aria-label={words.conversation.more}
        aria-haspopup="dialog"
        title={words.conversation.more}
        onClick={(event) => tools.menu(letter, event.currentTarget)}
      >
        <Icon as={Ellipsis} />
      </button>
    </span>
  );
}

function Reactions({ letter, focusable, tools }: PartProps) {
  return (
    <span className="reactions">
      {letter.reactions.map(({ emoji, count, mine }) => (
        <button
          key={emoji}
          type="button"
          className="reaction"
          aria-pressed={mine}
          tabIndex={focusable ? 0 : -1}
          onClick={() => tools.toggle(letter, emoji)}
        >
          <span className="visually-hidden">{words.say.reaction(emoji, count)}</span>
          <bdi className="reaction-emoji" aria-hidden>
            {emoji}
          </bdi>
          {count > 1 && (
            <span className="small" aria-hidden>
              {count}
            </span>
          )}
        </button>
      ))}
    </span>
  );
}

function Failed({ letter, tools }: { letter: Letter; tools: Tools }) {
  return (
    <div className="failed" role="status">
      <span className="small">
        {letter.failure === null ? words.state.FAILED : (words.problem[letter.failure] ?? words.problem.UNEXPECTED).join(' ')}
      </span>
      <div className="actions">
        <Action icon={RotateCw} onPress={() => void messenger.retry(letter).catch(() => {})}>
          {words.tryAgain}
        </Action>
        <Action icon={Trash2} onPress={() => tools.remove(letter)}>
          {words.delete}
        </Action>
      </div>
    </div>
  );
}
