import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from '@jest/globals';
import { ROOT, rxsync, withFolder } from '../support/e2e.js';

/** What depends on the machine and the time of day. */
const VARYING: readonly (readonly [RegExp, string])[] = [
  [/^pages \d.*\n/gm, ''],
  [/\bin \d+:\d\d\./g, 'in M:SS.'],
  [/\d{4}-\d\d-\d\dT[\d:.]+Z/g, 'TIME'],
  [/\b\d+ requests\b/g, 'N requests'],
  [/^( {2}requests +)\d+.*$/gm, '$1N'],
];

const settle = (text: string): string =>
  VARYING.reduce((settled, [pattern, word]) => settled.replaceAll(pattern, word), text).trim();

/** The commands of a transcript, each with what it prints. */
const stepsIn = (transcript: string): (readonly [string, string])[] =>
  transcript
    .split(/^\$ /m)
    .slice(1)
    .map((step) => {
      const end = step.indexOf('\n');
      return [step.slice(0, end), step.slice(end + 1)] as const;
    });

test('the first session in the README prints what it says', async () => {
  const readme = readFileSync(path.join(ROOT, 'README.md'), 'utf8');
  const [, transcript = ''] = /^```console\n(.*?)^```$/ms.exec(readme) ?? [];
  const steps = stepsIn(transcript);
  expect(steps.length).toBeGreaterThan(3);
  await withFolder(async (cwd) => {
    for (const [command, said] of steps) {
      const [program, ...args] = command.split(' ');
      expect(program).toBe('rxsync');
      const { stdout, stderr } = await rxsync(args, { cwd });
      expect(`$ ${command}\n${settle(stderr + stdout)}`).toBe(`$ ${command}\n${settle(said)}`);
    }
  });
});
