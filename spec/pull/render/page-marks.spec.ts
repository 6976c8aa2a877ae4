import { expect, test } from '@jest/globals';
import type { Format, ListedComment } from '../../../lib/core/content.js';
import { createLinkIndex } from '../../../lib/core/link-index.js';
import { encodeDependency } from '../../../lib/core/link-state.js';
import { pagePaths } from '../../../lib/core/page-paths.js';
import { pageMarks } from '../../../lib/pull/render/page-marks.js';
import { inventory, page } from '../../core/support/space.js';

const REFERENCES = [{ kind: 'page', title: 'B' } as const, { kind: 'user', accountId: 'u1' } as const].map(
  encodeDependency,
);

const comment = (id: string): ListedComment => ({ id, pageId: '1', version: 1, resolution: undefined });

const marksOf = (format: Format, { parentId = '', comments = ['c1'] } = {}) => {
  const pages = [page('1', 'A'), page('2', 'B', parentId === '' ? {} : { parentId })];
  const space = inventory({ pages, comments: comments.map(comment) });
  const paths = pagePaths(space);
  const links = createLinkIndex({
    inventory: space,
    paths,
    attachmentsOn: () => [],
    leavesFilesOut: false,
    bodyPath: (base) => `${base}.md`,
  });
  const marks = pageMarks({
    options: { format, flavor: 'github' },
    inventory: space,
    paths,
    authorOf: () => 'Ann',
    known: { links, nameOf: () => 'Ann' },
  });
  return { ...marks, both: marks.pageMarks(page('1', 'A'), REFERENCES) };
};

test.each<Format>(['markdown', 'storage', 'adf'])('%s: both at once are what each is alone', (format) => {
  const { both, pageFingerprint, pageShape } = marksOf(format);
  expect(both).toEqual({
    fingerprint: pageFingerprint(page('1', 'A'), REFERENCES),
    shape: pageShape(page('1', 'A'), REFERENCES),
  });
});

test('a target that has moved changes what Markdown says, and no other format', () => {
  const moved = (format: Format) => [marksOf(format).both, marksOf(format, { parentId: '1' }).both] as const;
  const [before, after] = moved('markdown');
  expect(after.fingerprint).not.toBe(before.fingerprint);
  expect(after.shape).toBe(before.shape);
  const [left, right] = moved('storage');
  expect(right).toEqual(left);
});

test('comments within the text are in the formats of the wiki only', () => {
  const commented = (format: Format) =>
    [marksOf(format).both, marksOf(format, { comments: ['c1', 'c2'] }).both] as const;
  const [one, two] = commented('adf');
  expect(two.fingerprint).not.toBe(one.fingerprint);
  expect(two.shape).not.toBe(one.shape);
  const [left, right] = commented('markdown');
  expect(right).toEqual(left);
});
