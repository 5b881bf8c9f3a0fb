import { expect, it } from 'vitest';
import { readArguments } from './arguments.ts';

it('reads a command line', () => {
  expect(readArguments([])).toEqual({
    character: null,
    json: false,
    markdown: false,
    only: [],
    rounds: 7,
    budget: 60,
    quick: false,
    motion: false,
    save: false,
  });
  expect(readArguments(['a.tha', '--json', '--only', 'node ours, tfjs,', '--quick'])).toMatchObject({
    character: 'a.tha',
    json: true,
    only: ['node ours', 'tfjs'],
    rounds: 3,
  });
  expect(readArguments(['--quick', '--rounds', '12', '--budget', '300', '--motion'])).toMatchObject({
    rounds: 12,
    budget: 300,
    motion: true,
  });
});
