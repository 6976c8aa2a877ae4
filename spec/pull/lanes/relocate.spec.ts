import path from 'node:path';
import { expect, test } from '@jest/globals';
import fs from 'fs-extra';
import type { CommentWithBody } from '../../../lib/core/content.js';
import type { RxsyncEvent } from '../../../lib/events/events.js';
import { pull$ } from '../../../lib/pull/pull.js';
import { attachment, comment, type FakeContent, fakeWiki, page } from '../../support/fake-wiki.js';
import { depsFor, eventsOf, optionsFor, useTemporaryFolder } from '../../support/pulling.js';

const folder = useTemporaryFolder();

const LINK = `<p><ac:link><ri:page ri:content-title="Left" /></ac:link></p>`;

/** A parent with a child that has a file and comments, and a page whose comments lead to the child. */
const contentWith = (
  parent: string,
  version: number,
  resolution?: CommentWithBody['resolution'],
): FakeContent => ({
  pages: [
    page(1, { body: '<p>Home.</p>' }),
    page(2, { title: parent, version }),
    page(3, { title: 'Left', parentId: '2' }),
    page(4, { title: 'Other' }),
  ],
  attachments: [attachment(7, 3)],
  comments: [comment(70, 3, { resolution }), comment(71, 4, { body: LINK }), comment(72, 4)],
});

const pull = async (content: FakeContent, dir: string) => {
  const wiki = fakeWiki(content);
  const events = await eventsOf(pull$(optionsFor(dir, { comments: true }), depsFor(wiki)));
  const fetched = wiki.requests.filter((request) => /^(fetch|download)/.test(request));
  return { events, fetched };
};

/** What is told of attachments and comments. */
const told = (events: readonly RxsyncEvent[]): readonly RxsyncEvent[] =>
  events.filter(({ type }) => /^(attachment|comments)\./.test(type));

const sizeOf = async (dir: string, name: string): Promise<number> =>
  (await fs.stat(path.join(dir, name))).size;

/** A mirror whose parent then gets another title. */
const renamed = async (resolution?: CommentWithBody['resolution']) => {
  const dir = await folder();
  await pull(contentWith('Guide', 1), dir);
  return { dir, ...(await pull(contentWith('Handbook', 2, resolution), dir)) };
};

test('what only moves is told as that, with its bytes; what only leads elsewhere, as relinked', async () => {
  const { dir, events, fetched } = await renamed();
  expect(fetched).toEqual(['fetchPages 2']);
  expect(told(events)).toMatchObject([
    { type: 'attachment.moved' },
    { type: 'comments.moved' },
    { type: 'comments.written' },
  ]);
  expect(told(events)).toEqual(
    expect.arrayContaining([
      expect.objectContaining({
        type: 'attachment.moved',
        pageId: '3',
        id: 'att7',
        from: 'guide/left.attachments/file-7.bin',
        to: 'handbook/left.attachments/file-7.bin',
        bytes: await sizeOf(dir, 'handbook/left.attachments/file-7.bin'),
      }),
      expect.objectContaining({
        type: 'comments.moved',
        pageId: '3',
        from: 'guide/left.comments.md',
        to: 'handbook/left.comments.md',
        bytes: await sizeOf(dir, 'handbook/left.comments.md'),
      }),
      expect.objectContaining({
        type: 'comments.written',
        pageId: '4',
        path: 'other.comments.md',
        bytes: await sizeOf(dir, 'other.comments.md'),
        count: 2,
        change: 'relinked',
      }),
    ]),
  );
  expect(events.at(-1)).toMatchObject({
    type: 'run.finished',
    exitCode: 0,
    totals: {
      page: { listed: 4, written: 1, moved: 1, unchanged: 2 },
      attachment: { listed: 1, moved: 1 },
      comments: { listed: 2, moved: 1, written: 1 },
    },
  });
});

test('comments that have changed and moved are fetched, told to have moved, then to be written', async () => {
  const { dir, events, fetched } = await renamed('resolved');
  expect(fetched.sort()).toEqual(['fetchComments 3', 'fetchPages 2']);
  const of3 = told(events).filter((event) => 'pageId' in event && event.pageId === '3' && !('id' in event));
  const bytes = await sizeOf(dir, 'handbook/left.comments.md');
  expect(of3).toMatchObject([
    { type: 'comments.moved', from: 'guide/left.comments.md', to: 'handbook/left.comments.md', bytes },
    { type: 'comments.written', path: 'handbook/left.comments.md', bytes, count: 1, change: 'edited' },
  ]);
  expect(await fs.pathExists(path.join(dir, 'guide'))).toBe(false);
});

test('what stands where others are to go, and may not be touched, fails what was to go there', async () => {
  const [dir, elsewhere] = [await folder(), await folder()];
  await pull(contentWith('Guide', 1), dir);
  await fs.symlink(elsewhere, path.join(dir, 'handbook'));
  const { events } = await pull(contentWith('Handbook', 2), dir);
  const failed = events.flatMap((event) =>
    event.type === 'item.failed' ? [`${event.kind} ${event.id} "${event.title}" ${event.code}`] : [],
  );
  expect(failed.sort()).toEqual([
    'attachment att7 "file-7.bin" symbolic-link',
    'comments 3 "Left" symbolic-link',
    'page 3 "Left" symbolic-link',
  ]);
  expect(events.at(-1)).toMatchObject({ exitCode: 3, totals: { page: { failed: 1 } } });
  expect(await fs.readdir(elsewhere)).toEqual([]);
});
