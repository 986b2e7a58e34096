import type { Language } from '../words';
import order from '../emoji/order.json';
import { folded } from './text';

export interface Emoji {
  emoji: string;
  name: string;
  /** The name and other words for it, each with a space before it, as they are looked for. */
  looked: string;
}

/** The first of them is chosen by most, so it has the first place. */
export const QUICK = ['👍', '❤️', '😂', '😮', '😢', '🙏'] as const;

export const TONES = ['', '🏻', '🏼', '🏽', '🏾', '🏿'] as const;
export type Tone = (typeof TONES)[number];

const TONE = 'waxwing-tone';
const MOST_FOUND = 160;
const MOST_RECENT = 16;

/** One character each in the order of Unicode's own list: faces first, flags last. */
const NAMES: Record<Language, () => Promise<{ default: string[][] }>> = {
  en: () => import('../emoji/en.json'),
  de: () => import('../emoji/de.json'),
  ar: () => import('../emoji/ar.json'),
};

const takesTones = new Set(order.toned);

/** All emoji by group, with their names in a language. */
export async function loadEmoji(language: Language): Promise<Emoji[][]> {
  const { default: names } = await NAMES[language]();
  const countries = new Intl.DisplayNames(language, { type: 'region' });
  return order.groups.map((group, at) =>
    group.map((emoji, index) => {
      const [name = emoji, ...others] = (names[at]?.[index] || countryOf(emoji, countries)).split('|');
      return { emoji, name, looked: ` ${folded([name, ...others].join(' '))}` };
    }),
  );
}

/** A flag is two letters in a form of their own, which name the country. */
function countryOf(flag: string, countries: Intl.DisplayNames): string {
  const code = [...flag].map((letter) => String.fromCodePoint((letter.codePointAt(0) ?? 0) - 0x1f1e6 + 0x41)).join('');
  return `${countries.of(code) ?? code}|${code}`;
}

/** Those for which every word that was typed begins a word of theirs; with the whole in the name first. */
export function foundEmoji(groups: readonly (readonly Emoji[])[], typed: string): Emoji[] {
  const wanted = folded(typed).split(/\s+/).filter((word) => word !== '');
  const whole = ` ${wanted.join(' ')}`;
  const matching = groups.flat().filter(({ looked }) => wanted.every((word) => looked.includes(` ${word}`)));
  const rank = ({ looked }: Emoji) => (looked.startsWith(whole) ? 0 : looked.includes(whole) ? 1 : 2);
  return matching.sort((one, other) => rank(one) - rank(other)).slice(0, MOST_FOUND);
}

export function tone(): Tone {
  const kept = localStorage.getItem(TONE);
  return TONES.find((each) => each === kept) ?? '';
}

export function keepTone(chosen: Tone): void {
  if (chosen === '') localStorage.removeItem(TONE);
  else localStorage.setItem(TONE, chosen);
}

/** The emoji in a colour of skin, where it has any: the tone stands behind its first character. */
export function toned(emoji: string, chosen: Tone): string {
  if (chosen === '' || !takesTones.has(emoji)) return emoji;
  const [first = '', ...rest] = [...emoji];
  return first + chosen + (rest[0] === '\ufe0f' ? rest.slice(1) : rest).join('');
}

let recent: readonly string[] = [];

/** Those used since the page was loaded, the last first; on no disk. */
export function recentEmoji(): readonly string[] {
  return recent;
}

export function used(emoji: string): void {
  recent = [emoji, ...recent.filter((each) => each !== emoji)].slice(0, MOST_RECENT);
}
