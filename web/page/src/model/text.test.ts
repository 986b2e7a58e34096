import { describe, expect, it } from 'vitest';
import { byteLength, initials, isolate, roomFor } from './text';

describe('the room in a message', () => {
  it('is counted in bytes of UTF-8', () => {
    expect(byteLength('aé€😀')).toBe(1 + 2 + 3 + 4);
  });

  it('is not mentioned while there is plenty', () => {
    expect(roomFor('a'.repeat(9_000), 10_000)).toEqual({ kind: 'plenty' });
  });

  it('is mentioned near the end, up to the last byte', () => {
    expect(roomFor('a'.repeat(9_700), 10_000)).toEqual({ kind: 'near', left: 300 });
    expect(roomFor('a'.repeat(10_000), 10_000)).toEqual({ kind: 'near', left: 0 });
  });

  it('says by how much a text is too long', () => {
    expect(roomFor('é'.repeat(5_001), 10_000)).toEqual({ kind: 'over', by: 2 });
  });
});

describe('a name', () => {
  it('cannot turn the text around it', () => {
    expect(isolate('Mallory\u202e\u2069\nsent')).toBe('\u2068Mallory   sent\u2069');
  });

  it('gives the first letters of its first and last word', () => {
    expect(initials('alice van der Berg')).toBe('AB');
    expect(initials('Bob')).toBe('B');
    expect(initials('👩‍👧 x')).toBe('👩‍👧X');
    expect(initials('  ')).toBe('');
  });
});
