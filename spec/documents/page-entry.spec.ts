import { expect, test } from '@jest/globals';
import { entryOf, noEntry, postponed, withoutGone } from '../../lib/documents/page-entry.js';
import { type PageFacts, pageDocuments } from '../../lib/documents/page-documents.js';

const FACTS: PageFacts = {
  kind: 'page',
  page: '7',
  title: 'Plan',
  url: 'https://wiki.example/wiki/7',
  path: 'plan.md',
  space: 'DOCS',
  version: 1,
  updated: '2026-01-01T00:00:00.000Z',
  created: '2026-01-01T00:00:00.000Z',
  author: 'Ada',
  ancestors: [],
};

const HOME = { site: 'https://wiki.example', spaceId: '5' };

const made = (texts: readonly string[], facts: Partial<PageFacts> = {}) =>
  pageDocuments(
    HOME,
    { ...FACTS, ...facts },
    texts.map((text) => ({ headings: ['A'], text })),
  );

const first = entryOf(noEntry('page:7'), { source: 'a', documents: made(['one', 'two']), run: 1 });
const [one, two] = first.sent.map(([id]) => id);

test('an id outlasts what is written before it, a new title, and a move', () => {
  const moved = made(['zero', 'two', 'one'], { title: 'New', path: 'new/plan.md', version: 2 });
  expect(moved.map(({ document }) => document.id).slice(1)).toEqual([two, one]);
});

test('the same text twice has two ids, of which one stays when the other goes', () => {
  const ids = (texts: readonly string[]) => made(texts).map(({ document }) => document.id);
  expect(ids(['one', 'one'])).toEqual([one, `${one ?? ''}-2`]);
  expect(ids(['zero', 'one'])[1]).toBe(one);
});

test.each([{ site: 'https://other.example' }, { spaceId: '6' }])(
  'two wikis, or two spaces, have no id in common (%j)',
  (elsewhere) => {
    const other = pageDocuments({ ...HOME, ...elsewhere }, FACTS, [{ headings: ['A'], text: 'one' }]);
    expect(other[0]?.document.id).not.toBe(one);
  },
);

test('a part that stays keeps its run and its version, one that is new has those of now, one that leaves is gone', () => {
  const later = entryOf(first, { source: 'b', documents: made(['two', 'three'], { version: 2 }), run: 4 });
  expect(later.sent.map(([id, , run, version]) => [id === two, run, version])).toEqual([
    [true, 1, 1],
    [false, 4, 2],
  ]);
  expect(later.gone).toEqual([[one, 4]]);
});

test('a part whose facts are others is told again, with its id', () => {
  const later = entryOf(first, { source: 'b', documents: made(['one', 'two'], { labels: ['x'] }), run: 2 });
  expect(later.sent.map(([id, , run]) => [id, run])).toEqual([
    [one, 2],
    [two, 2],
  ]);
  expect(later.gone).toEqual([]);
});

test('what has gone and comes back is not gone any more', () => {
  const without = entryOf(first, { source: 'b', documents: made(['two']), run: 2 });
  const back = entryOf(without, { source: 'a', documents: made(['one', 'two']), run: 3 });
  expect(back.gone).toEqual([]);
  expect(back.sent.map(([id, , run]) => [id, run])).toEqual([
    [one, 3],
    [two, 1],
  ]);
});

test('what a reader lacks of a page that cannot be read now comes with the next run', () => {
  expect(postponed(first, 1, 5).sent).toEqual(first.sent);
  expect(postponed(first, 0, 5).sent.map(([, , run]) => run)).toEqual([6, 6]);
});

test('what has gone is forgotten when nobody can ask for it any more', () => {
  const left = entryOf(first, { source: '', documents: [], run: 3 });
  expect(withoutGone(left, 2).gone).toHaveLength(2);
  expect(withoutGone(left, 3).gone).toEqual([]);
});
