import { describe, expect, it } from 'vitest';
import { letter, noon } from './fixtures';
import { firstUnread, rowsOf, withLetter, type Letter } from './rows';

function shape(letters: Letter[], firstNew: string | null = null): string[] {
  return rowsOf(letters, firstNew).map((row) =>
    row.kind === 'letter' ? `${row.first ? '[' : ''}${row.letter.id}${row.last ? ']' : ''}` : row.kind,
  );
}

describe('the rows of a conversation', () => {
  it('group what one person writes within five minutes', () => {
    const letters = [letter('1'), letter('2', { sentAt: noon + 60_000 }), letter('3', { sentAt: noon + 400_000 })];

    expect(shape(letters)).toEqual(['day', '[1', '2]', '[3]']);
  });

  it('part the two people', () => {
    expect(shape([letter('1'), letter('2', { mine: true }), letter('3')])).toEqual(['day', '[1]', '[2]', '[3]']);
  });

  it('part the days, even one minute around midnight', () => {
    const midnight = new Date(2026, 10, 24).getTime();

    expect(shape([letter('1', { sentAt: midnight - 30_000 }), letter('2', { sentAt: midnight })])).toEqual([
      'day',
      '[1]',
      'day',
      '[2]',
    ]);
  });

  it('show the new ones behind a line, in a group of their own', () => {
    expect(shape([letter('1'), letter('2'), letter('3')], '2')).toEqual(['day', '[1]', 'new', '[2', '3]']);
  });

  it('are none without messages', () => {
    expect(rowsOf([], null)).toEqual([]);
  });
});

describe('the first unread message', () => {
  const letters = [letter('1'), letter('2'), letter('3', { mine: true }), letter('4')];

  it('is counted back over incoming ones only', () => {
    expect(firstUnread(letters, 2, '4')).toBe('2');
  });

  it('stays where it was when more arrive', () => {
    expect(firstUnread([...letters, letter('5')], 1, '4')).toBe('4');
  });

  it('is not known while older ones are not loaded', () => {
    expect(firstUnread(letters, 10_000, '4')).toBeNull();
  });

  it('is none when all is read', () => {
    expect(firstUnread(letters, 0, '4')).toBeNull();
  });
});

describe('a changed message', () => {
  it('takes the place of its former state', () => {
    const changed = withLetter([letter('1'), letter('2')], letter('1', { state: 'READ' }));

    expect(changed.map(({ id, state }) => id + state)).toEqual(['1READ', '2RECEIVED']);
  });

  it('that came late stands in order', () => {
    expect(withLetter([letter('1'), letter('3')], letter('2')).map(({ id }) => id)).toEqual(['1', '2', '3']);
  });
});
