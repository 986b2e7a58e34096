import { Pin, PinOff } from 'lucide-react';
import { useState } from 'react';
import { messenger } from '../model/messenger';
import type { Person } from '../model/people';
import { words } from '../words';
import { Icon, IconAction } from './controls';
import { QuoteOf } from './QuoteOf';

/** The letters kept at hand: one at a time, the next one with each click. */
export function PinnedBar({ person }: { person: Person }) {
  const [at, setAt] = useState(0);
  const { pinned } = person;
  const quote = pinned[at % Math.max(1, pinned.length)];
  if (quote === undefined) return null;
  return (
    <section className="pinned" aria-label={words.say.pinnedLabel}>
      <Icon as={Pin} />
      <button
        type="button"
        className="quote"
        onClick={() => {
          void messenger.goTo(person.id, quote.id).catch(() => {});
          setAt((at + 1) % pinned.length);
        }}
      >
        <QuoteOf quote={quote} name={person.name} />
      </button>
      {pinned.length > 1 && <span className="small soft">{words.say.pinnedOf((at % pinned.length) + 1, pinned.length)}</span>}
      <IconAction
        icon={PinOff}
        label={words.say.unpin}
        onPress={() => void messenger.changeConversation((client) => client.pin(person.id, quote.id, false)).catch(() => {})}
      />
    </section>
  );
}
