import { describe, expect, it } from 'vitest';
import { reactionsWith } from './messenger';

const heart = { emoji: '❤️', count: 2, mine: false };
const thumb = { emoji: '👍', count: 1, mine: true };

describe('a reaction', () => {
  it('joins those who said the same', () => {
    expect(reactionsWith([heart], '❤️')).toEqual([{ emoji: '❤️', count: 3, mine: true }]);
  });

  it('takes the place of the one before', () => {
    expect(reactionsWith([heart, thumb], '😮')).toEqual([heart, { emoji: '😮', count: 1, mine: true }]);
  });

  it('can be taken back', () => {
    expect(reactionsWith([heart, thumb], null)).toEqual([heart]);
  });
});
