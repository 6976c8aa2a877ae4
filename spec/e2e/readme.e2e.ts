import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from '@jest/globals';
import { ROOT, rxsync, withFolder } from '../support/e2e.js';

const README = path.join(ROOT, 'README.md');

const SESSION = /(?<=^```console\n).*?(?=^```$)/ms;

/** Lines that are shown now and then only. */
const PASSING = /^(?:pages|waiting) \d.*\n/gm;

/** What depends on the machine and the time of day. */
const VARYING: readonly (readonly [RegExp, string])[] = [
  [/\bin \d+:\d\d\./g, 'in M:SS.'],
  [/\d{4}-\d\d-\d\dT[\d:.]+Z/g, 'TIME'],
  [/\b127\.0\.0\.1:\d+/g, '127.0.0.1:PORT'],
  [/\b\d+ requests\b/g, 'N requests'],
  [/^( {2}requests +)\d+.*$/gm, '$1N'],
];

const settle = (text: string): string =>
  VARYING.reduce((settled, [pattern, word]) => settled.replaceAll(pattern, word), text);

/** A command with what it prints, as the README has it. */
interface Step {
  readonly command: string;
  readonly text: string;
}

const stepsIn = (transcript: string): Step[] =>
  transcript.split(/^(?=\$ )/m).map((text) => ({ command: text.slice(2, text.indexOf('\n')), text }));

/** Runs a command of the session as it stands there. */
const play = async (command: string, cwd: string): Promise<string> => {
  const [program, ...args] = command.split(' ');
  expect(program).toBe('rxsync');
  const { stdout, stderr } = await rxsync(args, { cwd });
  return `$ ${command}\n${(stderr + stdout).replaceAll(PASSING, '').trimEnd()}\n`;
};

const sessionIn = (readme: string): string => SESSION.exec(readme)?.[0] ?? '';

/** `npm run transcript` writes it anew, but for steps that differ only in what varies. */
test('the first session in the README prints what it says; if not: npm run transcript', async () => {
  const readme = readFileSync(README, 'utf8');
  const steps = stepsIn(sessionIn(readme));
  expect(steps.length).toBeGreaterThan(3);
  const played = await withFolder(async (cwd) => {
    const texts: string[] = [];
    for (const { command, text } of steps) {
      const now = await play(command, cwd);
      texts.push(settle(now) === settle(text) ? text : now);
    }
    return texts.join('');
  });
  if (process.env.RXSYNC_TRANSCRIPT === 'write')
    writeFileSync(
      README,
      readme.replace(SESSION, () => played),
    );
  expect(settle(played)).toBe(settle(sessionIn(readFileSync(README, 'utf8'))));
});
