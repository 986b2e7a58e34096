import { useEffect, useRef, useState } from 'react';
import type { TravelView } from '../api/types';
import { messenger, useMessenger, useStanding } from '../model/messenger';
import type { Person } from '../model/people';
import type { Standing } from '../model/travel';
import { hasWords, words } from '../words';
import { Action } from './controls';
import { useAction } from './useAction';

/** How long word of a way that works again stays. */
const SAID_MILLIS = 8_000;

/** One calm line under the bar while letters go by another way than wished, or by none. */
export function Roaming({ person, travel }: { person: Person; travel: TravelView }) {
  const standing = useStanding(travel);
  const again = useAgain(standing);
  return (
    <div className="roaming" role="status">
      {standing?.kind === 'detour' && <p>{detourWords(standing)}</p>}
      {standing?.kind === 'waiting' && !saidAbove(standing) && <Waiting person={person} standing={standing} travel={travel} />}
      {standing?.kind === 'wished' && again && <p>{againWords(standing)}</p>}
    </div>
  );
}

/** That the own node does not answer stands above everything; only a way around it is worth a line here. */
function saidAbove({ reason, other }: Standing & { kind: 'waiting' }): boolean {
  return other === null && (reason === 'OURS' || reason === 'MINE');
}

/** True for a moment after the way that is tried first works again; not when another has become the first. */
function useAgain(standing: Standing | null): boolean {
  const works = standing === null || standing.kind === 'wished';
  const first = standing?.first.network;
  const before = useRef({ works, first });
  const [again, setAgain] = useState(false);

  useEffect(() => {
    const back = works && !before.current.works && first === before.current.first;
    before.current = { works, first };
    setAgain(back);
    if (!back) return;
    const timer = setTimeout(() => setAgain(false), SAID_MILLIS);
    return () => clearTimeout(timer);
  }, [works, first]);

  return again;
}

function detourWords({ way, reason }: Standing & { kind: 'detour' }): string {
  if (!hasWords(way.network)) return '';
  if (way.hands[0]?.whose === 'OURS') return words.roaming.sharedNow;
  return words.roaming.detour[way.network][reason] ?? words.roaming.now[way.network];
}

function againWords({ first }: Standing): string {
  if (first.hands[0]?.whose === 'OURS') return words.roaming.sharedAgain;
  return hasWords(first.network) ? words.roaming.again[first.network] : '';
}

interface WaitingProps {
  person: Person;
  standing: Standing & { kind: 'waiting' };
  travel: TravelView;
}

/** Which node is missing, how many letters wait for it, and the way around it with what that means. */
function Waiting({ person, standing, travel }: WaitingProps) {
  const { busy, run } = useAction();
  const letters = useMessenger(
    (state) => state.threads.get(person.id)?.letters.filter((each) => each.mine && each.state === 'SENDING').length ?? 0,
  );
  const { first, reason, other } = standing;
  const allowed = travel.ways.filter((each) => each.allowed).map((each) => each.network);
  const network = other?.network ?? '';
  return (
    <>
      <div className="roaming-text">
        <p>{words.roaming.waiting(reason, first.missing ?? '', letters)}</p>
        {hasWords(network) && <p>{words.ways.consequences[network]}</p>}
      </div>
      {hasWords(network) && (
        <Action
          isDisabled={busy}
          onPress={() => void run(() => messenger.setConversationWays(person.id, [...allowed, network]))}
        >
          {words.roaming.allow[network]}
        </Action>
      )}
    </>
  );
}
