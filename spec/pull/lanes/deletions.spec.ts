import path from 'node:path';
import { describe, expect, test } from '@jest/globals';
import fs from 'fs-extra';
import { Subject, from, lastValueFrom, take, toArray } from 'rxjs';
import { type ItemRecord, recordKey } from '../../../lib/core/records.js';
import { deletions$ } from '../../../lib/pull/lanes/deletions.js';
import { pagesLane$ } from '../../../lib/pull/lanes/pages-lane.js';
import { eventsOf } from '../../../lib/pull/run/step.js';
import type { Store } from '../../../lib/store/store.js';
import { attachment, fakeWiki, pages } from '../../support/fake-wiki.js';
import { listedPage } from '../../support/searching.js';
import { filesIn, useLanes } from '../../support/pulling.js';
import { recordedKeys } from '../../support/recorded-keys.js';

const open = useLanes();

const keyOf = ({ kind, id }: ItemRecord): string => recordKey(kind, id);

/** A mirror of `count` pages, and the deletion of the first `leaving`. */
const deleting = async (count: number, leaving: number, stop$ = new Subject<string>()) => {
  const planning = await open(fakeWiki({ pages: pages(count) }), {}, stop$);
  const { run, plan } = planning;
  await lastValueFrom(pagesLane$(run, plan.pages.fetch));
  const gone = await lastValueFrom(from(run.store.records.all()).pipe(take(leaving), toArray()));
  return { ...planning, done: () => lastValueFrom(deletions$(run, gone.map(keyOf)).pipe(toArray())), gone };
};

test('removes files and records, and tells which pages', async () => {
  const { done, run, gone } = await deleting(3, 1);
  expect(await done()).toEqual([
    {
      type: 'outcome',
      kind: 'page',
      result: 'deleted',
      event: { type: 'page.deleted', id: gone[0]?.id, path: gone[0]?.files[0]?.path },
    },
  ]);
  expect(await recordedKeys(run.store.records)).toHaveLength(2);
  expect(Object.keys(await filesIn(run.options.dir))).toHaveLength(2);
});

test('a stop ends the deletions after the one in progress', async () => {
  const stop$ = new Subject<string>();
  const { run, gone } = await deleting(5, 5, stop$);
  const steps = lastValueFrom(deletions$(run, gone.map(keyOf)).pipe(toArray()), { defaultValue: [] });
  stop$.next('SIGINT');
  expect(await steps).toHaveLength(1);
  expect(await recordedKeys(run.store.records)).toHaveLength(4);
});

/** Writes an item with files of these names, as a lane does. */
const write = async (store: Store, record: ItemRecord, names: readonly string[]): Promise<string> => {
  const files = [];
  for (const name of names)
    files.push(await store.publish(keyOf(record), name, await store.draft(name, `text of ${name}`)));
  if (record.directory !== undefined) await store.makeDirectory(keyOf(record), record.directory);
  await store.put({ ...record, files });
  return keyOf(record);
};

const item = (kind: ItemRecord['kind'], id: string, more: Partial<ItemRecord> = {}): ItemRecord => ({
  kind,
  id,
  version: 1,
  fingerprint: '',
  files: [],
  ...more,
});

describe('what leaves is told by its kind, with where it was', () => {
  test.each<[ItemRecord, readonly string[], readonly object[]]>([
    [
      item('blogpost', '5'),
      ['blog/a.xhtml', 'blog/a.meta.json'],
      [
        { type: 'page.deleted', id: '5', path: 'blog/a.xhtml' },
        { type: 'meta.deleted', id: '5', path: 'blog/a.meta.json' },
      ],
    ],
    [
      item('attachment', 'att7', { attachment: attachment(7, 2) }),
      ['a.attachments/x.bin'],
      [{ type: 'attachment.deleted', pageId: '2', id: 'att7', path: 'a.attachments/x.bin' }],
    ],
    [
      item('attachment', 'att8'),
      ['a.attachments/y.bin'],
      [{ type: 'attachment.deleted', pageId: '', id: 'att8', path: 'a.attachments/y.bin' }],
    ],
    [
      item('comments', '2'),
      ['a.comments.md'],
      [{ type: 'comments.deleted', pageId: '2', path: 'a.comments.md' }],
    ],
    [item('folder', '9', { directory: 'guides' }), [], [{ type: 'folder.deleted', id: '9', path: 'guides' }]],
    [item('attachment', 'att9'), [], []],
    [item('page', '6'), [], []],
  ])('%j', async (record, names, events) => {
    const { run } = await open(fakeWiki({ pages: pages(1) }));
    const key = await write(run.store, record, names);
    const steps = await lastValueFrom(deletions$(run, [key, 'page:none']).pipe(toArray()));
    expect(steps).toHaveLength(1);
    expect(steps).toMatchObject([{ type: 'outcome', kind: record.kind, result: 'deleted' }]);
    expect(steps.flatMap(eventsOf)).toEqual(events);
    expect([run.store.records.has(key), await filesIn(run.options.dir)]).toEqual([false, {}]);
    expect(await fs.pathExists(path.join(run.options.dir, 'guides'))).toBe(false);
  });
});

describe('what does not let itself be removed has failed, and counts as listed: it is there', () => {
  test.each<[ItemRecord, string]>([
    [item('page', '5', { page: listedPage(5) }), 'Page 5'],
    [item('attachment', 'att7', { attachment: attachment(7, 2) }), 'file-7.bin'],
    [item('comments', '2'), 'docs/a.md'],
  ])('%j', async (record, title) => {
    const { run } = await open(fakeWiki({ pages: pages(1) }));
    const key = await write(run.store, record, ['docs/a.md']);
    const { dir } = run.options;
    await fs.move(path.join(dir, 'docs'), path.join(dir, 'elsewhere'));
    await fs.symlink('elsewhere', path.join(dir, 'docs'));
    const steps = await lastValueFrom(deletions$(run, [key]).pipe(toArray()));
    expect(steps).toMatchObject([
      { type: 'listed', kind: record.kind, count: 1 },
      {
        type: 'outcome',
        kind: record.kind,
        result: 'failed',
        failed: { kind: record.kind, id: record.id, title, code: 'symbolic-link', path: 'docs' },
      },
    ]);
    expect(run.store.records.has(key)).toBe(true);
    expect(await filesIn(dir)).toMatchObject({ 'elsewhere/a.md': 'text of docs/a.md' });
  });
});
