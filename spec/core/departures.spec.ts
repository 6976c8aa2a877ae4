import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  departureReasons,
  type DepartureReason,
  type DepartureInput,
  type Whereabouts,
} from '../../lib/core/departures.js';
import { type ItemRecord, recordKey } from '../../lib/core/records.js';
import { KINDS, type Kind } from '../../lib/core/kinds.js';
import { attachment, folder, page } from './support/space.js';

const bare = (kind: Kind, id: string): ItemRecord => ({ kind, id, version: 1, fingerprint: '', files: [] });

const RECORDS: readonly ItemRecord[] = [
  { ...bare('page', '1'), page: page('1', 'One') },
  { ...bare('blogpost', '2'), page: page('2', 'Two', { kind: 'blogpost' }) },
  { ...bare('attachment', 'att3'), attachment: attachment('att3', '1', 'a.png') },
  { ...bare('attachment', 'att4'), attachment: attachment('att4', '2', 'b.png') },
  bare('comments', '1'),
  { ...bare('folder', '5'), folder: folder('5', 'F') },
  { ...bare('folder', '6'), folder: { ...folder('6', 'W'), type: 'whiteboard' } },
];
const keyOf = ({ kind, id }: ItemRecord): string => recordKey(kind, id);
const ALL = RECORDS.map(keyOf);

interface Departed {
  readonly record: ItemRecord;
  readonly reason: DepartureReason;
}

const departuresOf = (candidates: Iterable<ItemRecord>, input: DepartureInput): Departed[] => {
  const reasonOf = departureReasons(input);
  return [...candidates].flatMap((record) => {
    const reason = reasonOf(record);
    return reason === undefined ? [] : [{ record, reason }];
  });
};

/** Everything is a candidate here: what is listed stays, too. */
const depart = (absent: readonly string[], input: Partial<DepartureInput> = {}): string[] =>
  departuresOf(RECORDS, {
    isRecorded: (key) => ALL.includes(key),
    isListed: (kind, id) => !absent.includes(recordKey(kind, id)),
    whereabouts: new Map(),
    isUnwanted: () => false,
    mayLoseUnseen: true,
    ...input,
  })
    .map(({ record, reason }) => `${keyOf(record)} ${reason}`)
    .sort();

test('what is listed stays', () => {
  expect(depart([])).toEqual([]);
});

test.each<[Whereabouts | undefined, boolean, string[]]>([
  ['gone', true, ['folder:5 gone']],
  ['gone', false, ['folder:5 gone']],
  ['outside', true, ['folder:5 outside']],
  ['outside', false, ['folder:5 outside']],
  ['unseen', true, ['folder:5 unseen']],
  ['unseen', false, []],
  ['alive', true, []],
  ['unknown', true, []],
  [undefined, true, []],
])(
  'an item that is not listed and %s (may what is not seen be lost: %s): %j',
  (where, mayLoseUnseen, expected) => {
    const whereabouts = new Map(where === undefined ? [] : [['folder:5', where]]);
    expect(depart(['folder:5'], { whereabouts, mayLoseUnseen })).toEqual(expected);
  },
);

test('what hangs on a page leaves with it, for its reason', () => {
  const whereabouts = new Map<string, Whereabouts>([['page:1', 'gone']]);
  expect(depart(['page:1', 'comments:1', 'attachment:att3'], { whereabouts })).toEqual([
    'attachment:att3 gone',
    'comments:1 gone',
    'page:1 gone',
  ]);
});

test('an attachment that has moved to another page does not leave with the one that it hung on', () => {
  const whereabouts = new Map<string, Whereabouts>([['page:1', 'gone']]);
  expect(depart(['page:1', 'comments:1'], { whereabouts })).toEqual(['comments:1 gone', 'page:1 gone']);
  const alive = new Map<string, Whereabouts>([...whereabouts, ['attachment:att3', 'alive']]);
  expect(depart(['page:1', 'attachment:att3'], { whereabouts: alive })).toEqual(['page:1 gone']);
});

test('what hangs on a page that stays, though it is not listed, stays', () => {
  const whereabouts = new Map<string, Whereabouts>([
    ['blogpost:2', 'unknown'],
    ['attachment:att4', 'gone'],
  ]);
  expect(depart(['blogpost:2', 'attachment:att4'], { whereabouts })).toEqual([]);
});

test('an attachment that is gone leaves by itself', () => {
  const whereabouts = new Map<string, Whereabouts>([['attachment:att3', 'gone']]);
  expect(depart(['attachment:att3'], { whereabouts })).toEqual(['attachment:att3 gone']);
});

test('kinds that the settings leave out leave, listed or not, and are never said to be gone', () => {
  const unwanted = new Set<Kind>(['attachment', 'comments']);
  const whereabouts = new Map<string, Whereabouts>([
    ['page:1', 'gone'],
    ['comments:1', 'gone'],
  ]);
  expect(depart(['page:1', 'comments:1'], { isUnwanted: (kind) => unwanted.has(kind), whereabouts })).toEqual(
    ['attachment:att3 unwanted', 'attachment:att4 unwanted', 'comments:1 unwanted', 'page:1 gone'],
  );
});

test('a whiteboard that nothing stands below any more has no place', () => {
  expect(depart(['folder:6'])).toEqual(['folder:6 childless']);
});

const ids = fc.integer({ min: 1, max: 4 }).map(String);
const WHEREABOUTS = ['gone', 'alive', 'unseen', 'outside', 'unknown'] as const;

const someRecord: fc.Arbitrary<ItemRecord> = fc
  .record({ kind: fc.constantFrom(...KINDS), id: ids, owner: ids })
  .map(({ kind, id, owner }) => ({
    ...bare(kind, kind === 'attachment' ? `att${id}` : id),
    ...(kind === 'attachment' && { attachment: attachment(`att${id}`, owner, 'x') }),
    ...(kind === 'folder' && { folder: folder(id, 'F') }),
  }));

/** A mirror, and what is known of it now. */
interface Situation extends Pick<DepartureInput, 'whereabouts' | 'mayLoseUnseen'> {
  readonly unwanted: ReadonlySet<Kind>;
  readonly records: ReadonlyMap<string, ItemRecord>;
  readonly listed: ReadonlySet<string>;
}

const situations: fc.Arbitrary<Situation> = fc
  .uniqueArray(someRecord, { selector: keyOf, maxLength: 12 })
  .chain((records) => {
    const keys = records.map(keyOf);
    return fc.record({
      records: fc.constant(new Map(records.map((record) => [keyOf(record), record]))),
      listed: fc.subarray(keys).map((some) => new Set(some)),
      whereabouts: fc
        .array(fc.tuple(fc.constantFrom('', ...keys), fc.constantFrom(...WHEREABOUTS)))
        .map((entries) => new Map(entries)),
      unwanted: fc.subarray([...KINDS]).map((some) => new Set(some)),
      mayLoseUnseen: fc.boolean(),
    });
  });

const departuresIn = (
  { records, listed, unwanted, ...known }: Situation,
  candidates: Iterable<ItemRecord> = records.values(),
): readonly Departed[] =>
  departuresOf(candidates, {
    ...known,
    isUnwanted: (kind) => unwanted.has(kind),
    isRecorded: (key) => records.has(key),
    isListed: (kind, id) => listed.has(recordKey(kind, id)),
  });

/** The pages that an item hangs on. */
const ownersOf = ({ kind, id, attachment: file }: ItemRecord): string[] =>
  kind === 'attachment' || kind === 'comments'
    ? [recordKey('page', file?.pageId ?? id), recordKey('blogpost', file?.pageId ?? id)]
    : [];

test('for any listing, answers, identity and settings: what is alive never leaves but by the settings', () => {
  fc.assert(
    fc.property(situations, (situation) => {
      const { records, listed, whereabouts, unwanted, mayLoseUnseen } = situation;
      const mayLeave = (key: string): boolean => {
        const where = whereabouts.get(key);
        return (
          !listed.has(key) &&
          (where === 'gone' || where === 'outside' || (where === 'unseen' && mayLoseUnseen))
        );
      };
      const isRight = ({ record, reason }: Departed): boolean => {
        const key = keyOf(record);
        if (unwanted.has(record.kind)) return reason === 'unwanted';
        // It may leave itself, or the page on which it hung does.
        const fates = [key, ...ownersOf(record).filter((owner) => records.has(owner))];
        return !listed.has(key) && whereabouts.get(key) !== 'alive' && fates.some(mayLeave);
      };
      expect(departuresIn(situation).filter((departure) => !isRight(departure))).toEqual([]);
    }),
    { numRuns: 2_000 },
  );
});

test('every item leaves at most once, and the same do when only those are judged that are absent or not wanted', () => {
  fc.assert(
    fc.property(situations, (situation) => {
      const { records, listed, unwanted } = situation;
      const gone = departuresIn(situation);
      expect(new Set(gone.map(({ record }) => keyOf(record))).size).toBe(gone.length);
      const absent = [...records].flatMap(([key, record]) =>
        listed.has(key) && !unwanted.has(record.kind) ? [] : record,
      );
      expect(departuresIn(situation, absent)).toEqual(gone);
    }),
  );
});
