import { mkdtemp, readdir, rename, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import { createPrng } from '../../lib/sandbox/data/prng.js';
import { numberFromEnv, numbersFromEnv, someRows } from '../support/counts.js';
import { type E2eWiki, readTree, type Run, rxsync, startWiki } from '../support/e2e.js';
import { canProtect, protect, unprotectAll } from '../support/protect.js';
import { randomChanges } from '../support/random-changes.js';
import { treeDifference } from '../support/tree-difference.js';

const STEPS = numberFromEnv('RXSYNC_REFUSED_STEPS', 2);
const SEEDS = numbersFromEnv('RXSYNC_REFUSED_SEEDS', [1]);

let wiki: E2eWiki;
let base: string;
let dir: string;

beforeEach(async () => {
  base = await mkdtemp(path.join(os.tmpdir(), 'rxsync-'));
  dir = path.join(base, 'mirror');
});

afterEach(async () => {
  if (canProtect()) unprotectAll(base);
  await rm(base, { recursive: true, force: true });
  await wiki.close();
});

const pull = (into = dir, ...more: string[]): Promise<Run> =>
  rxsync(['pull', into, '--space', 'LARGE', '--comments', '--max-delete', '100%', '--json', ...more], {
    env: wiki.env,
  });

const Summary = z.looseObject({
  failedItems: z.array(
    z.looseObject({
      kind: z.string(),
      id: z.string(),
      code: z.string(),
      path: z.string(),
      hint: z.string(),
      message: z.string(),
    }),
  ),
});

const failedItems = ({ stdout }: Run) => Summary.parse(JSON.parse(stdout)).failedItems;

const differences = async (): Promise<readonly string[]> => {
  const fresh = path.join(base, 'fresh');
  await rm(fresh, { recursive: true, force: true });
  expect(await pull(fresh)).toMatchObject({ code: 0 });
  return treeDifference(await readTree(dir), await readTree(fresh));
};

const expectExact = async (): Promise<void> => {
  expect(await pull()).toMatchObject({ code: 0, stderr: expect.not.stringContaining('.local-') });
  expect(await differences()).toEqual([]);
  expect(await rxsync(['verify', dir])).toMatchObject({ code: 0 });
};

/** A page with children, attachments and comments, if there is one with all. */
const heavyPage = (): { readonly id: string; readonly title: string } => {
  const { list } = wiki.sandbox.wiki;
  const holders = new Set(
    list('attachment', 'LARGE').flatMap((each) => ('containerId' in each ? each.containerId : [])),
  );
  const parents = new Set(list('page', 'LARGE').flatMap((each) => ('parentId' in each ? each.parentId : [])));
  const found = list('page', 'LARGE').find(
    (page) => 'parentId' in page && page.parentId !== null && holders.has(page.id) && parents.has(page.id),
  );
  if (found === undefined) throw new Error('The wiki has no such page.');
  return found;
};

/** The path of the file of a page. */
const fileOf = async (id: string): Promise<string> => {
  const run = await rxsync(
    ['pull', dir, '--full', '--comments', '--progress', 'ndjson', '--space', 'LARGE'],
    {
      env: wiki.env,
    },
  );
  const written = run.stdout
    .split('\n')
    .flatMap((line) =>
      line.includes('"page.written"')
        ? [z.looseObject({ id: z.string(), path: z.string() }).parse(JSON.parse(line))]
        : [],
    );
  return written.find((event) => event.id === id)?.path ?? '';
};

const start = async (): Promise<{ readonly id: string; readonly stem: string }> => {
  wiki = await startWiki({ pages: 40, attachments: 40, comments: 40, bodyKb: 1 });
  expect(await pull()).toMatchObject({ code: 0 });
  const { id } = heavyPage();
  return { id, stem: (await fileOf(id)).replace(/\.md$/, '') };
};

/** What happens to the page in the wiki. */
const CHANGES: Readonly<Record<string, (id: string) => unknown>> = {
  edited: (id) => wiki.sandbox.wiki.editPage(id, { body: '<p>Changed</p>' }),
  moved: (id) => wiki.sandbox.wiki.renamePage(id, { title: 'Elsewhere' }),
  deleted: (id) => wiki.sandbox.wiki.deletePage(id),
};

/** What of it is protected. */
const PARTS: Readonly<Record<string, (stem: string) => string>> = {
  file: (stem) => `${stem}.md`,
  'folder of attachments': (stem) => `${stem}.attachments`,
  'folder of children': (stem) => stem,
};

// Files are protected by `chattr +i`, which only the superuser of a Linux with such a file system may do.
const whereProtected = canProtect() ? describe : describe.skip;

whereProtected('what is protected', () => {
  const rows = Object.keys(CHANGES).flatMap((change) => Object.keys(PARTS).map((part) => ({ change, part })));

  test.each(someRows(rows, 3))(
    'the $part of a page that is $change fails by itself, run by run, and is right once it may be changed',
    async ({ change, part }) => {
      const { id, stem } = await start();
      const refused = PARTS[part]?.(stem) ?? '';
      protect(path.join(dir, refused));
      CHANGES[change]?.(id);
      const before = await readTree(dir);
      const isTouched = part === 'file' || change !== 'edited';
      for (const attempt of ['first', 'second']) {
        const run = await pull();
        expect({ attempt, code: run.code }).toEqual({ attempt, code: isTouched ? 3 : 0 });
        const failed = failedItems(run);
        expect(failed.length > 0).toBe(isTouched);
        for (const item of failed) {
          expect(item).toMatchObject({
            code: 'refused-file',
            message: expect.stringContaining('EPERM'),
            hint: expect.stringMatching(/^Check that you may change it/),
          });
          expect(`${item.path} ${item.message}`).toContain(path.basename(refused));
        }
      }
      const isProtected = (name: string): boolean => name === refused || path.dirname(name) === refused;
      expect(Object.keys(await readTree(dir))).toEqual(
        expect.arrayContaining(Object.keys(before).filter(isProtected)),
      );
      unprotectAll(dir);
      await expectExact();
    },
  );

  test.each(SEEDS)(
    'at random, while the wiki changes: each run ends, and the last one is exact (seed %d)',
    async (seed) => {
      wiki = await startWiki({ seed, pages: 40, folders: 5, attachments: 25, comments: 25, bodyKb: 1 });
      const random = createPrng(seed);
      const change = randomChanges(wiki.sandbox.wiki, random);
      await pull();
      for (let step = 1; step <= STEPS; step += 1) {
        const names = Object.keys(await readTree(dir)).map((name) => path.join(dir, name));
        protect(...names.filter(() => random.chance(0.15)));
        const changes = [change(), change(), change()];
        const codes = [(await pull()).code, (await pull()).code];
        expect({ changes, codes: codes.filter((code) => code !== 0 && code !== 3) }).toEqual({
          changes,
          codes: [],
        });
        unprotectAll(dir);
        expect(await pull()).toMatchObject({ code: 0 });
        expect({ step, changes, wrong: await differences() }).toEqual({ step, changes, wrong: [] });
      }
    },
  );
});

test('a file of the user where a folder must be costs what belongs there', async () => {
  const { stem } = await start();
  await rename(path.join(dir, stem), path.join(base, 'away'));
  await writeFile(path.join(dir, stem), 'mine');
  const run = await pull();
  expect(run.code).toBe(3);
  const failed = failedItems(run);
  expect(failed.length).toBeGreaterThan(0);
  for (const item of failed)
    expect(item).toMatchObject({
      code: 'refused-file',
      path: stem,
      message: `"${stem}" is a file where the mirror needs a folder.`,
      hint: 'Move it away and pull again.',
    });
  await rename(path.join(dir, stem), path.join(base, 'mine'));
  await expectExact();
  expect(await readdir(base)).toContain('mine');
});
