import { describe, expect, it } from 'vitest';
import type { Hand, TravelView, Way } from '../api/types';
import { missingHand, moved, roleOf, standingOf, stopsOf, toggled } from './travel';

const mine: Hand = { host: 'home.example', whose: 'MINE' };
const theirs: Hand = { host: 'node.example', whose: 'THEIRS' };
const ours: Hand = { host: 'home.example', whose: 'OURS' };

const throughRelays: Hand[] = [
  { host: 'guard.example', whose: 'GUARD' },
  { host: null, whose: 'RELAY' },
  { host: null, whose: 'RELAY' },
  { host: null, whose: 'SWARM' },
];

function federated(changes: Partial<Way> = {}): Way {
  return { network: 'federated', allowed: true, state: 'USABLE', missing: null, hands: [mine, theirs], ...changes };
}

function relay(changes: Partial<Way> = {}): Way {
  return { network: 'relay', allowed: true, state: 'USABLE', missing: null, hands: [theirs], ...changes };
}

function onion(changes: Partial<Way> = {}): Way {
  return { network: 'onion', allowed: true, state: 'USABLE', missing: null, hands: throughRelays, ...changes };
}

function without(host: string): Partial<Way> {
  return { state: 'UNREACHABLE', missing: host };
}

function travel(...ways: Way[]): TravelView {
  return { network: 'federated', hands: [], ways, chosenHere: false };
}

describe('a hand', () => {
  it('is known by where it stands', () => {
    expect(roleOf(ours, [ours])).toBe('shared');
    expect(roleOf(theirs, [theirs])).toBe('straight');
    expect([mine, theirs].map((hand) => roleOf(hand, [mine, theirs]))).toEqual(['first', 'last']);
  });

  it('that is another for each letter is drawn together with the next of its kind', () => {
    expect(stopsOf(throughRelays).map(({ role, host }) => [role, host])).toEqual([
      ['guard', 'guard.example'],
      ['relays', null],
      ['swarm', null],
    ]);
    expect(stopsOf([mine, theirs])).toHaveLength(2);
  });
});

describe('letters', () => {
  it('go as wished while the first allowed way works', () => {
    expect(standingOf(travel(federated(), relay({ allowed: false })), true)?.kind).toBe('wished');
  });

  it('take the next allowed way, and the reason is known', () => {
    const standing = standingOf(travel(federated(without('home.example')), relay()), false);

    expect(standing).toMatchObject({ kind: 'detour', way: { network: 'relay' }, reason: 'MINE' });
  });

  it('wait when no allowed way works, and a way around the missing node is offered', () => {
    const standing = standingOf(travel(federated(without('home.example')), relay({ allowed: false })), false);

    expect(standing).toMatchObject({ kind: 'waiting', reason: 'MINE', other: { network: 'relay' } });
  });

  it('are not offered a way that passes the missing node as well', () => {
    const standing = standingOf(travel(federated(without('node.example')), relay({ allowed: false })), true);

    expect(standing).toMatchObject({ kind: 'waiting', reason: 'THEIRS', other: null });
  });

  it('go around operators who do not deal with one another', () => {
    const standing = standingOf(travel(federated({ state: 'NOT_ALLOWED' }), relay({ allowed: false })), true);

    expect(standing).toMatchObject({ kind: 'waiting', reason: 'BLOCKED', other: { network: 'relay' } });
  });

  it('go through relays when nodes fail or do not deal with one another', () => {
    const blocked = federated({ state: 'NOT_ALLOWED' });

    expect(standingOf(travel(blocked, onion()), true)).toMatchObject({ kind: 'detour', reason: 'BLOCKED' });
    expect(standingOf(travel(federated(without('home.example')), onion()), false)).toMatchObject({
      kind: 'detour',
      way: { network: 'onion' },
      reason: 'MINE',
    });
  });

  it('wait for the network, whichever of its hosts is missing', () => {
    for (const missing of ['guard.example', 'entry.example', null]) {
      const way = onion({ state: 'UNREACHABLE', missing });

      expect(standingOf(travel(way, federated({ allowed: false })), true)).toMatchObject({
        kind: 'waiting',
        reason: 'NETWORK',
        other: { network: 'federated' },
      });
    }
  });

  it('wait where none of the allowed ways leads to the reader, and one that does is offered', () => {
    const nowhere = onion({ state: 'NOT_POSSIBLE', hands: [] });

    expect(standingOf(travel(nowhere, relay({ allowed: false })), true)).toMatchObject({
      kind: 'waiting',
      reason: 'NONE_ALLOWED',
      other: { network: 'relay' },
    });
  });

  it('have one way where both live at one node', () => {
    const none = federated({ state: 'NOT_POSSIBLE', hands: [] });

    expect(standingOf(travel(none, relay({ hands: [ours] })), true)?.kind).toBe('wished');
    expect(standingOf(travel(none, relay({ ...without('home.example'), hands: [ours] })), false)).toMatchObject({
      kind: 'waiting',
      reason: 'OURS',
    });
  });
});

describe('a missing node', () => {
  const hands: Hand[] = [
    { host: '127.0.0.1', whose: 'MINE' },
    { host: '127.0.0.1', whose: 'THEIRS' },
  ];

  it('of the same host name as ours is the one that does not answer', () => {
    const way = federated({ ...without('127.0.0.1'), hands });

    expect(missingHand(way, true)?.whose).toBe('THEIRS');
    expect(missingHand(way, false)?.whose).toBe('MINE');
  });
});

describe('the choice of ways', () => {
  const choices = [
    { network: 'federated', allowed: true },
    { network: 'relay', allowed: true },
    { network: 'onion', allowed: false },
  ];

  it('takes a new one last', () => {
    expect(toggled(choices, 'onion')).toEqual(['federated', 'relay', 'onion']);
    expect(toggled(choices, 'federated')).toEqual(['relay']);
  });

  it('changes their order, and stays within its ends', () => {
    expect(moved(choices, 'relay', -1)).toEqual(['relay', 'federated']);
    expect(moved(choices, 'federated', 1)).toEqual(['relay', 'federated']);
    expect(moved(choices, 'federated', -1)).toEqual(['federated', 'relay']);
    expect(moved(choices, 'onion', -1)).toEqual(['federated', 'relay']);
  });
});
