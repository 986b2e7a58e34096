import { en, type Network } from './en';

export type { Network };

export type Words = typeof en;

/** The networks that a person can choose, those with more hands first. */
export const NETWORKS: readonly Network[] = ['onion', 'federated', 'relay'];

export function hasWords(network: string): network is Network {
  return NETWORKS.includes(network as Network);
}

/** The languages that the page speaks, by their own names. */
export const LANGUAGES = { en: 'English', de: 'Deutsch', ar: 'العربية' } as const;
export type Language = keyof typeof LANGUAGES;

const CHOICE = 'waxwing-language';
const CATALOGUES: Record<Language, () => Promise<Words>> = {
  en: () => Promise.resolve(en),
  de: async () => (await import('./de')).de,
  ar: async () => (await import('./ar')).ar,
};

function isLanguage(language: string | null): language is Language {
  return language !== null && Object.hasOwn(LANGUAGES, language);
}

/** The language that was chosen here; null: that of the browser. */
export function chosenLanguage(): Language | null {
  const kept = localStorage.getItem(CHOICE);
  return isLanguage(kept) ? kept : null;
}

/** The page loads anew in the language: every sentence of it changes. */
export function chooseLanguage(chosen: Language | null): void {
  if (chosen === null) localStorage.removeItem(CHOICE);
  else localStorage.setItem(CHOICE, chosen);
  location.reload();
}

function ofBrowser(): Language {
  const wanted = navigator.languages.map((each) => new Intl.Locale(each).language);
  return wanted.find(isLanguage) ?? 'en';
}

export const language: Language = chosenLanguage() ?? ofBrowser();

/** English until `loadWords` has been; nothing is shown before. */
export let words: Words = en;

export async function loadWords(): Promise<void> {
  words = await CATALOGUES[language]();
}

/** The person's own region for times and dates, where it speaks the language of the page. */
export const locale =
  navigator.languages.find((wanted) => new Intl.Locale(wanted).language === language) ?? language;

const RIGHT_TO_LEFT = new Set(['ar', 'dv', 'fa', 'he', 'ps', 'sd', 'ug', 'ur', 'yi']);
export const direction = RIGHT_TO_LEFT.has(language) ? 'rtl' : 'ltr';
