import { expect, test } from '@jest/globals';
import { of } from 'rxjs';
import type { SearchedFolder } from '../../../lib/confluence/wire/search.js';
import type { WikiClient } from '../../../lib/confluence/wiki-client.js';
import { pull$ } from '../../../lib/pull/pull.js';
import type { PullOptions } from '../../../lib/pull/pull-options.js';
import { attachment, comment, type FakeContent, fakeWiki, page, pages } from '../../support/fake-wiki.js';
import { depsFor, eventsOf, filesIn, optionsFor, useTemporaryFolder } from '../../support/pulling.js';

const folder = useTemporaryFolder();

const FILES = [attachment(7, 2), attachment(8, 2), attachment(9, 3)];
const COMMENTS = [comment(70, 2), comment(71, 2), comment(72, 3)];
const FOLDERS: readonly SearchedFolder[] = [
  { id: '500', type: 'folder', title: 'Empty', parentId: '1', parentType: 'page', isPlaced: true },
];
const WIKI: FakeContent = { pages: pages(3), attachments: FILES, comments: COMMENTS, folders: FOLDERS };
const OPTIONS: Partial<PullOptions> = { comments: true, labels: true };

/** Pulls all, then once more from a wiki that answers otherwise; what the mirror held after each, and the last event. */
const pullTwice = async (changes: Partial<WikiClient>, content = WIKI, options = OPTIONS) => {
  const dir = await folder();
  await eventsOf(pull$(optionsFor(dir, options), depsFor(fakeWiki(WIKI))));
  const before = await filesIn(dir);
  const wiki = fakeWiki(content);
  const events = await eventsOf(
    pull$(optionsFor(dir, options), depsFor({ ...wiki, client: { ...wiki.client, ...changes } })),
  );
  const end = events.at(-1);
  const totals = end?.type === 'run.finished' ? end.totals : undefined;
  return { before, after: await filesIn(dir), totals, events };
};

test('attachments that only the database has stay, and are asked for page by page', async () => {
  const asked: string[] = [];
  const { before, after, totals } = await pullTwice(
    {
      attachmentsOf$: (_kind, pageId) => {
        asked.push(pageId);
        return of(FILES.filter((file) => file.pageId === pageId));
      },
    },
    { ...WIKI, attachments: FILES.slice(2) },
  );
  expect(asked).toEqual(['2']);
  expect(after).toEqual(before);
  expect(totals?.attachment).toMatchObject({ listed: 3, unchanged: 3, deleted: 0 });
});

test('an attachment that the database has at a newer version is fetched at that version', async () => {
  const newer = attachment(7, 2, { version: 2 });
  const { after, totals } = await pullTwice(
    { attachmentsOf$: () => of([newer]) },
    { ...WIKI, attachments: FILES.slice(2) },
  );
  expect(totals?.attachment).toMatchObject({ written: 1, deleted: 1 });
  expect(after['page-2.attachments/file-7.bin']).toBe('bytes of att7, version 2');
});

test('the comments of a page stay as they are while the index lacks one that is there', async () => {
  const { before, after, totals } = await pullTwice(
    { hasComment$: (id) => of(id === '70') },
    { ...WIKI, comments: COMMENTS.slice(1) },
  );
  expect(after).toEqual(before);
  expect(totals?.comments).toMatchObject({ listed: 2, unchanged: 2, deleted: 0 });
});

test('an empty folder that only the database has stays', async () => {
  const { totals } = await pullTwice({ hasFolder$: () => of(true) }, { ...WIKI, folders: [] });
  expect(totals?.folder).toMatchObject({ listed: 1, unchanged: 1, deleted: 0 });
});

test('what the database does not have either goes', async () => {
  const { after, totals } = await pullTwice(
    {},
    { ...WIKI, attachments: FILES.slice(2), comments: COMMENTS.slice(2), folders: [] },
  );
  expect(totals).toMatchObject({
    attachment: { listed: 1, deleted: 2 },
    comments: { listed: 1, deleted: 1 },
    folder: { listed: 0, deleted: 1 },
  });
  expect(Object.keys(after)).not.toContain('page-2.comments.md');
});

test('labels of a page that the index does not know stay as they were', async () => {
  const labels = [{ kind: 'page', id: '2', labels: ['red'], hasMore: false }] as const;
  const dir = await folder();
  for (const known of [labels, []])
    await eventsOf(pull$(optionsFor(dir, OPTIONS), depsFor(fakeWiki({ pages: pages(2), labels: known }))));
  expect((await filesIn(dir))['page-2.md']).toContain('red');
});

const NARROW: Partial<PullOptions> = { ...OPTIONS, label: 'red' };

test('a page that the database has and the index does not know at all does not leave a part of a space', async () => {
  const { before, after, events } = await pullTwice(
    { searchPages$: () => of({ items: [] }), currentPages$: (_kind, ids) => of(new Set(ids)) },
    WIKI,
    NARROW,
  );
  expect(after).toEqual(before);
  expect(events).not.toContainEqual(expect.objectContaining({ code: 'left-scope' }));
});

test('a mirror that is narrowed keeps no folders of the whole space, and asks for none', async () => {
  const dir = await folder();
  await eventsOf(pull$(optionsFor(dir, OPTIONS), depsFor(fakeWiki(WIKI))));
  const wiki = fakeWiki(WIKI);
  const asked: string[] = [];
  const hasFolder$ = (_type: string, id: string) => {
    asked.push(id);
    return of(true);
  };
  const deps = depsFor({ ...wiki, client: { ...wiki.client, hasFolder$ } });
  const end = (await eventsOf(pull$(optionsFor(dir, NARROW), deps))).at(-1);
  expect(asked).toEqual([]);
  expect(end).toMatchObject({ type: 'run.finished', totals: { folder: { deleted: 1 } } });
});

test('a page that the index knows otherwise has left the scope: it goes, and that is told', async () => {
  const found = page(2);
  const listed = { ...found, parentType: 'page' };
  const { after, events } = await pullTwice(
    {
      searchPages$: (cql) =>
        of({ items: cql.startsWith('id in (') ? [{ page: listed, ancestors: [] }] : [] }),
      currentPages$: (_kind, ids) => of(new Set(ids.filter((id) => id === '2'))),
    },
    WIKI,
    NARROW,
  );
  expect(after).toEqual({});
  expect(events).toContainEqual(
    expect.objectContaining({
      type: 'warning',
      code: 'left-scope',
      message: expect.stringContaining('"Page 2"'),
    }),
  );
});
