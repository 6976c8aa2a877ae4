import path from 'node:path';
import { describe, expect, test } from '@jest/globals';
import fs from 'fs-extra';
import { lastValueFrom, toArray } from 'rxjs';
import type { PlannedComments, PlannedPage } from '../../../lib/core/pull-plan.js';
import { commentsLane$ } from '../../../lib/pull/lanes/comments-lane.js';
import { pagesLane$ } from '../../../lib/pull/lanes/pages-lane.js';
import {
  isComments,
  isPage,
  type PlannedText,
  relocateText$,
} from '../../../lib/pull/lanes/relocate-text.js';
import type { PullOptions } from '../../../lib/pull/run/pull-options.js';
import { comment, fakeWiki, page } from '../../support/fake-wiki.js';
import { filesIn, useLanes } from '../../support/pulling.js';

const open = useLanes();

/** A mirror of two pages, one of them with two comments. */
const mirrored = async (options: Partial<PullOptions> = {}) => {
  const content = { pages: [page(1), page(2)], comments: [comment(70, 2), comment(71, 2)] };
  const { run, plan } = await open(fakeWiki(content), { comments: true, ...options });
  await lastValueFrom(pagesLane$(run, plan.pages.fetch).pipe(toArray()));
  await lastValueFrom(commentsLane$(run, plan.comments.fetch).pipe(toArray()));
  const of2 = <T extends PlannedText>(planned: readonly T[]): T => {
    const found = planned.find((each) => each.page.id === '2');
    if (found === undefined) throw new Error('Page 2 is not planned.');
    return found;
  };
  return {
    run,
    page2: of2<PlannedPage>(plan.pages.fetch),
    comments2: of2<PlannedComments>(plan.comments.fetch),
  };
};

type Mirrored = Awaited<ReturnType<typeof mirrored>>;

const relocate = ({ run }: Mirrored, ...planned: readonly PlannedText[]) =>
  lastValueFrom(relocateText$(run, planned).pipe(toArray()));

const MOVED_TO = { base: 'guide/second' };

test('what is planned is a page, or the comments of one', async () => {
  const { page2, comments2 } = await mirrored();
  expect([page2, comments2].map((each) => [isPage(each), isComments(each)])).toEqual([
    [true, false],
    [false, true],
  ]);
});

test('a page and its comments go to their place, told and recorded', async () => {
  const mirror = await mirrored();
  const before = await filesIn(mirror.run.options.dir);
  const steps = await relocate(
    mirror,
    { ...mirror.page2, ...MOVED_TO },
    { ...mirror.comments2, ...MOVED_TO },
  );
  expect(steps).toMatchObject([
    {
      kind: 'page',
      result: 'moved',
      event: { type: 'page.moved', id: '2', from: 'page-2.md', to: 'guide/second.md' },
    },
    {
      kind: 'comments',
      result: 'moved',
      event: {
        type: 'comments.moved',
        pageId: '2',
        from: 'page-2.comments.md',
        to: 'guide/second.comments.md',
      },
    },
    { type: 'missed', items: [] },
  ]);
  expect(await filesIn(mirror.run.options.dir)).toEqual({
    'index.md': before['index.md'],
    'guide/second.md': before['page-2.md'],
    'guide/second.comments.md': before['page-2.comments.md'],
  });
  const { records } = mirror.run.store;
  expect(records.get('page:2')?.files).toMatchObject([{ path: 'guide/second.md' }]);
  expect(records.get('comments:2')?.files).toMatchObject([{ path: 'guide/second.comments.md' }]);
});

test('what is in its place already is written there, as relinked', async () => {
  const mirror = await mirrored();
  const before = await filesIn(mirror.run.options.dir);
  const steps = await relocate(mirror, mirror.page2, mirror.comments2);
  expect(steps).toMatchObject([
    { kind: 'page', result: 'written', event: { type: 'page.written', id: '2', change: 'relinked' } },
    {
      kind: 'comments',
      result: 'written',
      event: { type: 'comments.written', pageId: '2', count: 2, change: 'relinked' },
    },
    { type: 'missed', items: [] },
  ]);
  expect(await filesIn(mirror.run.options.dir)).toEqual(before);
});

test('the comments say of which page, by the title that it has now, and still how many they are', async () => {
  const mirror = await mirrored();
  const { comments2 } = mirror;
  await relocate(mirror, { ...comments2, page: { ...comments2.page, title: 'Renamed' } });
  const text = (await filesIn(mirror.run.options.dir))['page-2.comments.md'];
  expect(text).toMatch(/^---\npage: "2"\ntitle: Renamed\n[^]*\ncomments: 2\n---\n/);
  expect(text).toContain('Comment 70.');
});

test('with the file of meta data beside a page, both go', async () => {
  const mirror = await mirrored({ format: 'storage' });
  await relocate(mirror, { ...mirror.page2, ...MOVED_TO });
  expect(
    Object.keys(await filesIn(mirror.run.options.dir)).filter((name) => name.startsWith('guide')),
  ).toEqual(['guide/second.meta.json', 'guide/second.xhtml']);
});

describe('what is not there as it was written is missed, and left alone', () => {
  const both = ({ page2, comments2 }: Mirrored): readonly PlannedText[] => [
    { ...page2, ...MOVED_TO },
    { ...comments2, ...MOVED_TO },
  ];

  test('as it is gone', async () => {
    const mirror = await mirrored();
    const { dir } = mirror.run.options;
    for (const name of ['page-2.md', 'page-2.comments.md']) await fs.remove(path.join(dir, name));
    expect(await relocate(mirror, ...both(mirror))).toEqual([{ type: 'missed', items: both(mirror) }]);
    expect(Object.keys(await filesIn(dir))).toEqual(['index.md']);
  });

  test('as it was changed here', async () => {
    const mirror = await mirrored();
    const { dir } = mirror.run.options;
    for (const name of ['page-2.md', 'page-2.comments.md']) await fs.writeFile(path.join(dir, name), 'Mine.');
    expect(await relocate(mirror, ...both(mirror))).toEqual([{ type: 'missed', items: both(mirror) }]);
    expect(await filesIn(dir)).toMatchObject({ 'page-2.md': 'Mine.', 'page-2.comments.md': 'Mine.' });
  });

  test('as the mirror does not have it', async () => {
    const { run, page2, comments2 } = await mirrored();
    const other = { ...page2.page, id: '9' };
    const strangers = [
      { ...page2, page: other },
      { ...comments2, page: other },
    ];
    expect(await lastValueFrom(relocateText$(run, strangers).pipe(toArray()))).toEqual([
      { type: 'missed', items: strangers },
    ]);
  });
});
