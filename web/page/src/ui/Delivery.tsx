import { Check, CheckCheck, Clock } from 'lucide-react';
import type { Letter } from '../model/rows';
import { useMessenger } from '../model/messenger';
import { words } from '../words';

/** How far one of our letters got: clock, tick, two ticks, two filled ticks, red seal. */
export function Delivery({ letter }: { letter: Letter }) {
  const connected = useMessenger((state) => state.status?.node.state === 'CONNECTED');
  if (!letter.mine) return null;
  const text = letter.state === 'SENDING' && !connected ? words.willGo : words.state[letter.state];
  return (
    <span className={`delivery ${letter.state.toLowerCase()}`} title={text}>
      <Mark state={letter.state} />
      <span className="visually-hidden">{text}</span>
    </span>
  );
}

function Mark({ state }: { state: Letter['state'] }) {
  switch (state) {
    case 'SENDING':
      return <Clock size="1em" strokeWidth={2} aria-hidden />;
    case 'SENT':
      return <Check size="1.1em" strokeWidth={2} aria-hidden />;
    case 'DELIVERED':
      return <CheckCheck size="1.2em" strokeWidth={2} aria-hidden />;
    case 'READ':
      return <FilledTicks />;
    case 'FAILED':
      return <Seal />;
    case 'RECEIVED':
      return null;
  }
}

function FilledTicks() {
  return (
    <svg className="filled-ticks" viewBox="0 0 24 14" aria-hidden>
      <rect width="24" height="14" rx="7" fill="currentColor" />
      <path className="cut" d="M5 7.400l2.600 2.600 5.200-5.800M12 9.600l.4.400 5.200-5.800" />
    </svg>
  );
}

/** The wax seal, broken: the letter needs the person. */
export function Seal() {
  return (
    <svg className="seal" viewBox="0 0 20 20" aria-hidden>
      <path
        fill="currentColor"
        d="M10 1c1.300 0 1.800 1.100 3 1.400s2.200-.3 3.100.6.300 2 .600 3.100 1.400 1.700 1.400 3-1.100 1.800-1.400 3 .3 2.200-.6 3.100-2 .3-3.100.6-1.700 1.400-3 1.400-1.800-1.100-3-1.400-2.200.3-3.100-.6-.3-2-.6-3.100S1.900 11.400 1.900 10.100 3 8.300 3.300 7.100 3 4.900 3.900 4s2-.3 3.100-.6S8.700 1 10 1z"
      />
      <path className="cut" d="M10 5.600v5M10 13.600v.1" />
    </svg>
  );
}
