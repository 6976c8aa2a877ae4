import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { Subject, lastValueFrom, of, toArray } from 'rxjs';
import type { WikiClient } from '../../../lib/confluence/wiki-client.js';
import type { BodyFormat, PageWithBody } from '../../../lib/core/content.js';
import type { ItemRecord } from '../../../lib/core/records.js';
import type { PullOptions } from '../../../lib/pull/run/pull-options.js';
import { CredentialsError } from '../../../lib/errors/credentials-error.js';
import { RateLimitWaitError } from '../../../lib/errors/rate-limit-wait-error.js';
import { UnreachableError } from '../../../lib/errors/unreachable-error.js';
import { HttpError } from '../../../lib/errors/http-error.js';
import { MalformedResponseError } from '../../../lib/errors/malformed-response-error.js';
import { pagesLane$ } from '../../../lib/pull/lanes/pages-lane.js';
import type { Step } from '../../../lib/pull/run/step.js';
import { type FakeWiki, fakeWiki, page, pages } from '../../support/fake-wiki.js';
import { filesIn, type Planning, useLanes } from '../../support/pulling.js';
import { recordedKeys } from '../../support/recorded-keys.js';

const open = useLanes();

const docOf = (...content: object[]): string => JSON.stringify({ version: 1, type: 'doc', content });
const DOC_WITHOUT_TEXT = docOf({ type: 'paragraph' });
const TEXT = docOf({ type: 'paragraph', content: [{ type: 'text', text: 'There it is.' }] });

const runLane = ({ run, plan }: Planning): Promise<Step[]> =>
  lastValueFrom(pagesLane$(run, plan.pages.fetch).pipe(toArray()));

/** How many pages came to which end. */
const ends = (steps: readonly Step[]): Record<string, number> => {
  const counts: Record<string, number> = {};
  for (const step of steps) if (step.type === 'outcome') counts[step.result] = (counts[step.result] ?? 0) + 1;
  return counts;
};

const idsIn = (request: string): string[] => request.split(' ')[1]?.split(',') ?? [];

/** Fails every request that has one of these ids in it. */
const poisoned =
  (ids: readonly string[], error: Error) =>
  (request: string): Error | undefined =>
    request.startsWith('fetchPage') && idsIn(request).some((id) => ids.includes(id)) ? error : undefined;

test('fetches in batches that grow to 250 ids as the bodies prove small', async () => {
  const wiki = fakeWiki({ pages: pages(600) });
  expect(ends(await runLane(await open(wiki)))).toEqual({ written: 600 });
  const sizes = wiki.sent('fetchPages').map((request) => idsIn(request).length);
  expect(sizes[0]).toBe(50);
  expect(Math.max(...sizes)).toBe(250);
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(600);
  expect(wiki.requests.filter((request) => request.startsWith('fetchPage '))).toEqual([]);
});

test('asks for smaller batches when bodies are large', async () => {
  const large = 'x'.repeat(200_000);
  const wiki = fakeWiki({ pages: pages(120).map((one) => ({ ...one, body: `<p>${large}</p>` })) });
  await runLane(await open(wiki, { format: 'storage' }));
  const sizes = wiki.sent('fetchPages').map((request) => idsIn(request).length);
  expect(sizes[0]).toBe(50);
  expect(Math.max(...sizes.slice(2))).toBeLessThanOrEqual(20);
});

test('one poison page fails alone: all others of its batch are written, for few more requests', async () => {
  const error = new HttpError(500, 'GET /api/v2/pages answered 500.');
  const wiki = fakeWiki({ pages: pages(250) }, poisoned(['177'], error));
  const steps = await runLane(await open(wiki));
  expect(ends(steps)).toEqual({ written: 249, failed: 1 });
  expect(steps).toContainEqual(
    expect.objectContaining({
      failed: expect.objectContaining({
        kind: 'page',
        id: '177',
        title: 'Page 177',
        code: 'http-500',
        status: 500,
        retryable: true,
        attempts: wiki.requests.filter((request) => idsIn(request).some((id) => /^177\b/.test(id))).length,
        message: error.message,
        hint: expect.stringContaining('next pull'),
      }),
    }),
  );
  const sizes = wiki.sent('fetchPages').map((request) => idsIn(request).length);
  const batch = Math.max(
    ...wiki
      .sent('fetchPages')
      .filter((r) => idsIn(r).includes('177'))
      .map((r) => idsIn(r).length),
  );
  expect(wiki.sent('fetchPage')).toEqual(['fetchPage 177', 'fetchPage 177 view']);
  expect(sizes.length).toBeLessThanOrEqual(3 + 2 * Math.ceil(Math.log2(batch)));
});

test('whatever pages are poison, exactly they fail', async () => {
  const error = new MalformedResponseError('cut off');
  await fc.assert(
    fc.asyncProperty(fc.uniqueArray(fc.integer({ min: 1, max: 30 }), { maxLength: 3 }), async (bad) => {
      const wiki = fakeWiki({ pages: pages(30) }, poisoned(bad.map(String), error));
      const steps = await runLane(await open(wiki));
      const failed = steps.flatMap((step) =>
        step.type === 'outcome' && step.failed ? Number(step.failed.id) : [],
      );
      expect(failed.sort((a, b) => a - b)).toEqual([...bad].sort((a, b) => a - b));
      expect(ends(steps).written ?? 0).toBe(30 - bad.length);
    }),
    { numRuns: 6 },
  );
});

test('where no request for several is answered, halves are not tried for long, and every page is asked for by itself', async () => {
  const error = new HttpError(500, 'GET /api/v2/pages answered 500.');
  const wiki = fakeWiki({ pages: pages(600) }, (request) =>
    request.startsWith('fetchPages') ? error : undefined,
  );
  expect(ends(await runLane(await open(wiki)))).toEqual({ written: 600 });
  expect(wiki.sent('fetchPage')).toHaveLength(600);
  expect(wiki.sent('fetchPages').length).toBeLessThan(60);
});

test('once a request for several is answered again, batches are halved as before', async () => {
  const error = new HttpError(500, 'GET /api/v2/pages answered 500.');
  let refusals = 40;
  const wiki = fakeWiki({ pages: pages(1200) }, (request) => {
    if (!request.startsWith('fetchPages')) return undefined;
    refusals -= 1;
    return refusals > 0 || idsIn(request).includes('1100') ? error : undefined;
  });
  expect(ends(await runLane(await open(wiki)))).toEqual({ written: 1200 });
  expect(wiki.sent('fetchPage').filter((request) => Number(idsIn(request)[0]) > 1050)).toEqual([
    'fetchPage 1100',
  ]);
});

test('what no other item would fare better with ends the lane', async () => {
  const error = new UnreachableError('offline', 'no connection');
  const wiki = fakeWiki({ pages: pages(40) }, poisoned(['7'], error));
  await expect(runLane(await open(wiki))).rejects.toBe(error);
  expect(wiki.sent('fetchPages')).toHaveLength(1);
});

test.each([new CredentialsError('no'), new RateLimitWaitError('no')])(
  'a refusal of anything further halts the run, after what has come already is written: %s',
  async (error) => {
    const wiki = fakeWiki({ pages: pages(120) }, poisoned(['60'], error));
    const planning = await open(wiki);
    // Of three batches in flight the second is refused.
    expect(ends(await runLane(planning))).toEqual({ written: 70 });
    expect(planning.run.failure()).toBe(error);
    expect(wiki.sent('fetchPages')).toHaveLength(3);
  },
);

test('names that cannot be had cost no page, and are told once', async () => {
  const content = pages(200).map((one, index) => (index === 2 ? { ...one, authorId: 'acct-9' } : one));
  const wiki = fakeWiki({ pages: content }, (request) =>
    request.startsWith('users') && request.includes('acct-9') ? new HttpError(500, 'no') : undefined,
  );
  const planning = await open(wiki);
  expect(ends(await runLane(planning))).toEqual({ written: 200 });
  expect(planning.run.incomplete()).toMatchObject([{ of: 'names', code: 'http-500' }]);
});

test.each([new HttpError(403, 'no'), new HttpError(410, 'gone'), new HttpError(503, 'down')])(
  'a refusal that each part would meet again fails its batch without halving: %s',
  async (error) => {
    const wiki = fakeWiki({ pages: pages(40) }, poisoned(['7'], error));
    expect(ends(await runLane(await open(wiki)))).toEqual({ failed: 40 });
    expect(wiki.sent('fetchPages')).toHaveLength(1);
  },
);

test('a page whose body fails in its own format is mirrored from its rendered view, with a warning', async () => {
  const error = new HttpError(500, 'no');
  const isPoison = poisoned(['7'], error);
  const wiki = fakeWiki({ pages: pages(20) }, (request) =>
    request.endsWith(' view') ? undefined : isPoison(request),
  );
  const planning = await open(wiki);
  const told: unknown[] = [];
  planning.run.notices$.subscribe((notice) => told.push(notice));
  expect(ends(await runLane(planning))).toEqual({ written: 20 });
  expect(wiki.sent('fetchPage')).toEqual(['fetchPage 7', 'fetchPage 7 view']);
  expect(told).toContainEqual(expect.objectContaining({ type: 'warning', code: 'substitute-body' }));
  // The next pull asks for it again: no page has version 0.
  expect(planning.run.store.records.get('page:7')).toMatchObject({ version: 0 });
});

test.each(['storage', 'adf'] as const)('no other format stands in for %s', async (format) => {
  const isPoison = poisoned(['7'], new HttpError(500, 'no'));
  const content = pages(20).map((one) => (format === 'adf' ? { ...one, body: TEXT } : one));
  const wiki = fakeWiki({ pages: content }, (request) =>
    request.endsWith(' view') ? undefined : isPoison(request),
  );
  expect(ends(await runLane(await open(wiki, { format })))).toEqual({ written: 19, failed: 1 });
});

test('what a batch leaves out in silence is asked for alone: trashed, hidden, or there after all', async () => {
  const content: PageWithBody[] = [...pages(3), page(4), page(5)];
  const wiki = fakeWiki({ pages: content });
  const planning = await open(wiki);
  content[3] = page(4, { status: 'trashed' });
  content.splice(4, 1);
  const steps = await runLane(planning);
  expect(ends(steps)).toEqual({ written: 3, notVisible: 1, failed: 1 });
  expect(wiki.sent('fetchPage').sort()).toEqual(['fetchPage 4', 'fetchPage 5']);
  expect(steps).toContainEqual(
    expect.objectContaining({ failed: expect.objectContaining({ id: '5', code: 'http-404' }) }),
  );
});

/** The wiki with other answers. */
const answering = (wiki: FakeWiki, client: Partial<WikiClient>): FakeWiki => ({
  ...wiki,
  client: { ...wiki.client, ...client },
});

const warnings = (planning: Planning): string[] => {
  const codes: string[] = [];
  planning.run.notices$.subscribe((notice) => {
    if (notice.type === 'warning') codes.push(notice.code);
  });
  return codes;
};

test.each<[string, string, object]>([
  ['current', 'is there, and fails', { failed: 1, written: 1 }],
  ['archived', 'has gone since it was listed', { notVisible: 1, written: 1 }],
  ['trashed', 'has gone since it was listed', { notVisible: 1, written: 1 }],
])('a page that may not be read and is %s %s', async (status, _what, expected) => {
  const content = pages(2);
  const wiki = fakeWiki({ pages: content }, (request) =>
    request === 'fetchPage 2' ? new HttpError(403, 'no') : undefined,
  );
  const planning = await open(answering(wiki, { fetchPages$: () => of(content.slice(0, 1)) }));
  content[1] = page(2, { status });
  expect(ends(await runLane(planning))).toEqual(expected);
});

const MIRRORED: ItemRecord = { kind: 'page', id: '1', version: 1, fingerprint: '', files: [] };

/** One page that is listed at version 2, whose answers are these by the format. */
const onePage = async (
  answer: (format: BodyFormat) => Partial<PageWithBody>,
  options: Partial<PullOptions> = {},
  isMirrored = false,
) => {
  const wiki = fakeWiki({ pages: [page(1, { version: 2 })] });
  const given = (format: BodyFormat) => page(1, { version: 2, ...answer(format) });
  const planning = await open(
    answering(wiki, {
      fetchPages$: (_kind, _ids, format) => of([given(format)]),
      fetchPage$: (_kind, _id, format) => of(given(format)),
    }),
    options,
  );
  const codes = warnings(planning);
  if (isMirrored) await planning.run.store.put(MIRRORED);
  const counts = ends(await runLane(planning));
  const files = await filesIn(planning.run.options.dir);
  return {
    counts,
    codes,
    text: Object.values(files).join('\n'),
    record: planning.run.store.records.get('page:1'),
  };
};

test('a page that is empty in every format is an empty page', async () => {
  const { counts, codes, record } = await onePage(() => ({ body: '' }));
  expect(counts).toEqual({ written: 1 });
  expect(codes).toEqual([]);
  expect(record).toMatchObject({ version: 2 });
});

test('a body that comes empty though it is not is mirrored from the rendered view', async () => {
  const { counts, codes, text, record } = await onePage((format) => ({
    body: format === 'markdown' ? '' : '<p>There it is.</p>',
  }));
  expect(counts).toEqual({ written: 1 });
  expect(codes).toEqual(['substitute-body']);
  expect(text).toContain('There it is.');
  expect(record).toMatchObject({ version: 2 });
});

test('a page whose body does not come in any format fails, and has no file', async () => {
  const { counts, codes, text, record } = await onePage(() => ({ body: undefined }));
  expect(counts).toEqual({ failed: 1 });
  expect([codes, text, record]).toEqual([[], '', undefined]);
});

test.each(['markdown', 'storage', 'adf'] as const)(
  'a mirrored page whose body does not come in any format (%s) fails, and its file is left alone',
  async (format) => {
    const { counts, codes, text, record } = await onePage(() => ({ body: undefined }), { format }, true);
    expect(counts).toEqual({ failed: 1 });
    expect([codes, text, record]).toEqual([[], '', MIRRORED]);
  },
);

test.each([
  ['adf', '', '<p>There it is.</p>'],
  ['adf', TEXT.slice(0, -9), '<p>There it is.</p>'],
  ['adf', 'null', '<p>There it is.</p>'],
  ['storage', '', TEXT],
] as const)(
  'a body in %s that is none (%j) fails the page, where another format has a text',
  async (format, own, other) => {
    const body = (asked: BodyFormat): string => (asked === format ? own : other);
    const { counts, text } = await onePage((asked) => ({ body: body(asked) }), { format });
    expect([counts, text]).toEqual([{ failed: 1 }, '']);
  },
);

test.each(['adf', 'storage'] as const)(
  'a page that is empty in %s and otherwise is an empty page',
  async (format) => {
    const { counts } = await onePage((asked) => ({ body: asked === 'adf' ? DOC_WITHOUT_TEXT : '' }), {
      format,
    });
    expect(counts).toEqual({ written: 1 });
  },
);

test('a text of another space is not the page', async () => {
  const { counts, text } = await onePage(() => ({ spaceId: '777', body: '<p>Foreign.</p>' }));
  expect([counts, text]).toEqual([{ failed: 1 }, '']);
});

test('a body older than the listing says is asked for alone, told, and recorded as what it is', async () => {
  const { counts, codes, record } = await onePage(() => ({ version: 1 }));
  expect(counts).toEqual({ written: 1 });
  expect(codes).toEqual(['stale-body']);
  expect(record).toMatchObject({ version: 1 });
});

test('an answer without title and version is the page as it is listed', async () => {
  const { counts, codes, text, record } = await onePage(() => ({ title: '', version: 0 }));
  expect(counts).toEqual({ written: 1 });
  expect(codes).toEqual([]);
  expect(text).toContain('title: Page 1\n');
  expect(record).toMatchObject({ version: 2 });
});

test('title, parent and place are those of the listing, whatever the answer with the body says', async () => {
  const { counts, text } = await onePage(() => ({ title: 'Other', parentId: '1013' }));
  expect(counts).toEqual({ written: 1 });
  expect(text).toContain('title: Page 1\n');
  expect(text).not.toMatch(/Other|1013/);
});

test('dates and an address that the answer lacks are those of the listing', async () => {
  const { text } = await onePage(() => ({ createdAt: '', updatedAt: '', webui: '' }));
  expect(text).toMatch(/created: "2025-.*\nupdated: "2026-/);
  expect(text).toContain('/wiki/spaces/DOCS/pages/1\n');
});

test('a body newer than the listing says is written, and asked for again when that is listed', async () => {
  const { counts, record } = await onePage(() => ({ version: 3 }));
  expect(counts).toEqual({ written: 1 });
  expect(record).toMatchObject({ version: 2 });
});

test.each([
  ['draft', { failed: 1 }],
  ['historical', { failed: 1 }],
  ['trashed', { notVisible: 1 }],
  ['archived', { notVisible: 1 }],
])('a text of the status %s is not the page: %j', async (status, expected) => {
  const { counts, text, record } = await onePage(() => ({ status }), {}, true);
  expect({ counts, text, record }).toEqual({ counts: expected, text: '', record: MIRRORED });
});

test('pages and blog posts go different ways', async () => {
  const wiki = fakeWiki({ pages: [...pages(2), page(9, { kind: 'blogpost', parentId: undefined })] });
  const steps = await runLane(await open(wiki));
  expect(wiki.sent('fetchPages').sort()).toEqual(['fetchPages 1,2', 'fetchPages 9']);
  expect(steps.filter((step) => step.type === 'outcome' && step.kind === 'blogpost')).toHaveLength(1);
});

test('a stop lets the batches in flight finish and begins no other', async () => {
  const stop = new Subject<string>();
  const wiki = fakeWiki({ pages: pages(400) }, (request) => {
    if (request.startsWith('fetchPages')) stop.next('SIGINT');
    return undefined;
  });
  const planning = await open(wiki, {}, stop);
  const steps = await runLane(planning);
  const fetched = wiki.sent('fetchPages').flatMap(idsIn);
  expect(fetched.length).toBeLessThan(400);
  expect(ends(steps)).toEqual({ written: fetched.length });
  expect(await recordedKeys(planning.run.store.records)).toHaveLength(fetched.length);
});

/** Where a page gets 100 kB of memory. */
const withSmallHeap = (planning: Planning): Planning => ({
  ...planning,
  run: { ...planning.run, shares: { ...planning.run.shares, page: 100_000 } },
});

const HEAVY = '<p>x</p>'.repeat(200);

test('a page that may take more memory than its share fails alone, and says what to do', async () => {
  const content = pages(20).map((one) => (one.id === '7' ? { ...one, body: HEAVY } : one));
  const steps = await runLane(withSmallHeap(await open(fakeWiki({ pages: content }))));
  expect(ends(steps)).toEqual({ written: 19, failed: 1 });
  expect(steps).toContainEqual(
    expect.objectContaining({
      failed: expect.objectContaining({
        id: '7',
        code: 'conversion',
        message: expect.stringContaining('1600 characters may take'),
        hint: expect.stringContaining("`format: 'storage'`"),
        retryable: false,
      }),
    }),
  );
});

test('in storage format it is written as it is, and asked for again, as what it refers to is not known', async () => {
  const wiki = fakeWiki({ pages: [page(1, { body: HEAVY }), page(2)] });
  const planning = withSmallHeap(await open(wiki, { format: 'storage' }));
  const codes = warnings(planning);
  expect(ends(await runLane(planning))).toEqual({ written: 2 });
  expect(codes).toEqual(['unread-references']);
  expect((await filesIn(planning.run.options.dir))['index.xhtml']).toBe(HEAVY);
  expect(planning.run.store.records.get('page:1')).toMatchObject({ version: 0 });
});

test('in ADF it fails alone', async () => {
  const heavy = docOf(...Array.from({ length: 200 }, () => ({ type: 'paragraph' })));
  const wiki = fakeWiki({ pages: pages(20).map((one) => ({ ...one, body: one.id === '7' ? heavy : TEXT })) });
  const steps = await runLane(withSmallHeap(await open(wiki, { format: 'adf' })));
  expect(ends(steps)).toEqual({ written: 19, failed: 1 });
  expect(steps).toContainEqual(
    expect.objectContaining({ failed: expect.objectContaining({ id: '7', code: 'conversion' }) }),
  );
});
