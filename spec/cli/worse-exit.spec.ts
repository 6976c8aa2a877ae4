import { expect, test } from '@jest/globals';
import { worseExit } from '../../lib/cli/worse-exit.js';

test.each([
  [[0, 0], 0],
  [[0, 3], 3],
  [[3, 0], 3],
  [[3, 12], 12],
  [[12, 3], 12],
  [[10, 1], 10],
])('%j: %i', (codes, worst) => {
  expect(codes.reduce(worseExit, 0)).toBe(worst);
});
