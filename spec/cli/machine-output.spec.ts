import { afterEach, expect, test } from '@jest/globals';
import { z } from 'zod';
import { createSandbox, type Sandbox } from '../../lib/sandbox/index.js';
import { environmentOf, runCommand } from '../support/command-line.js';
import { useTemporaryFolder } from '../support/pulling.js';

const folder = useTemporaryFolder();
const open: Sandbox[] = [];

afterEach(async () => {
  for (const sandbox of open.splice(0)) await sandbox.close();
});

const Failed = z.object({ failedItems: z.array(z.object({ id: z.string() })) });

/** A C1 control and one that turns the direction of writing. */
const HOSTILE = 'bell \u0085 and \u202e';
const isHostile = (text: string): boolean => /[\u0080-\u009f\u2028\u2029\p{Bidi_Control}]/u.test(text);

test('what acts on a terminal stands escaped in the output of pull and status for programs', async () => {
  const dir = await folder();
  const sandbox = await createSandbox({ pages: 3, folders: 0, attachments: 0, faults: 'poison=#2' });
  open.push(sandbox);
  const pull = () =>
    runCommand(['pull', dir, '--space', 'LARGE', '--json', '--max-retries=0'], {
      env: environmentOf(sandbox),
    });
  const { failedItems } = Failed.parse(JSON.parse((await pull()).stdout));
  for (const { id } of failedItems) sandbox.wiki.renamePage(id, { title: HOSTILE });
  const pulled = await pull();
  const status = await runCommand(['status', dir, '--json']);
  for (const { stdout } of [pulled, status]) {
    expect(JSON.parse(stdout)).toMatchObject({ failedItems: [{ title: HOSTILE }] });
    expect(isHostile(stdout)).toBe(false);
  }
});

test('so it does in an error', async () => {
  const { code, stdout } = await runCommand(['pull', 'mirror', '--json', `--format=${HOSTILE}`]);
  expect([code, isHostile(stdout)]).toEqual([2, false]);
  expect(JSON.parse(stdout)).toMatchObject({ type: 'run.failed', exitCode: 2 });
});

test.each([
  [['pull', '--json', 'no', '--format=pdf']],
  [['pull', '--no-json', '--format=pdf']],
  [['pull', '', '--format=pdf']],
])('%j asks for no object', async (args) => {
  expect(await runCommand(args)).toMatchObject({ code: 2, stdout: '' });
});
