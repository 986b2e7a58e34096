import { useMessenger } from '../model/messenger';
import type { Person } from '../model/people';
import { words } from '../words';

/** That the other is writing something. Not read out: it would talk over the letters. */
export function TypingLine({ person }: { person: Person }) {
  const typing = useMessenger((state) => state.typing.has(person.id));
  if (!typing) return null;
  return (
    <p className="typing small soft" aria-hidden>
      <TypingDots /> {words.say.typing(person.name)}
    </p>
  );
}

export function TypingDots() {
  return (
    <span className="typing-dots">
      <span />
      <span />
      <span />
    </span>
  );
}
