import path from 'node:path';
import { expect, test } from '@jest/globals';
import fs from 'fs-extra';
import {
  type Observable,
  defer,
  ignoreElements,
  lastValueFrom,
  NEVER,
  of,
  Subject,
  take,
  takeUntil,
  tap,
  throwError,
} from 'rxjs';
import type { Identity } from '../../lib/confluence/identity.js';
import { CredentialsError } from '../../lib/errors/credentials-error.js';
import { HttpError } from '../../lib/errors/http-error.js';
import type { EventType, RxsyncEvent } from '../../lib/events/events.js';
import { pull$ } from '../../lib/pull/pull.js';
import type { WikiClient } from '../../lib/confluence/wiki-client.js';
import { SpaceNotFoundError } from '../../lib/errors/space-not-found-error.js';
import type { PullOptions } from '../../lib/pull/run/pull-options.js';
import { openMirror, readMirrorState } from '../../lib/store/open-mirror.js';
import {
  ACCOUNT,
  attachment,
  comment,
  type FakeContent,
  type FakeWiki,
  fakeWiki,
  page,
  pages,
  SPACE,
} from '../support/fake-wiki.js';
import { depsFor, eventsOf, filesIn, optionsFor, useTemporaryFolder } from '../support/pulling.js';

const folder = useTemporaryFolder();

const POSTS = [page(900, { kind: 'blogpost', parentId: undefined, title: 'News' })];
const CONTENT: FakeContent = {
  pages: [...pages(60), ...POSTS],
  attachments: [attachment(1, 1), attachment(2, 2)],
  comments: [comment(1, 1), comment(2, 3)],
  names: { 'acct-1': 'Ada', 'acct-2': 'Grace' },
};

const OPTIONS: Partial<PullOptions> = { comments: true };

const pulling = (wiki: FakeWiki, dir: string, stop$?: Observable<string>, options = OPTIONS) =>
  pull$(optionsFor(dir, options), depsFor(wiki, stop$ ? { stop$ } : {}));

const types = (events: readonly RxsyncEvent[]): EventType[] => events.map(({ type }) => type);
const ENDS: readonly EventType[] = ['run.finished', 'run.interrupted', 'run.failed'];

const stateIn = async (dir: string) => {
  const read = await readMirrorState(dir);
  return read.kind === 'read' ? read.state : undefined;
};

/** What an undisturbed pull makes of the content. */
const undisturbed = async (options = OPTIONS): Promise<Record<string, string>> => {
  const dir = await folder();
  await eventsOf(pulling(fakeWiki(CONTENT), dir, undefined, options));
  return filesIn(dir);
};

const expectToBeWhole = (events: readonly RxsyncEvent[]): void => {
  expect(events[0]).toMatchObject({ type: 'run.started', v: 1, seq: 1, run: 'run-1' });
  expect(events.map(({ seq }) => seq)).toEqual(events.map((_, index) => index + 1));
  expect(types(events).filter((type) => ENDS.includes(type))).toEqual([events.at(-1)?.type]);
};

test('a first pull writes everything listed and ends with an account that balances', async () => {
  const dir = await folder();
  const events = await eventsOf(pulling(fakeWiki(CONTENT), dir));
  expectToBeWhole(events);
  expect(events[0]).toMatchObject({ space: 'DOCS', mode: 'full' });
  expect(events.at(-1)).toMatchObject({
    type: 'run.finished',
    exitCode: 0,
    dryRun: false,
    totals: {
      page: { listed: 60, written: 60 },
      blogpost: { listed: 1, written: 1 },
      attachment: { listed: 2, written: 2 },
      comments: { listed: 2, written: 2 },
    },
  });
  expect(Object.keys(await filesIn(dir))).toHaveLength(65);
  expect(await stateIn(dir)).toMatchObject({ checkpoint: null, lastFullSync: '2026-02-03T04:05:06.000Z' });
});

test('a second pull of the same fetches no body, touches no file and tells so', async () => {
  const dir = await folder();
  await eventsOf(pulling(fakeWiki(CONTENT), dir));
  const mtimes = await fs.stat(path.join(dir, 'index.md'));
  const wiki = fakeWiki(CONTENT);
  const events = await eventsOf(pulling(wiki, dir));
  expect(events[0]).toMatchObject({ mode: 'delta' });
  expect(wiki.requests.filter((request) => /^(fetch|download)/.test(request))).toEqual([]);
  expect(types(events)).not.toContain('page.skipped');
  expect(events.at(-1)).toMatchObject({ totals: { page: { unchanged: 60, written: 0 } }, bytes: 0 });
  expect((await fs.stat(path.join(dir, 'index.md'))).mtimeMs).toBe(mtimes.mtimeMs);
  const telling = await eventsOf(
    pulling(fakeWiki(CONTENT), dir, undefined, { ...OPTIONS, tellUnchanged: true }),
  );
  expect(types(telling).filter((type) => type === 'page.skipped')).toHaveLength(61);
});

test('what is edited, new or gone since is fetched, written and deleted, nothing else', async () => {
  const dir = await folder();
  await eventsOf(pulling(fakeWiki(CONTENT), dir));
  const [home, second, ...rest] = pages(60).slice(0, 59);
  const now = [home, { ...second, version: 2, body: '<p>New words.</p>' }, ...rest, page(77)];
  const wiki = fakeWiki({ ...CONTENT, pages: now.flatMap((one) => (one ? [page(1, one)] : [])) });
  const events = await eventsOf(pulling(wiki, dir));
  expect(wiki.sent('fetchPages')).toEqual(['fetchPages 2,77']);
  const written = events.flatMap((event) =>
    event.type === 'page.written' ? `${event.id} ${event.change} ${event.version}` : [],
  );
  expect(written.sort()).toEqual(['2 edited 2', '77 new 1']);
  expect(events.filter(({ type }) => type === 'page.deleted').length).toBe(2);
  expect(await filesIn(dir)).toMatchObject({ 'page-2.md': expect.stringContaining('New words.') });
});

test.each([
  'space DOCS',
  'listPages page',
  'listComments',
  'users acct-1',
  'fetchPages',
  'download att1',
  'fetchComments',
])('stopped at "%s", a run leaves a state from which the next one ends as if undisturbed', async (moment) => {
  const dir = await folder();
  const stop = new Subject<string>();
  const wiki = fakeWiki(CONTENT, (request) => {
    if (request.startsWith(moment)) stop.next('SIGINT');
    return undefined;
  });
  const events = await eventsOf(pulling(wiki, dir, stop));
  expectToBeWhole(events);
  expect(events.at(-1)).toMatchObject({ type: 'run.interrupted', reason: 'SIGINT', exitCode: 130 });
  expect(types(events)).not.toContain('page.deleted');
  const next = await eventsOf(pulling(fakeWiki(CONTENT), dir));
  expect(next.at(-1)).toMatchObject({ type: 'run.finished', exitCode: 0 });
  expect(await filesIn(dir)).toEqual(await undisturbed());
  expect(await stateIn(dir)).toMatchObject({ checkpoint: null });
});

test('an interrupted run is resumed: what is stored is not fetched again', async () => {
  const dir = await folder();
  const stop = new Subject<string>();
  const first = fakeWiki(CONTENT, (request) => {
    if (request.startsWith('fetchPages')) stop.next('SIGTERM');
    return undefined;
  });
  const events = await eventsOf(pulling(first, dir, stop));
  expect(events.at(-1)).toMatchObject({ exitCode: 143 });
  const checkpoint = (await stateIn(dir))?.checkpoint;
  expect(checkpoint).toMatchObject({ totalCount: 65, failedIds: [] });
  const second = fakeWiki(CONTENT);
  const resumed = await eventsOf(pulling(second, dir));
  expect(resumed[0]).toMatchObject({
    mode: 'resume',
    resumed: { processed: checkpoint?.processedCount, total: 65 },
  });
  const fetched = [first, second].flatMap((wiki) =>
    wiki.sent('fetchPages').flatMap((request) => request.replace('fetchPages ', '').split(',')),
  );
  expect(fetched).toHaveLength(new Set(fetched).size);
});

test('an interrupted run names all that has failed, however much it is', async () => {
  const dir = await folder();
  const stop = new Subject<string>();
  const wiki = fakeWiki({ pages: pages(130) }, (request) => {
    if (!request.startsWith('fetchPages')) return undefined;
    if (wiki.sent('fetchPages').length === 3) stop.next('SIGTERM');
    return new HttpError(503, 'GET answered 503.');
  });
  await eventsOf(pulling(wiki, dir, stop));
  const state = await stateIn(dir);
  expect(state).toMatchObject({ failedCount: 130, failedItems: { length: 130 } });
  expect(state?.checkpoint?.failedIds).toHaveLength(130);
});

test.each([1, 5, 30, 70])(
  'cut off after %s events, the lock is free and the next run completes',
  async (count) => {
    const dir = await folder();
    const cut = pulling(fakeWiki(CONTENT), dir).pipe(take(count));
    await lastValueFrom(cut);
    const lock = path.join(dir, '.rxsync', 'lock');
    while (await fs.pathExists(lock)) await new Promise(setImmediate);
    const events = await eventsOf(pulling(fakeWiki(CONTENT), dir));
    expect(events.at(-1)).toMatchObject({ type: 'run.finished', exitCode: 0 });
    expect(await filesIn(dir)).toEqual(await undisturbed());
  },
);

test('a failed item is told, ends the run with 3, and is tried again by the next', async () => {
  const dir = await folder();
  const wiki = fakeWiki(CONTENT, (request) =>
    /^fetchPages? (.*,)?7(,|$| )/.test(request) ? new HttpError(500, 'GET answered 500.') : undefined,
  );
  const events = await eventsOf(pulling(wiki, dir));
  expectToBeWhole(events);
  expect(events.at(-1)).toMatchObject({
    type: 'run.finished',
    exitCode: 3,
    totals: { page: { listed: 60, written: 59, failed: 1 } },
    failedItems: [{ kind: 'page', id: '7', code: 'http-500' }],
  });
  const again = fakeWiki(CONTENT);
  expect((await eventsOf(pulling(again, dir))).at(-1)).toMatchObject({ exitCode: 0 });
  expect(again.sent('fetchPages')).toEqual(['fetchPages 7']);
  expect(await filesIn(dir)).toEqual(await undisturbed());
});

test('what ends a run is told as run.failed, then passed on; a checkpoint is saved and the lock is free', async () => {
  const dir = await folder();
  const error = new CredentialsError('refused', { hint: 'Check them.' });
  const wiki = fakeWiki(CONTENT, (request) => (request === 'download att2' ? error : undefined));
  const events: RxsyncEvent[] = [];
  const run = lastValueFrom(pulling(wiki, dir).pipe(tap((event) => events.push(event))));
  await expect(run).rejects.toBe(error);
  expectToBeWhole(events);
  expect(events.at(-1)).toMatchObject({
    type: 'run.failed',
    code: 'credentials',
    message: 'refused',
    hint: 'Check them.',
    exitCode: 12,
  });
  expect(await stateIn(dir)).toMatchObject({ checkpoint: { totalCount: 65 } });
  expect(await fs.pathExists(path.join(dir, '.rxsync', 'lock'))).toBe(false);
});

test('a side listing that fails costs its own kind: pages are written, nothing of the kind is deleted, exit 3', async () => {
  const dir = await folder();
  await eventsOf(pulling(fakeWiki(CONTENT), dir));
  const before = await filesIn(dir);
  const pagesNow = pages(60).map((one) =>
    one.id === '2' ? { ...one, version: 2, body: '<p>New.</p>' } : one,
  );
  const now = { ...CONTENT, pages: [...pagesNow, ...POSTS], attachments: [], comments: [] };
  const wiki = fakeWiki(now, (request) =>
    /^(listAttachments|listComments|listFolders|attachmentsOf|users)/.test(request)
      ? new HttpError(500, 'no')
      : undefined,
  );
  const events = await eventsOf(pulling(wiki, dir));
  expect(events.at(-1)).toMatchObject({
    type: 'run.finished',
    exitCode: 3,
    totals: { page: { written: 1, deleted: 0 }, attachment: { deleted: 0 }, comments: { deleted: 0 } },
  });
  const told = events.flatMap((event) => (event.type === 'listing.incomplete' ? event.of : []));
  expect([...told].sort()).toEqual(['attachment', 'comments', 'folder', 'names']);
  const after = await filesIn(dir);
  expect(Object.keys(after)).toEqual(Object.keys(before));
  expect(after['page-2.md']).toContain('New.');
  // Names go on as they were known.
  expect(after['page-2.md']).toContain('author: Ada');
  expect(await stateIn(dir)).toMatchObject({ checkpoint: null, incomplete: told.map((of) => ({ of })) });
  const end = (await eventsOf(pulling(fakeWiki(CONTENT), dir))).at(-1);
  expect(end).toMatchObject({ exitCode: 0 });
  expect(await stateIn(dir)).toMatchObject({ incomplete: [] });
});

test('the listing of pages is what a mirror is nothing without', async () => {
  const dir = await folder();
  await eventsOf(pulling(fakeWiki(CONTENT), dir));
  const before = await filesIn(dir);
  const wiki = fakeWiki({ ...CONTENT, pages: pages(2) }, (request) =>
    request === 'listPages page' ? new HttpError(500, 'no') : undefined,
  );
  await expect(eventsOf(pulling(wiki, dir))).rejects.toMatchObject({ status: 500 });
  expect(await filesIn(dir)).toEqual(before);
});

test('an empty listing deletes nothing while every page still answers by its id', async () => {
  const dir = await folder();
  await eventsOf(pulling(fakeWiki(CONTENT), dir));
  const before = await filesIn(dir);
  const leftOut = CONTENT.pages?.map(({ id }) => id) ?? [];
  const events = await eventsOf(pulling(fakeWiki({ ...CONTENT, leftOut }), dir));
  expect(events.at(-1)).toMatchObject({
    exitCode: 0,
    totals: { page: { listed: 60, unchanged: 60, deleted: 0 } },
  });
  expect(events).toContainEqual(expect.objectContaining({ type: 'warning', code: 'incomplete-listing' }));
  expect(await filesIn(dir)).toEqual(before);
});

test('more deletions than allowed are refused before anything is written', async () => {
  const dir = await folder();
  await eventsOf(pulling(fakeWiki(CONTENT), dir));
  const before = await filesIn(dir);
  const state = await stateIn(dir);
  const wiki = fakeWiki({ ...CONTENT, pages: [...pages(2), page(800)] });
  await expect(eventsOf(pulling(wiki, dir))).rejects.toMatchObject({ exitCode: 14 });
  expect(await filesIn(dir)).toEqual(before);
  expect(await stateIn(dir)).toEqual(state);
  expect(wiki.sent('fetchPages')).toEqual([]);
  await eventsOf(pulling(wiki, dir, undefined, { ...OPTIONS, force: true }));
  expect(Object.keys(await filesIn(dir)).filter((file) => /page-\d+\.md/.test(file))).toEqual([
    'page-2.md',
    'page-800.md',
  ]);
});

test('a dry run refuses as the pull would', async () => {
  const dir = await folder();
  await eventsOf(pulling(fakeWiki(CONTENT), dir));
  const wiki = fakeWiki({ ...CONTENT, pages: pages(2) });
  const run = eventsOf(pulling(wiki, dir, undefined, { ...OPTIONS, dryRun: true }));
  await expect(run).rejects.toMatchObject({ exitCode: 14 });
});

test.each<[string, Identity]>([
  ['another account', { kind: 'known', accountId: 'acct-other' }],
  ['nobody knows who', { kind: 'unknown' }],
])('%s loses nothing that it does not see, and says so; --force lets it', async (_name, identity) => {
  const dir = await folder();
  await eventsOf(pulling(fakeWiki(CONTENT), dir));
  const before = await filesIn(dir);
  const hidden = { ...CONTENT, pages: [...pages(59), ...POSTS], identity };
  const events = await eventsOf(pulling(fakeWiki(hidden), dir));
  expect(events.at(-1)).toMatchObject({ exitCode: 0, totals: { page: { deleted: 0 } } });
  expect(events).toContainEqual(expect.objectContaining({ type: 'warning', code: 'hidden-items' }));
  expect(await filesIn(dir)).toEqual(before);
  // The mirror goes on being what the first one saw.
  expect(await stateIn(dir)).toMatchObject({ account: ACCOUNT });
  const forced = await eventsOf(pulling(fakeWiki(hidden), dir, undefined, { ...OPTIONS, force: true }));
  expect(forced.at(-1)).toMatchObject({ totals: { page: { deleted: 1 } } });
});

test('the account that pulled before loses what it does not see any more, and is told', async () => {
  const dir = await folder();
  await eventsOf(pulling(fakeWiki(CONTENT), dir));
  const wiki = fakeWiki({ ...CONTENT, pages: [...pages(59), ...POSTS] });
  const events = await eventsOf(pulling(wiki, dir));
  expect(events.at(-1)).toMatchObject({ exitCode: 0, totals: { page: { deleted: 1 } } });
  expect(events).toContainEqual(expect.objectContaining({ type: 'warning', code: 'not-visible' }));
});

test('a wiki that comes to take us for a stranger ends the run with 12, and nothing is changed', async () => {
  const dir = await folder();
  await eventsOf(pulling(fakeWiki(CONTENT), dir));
  const before = await filesIn(dir);
  const wiki = fakeWiki({ ...CONTENT, pages: pages(40) });
  const identities: Identity[] = [{ kind: 'known', accountId: ACCOUNT }];
  const identity$ = () => defer(() => of(identities.shift() ?? { kind: 'stranger' as const }));
  const later = { ...wiki, client: { ...wiki.client, identity$ } };
  await expect(eventsOf(pulling(later, dir))).rejects.toMatchObject({ exitCode: 12 });
  expect(await filesIn(dir)).toEqual(before);
});

test('a stop while bodies are fetched deletes nothing', async () => {
  const dir = await folder();
  await eventsOf(pulling(fakeWiki(CONTENT), dir));
  const before = Object.keys(await filesIn(dir));
  const stop = new Subject<string>();
  const wiki = fakeWiki({ ...CONTENT, pages: [...pages(58), page(800)] }, (request) => {
    if (request.startsWith('fetchPages')) stop.next('SIGINT');
    return undefined;
  });
  const events = await eventsOf(pulling(wiki, dir, stop));
  expect(events.at(-1)).toMatchObject({ type: 'run.interrupted' });
  expect(Object.keys(await filesIn(dir))).toEqual(expect.arrayContaining(before));
});

test('a dry run tells the plan and writes nothing', async () => {
  const dir = path.join(await folder(), 'mirror');
  const wiki = fakeWiki(CONTENT);
  const events = await eventsOf(pulling(wiki, dir, undefined, { ...OPTIONS, dryRun: true }));
  expectToBeWhole(events);
  expect(events.find(({ type }) => type === 'inventory.done')).toMatchObject({
    pages: 61,
    toFetch: { pages: 61, attachments: 2, comments: 2 },
  });
  expect(events.at(-1)).toMatchObject({ type: 'run.finished', dryRun: true, bytes: 0 });
  expect(wiki.requests.filter((request) => /^(fetch|download)/.test(request))).toEqual([]);
  expect(await fs.pathExists(dir)).toBe(false);
});

test('only referenced attachments are kept when asked for', async () => {
  const dir = await folder();
  const body = '<p><ac:image><ri:attachment ri:filename="file-2.bin" /></ac:image></p>';
  const content = { ...CONTENT, pages: [page(1), page(2, { body })] };
  await eventsOf(pulling(fakeWiki(content), dir));
  const wiki = fakeWiki(content);
  const events = await eventsOf(pulling(wiki, dir, undefined, { ...OPTIONS, attachments: 'referenced' }));
  expect(events.at(-1)).toMatchObject({
    exitCode: 0,
    totals: { attachment: { listed: 1, unchanged: 1, deleted: 1 } },
  });
  expect(Object.keys(await filesIn(dir)).filter((file) => file.endsWith('.bin'))).toEqual([
    'page-2.attachments/file-2.bin',
  ]);
});

test('labels go into the front matter; long lists are completed one by one', async () => {
  const dir = await folder();
  const labels = [
    { kind: 'page', id: '1', labels: ['first'], hasMore: false },
    { kind: 'page', id: '2', labels: ['one'], hasMore: true },
    { kind: 'page', id: '3', labels: [], hasMore: false },
  ] as const;
  const wiki = fakeWiki({ pages: pages(4), labels });
  await eventsOf(pulling(wiki, dir, undefined, { labels: true }));
  expect(wiki.sent('labelsOf')).toEqual(['labelsOf page 2']);
  expect(await filesIn(dir)).toMatchObject({
    'index.md': expect.stringContaining('- first'),
    'page-2.md': expect.stringMatching(/- one\n\s+- three\n\s+- two/),
    'page-3.md': expect.stringContaining('labels: []'),
    // Search does not name it: unknown is not none.
    'page-4.md': expect.not.stringContaining('labels:'),
  });
});

test('labels of which the wiki tells none where search has some stay as they were, exit 3', async () => {
  const dir = await folder();
  const labels = [{ kind: 'page', id: '2', labels: ['one'], hasMore: true }] as const;
  const wiki = fakeWiki({ pages: pages(2), labels });
  await eventsOf(pulling(wiki, dir, undefined, { labels: true }));
  const before = await filesIn(dir);
  const empty = { ...wiki, client: { ...wiki.client, labelsOf$: () => of([]) } };
  const events = await eventsOf(pulling(empty, dir, undefined, { labels: true }));
  expect(events.at(-1)).toMatchObject({ exitCode: 3, incomplete: [{ of: 'labels' }] });
  expect(await filesIn(dir)).toEqual(before);
});

test('a quick delta leaves alone what its search tells to hang on no page', async () => {
  const dir = await folder();
  const comments = [comment(5, 2), comment(6, 2)];
  const wiki = fakeWiki({ pages: pages(2), attachments: [attachment(1, 2)], comments });
  await eventsOf(pulling(wiki, dir));
  const before = await filesIn(dir);
  const client: WikiClient = {
    ...wiki.client,
    searchChanges$: () =>
      of({
        items: [
          { type: 'attachment', id: 'att1', attachment: attachment(1, 2, { pageId: '', version: 9 }) },
          { type: 'comment', id: '5', comment: { id: '5', pageId: '', version: 9, resolution: undefined } },
        ],
      }),
  };
  const quick = { ...OPTIONS, checkDeletions: false };
  const events = await eventsOf(pulling({ ...wiki, client }, dir, undefined, quick));
  expect(events.at(-1)).toMatchObject({ exitCode: 0, totals: { attachment: { unchanged: 1 } } });
  expect(await filesIn(dir)).toEqual(before);
});

test('a quick delta writes the pages that it lists, though the search of other changes fails: exit 3', async () => {
  const dir = await folder();
  await eventsOf(pulling(fakeWiki({ pages: pages(3) }), dir));
  const edited = page(2, { version: 2, body: '<p>Edited.</p>' });
  const wiki = fakeWiki({ pages: [page(1), edited, page(3)] });
  const client: WikiClient = {
    ...wiki.client,
    listPagesByChange$: (space) => wiki.client.listPages$(space, 'page'),
    searchChanges$: () => throwError(() => new HttpError(500, 'no')),
  };
  const quick = { ...OPTIONS, checkDeletions: false };
  const events = await eventsOf(pulling({ ...wiki, client }, dir, undefined, quick));
  expect(events.at(-1)).toMatchObject({
    exitCode: 3,
    incomplete: [{ of: 'blogpost' }, { of: 'folder' }, { of: 'attachment' }, { of: 'comments' }],
  });
  expect((await filesIn(dir))['page-2.md']).toContain('Edited.');
});

test('a space that got another key is told so once, and goes on under both', async () => {
  const dir = await folder();
  const wiki = fakeWiki(CONTENT);
  await eventsOf(pulling(wiki, dir));
  const client: WikiClient = {
    ...wiki.client,
    space$: (key, id) =>
      key === 'NEWK' || id === SPACE.id
        ? of({ ...SPACE, key: 'NEWK' })
        : throwError(() => new SpaceNotFoundError(key)),
  };
  const pullAs = (space: string) =>
    eventsOf(pulling({ ...wiki, client }, dir, undefined, { ...OPTIONS, space }));
  const newKey = expect.objectContaining({
    code: 'new-key',
    message: expect.stringMatching(/DOCS has the key NEWK now/),
  });
  const first = await pullAs('DOCS');
  expect(first).toContainEqual(newKey);
  expect(await stateIn(dir)).toMatchObject({ scope: { space: 'NEWK' }, formerKeys: ['DOCS'] });
  for (const space of ['docs', 'NEWK']) {
    const events = await pullAs(space);
    expect(events.at(-1)).toMatchObject({ exitCode: 0, totals: { page: { unchanged: 60 } } });
    expect(events).not.toContainEqual(newKey);
  }
  expect(await stateIn(dir)).toMatchObject({ formerKeys: ['DOCS'] });
  await expect(pullAs('OTHER')).rejects.toMatchObject({ exitCode: 10 });
});

test('another day of a page or post, without a version, is written into its file', async () => {
  const dir = await folder();
  const content = { pages: [page(1), page(9, { kind: 'blogpost', parentId: undefined })] };
  await eventsOf(pulling(fakeWiki(content), dir));
  const createdAt = '2023-05-05T00:00:00.000Z';
  const wiki = fakeWiki({ pages: content.pages.map((one) => ({ ...one, createdAt })) });
  await eventsOf(pulling(wiki, dir));
  expect(wiki.sent('fetchPages')).toEqual([]);
  const fresh = await folder();
  await eventsOf(pulling(wiki, fresh));
  expect(await filesIn(dir)).toEqual(await filesIn(fresh));
  expect(Object.keys(await filesIn(dir)).join()).toContain('2023-05-05');
});

test('two pulls in one process do not disturb each other', async () => {
  const [one, other] = [await folder(), await folder()];
  const stop = new Subject<string>();
  const stopped = fakeWiki(CONTENT, (request) => {
    if (request.startsWith('fetchPages')) stop.next('SIGINT');
    return undefined;
  });
  const [first, second] = await Promise.all([
    eventsOf(pulling(stopped, one, stop)),
    eventsOf(pulling(fakeWiki(CONTENT), other)),
  ]);
  expect(first.at(-1)?.type).toBe('run.interrupted');
  expect(second.at(-1)).toMatchObject({ type: 'run.finished', exitCode: 0 });
  expectToBeWhole(first);
  expectToBeWhole(second);
  expect(await filesIn(other)).toEqual(await undisturbed());
});

test('a mirror that another run works on is refused, and left alone', async () => {
  const dir = await folder();
  const results = await Promise.allSettled([
    eventsOf(pulling(fakeWiki(CONTENT), dir)),
    eventsOf(pulling(fakeWiki(CONTENT), dir)),
  ]);
  const refused = results.filter((result) => result.status === 'rejected');
  expect(refused).toMatchObject([{ reason: { code: 'mirror-locked', exitCode: 11 } }]);
  expect(await filesIn(dir)).toEqual(await undisturbed());
});

test('a bad option comes before anything else: no event, no request', async () => {
  const wiki = fakeWiki(CONTENT);
  const events = pulling(wiki, await folder(), undefined, { concurrency: 0 });
  await expect(eventsOf(events)).rejects.toMatchObject({ code: 'options', option: 'concurrency' });
  expect(wiki.requests).toEqual([]);
});

test('a space that nobody sees ends the run with 10 and makes no mirror', async () => {
  const dir = path.join(await folder(), 'mirror');
  const run = eventsOf(pulling(fakeWiki(CONTENT), dir, undefined, { space: 'NOPE' }));
  await expect(run).rejects.toMatchObject({ exitCode: 10 });
  expect(await fs.pathExists(dir)).toBe(false);
});

test('a damaged state is told and made anew', async () => {
  const dir = await folder();
  await eventsOf(pulling(fakeWiki(CONTENT), dir));
  await fs.writeFile(path.join(dir, '.rxsync', 'state.json'), '{"schemaVersion": 1, "sc');
  const wiki = fakeWiki(CONTENT);
  const events = await eventsOf(pulling(wiki, dir));
  expect(events.find(({ type }) => type === 'warning')).toMatchObject({ code: 'damaged-state' });
  expect(wiki.sent('fetchPages')).toEqual([]);
  expect(await stateIn(dir)).toMatchObject({ checkpoint: null, scope: { space: 'DOCS' } });
});

test('a run that is cut off before its first page can be told and continued', async () => {
  const dir = await folder();
  const { client } = fakeWiki(CONTENT);
  const stuck = { ...fakeWiki(CONTENT), client: { ...client, fetchPages$: () => NEVER } };
  const saved = new Subject<void>();
  const deps = depsFor(stuck, {
    openMirror: async (...args) => {
      const mirror = await openMirror(...args);
      const save = mirror.store.checkpoint.bind(mirror.store);
      mirror.store.checkpoint = async (state) => {
        await save(state);
        if (state.checkpoint?.totalCount === 65) saved.next();
      };
      return mirror;
    },
  });
  await lastValueFrom(pull$(optionsFor(dir, OPTIONS), deps).pipe(ignoreElements(), takeUntil(saved)), {
    defaultValue: undefined,
  });
  expect(await stateIn(dir)).toMatchObject({ scope: { space: 'DOCS' }, checkpoint: { totalCount: 65 } });
});
