import { expect, test } from '@jest/globals';
import { lastValueFrom, toArray } from 'rxjs';
import type { Departure, DepartureReason } from '../../../lib/core/departures.js';
import { type FileStamp, type ItemRecord, recordKey } from '../../../lib/core/records.js';
import { DeletionRefusedError } from '../../../lib/errors/deletion-refused-error.js';
import { guardDeletions$ } from '../../../lib/pull/plan/guard-deletions.js';
import type { PullOptions } from '../../../lib/pull/run/pull-options.js';
import { attachmentsFrom } from '../../core/support/space.js';
import { attachment, SPACE } from '../../support/fake-wiki.js';
import { memoryRecords } from '../../support/memory-records.js';
import {
  attachmentRecord,
  commentsRecord,
  listedPage,
  pageRecord,
  useSearch,
} from '../../support/searching.js';

const newSearch = useSearch();

const departure = ({ kind, id }: ItemRecord, reason: DepartureReason): Departure => ({
  key: recordKey(kind, id),
  kind,
  reason,
});

/** Guards a mirror of so many pages, of which the first leave for these reasons. */
const guard = async (
  mirrored: number,
  leaving: Partial<Record<DepartureReason, number>>,
  options: Partial<PullOptions> = {},
  { listed = 0, leftScope = 0 } = {},
) => {
  const { run, warnings } = newSearch({ options });
  const pages = Array.from({ length: mirrored }, (_, n) => pageRecord(listedPage(n + 1)));
  const rest = [...pages];
  const departures = (['gone', 'unseen', 'outside', 'unwanted'] as const).flatMap((reason) =>
    rest.splice(0, leaving[reason] ?? 0).map((record) => departure(record, reason)),
  );
  const some = (count: number) => Array.from({ length: count }, (_, n) => listedPage(n + 1));
  const inventory = {
    space: SPACE,
    pages: some(listed),
    folders: [],
    attachments: attachmentsFrom([]),
    comments: [],
    gaps: [],
  };
  const survey = { inventory, leaving: departures, hidden: 0, leftOut: 0, leftScope: some(leftScope) };
  const end = await lastValueFrom(guardDeletions$(run, survey, memoryRecords(pages)).pipe(toArray())).then(
    () => undefined,
    (error: unknown) => error,
  );
  return { end, warnings };
};

test.each<[number, Partial<Record<DepartureReason, number>>, Partial<PullOptions>, boolean]>([
  [60, { gone: 50 }, {}, true],
  [60, { gone: 51 }, {}, false],
  [60, { gone: 51 }, { force: true }, true],
  [10, { gone: 2 }, { maxDelete: 1 }, false],
  [10, { gone: 1 }, { maxDelete: 1 }, true],
  [10, { gone: 1 }, { maxDelete: 0 }, false],
  [10, { gone: 2 }, { maxDelete: '20%' }, true],
  [10, { gone: 3 }, { maxDelete: '20%' }, false],
  [3, { unseen: 2 }, {}, false],
  [3, { unseen: 2 }, { maxDelete: '100%' }, false],
  [3, { unseen: 2 }, { force: true }, true],
  [3, { unwanted: 3 }, {}, true],
])('of %s pages %j may leave with %j: %s', async (mirrored, leaving, options, isAllowed) => {
  const { end } = await guard(mirrored, leaving, options);
  expect(end instanceof DeletionRefusedError).toBe(!isAllowed);
});

test('a refusal says how many of how many for which reasons, that nothing was changed, and what to do', async () => {
  const { end } = await guard(10, { gone: 1, unseen: 2, outside: 4 }, { label: 'red' });
  expect(end).toMatchObject({
    exitCode: 14,
    message: expect.stringMatching(
      /^7 of 10 mirrored items would leave \(1 deleted, .*; 2 not visible .* no proof .*; 4 still in the wiki, .*with the label "red"\); without proof at most 5 of 10 items may\.$/,
    ),
    hint: expect.stringMatching(/Nothing was changed.*`force`/),
  });
});

test('what leaves though nobody has deleted it is named', async () => {
  const { end, warnings } = await guard(10, { gone: 1, unseen: 4 });
  expect(end).toBeUndefined();
  expect(warnings).toEqual([
    expect.stringMatching(/^not-visible: .*"Page 2", "Page 3", "Page 4" and 1 more/),
  ]);
});

test('what the wiki says to be gone needs no words', async () => {
  expect((await guard(10, { gone: 2 })).warnings).toEqual([]);
});

test('what is not in the scope any more is named, unless nothing leaves', async () => {
  const named = expect.stringMatching(/^left-scope: .*so that they leave the mirror: "Page 1"/);
  expect((await guard(10, { outside: 1 }, {}, { leftScope: 1 })).warnings).toEqual([named]);
  expect((await guard(10, { outside: 9 }, {}, { leftScope: 9 })).warnings).toEqual([]);
});

test('that nothing is in the scope is told, and where `force` leads', async () => {
  const refused = async (listed: number) =>
    (await guard(10, { outside: 8 }, { label: 'red' }, { listed })).end;
  expect(await refused(0)).toMatchObject({
    hint: expect.stringMatching(/Search finds no page with the label "red": check the spelling.*empty then/),
  });
  expect(await refused(1)).toMatchObject({ hint: expect.not.stringContaining('spelling') });
});

const stampOf = (path: string): FileStamp => ({ path, bytes: 1, hash: 'h' });

test('files and comments are named with their path, which tells their page', async () => {
  const { run, warnings } = newSearch();
  const file = { ...attachmentRecord(attachment(7, 2)), files: [stampOf('page-2.attachments/file-7.bin')] };
  const records = [file, commentsRecord(3, 70), pageRecord(listedPage(1))];
  const inventory = {
    space: SPACE,
    pages: [],
    folders: [],
    attachments: attachmentsFrom([]),
    comments: [],
    gaps: [],
  };
  const leaving = records.slice(0, 1).map((record) => departure(record, 'unseen'));
  const survey = { inventory, leaving, hidden: 0, leftOut: 0, leftScope: [] };
  await lastValueFrom(guardDeletions$(run, survey, memoryRecords(records)).pipe(toArray()));
  expect(warnings).toEqual([expect.stringMatching(/"page-2\.attachments\/file-7\.bin"/)]);
});
