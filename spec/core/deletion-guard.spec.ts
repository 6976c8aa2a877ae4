import { expect, test } from '@jest/globals';
import { type DeletionLimit, refusalOf } from '../../lib/core/deletion-guard.js';
import type { Departure, DepartureReason } from '../../lib/core/departures.js';
import { type ItemRecord, recordKey } from '../../lib/core/records.js';
import type { Kind } from '../../lib/core/kinds.js';

const DEFAULT: DeletionLimit = { atLeast: 50, share: 0.1 };

/** So many items of a kind. */
type Count = readonly [kind: Kind, count: number];
/** The first so many of them leave. */
type Leaving = readonly [kind: Kind, reason: DepartureReason, count: number];

const recordsOf = ([kind, count]: Count): ItemRecord[] =>
  Array.from({ length: count }, (_, n) => ({
    kind,
    id: String(n),
    version: 1,
    fingerprint: '',
    files: [],
  }));

const refusal = (mirrored: readonly Count[], leaving: readonly Leaving[], limit = DEFAULT) => {
  const rest = mirrored.flatMap(recordsOf);
  const departures = leaving.flatMap(([kind, reason, count]): Departure[] =>
    Array.from({ length: count }, () => {
      const index = rest.findIndex((each) => each.kind === kind);
      const [record] = rest.splice(index, 1);
      if (index < 0 || record === undefined) throw new Error(`There are not so many of kind ${kind}.`);
      return { key: recordKey(kind, record.id), kind, reason };
    }),
  );
  return refusalOf(departures, Object.fromEntries(mirrored), limit);
};

const PAGES = 'page' as const;

test.each<[string, readonly Count[], readonly Leaving[]]>([
  ['nothing of nothing', [], []],
  ['nothing', [[PAGES, 3]], []],
  ['1 of 1, proven', [[PAGES, 1]], [[PAGES, 'gone', 1]]],
  ['1 of 2', [[PAGES, 2]], [[PAGES, 'unseen', 1]]],
  ['half', [[PAGES, 10]], [[PAGES, 'unseen', 5]]],
  [
    'half, of two reasons',
    [[PAGES, 10]],
    [
      [PAGES, 'unseen', 2],
      [PAGES, 'outside', 3],
    ],
  ],
  ['all of 50, proven', [[PAGES, 50]], [[PAGES, 'gone', 50]]],
  ['more than 50 of a large mirror', [[PAGES, 1000]], [[PAGES, 'gone', 100]]],
  [
    'what the settings leave out, however much',
    [
      [PAGES, 10],
      ['attachment', 990],
    ],
    [['attachment', 'unwanted', 990]],
  ],
  [
    'folders that nothing stands below any more',
    [
      ['folder', 100],
      [PAGES, 1],
    ],
    [['folder', 'childless', 100]],
  ],
  [
    'half of the pages with all their attachments',
    [
      [PAGES, 2],
      ['attachment', 2],
    ],
    [
      [PAGES, 'unseen', 1],
      ['attachment', 'unseen', 1],
    ],
  ],
  [
    'a few files, though they are all',
    [
      [PAGES, 20],
      ['attachment', 3],
    ],
    [['attachment', 'unseen', 3]],
  ],
])('may leave: %s', (_name, mirrored, leaving) => {
  expect(refusal(mirrored, leaving)).toBeUndefined();
});

test.each<[string, readonly Count[], readonly Leaving[], object]>([
  ['1 of 1, unproven', [[PAGES, 1]], [[PAGES, 'unseen', 1]], { total: 1, mirrored: 1, most: 0 }],
  [
    '2 of 3',
    [[PAGES, 3]],
    [[PAGES, 'unseen', 2]],
    { total: 2, mirrored: 3, most: 1, unproven: { what: 'items', mirrored: 3 } },
  ],
  [
    '2 of 3, by another scope',
    [[PAGES, 3]],
    [[PAGES, 'outside', 2]],
    { most: 1, counts: { gone: 0, unseen: 0, outside: 2 } },
  ],
  [
    'more than half, of two reasons',
    [[PAGES, 10]],
    [
      [PAGES, 'unseen', 3],
      [PAGES, 'outside', 3],
    ],
    { total: 6, most: 5 },
  ],
  [
    '51, though proven',
    [[PAGES, 60]],
    [[PAGES, 'gone', 51]],
    { total: 51, most: 50, counts: { gone: 51, unseen: 0, outside: 0 } },
  ],
  ['101 of 1000', [[PAGES, 1000]], [[PAGES, 'gone', 101]], { most: 100 }],
  [
    '101 of 1000, for whatever reason',
    [[PAGES, 1000]],
    [
      [PAGES, 'gone', 60],
      [PAGES, 'unseen', 41],
    ],
    { total: 101 },
  ],
  [
    'most of the pages, though few of the items',
    [
      [PAGES, 3],
      ['attachment', 97],
    ],
    [[PAGES, 'unseen', 2]],
    { total: 2 },
  ],
  [
    'most of the pages and blog posts',
    [
      [PAGES, 1],
      ['blogpost', 2],
      ['attachment', 97],
    ],
    [['blogpost', 'unseen', 2]],
    { total: 2 },
  ],
  [
    'most of the files, though few of the items',
    [
      [PAGES, 20],
      ['attachment', 7],
    ],
    [['attachment', 'unseen', 4]],
    { total: 4, most: 3, unproven: { what: 'files', mirrored: 7 } },
  ],
  [
    'most of the comments files, likewise',
    [
      [PAGES, 20],
      ['comments', 7],
    ],
    [['comments', 'unseen', 4]],
    { total: 4, most: 3, unproven: { what: 'comments files', mirrored: 7 } },
  ],
])('may not leave: %s', (_name, mirrored, leaving, expected) => {
  expect(refusal(mirrored, leaving)).toMatchObject(expected);
});

test.each<[DeletionLimit, number, boolean]>([
  [{ atLeast: 0, share: 0 }, 1, false],
  [{ atLeast: 1, share: 0 }, 1, true],
  [{ atLeast: 1, share: 0 }, 2, false],
  [{ atLeast: 0, share: 0.2 }, 2, true],
  [{ atLeast: 0, share: 0.2 }, 3, false],
  [{ atLeast: 100, share: 0 }, 10, true],
  [{ atLeast: 0, share: 1 }, 10, true],
])('with the limit %j, %s proven of 10 may leave: %s', (limit, count, isAllowed) => {
  expect(refusal([[PAGES, 10]], [[PAGES, 'gone', count]], limit) === undefined).toBe(isAllowed);
});

test('no limit lets more than half go without proof', () => {
  const limit = { atLeast: 100, share: 1 };
  expect(refusal([[PAGES, 10]], [[PAGES, 'unseen', 5]], limit)).toBeUndefined();
  expect(refusal([[PAGES, 10]], [[PAGES, 'unseen', 6]], limit)).toMatchObject({ most: 5 });
});

test('what leaves for the settings is in no count', () => {
  const leaving: readonly Leaving[] = [
    ['attachment', 'unwanted', 90],
    [PAGES, 'gone', 60],
  ];
  expect(
    refusal(
      [
        [PAGES, 200],
        ['attachment', 90],
      ],
      leaving,
    ),
  ).toEqual({
    counts: { gone: 60, unseen: 0, outside: 0 },
    total: 60,
    mirrored: 290,
    most: 50,
    unproven: undefined,
  });
});
