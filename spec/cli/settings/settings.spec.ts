import { expect, test } from '@jest/globals';
import { joinSettings } from '../../../lib/cli/settings/settings.js';

const SETTINGS = [
  { flag: 'max-wait', value: 1, origin: 'RXSYNC_MAX_WAIT' },
  { flag: 'max-wait', value: 2, origin: 'max-wait ("file", line 1)' },
  { flag: 'label', value: 'x', origin: 'label ("file", line 2)' },
  { flag: 'remote', value: true, origin: 'remote ("file", line 3)' },
];
const FLAGS = { 'max-wait': {}, label: {}, comments: {} };

test('the first setting of a name counts, those of other commands do not', () => {
  const { valuesFor, nameOf } = joinSettings(SETTINGS, new Set());
  expect(valuesFor(FLAGS)).toEqual({ 'max-wait': 1, label: 'x' });
  expect(nameOf('maxWait')).toBe('RXSYNC_MAX_WAIT');
  expect(nameOf('label')).toBe('label ("file", line 2)');
  expect(nameOf('maxDelete')).toBe('--max-delete');
});

test('what the command line gives comes before all', () => {
  const { valuesFor, nameOf } = joinSettings(SETTINGS, new Set(['max-wait']));
  expect(valuesFor(FLAGS)).toEqual({ label: 'x' });
  expect(nameOf('maxWait')).toBe('--max-wait');
});
