const encoder = new TextEncoder();

/** Size of a text on the wire, in bytes of UTF-8. */
export function byteLength(text: string): number {
  return encoder.encode(text).length;
}

/** What the composer says about the room left in one message. */
export type Room =
  | { kind: 'plenty' }
  | { kind: 'near'; left: number }
  | { kind: 'over'; by: number };

/** Room is mentioned only once nine tenths of a message are used, or the last 400 bytes are reached. */
export function roomFor(text: string, maxBytes: number): Room {
  const used = byteLength(text);
  if (used > maxBytes) return { kind: 'over', by: used - maxBytes };
  const threshold = Math.max(maxBytes * 0.9, maxBytes - 400);
  return used >= threshold ? { kind: 'near', left: maxBytes - used } : { kind: 'plenty' };
}

/**
 * A name as it may stand inside a sentence. A stranger chose it, so it gets no say over the direction
 * of the text around it: controls are dropped and the rest is isolated (U+2068 … U+2069).
 */
export function isolate(name: string): string {
  return `\u2068${plainName(name)}\u2069`;
}

/** A name without direction controls, line breaks and other invisible commands. */
export function plainName(name: string): string {
  return name.replace(/[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g, ' ').trim();
}

/** A text as it is looked for: whatever the case and the accents. */
export function folded(text: string): string {
  return plainName(text).normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
}

/** The first letters of a name, for its picture. */
export function initials(name: string): string {
  const words = plainName(name).split(/\s+/).filter((word) => word !== '');
  const chosen = words.length > 1 ? [words[0], words[words.length - 1]] : words;
  return chosen.map((word) => firstLetter(word ?? '')).join('').toLocaleUpperCase();
}

const letters = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

function firstLetter(word: string): string {
  for (const { segment } of letters.segment(word)) return segment;
  return '';
}

/** A letter as far as it is shown at first: the largest may have 60 KB, and a screen reader would have to hear them all. */
export interface Cut {
  shown: string;
  whole: boolean;
}

const LONGEST_SHOWN = 3_000;
const MOST_LINES = 40;

/** Cut at a line or a word, never within a character. */
export function cutOf(text: string): Cut {
  const lines = text.split('\n', MOST_LINES + 1);
  const byLines = lines.length > MOST_LINES ? lines.slice(0, MOST_LINES).join('\n') : text;
  if (byLines.length <= LONGEST_SHOWN * 1.2) return { shown: byLines, whole: byLines.length === text.length };
  const piece = byLines.slice(0, LONGEST_SHOWN);
  const space = piece.search(/\s\S*$/);
  if (space > LONGEST_SHOWN / 2) return { shown: piece.slice(0, space), whole: false };
  let end = 0;
  for (const { index } of letters.segment(piece)) end = index;
  return { shown: piece.slice(0, end), whole: false };
}

const ONLY_EMOJI = new RegExp('^(?:\\p{RGI_Emoji}\\s*){1,3}$', 'v');

/** Whether a text is one to three emoji and nothing else. */
export function isOnlyEmoji(text: string): boolean {
  return text.length <= 60 && ONLY_EMOJI.test(text.trim());
}
