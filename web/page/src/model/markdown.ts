// What people write, read as the few marks that letters know. The result is a tree for React: no HTML exists at any point.
// Every step is linear in the text, and nothing nests deeper than a screen can show: the text is a stranger's.

/** What stands within a line. */
export type Inline =
  | { kind: 'text'; text: string }
  | { kind: Emphasis; inside: Inline[] }
  | { kind: 'code'; text: string }
  | Link;

export type Emphasis = 'strong' | 'emphasis' | 'strike';

/** `host` is where the link really leads, in the form that no look-alike letter can take; `plain`: the text shows it already. */
export interface Link {
  kind: 'link';
  address: string;
  host: string;
  plain: boolean;
  text: string;
}

export type Block =
  | { kind: 'paragraph'; inside: Inline[] }
  | { kind: 'code'; text: string }
  | { kind: 'quote'; inside: Block[] }
  | { kind: 'list'; start: number | null; items: Inline[][] };

const DEEPEST_QUOTE = 3;
const FENCE = /^ {0,3}```[\w+#.-]{0,20}\s*$/;
const QUOTE = /^ {0,3}> ?/;
const BULLET = /^ {0,3}[-*+•] +(?=\S)/;
const NUMBER = /^ {0,3}(\d{1,9})[.)] +(?=\S)/;
const CONTINUED = /^ {2,}(?=\S)/;

/** The blocks of a text. One without any mark is a single paragraph with a single piece of text. */
export function blocksOf(text: string, depth = 0): Block[] {
  const lines = text.replace(/\r\n?/g, '\n').split('\n');
  const blocks: Block[] = [];
  let plain: string[] = [];
  const endParagraph = () => {
    const joined = plain.join('\n').replace(/^\n+|\n+$/g, '');
    if (joined !== '') blocks.push({ kind: 'paragraph', inside: inlinesOf(joined) });
    plain = [];
  };
  const lastFence = lines.findLastIndex((line) => FENCE.test(line));
  for (let at = 0; at < lines.length; ) {
    const line = lines[at] ?? '';
    if (at < lastFence && FENCE.test(line)) {
      const end = endOf(lines, at, (later) => !FENCE.test(later));
      endParagraph();
      blocks.push({ kind: 'code', text: lines.slice(at + 1, end).join('\n') });
      at = end + 1;
    } else if (depth < DEEPEST_QUOTE && QUOTE.test(line)) {
      const end = endOf(lines, at, (each) => QUOTE.test(each));
      endParagraph();
      const quoted = lines.slice(at, end).map((each) => each.replace(QUOTE, ''));
      blocks.push({ kind: 'quote', inside: blocksOf(quoted.join('\n'), depth + 1) });
      at = end;
    } else if (BULLET.test(line) || NUMBER.test(line)) {
      const mark = BULLET.test(line) ? BULLET : NUMBER;
      const end = endOf(lines, at, (each) => mark.test(each) || CONTINUED.test(each));
      endParagraph();
      blocks.push(listOf(lines.slice(at, end), mark));
      at = end;
    } else {
      plain.push(line);
      at++;
    }
  }
  endParagraph();
  return blocks;
}

function endOf(lines: readonly string[], from: number, belongs: (line: string) => boolean): number {
  let end = from + 1;
  while (end < lines.length && belongs(lines[end] ?? '')) end++;
  return end;
}

function listOf(lines: readonly string[], mark: RegExp): Block {
  const items: string[] = [];
  for (const line of lines) {
    if (mark.test(line)) items.push(line.replace(mark, ''));
    else items.push(`${items.pop() ?? ''}\n${line.trim()}`);
  }
  const start = mark === NUMBER ? Number(NUMBER.exec(lines[0] ?? '')?.[1] ?? 1) : null;
  return { kind: 'list', start, items: items.map(inlinesOf) };
}

const NAMED_LINK = /\[([^[\]\n]{1,300})\]\((https?:\/\/[^\s()<>]{1,2000})\)/iuy;
/** Ends at white space, brackets, quotes, and whatever could turn or hide what follows. */
const BARE_LINK = /https?:\/\/[^\s<>"`\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]{1,2000}/iuy;
const TRAILING = /[.,;:!?'"*_~»”’…]$/u;
const SPECIAL = /[\\`[*_~]|https?:\/\//giu;
const MARKS: Record<string, Emphasis> = { '**': 'strong', __: 'strong', '*': 'emphasis', _: 'emphasis', '~~': 'strike' };
const LONGEST_RUN = 3;
/** A single mark stands around words, not within them: 2*3*4 and snake_case are no emphasis. */
const BEFORE_MARK = /[\s([{"'“‘«„¿¡*_~—–]/;
const AFTER_MARK = /[\s)\]}"'”’».,;:!?…*_~—–]/;

interface Opener {
  mark: string;
  at: number;
}

/** The pieces of one line, or of several that belong together. */
export function inlinesOf(text: string): Inline[] {
  return new InlineReader(text).read();
}

class InlineReader {
  readonly #text: string;
  readonly #closing: ReadonlyMap<number, number>;
  readonly #open: Opener[] = [];
  #pieces: Inline[] = [];
  #at = 0;

  constructor(text: string) {
    this.#text = text;
    this.#closing = closingTicks(text);
  }

  read(): Inline[] {
    const special = new RegExp(SPECIAL);
    while (this.#at < this.#text.length) {
      special.lastIndex = this.#at;
      const found = special.exec(this.#text);
      this.#say(found === null ? this.#text.length : found.index);
      if (found !== null) this.#mark(found[0]);
    }
    return merged(this.#pieces);
  }

  #mark(found: string): void {
    switch (found) {
      case '\\':
        return this.#escape();
      case '`':
        return this.#code();
      case '[':
        return this.#namedLink();
      case '*':
      case '_':
      case '~':
        return this.#emphasis(found);
      default:
        return this.#bareLink();
    }
  }

  /** Takes everything up to `end` as it stands. */
  #say(end: number): void {
    if (end > this.#at) this.#pieces.push({ kind: 'text', text: this.#text.slice(this.#at, end) });
    this.#at = end;
  }

  #escape(): void {
    if (/[\\`*_~[\]()>#.-]/.test(this.#text[this.#at + 1] ?? '')) {
      this.#at++;
    }
    this.#say(this.#at + 1);
  }

  #code(): void {
    const length = runAt(this.#text, this.#at);
    const end = this.#closing.get(this.#at);
    if (end === undefined) return this.#say(this.#at + length);
    const inside = this.#text.slice(this.#at + length, end);
    this.#pieces.push({ kind: 'code', text: /^ .*\S.* $/s.test(inside) ? inside.slice(1, -1) : inside });
    this.#at = end + length;
  }

  #namedLink(): void {
    NAMED_LINK.lastIndex = this.#at;
    const [whole = '', label = '', address = ''] = NAMED_LINK.exec(this.#text) ?? [];
    const link = whole === '' ? null : linkTo(address, label);
    if (link === null) return this.#say(this.#at + 1);
    this.#pieces.push(link);
    this.#at += whole.length;
  }

  #bareLink(): void {
    const inWord = /[\p{L}\p{N}]/u.test(this.#text[this.#at - 1] ?? '');
    BARE_LINK.lastIndex = this.#at;
    const address = inWord ? '' : trimmed(BARE_LINK.exec(this.#text)?.[0] ?? '');
    const link = linkTo(address, address);
    if (link === null) return this.#say(this.#at + 4);
    this.#pieces.push(link);
    this.#at += address.length;
  }

  #emphasis(sign: string): void {
    const length = runAt(this.#text, this.#at);
    const before = this.#text[this.#at - 1] ?? ' ';
    const after = this.#text[this.#at + length] ?? ' ';
    if (length > LONGEST_RUN) return this.#say(this.#at + length);
    for (let left = length; left > 0; ) {
      const mark = this.#markOf(sign, left);
      if (mark === null) return this.#say(this.#at + left);
      const single = mark.length === 1;
      const opened = this.#open.findLastIndex((each) => each.mark === mark);
      const closes = !isSpace(before) && (!single || AFTER_MARK.test(after));
      const opens = !isSpace(after) && (!single || BEFORE_MARK.test(before));
      if (opened >= 0 && closes) this.#close(opened);
      else if (opened < 0 && opens && !this.#isOpen(mark)) this.#opens(mark);
      else this.#say(this.#at + mark.length);
      left -= mark.length;
    }
  }

  /** Out of a run of three, the one that was opened last is closed first. */
  #markOf(sign: string, left: number): string | null {
    if (left === LONGEST_RUN && this.#open.at(-1)?.mark === sign) return sign;
    const mark = sign.repeat(Math.min(left, 2));
    return mark in MARKS ? mark : null;
  }

  /** A kind does not stand within itself, so that nothing nests deeper than there are kinds. */
  #isOpen(mark: string): boolean {
    return this.#open.some((each) => MARKS[each.mark] === MARKS[mark]);
  }

  #opens(mark: string): void {
    this.#open.push({ mark, at: this.#pieces.length });
    this.#say(this.#at + mark.length);
  }

  #close(opened: number): void {
    const opener = this.#open[opened];
    const kind = MARKS[opener?.mark ?? ''];
    if (opener === undefined || kind === undefined) return;
    this.#open.length = opened;
    const inside = this.#pieces.splice(opener.at).slice(1);
    this.#pieces.push({ kind, inside: merged(inside) });
    this.#at += opener.mark.length;
  }
}

function runAt(text: string, at: number): number {
  let end = at;
  while (text[end] === text[at]) end++;
  return end - at;
}

/** For each run of back-ticks, where the next run of the same length begins. */
function closingTicks(text: string): ReadonlyMap<number, number> {
  const next = new Map<number, number>();
  const closing = new Map<number, number>();
  const runs = [...text.matchAll(/`+/g)];
  for (const { index, 0: run } of runs.reverse()) {
    const end = next.get(run.length);
    if (end !== undefined) closing.set(index, end);
    next.set(run.length, index);
  }
  return closing;
}

function linkTo(address: string, text: string): Link | null {
  if (!URL.canParse(address)) return null;
  const url = new URL(address);
  if (url.host === '') return null;
  const shown = `${url.protocol}//${url.host}`;
  const rest = text.startsWith(shown) ? (text[shown.length] ?? '/') : '';
  return { kind: 'link', address: url.href, host: url.host, plain: '/?#'.includes(rest) && rest !== '', text };
}

/** An address without the marks of the sentence around it; a closing bracket stays only if it was opened within. */
function trimmed(address: string): string {
  for (let end = address.length; end > 0; end--) {
    const part = address.slice(0, end);
    const last = part.at(-1) ?? '';
    const unopened = (last === ')' && !part.includes('(')) || (last === ']' && !part.includes('[')) || last === '}';
    if (!unopened && !TRAILING.test(last)) return part;
    if (address.length - end > 100) return part;
  }
  return '';
}

function isSpace(character: string): boolean {
  return /\s/.test(character);
}

/** Neighbouring pieces of text become one. */
function merged(pieces: readonly Inline[]): Inline[] {
  const joined: Inline[] = [];
  let run: string[] = [];
  const end = () => {
    if (run.length > 0) joined.push({ kind: 'text', text: run.join('') });
    run = [];
  };
  for (const piece of pieces) {
    if (piece.kind === 'text') run.push(piece.text);
    else {
      end();
      joined.push(piece);
    }
  }
  end();
  return joined;
}

/** The text as it reads in one line: without its marks, quotes left out where something else stands beside them. */
export function plainText(text: string): string {
  const blocks = blocksOf(text.slice(0, 1_000));
  const own = blocks.filter((block) => block.kind !== 'quote');
  return (own.length > 0 ? own : blocks).map(plainBlock).join(' ').replace(/\s+/g, ' ').trim();
}

function plainBlock(block: Block): string {
  switch (block.kind) {
    case 'paragraph':
      return plainInlines(block.inside);
    case 'code':
      return block.text;
    case 'quote':
      return block.inside.map(plainBlock).join(' ');
    case 'list':
      return block.items.map(plainInlines).join(', ');
  }
}

function plainInlines(inlines: readonly Inline[]): string {
  return inlines.map((inline) => ('inside' in inline ? plainInlines(inline.inside) : inline.text)).join('');
}
