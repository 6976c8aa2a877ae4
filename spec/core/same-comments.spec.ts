import { expect, test } from '@jest/globals';
import type { ListedComment } from '../../lib/core/content.js';
import { areSameComments, isOneMadeAnew, isSameComment } from '../../lib/core/same-comments.js';

const comment = (id: string, more: Partial<ListedComment> = {}): ListedComment => ({
  id,
  pageId: '1',
  version: 1,
  resolution: undefined,
  ...more,
});

test.each([
  [{}, true],
  [{ version: 2 }, false],
  [{ resolution: 'resolved' }, false],
  [{ updatedAt: '2026-02-03T04:05:06Z' }, true],
])('a comment with %j is the one that is recorded: %s', (more, is) => {
  expect(isSameComment(comment('7'), comment('7', more))).toBe(is);
});

test.each<[readonly ListedComment[] | undefined, readonly ListedComment[], boolean]>([
  [[comment('7'), comment('8')], [comment('8'), comment('7')], true],
  [[comment('7')], [comment('7'), comment('8')], false],
  [[comment('7'), comment('8')], [comment('7')], false],
  [[comment('7')], [comment('8')], false],
  [[comment('7')], [comment('7', { version: 2 })], false],
  [undefined, [comment('7')], false],
  [undefined, [], true],
])('%j and %j: the same %s', (recorded, listed, are) => {
  expect(areSameComments(recorded, listed)).toBe(are);
});

test('one of another time was made anew, whatever its number; times that nobody tells say nothing', () => {
  const [then, now] = ['2026-02-03T04:05:06Z', '2026-02-04T04:05:06Z'];
  const at = (updatedAt: string | undefined) => [comment('7', { updatedAt })];
  expect([
    isOneMadeAnew(at(then), at(now)),
    isOneMadeAnew(at(then), at(then)),
    isOneMadeAnew(at(undefined), at(now)),
    isOneMadeAnew(undefined, at(now)),
  ]).toEqual([true, false, false, false]);
});
