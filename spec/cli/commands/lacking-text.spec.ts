import { expect, test } from '@jest/globals';
import { lackingText, type Outcome } from '../../../lib/cli/commands/lacking-text.js';

const many = (exitCode: number | undefined): Outcome[] =>
  Array.from({ length: 13 }, (_, index) => ({ name: `S${index + 1}`, exitCode }));

test.each<[Outcome[], string | undefined]>([
  [[], undefined],
  [[{ name: 'A', exitCode: 0 }], undefined],
  [
    [
      { name: 'A', exitCode: 0 },
      { name: 'B', exitCode: 3 },
    ],
    'Not complete: B (exit 3). What is wrong with each is said above.',
  ],
  [
    [
      { name: 'A', exitCode: 143 },
      { name: 'B', exitCode: undefined },
    ],
    'Not complete: A (exit 143). What is wrong with each is said above. Not begun: B.',
  ],
  [many(undefined), 'Not begun: S1, S2, S3, S4, S5, S6, S7, S8, S9, S10 and 3 more.'],
])('of %j it is told: %s', (outcomes, text) => {
  expect(lackingText(outcomes)).toBe(text);
});
