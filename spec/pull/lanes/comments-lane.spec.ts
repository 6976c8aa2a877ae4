import { expect, test } from '@jest/globals';
import { lastValueFrom, of, throwError, toArray } from 'rxjs';
import type { WikiClient } from '../../../lib/confluence/wiki-client.js';
import { CredentialsError } from '../../../lib/errors/credentials-error.js';
import { HttpError } from '../../../lib/errors/http-error.js';
import { commentsLane$ } from '../../../lib/pull/lanes/comments-lane.js';
import { eventsOf, type Step } from '../../../lib/pull/run/step.js';
import { comment, fakeWiki, pages } from '../../support/fake-wiki.js';
import { filesIn, type Planning, useLanes } from '../../support/pulling.js';

const open = useLanes();

const runLane = ({ run, plan }: Planning): Promise<Step[]> =>
  lastValueFrom(commentsLane$(run, plan.comments.fetch).pipe(toArray()));

const results = (steps: readonly Step[]): string[] =>
  steps.flatMap((step) => (step.type === 'outcome' ? step.result : []));

const perPage = (count: number) => pages(count).map(({ id }) => comment(1000 + Number(id), Number(id)));

test('writes one file a page, for several pages a request', async () => {
  const wiki = fakeWiki({ pages: pages(60), comments: perPage(60) });
  const planning = await open(wiki, { comments: true });
  const steps = await runLane(planning);
  expect(results(steps)).toEqual(Array(60).fill('written'));
  expect(wiki.sent('fetchComments')).toHaveLength(2);
  expect(steps).toContainEqual(
    expect.objectContaining({
      kind: 'comments',
      event: {
        type: 'comments.written',
        pageId: '1',
        path: 'index.comments.md',
        bytes: expect.any(Number),
        count: 1,
        change: 'new',
      },
    }),
  );
  expect(planning.run.store.records.get('comments:1')).toMatchObject({ kind: 'comments', id: '1' });
  const files = await filesIn(planning.run.options.dir);
  expect(files['index.comments.md']?.split('\n\n').slice(0, 2)).toEqual([
    [
      '---',
      'page: "1"',
      'title: Page 1',
      'url: https://example.atlassian.net/wiki/pages/viewpage.action?pageId=1',
      'comments: 1',
      '---',
    ].join('\n'),
    expect.stringMatching(/^<a id="comment-1001"><\/a>\*\*/),
  ]);
});

test('learns the names of authors and of who is mentioned, once', async () => {
  const wiki = fakeWiki({
    pages: pages(1),
    comments: [
      comment(2, 1, { body: '<p><ac:link><ri:user ri:account-id="acct-9" /></ac:link></p>' }),
      comment(3, 1),
    ],
    names: { 'acct-9': 'Grace' },
  });
  await runLane(await open(wiki, { comments: true }));
  expect(wiki.sent('users')).toEqual(['users acct-2,acct-9']);
});

test('a poison comment fails its page only', async () => {
  const error = new HttpError(500, 'no');
  const wiki = fakeWiki({ pages: pages(16), comments: perPage(16) }, (request) =>
    /^fetchComments (.*,)?7(,|$)/.test(request) ? error : undefined,
  );
  const steps = await runLane(await open(wiki, { comments: true }));
  expect(results(steps).filter((result) => result === 'written')).toHaveLength(15);
  expect(steps.flatMap((step) => (step.type === 'outcome' && step.failed ? step.failed : []))).toEqual([
    expect.objectContaining({ kind: 'comments', id: '7', title: 'Page 7', code: 'http-500', attempts: 5 }),
  ]);
  expect(wiki.sent('fetchComments').length).toBeLessThanOrEqual(1 + 2 * Math.log2(16));
});

test('comments that are gone since the listing are no failure', async () => {
  const comments = perPage(2);
  const wiki = fakeWiki({ pages: pages(2), comments });
  const planning = await open(wiki, { comments: true });
  comments.pop();
  const steps = await runLane(planning);
  expect(results(steps)).toEqual(['written', 'notVisible']);
  expect(steps[1]).toMatchObject({
    event: {
      type: 'warning',
      code: 'not-visible',
      message: 'The comments of page 2 "Page 2" (page-2.comments.md) have gone since they were listed.',
    },
  });
});

/** What becomes of a page with two listed comments of which the search has only the first. */
const withOneMissing = async (comment$: WikiClient['comment$']) => {
  const comments = [...perPage(1), comment(3, 1)];
  const wiki = fakeWiki({ pages: pages(1), comments });
  const planning = await open(
    { ...wiki, client: { ...wiki.client, comment$, fetchComments$: () => of(perPage(1)) } },
    { comments: true },
  );
  const steps = await runLane(planning);
  const record = planning.run.store.records.get('comments:1');
  const file = record?.files[0]?.path;
  return { steps, record, text: file === undefined ? '' : (await filesIn(planning.run.options.dir))[file] };
};

test('a listed comment that the search leaves out is taken by its id', async () => {
  const { steps, record, text } = await withOneMissing(() =>
    of({ comment: comment(3, 1), status: 'current' }),
  );
  expect(steps).toMatchObject([{ result: 'written', event: { count: 2 } }]);
  expect(record?.comments?.map(({ id }) => id)).toEqual(['1001', '3']);
  expect(text).toContain('Comment 3.');
});

/** What becomes of a page whose one comment is listed in version 2, and comes in these by search and by its id. */
const listedAnew = async (bySearch: number, byId: number) => {
  const listed = comment(3, 1, { version: 2 });
  const wiki = fakeWiki({ pages: pages(1), comments: [listed] });
  const versioned = (version: number) => comment(3, 1, { version, body: `<p>Version ${version}.</p>` });
  const planning = await open(
    {
      ...wiki,
      client: {
        ...wiki.client,
        fetchComments$: () => of([versioned(bySearch)]),
        comment$: () => of({ comment: versioned(byId), status: 'current' }),
      },
    },
    { comments: true },
  );
  const planned = planning.plan.comments.fetch.map((each) => ({
    ...each,
    comments: each.comments.map((one) => ({ ...one, version: 2 })),
  }));
  const { run } = planning;
  const steps = await lastValueFrom(commentsLane$(run, planned).pipe(toArray()));
  const texts = Object.values(await filesIn(run.options.dir));
  return { results: results(steps), text: texts.join('') };
};

test.each([
  [2, 1, 'Version 2.'],
  [3, 1, 'Version 3.'],
  [0, 2, 'Version 2.'],
  [0, 0, 'Version 0.'],
  [1, 2, 'Version 2.'],
])(
  'a comment that search has in version %d, and its id in %d, is written: %s',
  async (bySearch, byId, text) => {
    expect(await listedAnew(bySearch, byId)).toEqual({
      results: ['written'],
      text: expect.stringContaining(text),
    });
  },
);

test('a comment that comes only in an older version than is listed fails, and nothing is written', async () => {
  expect(await listedAnew(1, 1)).toEqual({ results: ['failed'], text: '' });
});

test.each<[string, WikiClient['comment$']]>([
  ['is not there', () => of(undefined)],
  ['is in the trash', () => of({ comment: comment(3, 1), status: 'trashed' })],
])('a listed comment that %s has gone since', async (_name, comment$) => {
  const { steps, record, text } = await withOneMissing(comment$);
  expect(steps).toMatchObject([{ result: 'written', event: { count: 1 } }]);
  expect(record?.comments?.map(({ id }) => id)).toEqual(['1001']);
  expect(text).not.toContain('Comment 3.');
});

test.each([404, 500])(
  'a listed comment that cannot be had (%s) fails them all: half would pass for all',
  async (status) => {
    const error = new HttpError(status, 'no', { isBare: true });
    const { steps, record } = await withOneMissing(() => throwError(() => error));
    expect(steps).toMatchObject([
      { result: 'failed', failed: { kind: 'comments', id: '1', code: `http-${status}` } },
    ]);
    expect(record).toBeUndefined();
  },
);

test('refused credentials halt the run', async () => {
  const error = new CredentialsError('no');
  const wiki = fakeWiki({ pages: pages(3), comments: perPage(3) }, (request) =>
    request.startsWith('fetchComments') ? error : undefined,
  );
  const planning = await open(wiki, { comments: true });
  expect(await runLane(planning)).toEqual([]);
  expect(planning.run.failure()).toBe(error);
});

test('other refusals fail the pages of the batch, each by itself', async () => {
  const wiki = fakeWiki({ pages: pages(3), comments: perPage(3) }, (request) =>
    request.startsWith('fetchComments') ? new HttpError(400, 'no') : undefined,
  );
  const steps = await runLane(await open(wiki, { comments: true }));
  expect(results(steps)).toEqual(['failed', 'failed', 'failed']);
  expect(wiki.sent('fetchComments')).toHaveLength(1);
});

test('comments of a page that may take more memory than its share fail alone', async () => {
  const heavy = Array.from({ length: 40 }, (_, index) => comment(500 + index, 7));
  const planning = await open(fakeWiki({ pages: pages(16), comments: [...perPage(16), ...heavy] }), {
    comments: true,
  });
  const run = { ...planning.run, shares: { ...planning.run.shares, page: 100_000 } };
  const steps = await runLane({ ...planning, run });
  expect(results(steps).sort()).toEqual(['failed', ...Array<string>(15).fill('written')]);
  expect(steps).toContainEqual(
    expect.objectContaining({ failed: expect.objectContaining({ id: '7', code: 'conversion' }) }),
  );
});

test('comments that are there already are written as edited, and told to have moved first', async () => {
  const planning = await open(fakeWiki({ pages: pages(2), comments: perPage(2) }), { comments: true });
  await runLane(planning);
  const { run, plan } = planning;
  const again = async (base: string) => {
    const planned = plan.comments.fetch
      .filter(({ page }) => page.id === '2')
      .map((each) => ({ ...each, base }));
    return (await lastValueFrom(commentsLane$(run, planned).pipe(toArray()))).flatMap(eventsOf);
  };
  expect(await again('page-2')).toMatchObject([
    { type: 'comments.written', path: 'page-2.comments.md', change: 'edited' },
  ]);
  expect(await again('guide/second')).toMatchObject([
    { type: 'comments.moved', pageId: '2', from: 'page-2.comments.md', to: 'guide/second.comments.md' },
    { type: 'comments.written', path: 'guide/second.comments.md', change: 'edited' },
  ]);
});
