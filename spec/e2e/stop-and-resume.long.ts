import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type E2eWiki, readTree, rxsync, startWiki, withFolder } from '../support/e2e.js';

let wiki: E2eWiki;
let whole: Readonly<Record<string, string>>;
const ARGS = ['--space', 'LARGE', '--comments'];

beforeAll(async () => {
  wiki = await startWiki({ pages: 150, attachments: 120, comments: 60, latencyMs: 15 });
  await withFolder(async (dir) => {
    await rxsync(['pull', dir, ...ARGS], { env: wiki.env });
    whole = await readTree(dir);
  });
});

afterAll(() => wiki.close());

const pullAndKill = (dir: string, signal: NodeJS.Signals, afterEvents: number) => {
  let lines = 0;
  return rxsync(['pull', dir, ...ARGS, '--progress', 'ndjson'], {
    env: wiki.env,
    onOutput: (text, kill) => {
      const before = lines;
      lines += text.split('\n').length - 1;
      if (before < afterEvents && lines >= afterEvents) kill(signal);
    },
  });
};

test.each([
  { signal: 'SIGINT', code: 130 },
  { signal: 'SIGTERM', code: 143 },
  { signal: 'SIGHUP', code: 129 },
  { signal: 'SIGKILL', code: null },
] as const)('after $signal the next pull ends with the undisturbed mirror', async ({ signal, code }) => {
  await withFolder(async (dir) => {
    for (const events of [15, 80, 30]) expect((await pullAndKill(dir, signal, events)).code).toBe(code);
    expect((await rxsync(['pull', dir, ...ARGS], { env: wiki.env })).code).toBe(0);
    expect(await readTree(dir)).toEqual(whole);
  });
});

test('an interrupted run leaves a readable checkpoint and says how to go on', async () => {
  await withFolder(async (dir) => {
    const run = await pullAndKill(dir, 'SIGINT', 60);
    expect(run.code).toBe(130);
    const state: unknown = JSON.parse(await readFile(path.join(dir, '.rxsync/state.json'), 'utf8'));
    expect(state).toMatchObject({
      lastFullSync: null,
      checkpoint: { scope: { space: 'LARGE' }, processedCount: expect.any(Number), failedIds: [] },
    });
    const again = await rxsync(['pull', dir, ...ARGS], { env: wiki.env });
    expect(again).toMatchObject({
      code: 0,
      stderr: expect.stringMatching(/Resuming: [\d,]+ already synced, [\d,]+ remaining/),
    });
    expect(JSON.parse(await readFile(path.join(dir, '.rxsync/state.json'), 'utf8'))).toMatchObject({
      checkpoint: null,
    });
  });
});

test('a second run on the same mirror is refused and named', async () => {
  await withFolder(async (dir) => {
    let second: ReturnType<typeof rxsync> | undefined;
    const first = await rxsync(['pull', dir, ...ARGS, '--progress', 'ndjson'], {
      env: wiki.env,
      onOutput: (text) => {
        if (text.includes('page.written')) second ??= rxsync(['pull', dir, ...ARGS], { env: wiki.env });
      },
    });
    expect(first.code).toBe(0);
    expect(await second).toMatchObject({ code: 11, stderr: expect.stringMatching(/process \d+/) });
  });
});
