import { readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { z } from 'zod';
import { pull } from '../../lib/index.js';
import { type E2eWiki, readTimes, readTree, startWiki, withFolder } from '../support/e2e.js';

let wiki: E2eWiki;

beforeEach(async () => {
  wiki = await startWiki({ pages: 260, attachments: 80, comments: 40, bodyKb: 1, folders: 10 });
});

afterEach(() => wiki.close());

const pullInto = (dir: string, checkDeletions: boolean, comments = true) => {
  const { url, credentials } = wiki.sandbox;
  const { email, apiToken } = credentials;
  return pull({ url, credentials: { email, apiToken }, space: 'LARGE', dir, comments, checkDeletions });
};

const Item = z.looseObject({ id: z.string(), status: z.string() });
const current = (type: 'page' | 'attachment' | 'blogpost') =>
  z
    .array(Item)
    .parse(wiki.sandbox.wiki.list(type, 'LARGE'))
    .filter(({ status }) => status === 'current');

/** Out of reach of the overlap that makes a quick delta look further back than it has to. */
const anHourLater = (): void => wiki.sandbox.wiki.advance({ byMs: 3_600_000 });

test('a quiet space costs four requests, and no file is touched', async () => {
  await withFolder(async (dir) => {
    await pullInto(dir, true);
    const times = await readTimes(dir);
    for (const pause of [0, 3_600_000]) {
      wiki.sandbox.wiki.advance({ byMs: pause });
      const { requests, totals } = await pullInto(dir, false);
      expect(requests).toBeLessThanOrEqual(4);
      expect(totals.page).toMatchObject({ listed: 260, unchanged: 260 });
      expect(await readTimes(dir)).toEqual(times);
    }
  });
});

test('a quiet space leaves the names of people as they are known', async () => {
  await withFolder(async (dir) => {
    await pullInto(dir, true);
    const names = () => readFile(path.join(dir, '.rxsync/names.json'), 'utf8');
    const before = await names();
    await pullInto(dir, false);
    expect(await names()).toBe(before);
    expect(before).toContain('": "');
  });
});

test('what is missing in the mirror comes back, though the wiki has not changed', async () => {
  await withFolder(async (dir) => {
    await pullInto(dir, true);
    const before = await readTree(dir);
    const lost = Object.keys(before).filter((name) => /\.md$|\.attachments\/./.test(name));
    for (const name of [...lost.slice(0, 2), ...lost.slice(-2)]) await rm(path.join(dir, name));
    expect(await pullInto(dir, false)).toMatchObject({ exitCode: 0, totals: { page: { listed: 260 } } });
    expect(await readTree(dir)).toEqual(before);
  });
});

test('edits, new pages, posts, files and comments are found as the whole listing finds them', async () => {
  await withFolder(async (folder) => {
    const dir = path.join(folder, 'mirror');
    await pullInto(dir, true);
    anHourLater();
    const [first, second, third] = current('page').slice(10);
    const [file] = current('attachment');
    wiki.sandbox.wiki.editPage(first?.id ?? '');
    wiki.sandbox.wiki.renamePage(second?.id ?? '', { title: 'Named anew' });
    wiki.sandbox.wiki.createPage('Brand new', { parentId: third?.id ?? '' });
    wiki.sandbox.wiki.createBlogpost('News');
    wiki.sandbox.wiki.replaceAttachment(file?.id ?? '');
    wiki.sandbox.wiki.comment(third?.id ?? '', { body: '<p>well</p>' });
    const quick = await pullInto(dir, false);
    expect(quick).toMatchObject({ exitCode: 0, totals: { page: { listed: 261 }, blogpost: { listed: 6 } } });
    const fresh = path.join(folder, 'fresh');
    await pullInto(fresh, true);
    expect(await readTree(dir)).toEqual(await readTree(fresh));
  });
});

test('comments that the mirror leaves out are left out of a quick delta, too', async () => {
  await withFolder(async (dir) => {
    await pullInto(dir, true, false);
    const before = await readTree(dir);
    anHourLater();
    const [page] = current('page').slice(10);
    wiki.sandbox.wiki.comment(page?.id ?? '', { body: '<p>well</p>' });
    expect(await pullInto(dir, false, false)).toMatchObject({
      exitCode: 0,
      totals: { comments: { listed: 0 } },
    });
    expect(await readTree(dir)).toEqual(before);
  });
});

test('deletions wait for the next whole listing', async () => {
  await withFolder(async (dir) => {
    await pullInto(dir, true);
    anHourLater();
    const leaf = current('page').at(-1);
    wiki.sandbox.wiki.deletePage(leaf?.id ?? '');
    expect((await pullInto(dir, false)).totals.page.deleted).toBe(0);
    expect((await pullInto(dir, true)).totals.page.deleted).toBe(1);
  });
});

test("the time of the last sync is the wiki's own", async () => {
  await withFolder(async (dir) => {
    const stateOf = async (): Promise<unknown> =>
      JSON.parse(await readFile(path.join(dir, '.rxsync/state.json'), 'utf8'));
    const nowOfWiki = (): string => new Date(wiki.sandbox.wiki.now()).toISOString();
    await pullInto(dir, true);
    const first = nowOfWiki();
    expect(await stateOf()).toMatchObject({ lastSync: first, lastFullSync: first });
    anHourLater();
    await pullInto(dir, false);
    expect(await stateOf()).toMatchObject({ lastSync: nowOfWiki(), lastFullSync: first });
  });
});
