import { Button, Dialog, DialogTrigger, Heading, Popover } from 'react-aria-components';
import type { Hand, TravelView } from '../api/types';
import { useStanding } from '../model/messenger';
import { go } from '../model/places';
import { possibleWays, stopsOf } from '../model/travel';
import { words } from '../words';
import { Action } from './controls';
import { Journey } from './Journey';

interface HandsProps {
  id: string;
  travel: TravelView;
  name: string;
}

/** The line under a name: you, who passes the letters on, them. A click says it in words. */
export function Hands({ id, travel, name }: HandsProps) {
  const said = words.hands.count(stopsOf(travel.hands), travel.hands.length);
  return (
    <DialogTrigger>
      <Button className="hands" aria-label={`${words.hands.label}. ${said}`}>
        <HandsLine travel={travel} />
        <span className="hands-words">{said}</span>
      </Button>
      <Popover className="popover" placement="bottom start" offset={6}>
        <Dialog className="hands-card">
          {({ close }) => (
            <>
              <Heading slot="title" level={2}>
                {words.hands.title}
              </Heading>
              <Journey travel={travel} name={name} />
              {possibleWays(travel).length > 1 && (
                <Action
                  onPress={() => {
                    close();
                    go({ kind: 'details', id, at: 'travel' });
                  }}
                >
                  {words.hands.choose}
                </Action>
              )}
            </>
          )}
        </Dialog>
      </Popover>
    </DialogTrigger>
  );
}

/** Relays are rings, and five nodes that keep the same are a stack. */
const SHAPES: Partial<Record<Hand['whose'], string>> = { GUARD: 'ring', RELAY: 'ring', SWARM: 'stack' };

/** The drawing in the size of a line; it is hollow where nobody answers. */
function HandsLine({ travel }: { travel: TravelView }) {
  const broken = useStanding(travel)?.kind === 'waiting';
  return (
    <span className={`hands-line ${broken ? 'broken' : ''}`} aria-hidden>
      <span className="end" />
      {travel.hands.map((hand, index) => (
        <span className={`hand ${SHAPES[hand.whose] ?? ''}`} key={`${index} ${hand.whose} ${hand.host}`} />
      ))}
      <span className="end" />
    </span>
  );
}
