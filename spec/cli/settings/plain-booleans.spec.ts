import { expect, test } from '@jest/globals';
import { plainBooleans } from '../../../lib/cli/settings/plain-booleans.js';

const FLAGS = {
  'dry-run': { type: 'boolean', alias: 'n' },
  quiet: { type: 'boolean', alias: 'q' },
  label: { type: 'string', alias: 'l' },
} as const;

test.each([
  ['--dry-run', '--dry-run=true'],
  ['--dry-run=YES', '--dry-run=true'],
  ['--dryRun=on', '--dry-run=true'],
  ['--dry-run=1', '--dry-run=true'],
  ['--dry-run=No', '--dry-run=false'],
  ['--dry-run=0', '--dry-run=false'],
  ['--no-dry-run', '--dry-run=false'],
  ['--dry-run off wiki', '--dry-run=false wiki'],
  ['--dry-run wiki', '--dry-run=true wiki'],
  ['--no-dry-run on', '--dry-run=false on'],
  ['-n', '--dry-run=true'],
  ['-qn=no', '--quiet=true --dry-run=false'],
  ['-nq yes', '--dry-run=true --quiet=true'],
  ['-l yes', '-l yes'],
  ['--label=yes pull', '--label=yes pull'],
  ['pull -- --dry-run=yes', 'pull -- --dry-run=yes'],
])('%s is %s', (typed, plain) => {
  expect(plainBooleans(typed.split(' '), FLAGS)).toEqual(plain.split(' '));
});

test.each([
  ['--dry-run=maybe', /^--dry-run must be true or false .*, but is "maybe"/],
  ['--dry-run=', /^--dry-run must be true or false .*, but is ""/],
  ['--dryRun=2', /^--dryRun must be true or false/],
  ['-n=2', /^-n must be true or false/],
  ['-n1', /^There is no flag -n1\./],
  ['-nl', /^There is no flag -nl\./],
  ['--no-dry-run=no', /^--no-dry-run takes no value, but is given "no"/],
])('%s is refused', (typed, says) => {
  expect(() => plainBooleans([typed], FLAGS)).toThrow(
    expect.objectContaining({ exitCode: 2, message: expect.stringMatching(says) }),
  );
});
