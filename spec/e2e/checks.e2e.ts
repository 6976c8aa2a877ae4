import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import {
  createWiki,
  doctor,
  type Finding,
  pull,
  pull$,
  type RxsyncEvent,
  status,
  verify,
} from '../../lib/index.js';
import { lastValueFrom } from 'rxjs';
import { toAsyncIterable } from '../../lib/operators/index.js';
import { type E2eWiki, startWiki, withFolder } from '../support/e2e.js';

let wiki: E2eWiki;
beforeAll(async () => {
  wiki = await startWiki({ pages: 12, blogposts: 3, folders: 2, attachments: 2, comments: 0, bodyKb: 1 });
});
afterAll(() => wiki.close());

const connection = () => {
  const { url, credentials } = wiki.sandbox;
  return { url, credentials: credentials };
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

describe('pull', () => {
  test('ends, and leaves the mirror, before it rejects with what a handler has thrown', async () => {
    await withFolder(async (dir) => {
      const reason = new Error('mine');
      let later = 0;
      const onEvent = ({ type }: RxsyncEvent): void => {
        if (type !== 'page.written') return;
        later += 1;
        throw reason;
      };
      await expect(pull({ ...connection(), space: 'LARGE', dir }, { onEvent })).rejects.toBe(reason);
      expect(later).toBe(1);
      expect(await status(dir)).toMatchObject({ checkpoint: expect.any(Object) });
      expect(await pull({ ...connection(), dir })).toMatchObject({ exitCode: 0 });
    });
  });

  test('waits for one of the same folder that was given up', async () => {
    await withFolder(async (dir) => {
      const options = { ...connection(), space: 'LARGE', dir };
      for await (const { type } of toAsyncIterable(pull$(options))) if (type === 'page.written') break;
      expect(await pull(options)).toMatchObject({ exitCode: 0 });
      expect(await verify(dir)).toMatchObject({ exitCode: 0 });
    });
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

const ANYWHERE = { url: 'https://x.example', credentials: { email: 'a@b.example', apiToken: 'x' } };

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
  ['status with a misspelt option', status, ['x', { signl: 1 }], 'signl'],
  ['status with a signal that is none', status, ['x', { signal: 5 }], 'signal'],
  ['verify with a misspelt option', verify, ['x', { Remote: {} }], 'Remote'],
  ['verify with a signal that is none', verify, ['x', { signal: new AbortController() }], 'signal'],
  [
    'doctor with a misspelt handler',
    doctor,
    [{ ...ANYWHERE, dir: 'x' }, { onfinding: Boolean }],
    'onfinding',
  ],
  ['doctor with a handler that is none', doctor, [{ ...ANYWHERE, dir: 'x' }, { onFinding: 5 }], 'onFinding'],
  ['pull with a misspelt handler', pull, [{ ...ANYWHERE, dir: 'x' }, { onevent: Boolean }], 'onevent'],
  ['pull with a handler that is none', pull, [{ ...ANYWHERE, dir: 'x' }, { onEvent: 5 }], 'onEvent'],
  ['pull with a signal that is none', pull, [{ ...ANYWHERE, dir: 'x' }, { signal: 5 }], 'signal'],
  ['pull with handlers that are none', pull, [{ ...ANYWHERE, dir: 'x' }, null], 'options'],
  ['pull into a folder that no system takes', pull, [{ ...ANYWHERE, dir: 'a\0b' }], 'dir'],
  ...['comments', 'format', 'attachments', 'dryRun', 'full', 'timeoutMs', 'mediaHosts', 'concurrency'].map(
    (name): [string, unknown, readonly unknown[], string] => [
      `pull with null for ${name}`,
      pull,
      [{ ...ANYWHERE, space: 'DOCS', dir: 'x', [name]: null }],
      name,
    ],
  ),
  [
    'pull$ with a misspelt edge',
    (...args: Parameters<typeof pull$>) => lastValueFrom(pull$(...args)),
    [{ ...ANYWHERE, space: 'DOCS', dir: 'x' }, { conect: Boolean }],
    'conect',
  ],
  ['pull of nothing', pull, [{}], 'url'],
  ['pull of nothing at all', pull, [], 'options'],
])('%s is a bad option', async (_what, work, args, option) => {
  await expect(loosely(work, ...args)).rejects.toMatchObject({ code: 'options', option });
});
