import { describe, expect, test } from '@jest/globals';

import { OptionsError } from '../../../lib/errors/options-error.js';
import { FAULT_KINDS, parseFaults } from '../../../lib/sandbox/faults/parse-faults.js';

const ALWAYS = { lane: 'any', from: 1, to: Infinity, probability: 1, times: Infinity };

describe('parseFaults', () => {
  test.each([
    ['', []],
    ['500', [{ ...ALWAYS, kind: '500', value: '' }]],
    [
      '429:bodies@3x1=5',
      [{ kind: '429', lane: 'bodies', from: 3, to: 3, probability: 1, times: 1, value: '5' }],
    ],
    ['reset@2%', [{ ...ALWAYS, kind: 'reset', probability: 0.02, value: '' }]],
    ['reset-body@2-4', [{ ...ALWAYS, kind: 'reset-body', from: 2, to: 4, value: '' }]],
    ['503@5-x2=3', [{ ...ALWAYS, kind: '503', from: 5, times: 2, value: '3' }]],
    ['poison=#37', [{ ...ALWAYS, kind: 'poison', value: '#37' }]],
    ['gone=att12', [{ ...ALWAYS, kind: 'gone', value: 'att12' }]],
    ['attachment-404', [{ ...ALWAYS, kind: 'attachment-404', lane: 'downloads', value: '' }]],
    ['expired-url@1', [{ ...ALWAYS, kind: 'expired-url', lane: 'media', to: 1, value: '' }]],
    ['522:search@1=7', [{ ...ALWAYS, kind: '522', lane: 'search', to: 1, value: '7' }]],
    ['attachment-403', [{ ...ALWAYS, kind: 'attachment-403', lane: 'downloads', value: '' }]],
    ['301=https://new.example.com:1', [{ ...ALWAYS, kind: '301', value: 'https://new.example.com:1' }]],
    ['slow:media=250', [{ ...ALWAYS, kind: 'slow', lane: 'media', value: '250' }]],
  ])('%s', (spec, expected) => {
    expect(parseFaults(spec)).toEqual(expected);
  });

  test('rules are joined by commas or semicolons', () => {
    expect(parseFaults('500@1, 502@2;503@3').map(({ kind }) => kind)).toEqual(['500', '502', '503']);
  });

  test.each(FAULT_KINDS.filter((kind) => !['poison', 'gone', '301'].includes(kind)))(
    '%s is a rule of its own',
    (kind) => {
      expect(parseFaults(kind)).toMatchObject([{ kind }]);
    },
  );

  test.each([
    '506',
    'boom',
    '500:nowhere',
    '500@',
    '500@0',
    '500@5-3',
    '500@x',
    'reset=3',
    '301',
    '301=elsewhere',
    '401=5',
    'poison',
    'poison=abc',
    'slow=fast',
  ])('refuses %s with a sentence that names it', (spec) => {
    expect(() => parseFaults(spec)).toThrow(OptionsError);
    expect(() => parseFaults(spec)).toThrow(JSON.stringify(spec));
  });
});
