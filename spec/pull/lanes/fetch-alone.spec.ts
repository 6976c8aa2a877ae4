import { describe, expect, test } from '@jest/globals';
import { lastValueFrom, of, throwError, toArray } from 'rxjs';
import type { WikiClient } from '../../../lib/confluence/wiki-client.js';
import type { BodyFormat, PageWithBody } from '../../../lib/core/content.js';
import type { ItemRecord } from '../../../lib/core/records.js';
import { CredentialsError } from '../../../lib/errors/credentials-error.js';
import { HttpError } from '../../../lib/errors/http-error.js';
import { RateLimitWaitError } from '../../../lib/errors/rate-limit-wait-error.js';
import { UnreachableError } from '../../../lib/errors/unreachable-error.js';
import { fetchAlone$ } from '../../../lib/pull/lanes/fetch-alone.js';
import type { PullOptions } from '../../../lib/pull/run/pull-options.js';
import { fakeWiki, page } from '../../support/fake-wiki.js';
import { filesIn, useLanes } from '../../support/pulling.js';

const open = useLanes();

type Answer = Partial<PageWithBody> | Error;

interface Asking {
  /** By the format that is asked for. */
  readonly answer: (format: BodyFormat) => Answer;
  readonly client?: Partial<WikiClient>;
  readonly options?: Partial<PullOptions>;
  readonly isMirrored?: boolean;
  readonly before?: number;
}

const MIRRORED: ItemRecord = { kind: 'page', id: '1', version: 1, fingerprint: '', files: [] };

/** Asks for a page that is listed at version 2; tells what becomes of it. */
const fetchAlone = async ({ answer, client, options, isMirrored = false, before = 0 }: Asking) => {
  const wiki = fakeWiki({ pages: [page(1, { version: 2 })] });
  const formats: BodyFormat[] = [];
  const fetchPage$: WikiClient['fetchPage$'] = (_kind, _id, format) => {
    formats.push(format);
    const given = answer(format);
    return given instanceof Error ? throwError(() => given) : of(page(1, { version: 2, ...given }));
  };
  const { run, plan } = await open({ ...wiki, client: { ...wiki.client, fetchPage$, ...client } }, options);
  const warnings: string[] = [];
  run.notices$.subscribe((notice) => {
    if (notice.type === 'warning') warnings.push(`${notice.code}: ${notice.message}`);
  });
  if (isMirrored) await run.store.put(MIRRORED);
  const planned = plan.pages.fetch[0];
  if (planned === undefined) throw new Error('Nothing is planned.');
  const steps = await lastValueFrom(fetchAlone$(run, planned, before).pipe(toArray()));
  const text = Object.values(await filesIn(run.options.dir)).join('\n');
  return { run, steps, warnings, formats, text, record: run.store.records.get('page:1') };
};

const failureOf = (failed: object) => [
  expect.objectContaining({ result: 'failed', failed: expect.objectContaining({ kind: 'page', ...failed }) }),
];

const DOC = '{"type":"doc","content":[{"type":"rule"}]}';
const NO = new HttpError(500, 'GET /api/v2/pages/1 answered 500.');

describe('what is not as it should be is told of the page, by its name and its file', () => {
  test.each<[string, Asking['answer'], string]>([
    [
      'its view stands for it, as it cannot be had',
      (format) => (format === 'view' ? { body: '<p>Seen.</p>' } : NO),
      'substitute-body: The body of page 1 "Page 1" (index.md) cannot be had in storage format; its rendered view is mirrored, and the next pull tries again.',
    ],
    [
      'its view stands for it, as it is empty',
      (format) => ({ body: format === 'view' ? '<p>Seen.</p>' : '' }),
      'substitute-body: The body of page 1 "Page 1" (index.md) is empty in storage format; its rendered view is mirrored.',
    ],
    [
      'it is an older one',
      () => ({ version: 1 }),
      'stale-body: The body of page 1 "Page 1" (index.md) is older than the listing says (version 1 instead of 2); the next pull asks for it again.',
    ],
  ])('%s', async (_what, answer, warning) => {
    const { steps, warnings } = await fetchAlone({ answer });
    expect(steps).toMatchObject([{ type: 'outcome', kind: 'page', result: 'written' }]);
    expect(warnings).toEqual([warning]);
  });

  test('a page that came as it should is written without a word, by one request', async () => {
    const { warnings, formats, text, record } = await fetchAlone({ answer: () => ({}) });
    expect([warnings, formats]).toEqual([[], ['markdown']]);
    expect(text).toContain('Body of page 1.');
    expect(record).toMatchObject({ version: 2 });
  });
});

describe('a page that fails says of what', () => {
  test.each<[string, Asking, RegExp]>([
    [
      'another space',
      { answer: () => ({ spaceId: '777' }) },
      /answers for page 1 with one of another space \(777\)/,
    ],
    [
      'a status that is for no reader',
      { answer: () => ({ status: 'draft' }) },
      /answers for page 1 with a text of the status "draft"/,
    ],
    [
      'what comes in no format',
      { answer: () => ({ body: undefined }) },
      /body of page 1 did not come in any format/,
    ],
    [
      'what the mirror has, and the wiki does not give',
      { answer: () => ({ body: undefined }), isMirrored: true },
      /body of page 1 did not come in any format/,
    ],
    [
      'a text that is no document',
      { answer: () => ({ body: '<p>x</p>' }), options: { format: 'adf' } },
      /body of page 1 is no ADF document/,
    ],
    [
      'a text that is there in the other format only',
      { answer: (format) => ({ body: format === 'storage' ? '' : DOC }), options: { format: 'storage' } },
      /body of page 1 comes empty in the format storage, though it has a text/,
    ],
  ])('%s', async (_what, asking, message) => {
    const { steps, warnings, text } = await fetchAlone(asking);
    expect(steps).toEqual(failureOf({ id: '1', title: 'Page 1', message: expect.stringMatching(message) }));
    expect([warnings, text]).toEqual([[], '']);
  });
});

test.each(['trashed', 'archived'])(
  'a page that is %s has gone, and is named by its place',
  async (status) => {
    const { steps, text } = await fetchAlone({ answer: () => ({ status }), options: { format: 'storage' } });
    expect(steps).toEqual([
      {
        type: 'outcome',
        kind: 'page',
        result: 'notVisible',
        event: { type: 'page.skipped', id: '1', path: 'index.xhtml', reason: 'not-visible' },
      },
    ]);
    expect(text).toBe('');
  },
);

describe('the tries count: those in batches, the page’s own, and those for another format', () => {
  const seven = Object.assign(new HttpError(500, 'no'), { attempts: 7 });
  test.each<[string, Asking, number]>([
    ['none of another format where it would not help', { answer: () => new HttpError(403, 'no') }, 4],
    ['and the view, which fails, too', { answer: () => seven }, 17],
    ['and in a format that nothing stands in for', { answer: () => seven, options: { format: 'adf' } }, 10],
    [
      'and what tells whether it is empty',
      {
        answer: (format) => (format === 'adf' ? seven : { body: '' }),
        options: { format: 'storage' },
      },
      10,
    ],
  ])('%s', async (_what, asking, attempts) => {
    const { steps } = await fetchAlone({ before: 3, ...asking });
    expect(steps).toEqual(failureOf({ attempts }));
  });
});

describe('a page that may not be read is looked up', () => {
  const refused = new HttpError(403, 'No reading.');
  const looking = (pagesById$: WikiClient['pagesById$']) =>
    fetchAlone({ answer: () => refused, client: { pagesById$ } });

  test('one that nobody knows any more has not gone for sure, and fails as it did', async () => {
    const { steps } = await looking(() => of(new Map()));
    expect(steps).toEqual(failureOf({ code: 'http-403', message: 'No reading.' }));
  });

  test('where that fails, too, the page fails as it did', async () => {
    const { steps } = await looking(() => throwError(() => new HttpError(500, 'no')));
    expect(steps).toEqual(failureOf({ code: 'http-403', message: 'No reading.' }));
  });

  test('what ends the run ends it here', async () => {
    const error = new UnreachableError('offline', 'no connection');
    await expect(looking(() => throwError(() => error))).rejects.toBe(error);
  });

  test('a page that failed otherwise is not', async () => {
    let lookups = 0;
    await fetchAlone({
      answer: () => NO,
      client: {
        pagesById$: () => {
          lookups += 1;
          return of(new Map());
        },
      },
    });
    expect(lookups).toBe(0);
  });
});

test.each<[string, Asking['answer']]>([
  ['for the page', () => new CredentialsError('no')],
  ['for its view', (format) => (format === 'view' ? new RateLimitWaitError('no') : NO)],
])('a refusal of anything further, %s, halts the run; the page has not failed', async (_what, answer) => {
  const { run, steps } = await fetchAlone({ answer });
  expect(steps).toEqual([]);
  expect(run.failure()).toBeDefined();
});
