import { availableParallelism } from 'node:os';
import path from 'node:path';
import { expect, test } from '@jest/globals';
import { lastValueFrom } from 'rxjs';
import { pull$ } from '../../lib/index.js';
import { readTree, rxsync, startWiki, withFolder } from '../support/e2e.js';

const STARTED = 'create new worker';

test('a mirror is the same byte for byte, whether threads have rendered it or not', async () => {
  const wiki = await startWiki({ pages: 300, attachments: 60, comments: 40, nasty: true, bodyKb: 4 });
  const { url, credentials } = wiki.sandbox;
  await withFolder(async (folder) => {
    const [there, here] = [path.join(folder, 'there'), path.join(folder, 'here')];
    const run = await rxsync(['pull', there, '--space', 'LARGE', '--comments', '--progress', 'none'], {
      env: { ...wiki.env, NODE_DEBUG: 'worker' },
    });
    expect(run.code).toBe(0);
    expect(run.stderr.includes(STARTED)).toBe(availableParallelism() > 1);
    // Here no file is there that a thread could run.
    await lastValueFrom(
      pull$({
        url,
        credentials: credentials,
        space: 'LARGE',
        dir: here,
        comments: true,
      }),
    );
    expect(await readTree(there)).toEqual(await readTree(here));
    const again = await rxsync(['pull', there], { env: { ...wiki.env, NODE_DEBUG: 'worker' } });
    expect(again).toMatchObject({ code: 0, stderr: expect.not.stringContaining(STARTED) });
  });
  await wiki.close();
});

test('a run that is stopped while threads render ends as soon as any other, and the next is whole', async () => {
  const wiki = await startWiki({ pages: 400, attachments: 0, comments: 0, latencyMs: 20 });
  await withFolder(async (folder) => {
    const [dir, whole] = [path.join(folder, 'mirror'), path.join(folder, 'whole')];
    let isStopped = false;
    const run = await rxsync(['pull', dir, '--space', 'LARGE', '--progress', 'ndjson'], {
      env: wiki.env,
      onOutput: (text, kill) => {
        if (!isStopped && text.includes('page.written')) isStopped = kill('SIGINT');
      },
    });
    expect(run.code).toBe(130);
    expect((await rxsync(['pull', dir], { env: wiki.env })).code).toBe(0);
    expect((await rxsync(['pull', whole, '--space', 'LARGE'], { env: wiki.env })).code).toBe(0);
    expect(await readTree(dir)).toEqual(await readTree(whole));
  });
  await wiki.close();
});
