import { describe, expect, it } from 'vitest';
import { ar } from './ar';
import { de } from './de';
import { en } from './en';
import type { Words } from './index';

const PLURALS = [0, 1, 2, 3, 11, 100];

/** The paths of all sentences, and what stands there; a list counts as one by its length. */
function sentences(of: object, path = ''): Map<string, unknown> {
  const found = new Map<string, unknown>();
  for (const [key, value] of Object.entries(of)) {
    const at = `${path}.${key}`;
    if (typeof value === 'object') sentences(value as object, at).forEach((each, inner) => found.set(inner, each));
    else found.set(at, value);
  }
  return found;
}

/** What the compiler cannot ask for: entries that may be absent, and sentences that were left as they were. */
describe.each<[string, Words]>([
  ['de', de],
  ['ar', ar],
])('the words in %s', (language, words) => {
  const theirs = sentences(words);

  it('say all that English says', () => {
    expect([...theirs.keys()].sort()).toEqual([...sentences(en).keys()].sort());
  });

  it('are translated', () => {
    const same = [...sentences(en)].filter(([at, text]) => typeof text === 'string' && /\p{L}{4}/u.test(text) && theirs.get(at) === text);

    const alike = /\.(app|command|test|emoji|code|backup)$|\.hands\.knows\..*\.test$/;
    expect(same.map(([at]) => at).filter((at) => !alike.test(at))).toEqual([]);
  });

  it('have every form that a number needs', () => {
    const said = PLURALS.map((count) => words.people.unread(count));

    expect(new Set(said).size).toBe(PLURALS.length);
    expect(said.join()).not.toContain('#');
    expect(new Intl.PluralRules(language).resolvedOptions().pluralCategories.length).toBeGreaterThan(1);
  });
});

describe('the six forms of Arabic', () => {
  it('are all used', () => {
    expect(PLURALS.map((count) => ar.people.unread(count).replace(/[\d٠-٩]+/, '#'))).toEqual([
      'لا رسائل جديدة',
      'رسالة جديدة واحدة',
      'رسالتان جديدتان',
      '# رسائل جديدة',
      '# رسالة جديدة',
      '# رسالة جديدة',
    ]);
  });
});
