import { Eye, EyeOff } from 'lucide-react';
import type { TravelView } from '../api/types';
import { useHomeAnswers } from '../model/messenger';
import { isOnion, missingHand, stopsOf, type Stop } from '../model/travel';
import { words } from '../words';
import { Icon } from './controls';
import { Name } from './Name';

interface JourneyProps {
  travel: TravelView;
  name: string;
}

/** The drawing of hands: you, whoever passes your letters on, them; beside each hand what it can know. */
export function Journey({ travel, name }: JourneyProps) {
  const homeAnswers = useHomeAnswers();
  const way = travel.ways.find((each) => each.network === travel.network);
  const missing = way === undefined ? null : missingHand(way, homeAnswers);
  const onion = isOnion(travel);
  return (
    <>
      <ol className="journey" aria-label={words.hands.label}>
        <li className="stop end">
          <p className="stop-name">{words.you}</p>
        </li>
        {stopsOf(travel.hands).map((stop) => (
          <HandStop key={`${stop.role} ${stop.host}`} stop={stop} silent={stop.whose === missing?.whose} />
        ))}
        <li className="stop end">
          <p className="stop-name">
            <Name of={name} />
          </p>
        </li>
      </ol>
      {travel.hands.length === 0 && <p>{words.hands.none}</p>}
      {travel.hands.length > 1 && <p className="soft">{onion ? words.hands.togetherOnion : words.hands.together}</p>}
      <p className="soft">{onion ? words.hands.delayOnion : words.hands.delay}</p>
    </>
  );
}

function HandStop({ stop: { role, host }, silent }: { stop: Stop; silent: boolean }) {
  const { can, cannot, test } = words.hands.knows[role];
  return (
    <li className={`stop hand ${role} ${silent ? 'silent' : ''}`}>
      <p className="stop-name">
        {words.hands.roles[role]} {silent && <span className="attention">{words.hands.silent}</span>}
      </p>
      <p className="stop-host small soft">
        {host !== null && <bdi>{host}</bdi>}
        {host !== null && role in words.hands.anew && ' · '}
        {words.hands.anew[role]}
      </p>
      <p className="known">
        <Icon as={Eye} />
        <span>{can}</span>
      </p>
      <p className="known">
        <Icon as={EyeOff} />
        <span>{cannot}</span>
      </p>
      <details className="proof small soft">
        <summary>{words.hands.howWeKnow}</summary>
        <p>{words.hands.shownBy(test)}</p>
      </details>
    </li>
  );
}
