import { BadgeCheck, ScanLine } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import type { SafetyNumberView, TravelView } from '../api/types';
import { messenger } from '../model/messenger';
import type { Person } from '../model/people';
import type { Place } from '../model/places';
import { words } from '../words';
import { Action, Icon } from './controls';
import { usePerson } from './Conversation';
import { Journey } from './Journey';
import { Name, Picture } from './Name';
import { OnlyForYou } from './OnlyForYou';
import { Pane } from './Pane';
import { ProblemNote } from './ProblemNote';
import { QrCode } from './QrCode';
import { ScanCode } from './ScanCode';
import { useAction } from './useAction';
import { ConversationWays } from './Ways';

/** The third column: who this is, whether it is really them, and how letters travel. */
export function Details({ place }: { place: Place & { kind: 'details' } }) {
  const person = usePerson(place.id);
  if (person === null) return null;
  return (
    <Pane title={words.details.title(person.name)} aside titleFocus={place.at === undefined}>
      <div className="portrait">
        <Picture of={person.name} />
        <p className="portrait-name">
          <Name of={person.name} />
        </p>
      </div>
      <SafetyNumber person={person} />
      {person.travel !== null && <Travel person={person} travel={person.travel} place={place} />}
      {person.state !== 'LOST' && <OnlyForYou person={person} />}
    </Pane>
  );
}

function Travel({ person, travel, place }: { person: Person; travel: TravelView; place: Place & { kind: 'details' } }) {
  const ways = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (place.at === 'travel') ways.current?.focus();
  }, [place]);
  return (
    <section>
      <h2>{words.hands.title}</h2>
      <Journey travel={travel} name={person.name} />
      <h3 ref={ways} tabIndex={-1}>
        {words.ways.title}
      </h3>
      <ConversationWays id={person.id} travel={travel} name={person.name} />
    </section>
  );
}

function SafetyNumber({ person }: { person: Person }) {
  const [number, setNumber] = useState<SafetyNumberView | null>(null);
  const [scanning, setScanning] = useState(false);
  const [matched, setMatched] = useState(false);
  const { busy, problem, run, again, clear } = useAction();
  const load = async () => setNumber(await messenger.client.safetyNumber(person.id));

  useEffect(() => {
    void run(load);
  }, [person.id, person.verified, person.keyChanged]);

  const mark = (verified: boolean) =>
    run(async () => {
      setMatched(false);
      setNumber(await messenger.client.markVerified(person.id, verified));
    });

  const compare = (content: string) =>
    run(async () => {
      setScanning(false);
      setNumber(await messenger.client.compare(person.id, content));
      setMatched(true);
    });

  return (
    <section>
      <h2>{words.details.number}</h2>
      {number !== null && <Standing name={person.name} verified={number.verified} />}
      {problem !== null && <ProblemNote problem={problem} again={again} close={clear} />}
      {matched && <p role="status">{words.details.scanMatched(person.name)}</p>}
      {number !== null && (
        <>
          <Digits digits={number.digits} />
          <p className="small soft">{words.details.numberHelp(person.name)}</p>
          <QrCode content={number.scannable} label={words.details.qrLabel} />
          <div className="actions">
            <Action icon={ScanLine} onPress={() => setScanning(!scanning)} aria-expanded={scanning}>
              {words.details.scan}
            </Action>
            {number.verified ? (
              <Action look="quiet" isDisabled={busy} onPress={() => void mark(false)}>
                {words.details.unmark}
              </Action>
            ) : (
              <Action look="primary" icon={BadgeCheck} isDisabled={busy} onPress={() => void mark(true)}>
                {words.details.match}
              </Action>
            )}
          </div>
          {scanning && <ScanCode found={(content) => void compare(content)} />}
        </>
      )}
    </section>
  );
}

function Standing({ name, verified }: { name: string; verified: boolean }) {
  return verified ? (
    <p className="standing verified">
      <Icon as={BadgeCheck} />
      <span>{words.details.verifiedText(name)}</span>
    </p>
  ) : (
    <p className="soft">{words.details.notVerifiedText(name)}</p>
  );
}

/** Sixty digits in twelve groups of five, as people read them to each other. */
function Digits({ digits }: { digits: string }) {
  const groups = digits.match(/.{1,5}/g) ?? [];
  return (
    <ol className="digits" dir="ltr" aria-label={words.details.number}>
      {groups.map((group, index) => (
        <li key={index}>{group}</li>
      ))}
    </ol>
  );
}
