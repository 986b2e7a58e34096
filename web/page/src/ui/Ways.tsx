import { ArrowDown, ArrowUp } from 'lucide-react';
import { useEffect, useId, useRef, useState } from 'react';
import type { TravelView, Way } from '../api/types';
import { messenger } from '../model/messenger';
import { isOnion, moved, possibleWays, toggled, type Choice } from '../model/travel';
import { hasWords, NETWORKS, words, type Network } from '../words';
import { Action, IconAction } from './controls';
import { ProblemNote } from './ProblemNote';
import { useAction } from './useAction';

/** Which ways the letters of one conversation may take, and in which order. */
export function ConversationWays({ id, travel, name }: { id: string; travel: TravelView; name: string }) {
  const { busy, problem, run, clear } = useAction();
  const ways = possibleWays(travel).filter((way) => hasWords(way.network));
  const choose = (networks: string[] | null) => void run(() => messenger.setConversationWays(id, networks));

  if (ways.length < 2 && ways[0]?.allowed !== false) return <p className="soft">{onlyWay(ways[0], name)}</p>;
  return (
    <>
      <p className="soft">
        {travel.chosenHere ? words.ways.chosenHere(name) : words.ways.fromSettings(name)} {words.ways.order}
      </p>
      <WaysList
        choices={ways.map((way) => ({ ...way, shared: isShared(way) }))}
        choose={choose}
        stateOf={(network) => stateOf(ways, travel, network)}
      />
      {travel.chosenHere && (
        <div className="actions">
          <Action isDisabled={busy} onPress={() => choose(null)}>
            {words.ways.likeOthers}
          </Action>
        </div>
      )}
      {problem !== null && <ProblemNote problem={problem} close={clear} />}
    </>
  );
}

function isShared(way: Way): boolean {
  return way.hands[0]?.whose === 'OURS';
}

function onlyWay(way: Way | undefined, name: string): string {
  if (way === undefined || isShared(way) || !hasWords(way.network)) return words.ways.only.shared(name);
  return words.ways.only[way.network](name);
}

function stateOf(ways: readonly Way[], travel: TravelView, network: string): string {
  const way = ways.find((each) => each.network === network);
  switch (way?.state) {
    case 'USABLE':
      return way.allowed && network === travel.network ? words.ways.inUse : '';
    case 'UNREACHABLE':
      return way.missing === null || isOnion(way) ? words.ways.networkSilent : words.ways.silent(way.missing);
    case 'NOT_ALLOWED':
      return words.ways.blocked;
    default:
      return '';
  }
}

/** The same for all conversations that have no choice of their own. */
export function DefaultWays({ networks, chosen }: { networks: readonly string[]; chosen: (networks: string[]) => void }) {
  const { problem, run, clear } = useAction();
  const others = NETWORKS.filter((network) => !networks.includes(network));
  const choices = [
    ...networks.filter(hasWords).map((network) => ({ network, allowed: true })),
    ...others.map((network) => ({ network, allowed: false })),
  ];
  return (
    <>
      <WaysList
        choices={choices}
        choose={(wanted) => void run(async () => chosen(await messenger.client.setWays(wanted)))}
        stateOf={() => ''}
      />
      {problem !== null && <ProblemNote problem={problem} close={clear} />}
    </>
  );
}

interface WaysListProps {
  choices: readonly (Choice & { shared?: boolean })[];
  choose: (networks: string[]) => void;
  stateOf: (network: string) => string;
}

/** A box to tick for each way, and buttons that change their order; what it means stands beside it. */
function WaysList({ choices, choose, stateOf }: WaysListProps) {
  const [said, setSaid] = useState('');
  const list = useRef<HTMLOListElement>(null);
  const pressed = useRef<{ network: Network; by: -1 | 1 } | null>(null);
  const allowed = choices.filter((choice) => choice.allowed).map((choice) => choice.network);

  function toggle(network: string) {
    const wanted = toggled(choices, network);
    setSaid(wanted.length === 0 ? words.ways.oneMustStay : '');
    if (wanted.length > 0) choose(wanted);
  }

  function move(network: Network, name: string, by: -1 | 1) {
    const wanted = moved(choices, network, by);
    const place = wanted.indexOf(network);
    setSaid(words.ways.place(name, place + 1, wanted.length));
    pressed.current = { network, by };
    choose(wanted);
  }

  // At an end of the list the button that was pressed is of no more use: its neighbour gets the focus.
  useEffect(() => {
    if (pressed.current === null) return;
    const { network, by } = pressed.current;
    const line = list.current?.querySelector(`[data-network="${network}"]`);
    if (line?.querySelector(`[data-by="${by}"]:disabled`) === null) return;
    pressed.current = null;
    line?.querySelector<HTMLElement>(`[data-by="${-by}"]`)?.focus();
  });

  return (
    <>
      <ol className="ways" ref={list}>
        {choices.map(({ network, shared = false }) => {
          if (!hasWords(network)) return null;
          const name = shared ? words.ways.shared : words.ways.names[network];
          return (
            <WayLine
              key={network}
              network={network}
              name={name}
              consequence={shared ? words.ways.sharedConsequence : words.ways.consequences[network]}
              place={allowed.indexOf(network)}
              of={allowed.length}
              state={stateOf(network)}
              toggle={() => toggle(network)}
              move={(by) => move(network, name, by)}
            />
          );
        })}
      </ol>
      <p className="small" role="status">
        {said}
      </p>
    </>
  );
}

interface WayLineProps {
  network: Network;
  name: string;
  consequence: string;
  place: number;
  of: number;
  state: string;
  toggle: () => void;
  move: (by: -1 | 1) => void;
}

function WayLine({ network, name, consequence, place, of, state, toggle, move }: WayLineProps) {
  const meaning = useId();
  return (
    <li className="way" data-network={network}>
      <label className="way-name">
        <input type="checkbox" checked={place >= 0} onChange={toggle} aria-describedby={meaning} />
        <span>{name}</span>
      </label>
      {place >= 0 && of > 1 && (
        <span className="way-order">
          <IconAction
            icon={ArrowUp}
            label={words.ways.earlierOf(name)}
            tip={words.ways.earlier}
            data-by="-1"
            isDisabled={place === 0}
            onPress={() => move(-1)}
          />
          <IconAction
            icon={ArrowDown}
            label={words.ways.laterOf(name)}
            tip={words.ways.later}
            data-by="1"
            isDisabled={place === of - 1}
            onPress={() => move(1)}
          />
        </span>
      )}
      <div className="way-text small soft" id={meaning}>
        <p>{consequence}</p>
        {state !== '' && <p className="way-state">{state}</p>}
      </div>
    </li>
  );
}
