import { SendHorizontal } from 'lucide-react';
import { useEffect, useLayoutEffect, useRef, useState, type KeyboardEvent } from 'react';
import { messenger, useMessenger } from '../model/messenger';
import type { Person } from '../model/people';
import { roomFor } from '../model/text';
import { words } from '../words';
import { IconAction } from './controls';

/** What was begun and not sent, by conversation; kept as long as the page. */
const drafts = new Map<string, string>();

const fingers = matchMedia('(pointer: coarse)');

/** Where the next letter is written. Enter sends, except on a touch keyboard, where the button does. */
export function Composer({ person, visible }: { person: Person; visible: boolean }) {
  const [text, setText] = useState(drafts.get(person.id) ?? '');
  const area = useRef<HTMLTextAreaElement>(null);
  const maxBytes = useMessenger((state) => state.limits.maxTextBytes);
  const room = roomFor(text, maxBytes);
  const ready = text.trim() !== '' && room.kind !== 'over';

  // After the click that led here has given its own target the focus.
  useEffect(() => {
    if (!visible || fingers.matches) return;
    const timer = setTimeout(() => area.current?.focus());
    return () => clearTimeout(timer);
  }, [visible]);

  useLayoutEffect(() => {
    const element = area.current;
    if (element === null) return;
    element.style.blockSize = 'auto';
    element.style.blockSize = `${element.scrollHeight}px`;
  }, [text, visible]);

  function write(next: string) {
    setText(next);
    if (next === '') drafts.delete(person.id);
    else drafts.set(person.id, next);
  }

  function send() {
    if (!ready) return;
    void messenger.send(person.id, text.trim());
    write('');
    area.current?.focus();
  }

  function keyDown(event: KeyboardEvent) {
    if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing || fingers.matches) return;
    event.preventDefault();
    send();
  }

  return (
    <div className="composer">
      <div className="composer-well">
        <textarea
          id="composer"
          ref={area}
          rows={1}
          dir="auto"
          value={text}
          aria-label={words.conversation.write(person.name)}
          aria-describedby="composer-room"
          placeholder={words.conversation.write(person.name)}
          onChange={(event) => write(event.target.value)}
          onKeyDown={keyDown}
        />
        <IconAction icon={SendHorizontal} label={words.conversation.send} className="send mirror" isDisabled={!ready} onPress={send} />
      </div>
      <p id="composer-room" className={`composer-room small ${room.kind}`} aria-live="polite">
        {room.kind === 'near' && words.conversation.left(room.left)}
        {room.kind === 'over' && words.conversation.over(room.by)}
      </p>
    </div>
  );
}
