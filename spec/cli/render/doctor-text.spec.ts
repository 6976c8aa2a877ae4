import { expect, test } from '@jest/globals';
import { findingText } from '../../../lib/cli/render/doctor-text.js';
import { styleFor } from '../../../lib/cli/render/style.js';

test('a cure of several lines keeps them, below each other', () => {
  const style = styleFor({ isTty: false, color: undefined, env: {} });
  const finding = {
    check: 'address',
    health: 'failed',
    message: 'None.',
    cure: 'Set it:\n  export A=b',
  } as const;
  expect(findingText(finding, style).split('\n').slice(1)).toEqual([
    '        -> Set it:',
    '             export A=b',
  ]);
});
