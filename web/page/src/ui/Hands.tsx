import { Button, Dialog, DialogTrigger, Heading, Popover } from 'react-aria-components';
import type { TravelView } from '../api/types';
import { plainName } from '../model/text';
import { words } from '../words';

/** The line under a name: you, who passes the letters on, them. A click says it in words. */
export function Hands({ travel, name }: { travel: TravelView; name: string }) {
  return (
    <DialogTrigger>
      <Button className="hands" aria-label={`${words.hands.label}. ${handsInWords(travel)}`}>
        <HandsLine travel={travel} />
        <span className="hands-words">{handsInWords(travel)}</span>
      </Button>
      <Popover className="popover" placement="bottom start" offset={6}>
        <Dialog className="hands-card">
          <Heading slot="title" level={2}>
            {words.hands.title}
          </Heading>
          <HandsPicture travel={travel} name={name} />
          <HandsWords travel={travel} />
        </Dialog>
      </Popover>
    </DialogTrigger>
  );
}

export function handsInWords(travel: TravelView): string {
  return words.hands.count(travel.hands.length, travel.hands[0]?.host ?? '');
}

function HandsLine({ travel }: { travel: TravelView }) {
  return (
    <span className="hands-line" aria-hidden>
      <span className="end" />
      {travel.hands.map((_, index) => (
        <span className="hand" key={index} />
      ))}
      <span className="end" />
    </span>
  );
}

/** The same line, large and with its names. */
function HandsPicture({ travel, name }: { travel: TravelView; name: string }) {
  return (
    <ol className="hands-picture">
      <li>{words.you}</li>
      {travel.hands.map((hand, index) => (
        <li className="hand" key={index}>
          <bdi>{hand.host}</bdi>
        </li>
      ))}
      <li>
        <bdi>{plainName(name)}</bdi>
      </li>
    </ol>
  );
}

/** What each hand can know, and which other ways there are. */
export function HandsWords({ travel }: { travel: TravelView }) {
  return (
    <>
      {travel.hands.length === 0 && <p>{words.hands.none}</p>}
      {travel.hands.map((hand, index) => (
        <p key={index}>{hand.whose === 'OURS' ? words.hands.ours(hand.host) : words.hands.theirs(hand.host)}</p>
      ))}
      {travel.hands.length > 0 && <p className="soft">{words.hands.live}</p>}
      <h3>{words.hands.ways}</h3>
      <p className="soft">{words.hands.onlyThis}</p>
      <ul className="soft small">
        <li>{words.hands.direct}</li>
        <li>{words.hands.federated}</li>
        <li>{words.hands.onion}</li>
      </ul>
    </>
  );
}
