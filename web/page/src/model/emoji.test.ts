import { describe, expect, it } from 'vitest';
import { foundEmoji, loadEmoji, QUICK, toned, TONES } from './emoji';
import { isOnlyEmoji } from './text';

const groups = await loadEmoji('en');

describe('emoji', () => {
  it('have names, also flags', () => {
    const nameless = groups.flat().filter(({ emoji, name }) => name === '' || name === emoji);

    expect(nameless).toEqual([]);
    expect(foundEmoji(groups, 'germany').map(({ emoji }) => emoji)).toEqual(['🇩🇪']);
  });

  it('are found by the beginnings of words, the name itself first', () => {
    expect(foundEmoji(groups, 'bird')[0]?.name).toBe('bird');
    expect(foundEmoji(groups, 'RED  hea').map(({ emoji }) => emoji)).toContain('❤️');
    expect(foundEmoji(groups, 'xyzzy')).toEqual([]);
  });

  it('that are often used are among them', () => {
    const all = new Set(groups.flat().map(({ emoji }) => emoji));

    expect(QUICK.filter((emoji) => !all.has(emoji))).toEqual([]);
  });

  it('take a colour of skin only where they have one', () => {
    expect(toned('👍', TONES[3])).toBe('👍🏽');
    expect(toned('✌️', TONES[5])).toBe('✌🏿');
    expect(toned('❤️', TONES[3])).toBe('❤️');
  });

  it('that stand alone are known from text', () => {
    expect(['👍', '❤️ 🎉', '👩‍💻', '🇩🇪'].every(isOnlyEmoji)).toBe(true);
    expect(['ok 👍', '1', '', '👍👍👍👍'].some(isOnlyEmoji)).toBe(false);
  });
});
