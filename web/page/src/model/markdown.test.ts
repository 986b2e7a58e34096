import { describe, expect, it } from 'vitest';
import { blocksOf, inlinesOf, plainText, type Block, type Inline } from './markdown';

/** The tree in one line: marks in angle brackets. */
function drawn(inlines: readonly Inline[]): string {
  return inlines
    .map((inline) => {
      switch (inline.kind) {
        case 'text':
          return inline.text;
        case 'code':
          return `<code ${inline.text}>`;
        case 'link':
          return `<link ${inline.text} ${inline.plain ? '' : `(${inline.host}) `}${inline.address}>`;
        default:
          return `<${inline.kind} ${drawn(inline.inside)}>`;
      }
    })
    .join('');
}

function kinds(text: string): string[] {
  return blocksOf(text).map((block) => block.kind);
}

function depthOf(blocks: readonly Block[]): number {
  return 1 + Math.max(0, ...blocks.map((block) => (block.kind === 'quote' ? depthOf(block.inside) : 0)));
}

describe('a line', () => {
  it.each([
    ['**bold** and *italic*', '<strong bold> and <emphasis italic>'],
    ['__bold__ and _italic_', '<strong bold> and <emphasis italic>'],
    ['~~gone~~', '<strike gone>'],
    ['***both***', '<strong <emphasis both>>'],
    ['**bold with *italic* inside**', '<strong bold with <emphasis italic> inside>'],
    ['`a * b` and ``c ` d``', '<code a * b> and <code c ` d>'],
    ['un**believ**able', 'un<strong believ>able'],
  ])('knows its marks: %s', (text, expected) => {
    expect(drawn(inlinesOf(text))).toBe(expected);
  });

  it.each([
    '2 * 3 * 4 = 24',
    '2*3*4',
    'snake_case_name',
    'a ~ b ~~ c',
    '**never closed',
    '`never closed',
    '<b>bold</b> &amp;',
    '[a](javascript:alert(1))',
    '[a](data:text/html,x)',
    'http://',
    '*****',
    '¯_(ツ)_/¯',
  ])('stays as it was written: %s', (text) => {
    expect(inlinesOf(text)).toEqual([{ kind: 'text', text }]);
  });

  it('takes a mark behind a back-slash as a character', () => {
    expect(drawn(inlinesOf('\\*not italic\\*'))).toBe('*not italic*');
  });
});

describe('a link', () => {
  it('shows where it leads', () => {
    expect(drawn(inlinesOf('see https://waxwing.im/a_b_c, then'))).toBe('see <link https://waxwing.im/a_b_c https://waxwing.im/a_b_c>, then');
  });

  it.each([
    ['[https://bank.example](https://evil.example/x)', 'evil.example'],
    ['https://bank.example@evil.example/', 'evil.example'],
    ['https://pаypal.com/', 'xn--pypal-4ve.com'],
    ['[click](https://evil.example)', 'evil.example'],
    ['HTTPS://EVIL.EXAMPLE/', 'evil.example'],
  ])('that could be mistaken names its true host: %s', (text, host) => {
    expect(inlinesOf(text)).toMatchObject([{ kind: 'link', host, plain: false }]);
  });

  it('ends before what turns the text around', () => {
    expect(drawn(inlinesOf('https://a.example/\u202egnp.exe'))).toBe('<link https://a.example/ https://a.example/>\u202egnp.exe');
  });

  it('keeps brackets of its own and leaves those of the sentence', () => {
    expect(drawn(inlinesOf('(https://a.example/x_(y))'))).toContain('<link https://a.example/x_(y)');
    expect(drawn(inlinesOf('(https://a.example/x)'))).toBe('(<link https://a.example/x https://a.example/x>)');
  });
});

describe('a letter', () => {
  it('is cut into its blocks', () => {
    const text = 'Look:\n> said before\n- one\n- two\n  more of two\n3. three\n```\n**raw**\n```\nend';

    expect(kinds(text)).toEqual(['paragraph', 'quote', 'list', 'list', 'code', 'paragraph']);
    expect(blocksOf(text)[2]).toEqual({ kind: 'list', start: null, items: [inlinesOf('one'), inlinesOf('two\nmore of two')] });
    expect(blocksOf(text)[3]).toMatchObject({ start: 3 });
    expect(blocksOf(text)[4]).toEqual({ kind: 'code', text: '**raw**' });
  });

  it('without a mark is one piece of text', () => {
    expect(blocksOf('one\n\ntwo')).toEqual([{ kind: 'paragraph', inside: [{ kind: 'text', text: 'one\n\ntwo' }] }]);
  });

  it('with a fence that never ends stays as it was written', () => {
    expect(kinds('```\ncode')).toEqual(['paragraph']);
  });

  it('of quotes within quotes does not sink without end', () => {
    expect(depthOf(blocksOf('>'.repeat(5_000) + ' deep'))).toBeLessThan(6);
  });

  it.each(['*', '_', '**a', '_*', '`', '[', '[a](https://', '> ', '- ', 'https://', '~~', '**_', '```\n', '\\', 'é\u0301', 'https://a.b/('])(
    'of 60 KB of %j is read',
    (piece) => {
      const text = piece.repeat(60_000 / piece.length);

      expect(plainText(text).length).toBeLessThanOrEqual(1_000);
      expect(blocksOf(text).length).toBeGreaterThan(0);
    },
    2_000,
  );
});

describe('one line of a letter', () => {
  it('has no marks', () => {
    expect(plainText('> what?\n**Yes**, `now`:\n- a\n- b')).toBe('Yes, now: a, b');
  });
});
