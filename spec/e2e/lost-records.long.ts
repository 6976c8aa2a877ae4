import { appendFile, cp, mkdtemp, readFile, rename, rm, symlink, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { pull } from '../../lib/pull/pull-promise.js';
import { type E2eWiki, readTree, startWiki } from '../support/e2e.js';
import { treeDifference } from '../support/tree-difference.js';

let wiki: E2eWiki;
let base: string;
let dir: string;

const pullInto = async (target: string) => {
  const warnings: string[] = [];
  const result = await pull(
    {
      url: wiki.sandbox.url,
      credentials: wiki.sandbox.credentials,
      space: 'LARGE',
      dir: target,
      comments: true,
      maxDelete: '100%',
    },
    {
      onEvent: (event) => {
        if (event.type === 'warning') warnings.push(event.code);
      },
    },
  );
  return { ...result, warnings };
};

beforeEach(async () => {
  wiki = await startWiki({ pages: 40, attachments: 12, comments: 20, bodyKb: 1 });
  base = await mkdtemp(path.join(os.tmpdir(), 'rxsync-'));
  dir = path.join(base, 'mirror');
  await pullInto(dir);
});

afterEach(async () => {
  await rm(base, { recursive: true, force: true });
  await wiki.close();
});

const pages = () => wiki.sandbox.wiki.list('page', 'LARGE').slice(1);
const hasFiles = (pageId: string): boolean =>
  wiki.sandbox.wiki
    .list('attachment', 'LARGE')
    .some((each) => 'containerId' in each && each.containerId === pageId);

/** A page goes, another one gets another name, which others link to. */
const changeWiki = (): void => {
  const [gone, renamed] = pages().filter(({ id }) => !hasFiles(id));
  wiki.sandbox.wiki.renamePage(renamed?.id ?? '', { title: 'Another title' });
  wiki.sandbox.wiki.deletePage(gone?.id ?? '');
};

/** The file of a page. */
const fileOf = async (pageId = ''): Promise<string> => {
  for (const name of Object.keys(await readTree(dir)).filter((each) => each.endsWith('.md')))
    if ((await readFile(path.join(dir, name), 'utf8')).startsWith(`---\nid: "${pageId}"`)) return name;
  throw new Error(`There is no file of page ${pageId}.`);
};

/** Files that do not say whose they are, once nobody else says it: they stay, as `verify` tells. */
const isOfAttachments = (difference: string): boolean => /\.attachments\/|\/$/.test(difference);

const STATE = '.rxsync/state.json';
const editState = async (edit: (text: string) => string): Promise<void> => {
  const file = path.join(dir, STATE);
  await writeFile(file, edit(await readFile(file, 'utf8')));
};

const flipId = (text: string): string =>
  text.replace(
    /("records": \{\s*"id": ")(.)/,
    (_, start: string, first: string) => start + String.fromCharCode(first.charCodeAt(0) ^ 1),
  );

test.each<[string, () => Promise<void>, (difference: string) => boolean]>([
  ['one bit of the id in the state is another', () => editState(flipId), () => false],
  ['all records are gone', () => rm(path.join(dir, '.rxsync/store-1'), { recursive: true }), isOfAttachments],
  [
    'one of the two databases is gone',
    () => rm(path.join(dir, '.rxsync/store-1/records'), { recursive: true }),
    () => false,
  ],
])(
  '%s: the next pull of a changed wiki is exact, and takes nothing for a change of the user',
  async (_, damage, isLeft) => {
    await damage();
    changeWiki();
    const { exitCode, warnings } = await pullInto(dir);
    await pullInto(path.join(base, 'fresh'));
    const wrong = treeDifference(await readTree(dir), await readTree(path.join(base, 'fresh')));
    const lost = wrong.filter((each) => !isLeft(each));
    expect({ exitCode, lost, kept: warnings.includes('kept-local') }).toEqual({
      exitCode: 0,
      lost: [],
      kept: false,
    });
  },
);

test('what was edited before the records were lost is kept, also in a copy that has other times', async () => {
  const name = await fileOf(pages()[0]?.id);
  await appendFile(path.join(dir, name), '\nMine.\n');
  const copy = path.join(base, 'copy');
  await cp(dir, copy, { recursive: true });
  await rm(path.join(copy, '.rxsync/store-1'), { recursive: true });
  const { warnings } = await pullInto(copy);
  expect(warnings).toContain('kept-local');
  expect(await readFile(path.join(copy, `${name}.local-1`), 'utf8')).toContain('Mine.');
});

test('what is behind a link stays when its page is deleted in the wiki: its items fail, now and later', async () => {
  const owner = pages().find(({ id }) => hasFiles(id));
  const page = await fileOf(owner?.id);
  const folder = path.join(dir, page.replace(/\.md$/, '.attachments'));
  const outside = path.join(base, 'outside');
  await rename(folder, outside);
  await symlink(outside, folder);
  const before = await readTree(outside);
  wiki.sandbox.wiki.deletePage(owner?.id ?? '');
  for (let run = 0; run < 2; run += 1) {
    const { exitCode, failedItems } = await pullInto(dir);
    expect({ exitCode, codes: [...new Set(failedItems.map(({ code }) => code))] }).toEqual({
      exitCode: 3,
      codes: ['symbolic-link'],
    });
  }
  expect(await readTree(outside)).toEqual(before);
});
