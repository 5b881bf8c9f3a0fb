import { describe, expect, it } from 'vitest';
import { QualityChoice } from './quality-choice.ts';

describe('the choice of a quality', () => {
  it('takes the best that fits, and the cheapest where none does', () => {
    const choice = new QualityChoice();
    expect(choice.choose(33, 0)).toBe('exact');
    choice.offer(['exact', 'reuse', 'half']);
    choice.note('exact', 50, 0);
    expect(choice.choose(33, 1)).toBe('reuse');
    choice.note('reuse', 20, 2);
    expect(choice.choose(33, 3)).toBe('reuse');
    expect(choice.choose(10, 3)).toBe('half');
    choice.note('half', 15, 4);
    expect(choice.choose(10, 5)).toBe('half');
    expect(choice.choose(60, 5)).toBe('exact');
  });

  it('tries a better one again after a while, and learns from it', () => {
    const choice = new QualityChoice();
    choice.offer(['exact', 'half']);
    choice.note('exact', 50, 0);
    choice.note('half', 10, 100);
    expect(choice.choose(33, 9_000)).toBe('half');
    expect(choice.choose(33, 10_001)).toBe('exact');
    choice.note('exact', 50, 10_050);
    expect(choice.choose(33, 10_100)).toBe('half');
    for (let i = 0; i < 30; i++) choice.note('exact', 12, 21_000 + i);
    expect(choice.choose(33, 22_000)).toBe('exact');
  });
});
