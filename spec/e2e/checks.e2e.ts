import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { createWiki, doctor, type Finding, pull, status, verify } from '../../lib/index.js';
import { type E2eWiki, startWiki, withFolder } from '../support/e2e.js';

let wiki: E2eWiki;
beforeAll(async () => {
  wiki = await startWiki({ pages: 12, blogposts: 3, folders: 2, attachments: 2, comments: 0, bodyKb: 1 });
});
afterAll(() => wiki.close());

const connection = () => {
  const { url, credentials } = wiki.sandbox;
  return { url, credentials: { email: credentials.email, apiToken: credentials.token } };
};

/** What JavaScript callers may pass. */
const loosely = (work: unknown, ...args: readonly unknown[]): Promise<unknown> =>
  typeof work === 'function'
    ? Promise.resolve(Reflect.apply(work, undefined, args))
    : Promise.reject(new Error('That is no function.'));

test('status tells what a mirror holds; where there is none, that', async () => {
  await withFolder(async (dir) => {
    await expect(status(dir)).rejects.toMatchObject({ code: 'no-mirror' });
    await pull({ ...connection(), space: 'LARGE', dir });
    expect(await status(dir)).toMatchObject({
      scope: { space: 'LARGE' },
      checkpoint: null,
      failedCount: 0,
      kinds: { page: { items: 12 }, blogpost: { items: 3 } },
    });
    await expect(status(dir, { signal: AbortSignal.abort(new Error('enough')) })).rejects.toThrow('enough');
  });
});

describe('verify', () => {
  test('compares with the records, and with a wiki of one’s own or a shared one', async () => {
    await withFolder(async (dir) => {
      await pull({ ...connection(), space: 'LARGE', dir });
      expect(await verify(dir)).toMatchObject({ changed: [], exitCode: 0 });
      expect(await verify(dir)).not.toHaveProperty('remote');
      for (const remote of [connection(), { wiki: createWiki(connection()) }])
        expect(await verify(dir, { remote })).toMatchObject({
          remote: { stale: [], missing: [], gone: [] },
          exitCode: 0,
        });
      await writeFile(path.join(dir, 'index.md'), 'mine');
      expect(await verify(dir)).toMatchObject({ changed: [{ path: 'index.md' }], exitCode: 3 });
    });
  });

  test('ends with its signal', async () => {
    await withFolder(async (dir) => {
      await pull({ ...connection(), space: 'LARGE', dir });
      const reason = new Error('enough');
      await expect(verify(dir, { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
      const early = new AbortController();
      const verifying = verify(dir, { signal: early.signal });
      early.abort(reason);
      await expect(verifying).rejects.toBe(reason);
      const late = new AbortController();
      wiki.sandbox.onExchange(() => late.abort(reason));
      await expect(verify(dir, { remote: connection(), signal: late.signal })).rejects.toBe(reason);
    });
  });
});

describe('doctor', () => {
  test('tells its findings as it makes them, and then all of them', async () => {
    await withFolder(async (dir) => {
      const findings: Finding[] = [];
      const diagnosis = await doctor(
        { ...connection(), space: 'LARGE', dir },
        { onFinding: (finding) => findings.push(finding) },
      );
      expect(diagnosis).toMatchObject({ exitCode: 0, estimate: { pages: 12 } });
      expect(diagnosis.checks).toEqual(findings);
      expect(findings.length).toBeGreaterThan(10);
    });
  });

  test('what is wrong is a finding with its cure', async () => {
    await withFolder(async (dir) => {
      const credentials = { email: 'a@b.example', apiToken: 'wrong' };
      const { checks, exitCode } = await doctor({ ...connection(), credentials, space: 'LARGE', dir });
      expect(exitCode).toBe(12);
      expect(checks.filter(({ health }) => health === 'failed')).toEqual([
        expect.objectContaining({ check: 'credentials', cure: expect.any(String) }),
      ]);
    });
  });

  test('ends with its signal', async () => {
    await withFolder(async (dir) => {
      const abort = new AbortController();
      const told: Finding[] = [];
      const reason = new Error('enough');
      wiki.sandbox.onExchange(() => abort.abort(reason));
      const handlers = { signal: abort.signal, onFinding: (finding: Finding) => void told.push(finding) };
      await expect(doctor({ ...connection(), space: 'LARGE', dir }, handlers)).rejects.toBe(reason);
      expect(told.some(({ check }) => check === 'space')).toBe(false);
    });
  });
});

test.each<[string, unknown, readonly unknown[], string]>([
  ['status of no folder', status, [undefined], 'dir'],
  ['verify of no folder', verify, [''], 'dir'],
  [
    'verify with a wiki without credentials',
    verify,
    ['x', { remote: { url: 'https://x.example' } }],
    'credentials',
  ],
  ['verify with something else', verify, ['x', { remote: { adress: 'x' } }], 'adress'],
  ['doctor of nothing', doctor, [{}], 'url'],
  ['doctor with a misspelt option', doctor, [{ ur: 'x' }], 'ur'],
  ['pull of nothing', pull, [{}], 'url'],
  ['pull of nothing at all', pull, [], 'options'],
])('%s is a bad option', async (_what, work, args, option) => {
  await expect(loosely(work, ...args)).rejects.toMatchObject({ code: 'options', option });
});
