import { en, type Network } from './en';

export type { Network };

export type Words = typeof en;

/** The networks that a person can choose, those with more hands first. */
export const NETWORKS: readonly Network[] = ['onion', 'federated', 'relay'];

export function hasWords(network: string): network is Network {
  return NETWORKS.includes(network as Network);
}

const catalogues: Record<string, Words> = { en };

function chosen(): string {
  for (const wanted of navigator.languages) {
    const language = new Intl.Locale(wanted).language;
    if (language in catalogues) return language;
  }
  return 'en';
}

export const language = chosen();

/** The sentences in the person's language, as far as there is a catalogue of it. */
export const words: Words = catalogues[language] ?? en;

/** The person's own region for times and dates, where it speaks the language of the page. */
export const locale =
  navigator.languages.find((wanted) => new Intl.Locale(wanted).language === language) ?? language;

const RIGHT_TO_LEFT = new Set(['ar', 'dv', 'fa', 'he', 'ps', 'sd', 'ug', 'ur', 'yi']);
export const direction = RIGHT_TO_LEFT.has(language) ? 'rtl' : 'ltr';
