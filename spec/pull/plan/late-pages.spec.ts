import { expect, test } from '@jest/globals';
import type { ListedPage } from '../../../lib/core/content.js';
import { latePages } from '../../../lib/pull/plan/late-pages.js';
import { listedPage, pageRecord, priorWith } from '../../support/searching.js';

const SYNCED = '2026-02-03T04:05:06.000Z';
const BEFORE = '2026-02-03T04:05:05.000Z';
const AFTER = '2026-02-03T04:05:07.000Z';

const late = (
  pages: readonly Partial<ListedPage>[],
  lastSync: string | null = SYNCED,
  records = [pageRecord(listedPage(1))],
): string[] =>
  [
    ...latePages(
      pages.map((more, i) => ({ ...listedPage(i + 1), ...more })),
      { ...priorWith(records), lastSync },
    ),
  ].sort();

test('late is what is older than the last complete pull, and not in the mirror', () => {
  const pages = [BEFORE, BEFORE, SYNCED, AFTER, undefined].map((createdAt) => ({ createdAt }));
  expect(late(pages)).toEqual(['2', '3', '5']);
});

test('a blog post with the id of a mirrored page is not that page', () => {
  expect(late([{ createdAt: BEFORE, kind: 'blogpost' }])).toEqual(['1']);
});

test('what a record cannot be relied on for is in the mirror all the same', () => {
  const outdated = { ...pageRecord(listedPage(1)), version: 0, fingerprint: '' };
  expect(late([{ createdAt: BEFORE }], SYNCED, [outdated])).toEqual([]);
});

test.each([[null], ['soon']])('before any complete pull (%j) nothing is late', (lastSync) => {
  expect(late([{ createdAt: BEFORE }, { createdAt: BEFORE }], lastSync)).toEqual([]);
});

test('what was late once stays it as long as it is listed', () => {
  const records = [{ ...pageRecord(listedPage(1)), isLate: true } as const, pageRecord(listedPage(2))];
  expect(late([{ createdAt: AFTER }, { createdAt: BEFORE }], SYNCED, records)).toEqual(['1']);
  expect(late([], SYNCED, records)).toEqual([]);
});
