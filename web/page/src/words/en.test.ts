import { describe, expect, it } from 'vitest';
import threatModel from '../../../../docs/threat-model.md?raw';
import kinds from '../../../../api/src/main/java/im/waxwing/api/ProblemKind.java?raw';
import { en } from './en';
import { pluralIn } from './plural';

describe('the sentences', () => {
  it('know every problem that the api can name, and no other', () => {
    const named = [...kinds.matchAll(/^ {2}([A-Z_]+)\(/gm)].map(([, kind]) => kind);

    expect(Object.keys(en.problem).sort()).toEqual(named.sort());
  });

  it('say of each hand what docs/threat-model.md says, beside the test that shows it', () => {
    const rows = threatModel.split('\n').filter((line) => line.startsWith('|'));

    for (const { can, cannot, test } of Object.values(en.hands.knows)) {
      expect(rows.filter((row) => [can, cannot, `\`${test}\``].every((part) => row.includes(part)))).not.toEqual([]);
    }
    for (const sentence of [en.hands.together, en.hands.togetherOnion]) {
      expect(threatModel.replaceAll('\n', ' ')).toContain(sentence);
    }
  });

  it('keep a name from turning them', () => {
    expect(en.accept.from('\u202eMallory')).toBe('\u2068Mallory\u2069 invites you');
  });
});

describe('a plural', () => {
  it('follows the rules of its language', () => {
    const polish = pluralIn('pl');
    const letters = { one: '# list', few: '# listy', other: '# listów' };

    expect([1, 3, 12].map((count) => polish(count, letters))).toEqual(['1 list', '3 listy', '12 listów']);
  });

  it('writes large numbers as the language does', () => {
    expect(en.people.unread(10_000)).toBe('10,000 new letters');
  });
});
