import { expect, test } from '@jest/globals';
import { z } from 'zod';
import type { PlannedPage } from '../../../lib/core/pull-plan.js';
import type { FileStamp } from '../../../lib/core/records.js';
import { pageDeleted, relocatedStep, writtenStep } from '../../../lib/pull/lanes/file-steps.js';
import { eventsOf, type Step } from '../../../lib/pull/run/step.js';
import { page } from '../../core/support/space.js';

const PLANNED: PlannedPage = { page: page('7', 'Plan', { version: 3 }), base: 'plan', change: 'edited' };

const stamp = (path: string, bytes = 10, hash = 'a'): FileStamp => ({ path, bytes, hash });

const [text, number] = [z.string().optional(), z.number().optional()];
const FIELDS = { type: z.string(), from: text, to: text, path: text, bytes: number };

/** What is told, a line each. */
const told = (step: Step): readonly string[] =>
  eventsOf(step).map((event) => {
    const { type, from, to, path, bytes } = z.looseObject(FIELDS).parse(event);
    return [type, from === undefined ? path : `${from} -> ${to ?? ''}`, bytes].join(' ').trim();
  });

const written = (before: readonly FileStamp[], now: readonly FileStamp[]) =>
  told(writtenStep(PLANNED, 3, { before, now, references: [] }));
const relocated = (before: readonly FileStamp[], now: readonly FileStamp[]) =>
  told(relocatedStep(PLANNED, { before, now, references: [] }));

test('a new page is written, with the file of meta data beside it', () => {
  expect(written([], [stamp('plan.md')])).toEqual(['page.written plan.md 10']);
  expect(written([], [stamp('plan.xhtml'), stamp('plan.meta.json', 4)])).toEqual([
    'page.written plan.xhtml 10',
    'meta.written plan.meta.json 4',
  ]);
});

test('what is written elsewhere than it was has moved first', () => {
  const before = [stamp('old.xhtml'), stamp('old.meta.json')];
  expect(written(before, [stamp('plan.xhtml', 12), stamp('plan.meta.json', 4)])).toEqual([
    'page.moved old.xhtml -> plan.xhtml 12',
    'page.written plan.xhtml 12',
    'meta.moved old.meta.json -> plan.meta.json 4',
  ]);
});

test('another format leaves no file of meta data, or brings one', () => {
  const [markdown, storage] = [[stamp('plan.md')], [stamp('plan.xhtml'), stamp('plan.meta.json')]];
  expect(written(storage, markdown)).toEqual([
    'page.moved plan.xhtml -> plan.md 10',
    'page.written plan.md 10',
    'meta.deleted plan.meta.json',
  ]);
  expect(written(markdown, storage)).toContain('meta.written plan.meta.json 10');
});

test('meta data that is as it was is not told', () => {
  const files = [stamp('plan.xhtml'), stamp('plan.meta.json')];
  expect(written(files, files)).toEqual(['page.written plan.xhtml 10']);
  expect(relocated(files, [stamp('plan.xhtml'), stamp('plan.meta.json', 5, 'b')])).toEqual([
    'page.written plan.xhtml 10',
    'meta.written plan.meta.json 5',
  ]);
});

test('what goes elsewhere has moved, with the bytes that it has there', () => {
  expect(relocated([stamp('old.md')], [stamp('plan.md', 11)])).toEqual(['page.moved old.md -> plan.md 11']);
});

test('of a page that leaves, each file that is still its own is told', () => {
  const types = (files: readonly FileStamp[]) => pageDeleted('7', files).map(({ type }) => type);
  expect(types([stamp('plan.xhtml'), stamp('plan.meta.json')])).toEqual(['page.deleted', 'meta.deleted']);
  expect(types([stamp('plan.meta.json')])).toEqual(['meta.deleted']);
  expect(types([])).toEqual([]);
});

test('what is written is told with its page, its version and why; all files of it count', () => {
  const now = [stamp('plan.xhtml', 12), stamp('plan.meta.json', 4)];
  expect(writtenStep(PLANNED, 5, { before: [], now, references: [] })).toMatchObject({
    type: 'outcome',
    kind: 'page',
    result: 'written',
    bytes: 16,
    event: { type: 'page.written', id: '7', version: 5, path: 'plan.xhtml', bytes: 12, change: 'edited' },
  });
});

test('what stays in its place with other links is written, for that reason; elsewhere it is moved', () => {
  const [before, now] = [[stamp('plan.md')], [stamp('plan.md', 11, 'b')]];
  expect(relocatedStep(PLANNED, { before, now, references: [] })).toMatchObject({
    kind: 'page',
    result: 'written',
    bytes: 11,
    event: { type: 'page.written', id: '7', version: 3, path: 'plan.md', bytes: 11, change: 'relinked' },
  });
  expect(relocatedStep(PLANNED, { before: [stamp('old.md')], now, references: [] })).toMatchObject({
    kind: 'page',
    result: 'moved',
    bytes: 11,
    event: { type: 'page.moved', id: '7', from: 'old.md', to: 'plan.md', bytes: 11 },
  });
});

test('meta data whose text another page has taken the place of is told by itself', () => {
  expect(written([stamp('old.meta.json')], [stamp('plan.xhtml'), stamp('plan.meta.json')])).toEqual([
    'page.written plan.xhtml 10',
    'meta.moved old.meta.json -> plan.meta.json 10',
  ]);
});

test.each([
  [['{"kind":"page","title":"Plan"}', '{"kind":"user","accountId":"1"}'], false],
  [['{"kind":"page","title":"Plan"}', '{"kind":"attachment","filename":"a.png"}'], true],
  [['{"kind":"attachment-file","fileId":"1"}'], true],
  [['{"kind":"attachments"}'], true],
])('a text that depends on %j may name files: %s', (references, mayNameFiles) => {
  const files = { before: [stamp('plan.md')], now: [stamp('plan.md')], references };
  expect(writtenStep(PLANNED, 3, files)).toMatchObject({ mayNameFiles });
  expect(relocatedStep(PLANNED, files)).toMatchObject({ mayNameFiles });
});
