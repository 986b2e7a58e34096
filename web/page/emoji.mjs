// Writes src/emoji: the emoji in their order, and names to search for in each language of the page. Run by hand when Unicode has new ones:
//   npm install --no-save emojibase-data@17.0.0 cldr-annotations-modern@45.0.0 && node emoji.mjs
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const packages = process.argv[2] ?? 'node_modules';
const languages = ['en', 'de', 'ar'];
const SKIN_AND_HAIR = 2;
/** Of the typeface that the page brings along. */
const NEWEST_VERSION = 15;
const MOST_WORDS = 6;
const TONES = ['🏻', '🏼', '🏽', '🏾', '🏿'];

const read = (path) => JSON.parse(readFileSync(join(packages, path), 'utf8'));
const write = (name, value) => writeFileSync(new URL(`src/emoji/${name}.json`, import.meta.url), `${JSON.stringify(value)}\n`);

const annotationsOf = (language) => read(`cldr-annotations-modern/annotations/${language}/annotations.json`).annotations.annotations;
const isCountry = ({ emoji }) => /^[\u{1f1e6}-\u{1f1ff}]{2}$/u.test(emoji);
/** Variants that Unicode names only by rules (hair, direction, families) are left out: nobody would find them among the rest. */
const isNamed = ({ emoji }) => english[emoji.replaceAll('\ufe0f', '')] !== undefined;

const english = annotationsOf('en');
/** The sign that asks for colour only where it is needed, as people's keyboards write it. */
const asWritten = (emoji) => emoji.replace(/(\p{Emoji_Presentation})\ufe0f/gu, '$1');

const all = read('emojibase-data/en/data.json')
  .map((each) => ({ ...each, emoji: asWritten(each.emoji) }))
  .filter(({ group, version }) => group !== undefined && group !== SKIN_AND_HAIR && version <= NEWEST_VERSION)
  .filter((each) => isCountry(each) || isNamed(each))
  .sort((one, other) => one.order - other.order);
const groups = [...new Set(all.map(({ group }) => group))].map((group) => all.filter((each) => each.group === group));

/** The tone stands behind the first character, in place of the sign that asks for colour. */
function toned(emoji, tone) {
  const [first, ...rest] = [...emoji];
  return first + tone + (rest[0] === '\ufe0f' ? rest.slice(1) : rest).join('');
}

function takesTones({ emoji, skins = [] }) {
  const known = new Set(skins.map((skin) => skin.emoji));
  return TONES.every((tone) => known.has(toned(emoji, tone)));
}

write('order', {
  groups: groups.map((group) => group.map(({ emoji }) => emoji)),
  toned: all.filter(takesTones).map(({ emoji }) => emoji),
});

for (const language of languages) {
  const annotations = annotationsOf(language);
  const names = groups.map((group) =>
    group.map((each) => {
      if (isCountry(each)) return '';
      const { tts: [name = each.label] = [], default: words = [] } = annotations[each.emoji.replaceAll('\ufe0f', '')] ?? {};
      const others = words.filter((word) => !name.toLowerCase().includes(word.toLowerCase())).slice(0, MOST_WORDS);
      return [name, ...others].join('|');
    }),
  );
  write(language, names);
}
