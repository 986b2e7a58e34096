import { pluralIn } from './plural';

const plural = pluralIn('en');

/** What can be said, and done with what was said. */
export const say = {
  showAll: (characters: number) => plural(characters, { one: 'Show all of # character', other: 'Show all of # characters' }),
};
