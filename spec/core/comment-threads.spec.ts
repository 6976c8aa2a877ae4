import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { CommentThread } from '../../lib/convert/index.js';
import { commentThreads } from '../../lib/core/comment-threads.js';
import type { CommentWithBody } from '../../lib/core/content.js';

const comment = (id: string, more: Partial<CommentWithBody> = {}): CommentWithBody => ({
  id,
  version: 1,
  pageId: '1',
  parentId: undefined,
  location: 'footer',
  resolution: undefined,
  selection: undefined,
  authorId: 'u1',
  createdAt: `2026-01-01T00:00:${id.padStart(2, '0')}Z`,
  body: `<p>${id}</p>`,
  ...more,
});

const outline = (threads: readonly CommentThread[]): unknown[] =>
  threads.map(({ id, replies }) => (replies.length === 0 ? id : [id, outline(replies)]));
const threadsOf = (comments: readonly CommentWithBody[]) =>
  outline(commentThreads(comments, (account) => account ?? ''));
const idsOf = (threads: readonly CommentThread[]): string[] =>
  threads.flatMap(({ id, replies }) => [id, ...idsOf(replies)]);
const depthOf = (threads: readonly CommentThread[]): number =>
  threads.length === 0 ? 0 : 1 + Math.max(...threads.map(({ replies }) => depthOf(replies)));

test('threads and replies, oldest first', () => {
  const comments = [
    comment('4', { parentId: '1' }),
    comment('3'),
    comment('2', { parentId: '1' }),
    comment('5', { parentId: '2' }),
    comment('1'),
  ];
  expect(threadsOf(comments)).toEqual([['1', [['2', ['5']], '4']], '3']);
});

test('comments of one moment stand by id', () => {
  const createdAt = '2026-01-01T00:00:00Z';
  expect(threadsOf([comment('10', { createdAt }), comment('9', { createdAt })])).toEqual(['9', '10']);
});

test('what the Markdown shows of a comment', () => {
  const inline = comment('1', { location: 'inline', resolution: 'resolved', selection: 'words' });
  expect(commentThreads([inline], (account) => `name of ${account}`)).toEqual([
    {
      id: '1',
      author: 'name of u1',
      createdAt: '2026-01-01T00:00:01Z',
      location: 'inline',
      resolution: 'resolved',
      selection: 'words',
      storage: '<p>1</p>',
      replies: [],
    },
  ]);
});

test('a reply whose parent is not there begins a thread', () => {
  expect(threadsOf([comment('2', { parentId: '99' })])).toEqual(['2']);
});

test('comments that answer each other in a circle are kept', () => {
  const comments = [
    comment('1', { parentId: '1' }),
    comment('2', { parentId: '3' }),
    comment('3', { parentId: '2' }),
    comment('4', { parentId: '3' }),
  ];
  expect(threadsOf(comments)).toEqual(['1', '2', ['3', ['4']]]);
});

test('a chain of thousands of replies is laid flat below a depth, in order', () => {
  const chain = Array.from({ length: 5000 }, (_, i) =>
    comment(`${i + 1}`, { parentId: i === 0 ? undefined : `${i}` }),
  );
  const threads = commentThreads(chain, () => '');
  expect(idsOf(threads)).toEqual(chain.map(({ id }) => id));
  expect(depthOf(threads)).toBeLessThan(30);
});

test('no comment is lost or doubled, whoever answers whom', () => {
  fc.assert(
    fc.property(fc.array(fc.option(fc.nat(40)), { maxLength: 40 }), (parents) => {
      const comments = parents.map((parent, i) =>
        comment(`${i}`, { parentId: parent === null ? undefined : `${parent}` }),
      );
      const ids = idsOf(commentThreads(comments, () => ''));
      expect(ids.sort()).toEqual(comments.map(({ id }) => id).sort());
    }),
  );
});
