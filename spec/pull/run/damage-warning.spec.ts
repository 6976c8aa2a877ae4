import { expect, test } from '@jest/globals';
import { damageWarning } from '../../../lib/pull/run/damage-warning.js';

test('damage is told with what comes of it', () => {
  expect(damageWarning('a row of page 7 cannot be read')).toEqual({
    type: 'warning',
    code: 'damaged-records',
    message:
      'The records of this mirror are damaged: a row of page 7 cannot be read. What they told is made anew of what is left of them, of the files and of the wiki.',
  });
});
