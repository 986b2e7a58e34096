import type { Hand, TravelView, Way } from '../api/types';

/** What a hand is on its way, and so what it can know. */
export type Role = 'shared' | 'straight' | 'first' | 'last' | 'guard' | 'relays' | 'swarm';

export function roleOf(hand: Hand, hands: readonly Hand[]): Role {
  switch (hand.whose) {
    case 'OURS':
      return 'shared';
    case 'MINE':
      return 'first';
    case 'THEIRS':
      return hands.length === 1 ? 'straight' : 'last';
    case 'GUARD':
      return 'guard';
    case 'RELAY':
      return 'relays';
    case 'SWARM':
      return 'swarm';
  }
}

/** Where the drawing stops: relays that are chosen anew for each letter are one stop. */
export interface Stop {
  role: Role;
  host: string | null;
  whose: Hand['whose'];
}

export function stopsOf(hands: readonly Hand[]): Stop[] {
  const stops: Stop[] = [];
  for (const hand of hands) {
    const role = roleOf(hand, hands);
    if (role !== 'relays' || stops.at(-1)?.role !== 'relays') stops.push({ role, host: hand.host, whose: hand.whose });
  }
  return stops;
}

/**
 * Why a way is not taken: whose node does not answer, no onion network, an operator who shuns the other; or that
 * the person has allowed none that leads to the reader.
 */
export type Reason = 'OURS' | 'MINE' | 'THEIRS' | 'NETWORK' | 'BLOCKED' | 'NONE_ALLOWED';

/**
 * How letters fare; `first` is the way that is tried first. `wished`: they take it. `detour`: they take `way`,
 * for this reason. `waiting`: they take none; `other` is one that would work and is not allowed.
 */
export type Standing =
  | { kind: 'wished'; first: Way }
  | { kind: 'detour'; first: Way; way: Way; reason: Reason }
  | { kind: 'waiting'; first: Way; reason: Reason; other: Way | null };

/** Those between these two people; there is no way of two nodes where both live at one. */
export function possibleWays(travel: TravelView): Way[] {
  return travel.ways.filter((way) => way.state !== 'NOT_POSSIBLE');
}

export function standingOf(travel: TravelView, homeAnswers: boolean): Standing | null {
  const ways = possibleWays(travel);
  const [first, ...later] = ways.filter((way) => way.allowed);
  if (first === undefined) return noneAllowed(ways);
  if (first.state === 'USABLE') return { kind: 'wished', first };
  const reason = reasonOf(first, homeAnswers);
  const detour = later.find((way) => way.state === 'USABLE');
  if (detour !== undefined) return { kind: 'detour', first, way: detour, reason };
  const other = ways.find((way) => !way.allowed && way.state === 'USABLE' && !passes(way, reason));
  return { kind: 'waiting', first, reason, other: other ?? null };
}

function noneAllowed(ways: readonly Way[]): Standing | null {
  const [first] = ways;
  if (first === undefined) return null;
  return { kind: 'waiting', first, reason: 'NONE_ALLOWED', other: ways.find((way) => way.state === 'USABLE') ?? null };
}

function reasonOf(way: Way, homeAnswers: boolean): Reason {
  if (way.state === 'NOT_ALLOWED') return 'BLOCKED';
  const whose = missingHand(way, homeAnswers)?.whose ?? (isOnion(way) ? 'GUARD' : 'THEIRS');
  return whose === 'OURS' || whose === 'MINE' || whose === 'THEIRS' ? whose : 'NETWORK';
}

/** Whether it passes relays that nobody of the two has chosen. */
export function isOnion({ hands }: { hands: readonly Hand[] }): boolean {
  return hands.some((hand) => hand.whose === 'RELAY');
}

/** The hand that does not answer. Two nodes may have one host name: then it is not the one that answers us. */
export function missingHand(way: Way, homeAnswers: boolean): Hand | null {
  if (way.state !== 'UNREACHABLE') return null;
  const named = way.hands.filter((hand) => hand.host === way.missing);
  return named.find((hand) => (hand.whose === 'THEIRS') === homeAnswers) ?? named[0] ?? null;
}

function passes(way: Way, reason: Reason): boolean {
  return way.hands.some((hand) => hand.whose === reason);
}

/** One choice among the ways. */
export interface Choice {
  network: string;
  allowed: boolean;
}

/** The networks that are allowed once this one is, or no longer is; a new one is tried last. */
export function toggled(choices: readonly Choice[], network: string): string[] {
  const allowed = allowedOf(choices);
  return allowed.includes(network) ? allowed.filter((each) => each !== network) : [...allowed, network];
}

/** The networks that are allowed, with this one tried earlier (-1) or later (1). */
export function moved(choices: readonly Choice[], network: string, by: -1 | 1): string[] {
  const allowed = allowedOf(choices);
  const from = allowed.indexOf(network);
  const other = allowed[from + by];
  if (from < 0 || other === undefined) return allowed;
  return allowed.map((each) => (each === network ? other : each === other ? network : each));
}

function allowedOf(choices: readonly Choice[]): string[] {
  return choices.filter((choice) => choice.allowed).map((choice) => choice.network);
}
