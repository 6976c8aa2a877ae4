import { afterEach, expect, test } from '@jest/globals';
import {
  BehaviorSubject,
  type Observable,
  firstValueFrom,
  lastValueFrom,
  map,
  mergeMap,
  take,
  tap,
  toArray,
} from 'rxjs';
import { createWiki, pull, visibleSpaces$, type Wiki } from '../../lib/index.js';
import type { SandboxOptions } from '../../lib/sandbox/index.js';
import { type E2eWiki, readTree, startWiki, withFolder } from '../support/e2e.js';

let open: E2eWiki | undefined;
afterEach(async () => {
  await open?.close();
  open = undefined;
});

const setUp = async (options: SandboxOptions, more: { readonly concurrency?: number } = {}) => {
  open = await startWiki(options);
  const { url, requests, credentials } = open.sandbox;
  const { email, apiToken: token } = credentials;
  const connection = { url, credentials: { email, apiToken: token } };
  return { sandbox: open.sandbox, requests, connection, wiki: createWiki({ ...connection, ...more }) };
};

const all = <T>(source$: Observable<T>): Promise<T[]> => lastValueFrom(source$.pipe(toArray()));

const keysOf = (wiki: Wiki) =>
  firstValueFrom(visibleSpaces$({ wiki }).pipe(map(({ spaces }) => spaces.map(({ key }) => key))));

const LISTING = 'GET /wiki/api/v2/spaces/:id/pages';

test('a listing sends its next request only when there is room for what it lists', async () => {
  const { wiki, requests } = await setUp({ pages: 1200, attachments: 0, comments: 0, bodyKb: 1 });
  const demand = new BehaviorSubject(true);
  const listed: number[] = [];
  const answered: number[] = [];
  const fetched = await all(
    wiki.listPages$('LARGE', { demand$: demand }).pipe(
      tap(({ items }) => {
        if (items.length > 0) listed.push(requests.byRoute['GET /wiki/api/v2/pages'] ?? 0);
      }),
      mergeMap(({ items }) => items),
      wiki.fetchPages({ demand }),
      tap(() => answered.push(listed.length)),
    ),
  );
  expect(fetched.filter(({ status }) => status === 'fulfilled')).toHaveLength(1200);
  expect(new Set(fetched.flatMap((each) => (each.status === 'fulfilled' ? each.value.id : []))).size).toBe(
    1200,
  );
  // Bodies of one part were asked for before the next was.
  expect(listed).toHaveLength(5);
  expect(listed[1]).toBeGreaterThan(0);
  expect(listed[4]).toBeGreaterThan(listed[1] ?? 0);
  expect(answered[0]).toBe(1);
  expect(requests.byRoute['GET /wiki/api/v2/pages']).toBeLessThan(30);
  expect(requests.byRoute['GET /wiki/api/v2/pages/:id']).toBeUndefined();
});

test('who has enough sends nothing further', async () => {
  const { wiki, requests } = await setUp({ pages: 1200, attachments: 0, comments: 0, bodyKb: 1 });
  const demand = new BehaviorSubject(false);
  const part = await firstValueFrom(wiki.listPages$('LARGE', { demand$: demand }));
  expect(part.items).toHaveLength(250);
  const [first] = await all(wiki.listPages$('LARGE').pipe(take(1)));
  expect(first?.items).toHaveLength(250);
  expect(requests.byRoute[LISTING]).toBe(2);
});

test('all that a wiki has comes by its cursors and fetchers', async () => {
  const { wiki } = await setUp({
    pages: 60,
    folders: 7,
    blogposts: 5,
    attachments: 20,
    comments: 30,
    bodyKb: 1,
  });
  const counted = async <T>(parts$: Observable<{ items: readonly T[]; gaps?: readonly unknown[] }>) => {
    const parts = await all(parts$);
    expect(parts.at(-1)).toEqual({ items: [], gaps: [] });
    return parts.flatMap(({ items }) => items);
  };
  const pages = await counted(wiki.listPages$('LARGE'));
  const posts = await counted(wiki.listPages$('LARGE', { kind: 'blogpost' }));
  const folders = await counted(wiki.listFolders$('LARGE'));
  const attachments = await counted(wiki.listAttachments$('LARGE'));
  const comments = await counted(wiki.listComments$('LARGE'));
  expect([pages.length, posts.length, folders.length, attachments.length, comments.length]).toEqual([
    60, 5, 10, 20, 30,
  ]);
  const bodies = await all(
    wiki.listPages$('LARGE').pipe(
      mergeMap(({ items }) => items),
      wiki.fetchComments(),
    ),
  );
  expect(bodies).toHaveLength(60);
  const found = bodies.flatMap((each) => (each.status === 'fulfilled' ? each.value.comments : []));
  const onPages = comments.filter(({ pageId }) => pages.some(({ id }) => id === pageId));
  expect(found.map(({ id }) => id).sort()).toEqual(onPages.map(({ id }) => id).sort());
  const titles = await all(
    wiki.listFolders$('LARGE').pipe(
      mergeMap(({ items }) => items),
      wiki.fetchFolders(),
    ),
  );
  expect(titles.flatMap((each) => (each.status === 'fulfilled' ? each.value.title : [])).sort()).toEqual(
    folders.map(({ title }) => title).sort(),
  );
  const sizes = await all(
    wiki.listAttachments$('LARGE').pipe(
      mergeMap(({ items }) => items),
      wiki.downloadAttachments(async ({ stream }) => {
        let bytes = 0;
        for await (const chunk of stream) bytes += Buffer.from(chunk).length;
        return bytes;
      }),
    ),
  );
  for (const size of sizes)
    expect(size).toMatchObject({
      status: 'fulfilled',
      value: size.status === 'fulfilled' ? { value: size.value.attachment.sizeBytes } : {},
    });
});

test('one governor keeps two pulls and a chain of one’s own under one cap', async () => {
  const { wiki, connection, requests } = await setUp(
    { pages: 400, attachments: 40, comments: 40, bodyKb: 1, latencyMs: 10 },
    { concurrency: 2 },
  );
  const limits: number[] = [];
  const watching = wiki.limit$.subscribe((limit) => limits.push(limit));
  await withFolder(async (folder) => {
    const [one, other, bodies] = await Promise.all([
      pull({ wiki, space: 'LARGE', dir: `${folder}/one`, attachments: 'none' }),
      pull({ wiki, space: 'LARGE', dir: `${folder}/other`, attachments: 'none', comments: true }),
      all(
        wiki.listPages$('LARGE').pipe(
          mergeMap(({ items }) => items),
          wiki.fetchPages(),
        ),
      ),
    ]);
    expect([one.exitCode, other.exitCode, bodies.length]).toEqual([0, 0, 400]);
    expect(requests.maxInFlight).toBeLessThanOrEqual(Math.max(...limits));
    const rate = await firstValueFrom(wiki.rate$);
    expect(rate.requests).toBe(requests.total);
    expect(one.requests + other.requests).toBeLessThan(rate.requests);
    expect(rate.perSecond).toBeGreaterThan(0);
    await pull({ ...connection, space: 'LARGE', dir: `${folder}/alone`, attachments: 'none' });
    expect(await readTree(`${folder}/one`)).toEqual(await readTree(`${folder}/alone`));
  });
  watching.unsubscribe();
});

test('one pull that is aborted leaves the other in peace', async () => {
  const { wiki } = await setUp({ pages: 300, attachments: 0, comments: 0, bodyKb: 1, latencyMs: 20 });
  const abort = new AbortController();
  await withFolder(async (folder) => {
    const [one, other] = await Promise.all([
      pull(
        { wiki, space: 'LARGE', dir: `${folder}/one` },
        { signal: abort.signal, onEvent: ({ type }) => type === 'page.written' && abort.abort() },
      ),
      pull({ wiki, space: 'LARGE', dir: `${folder}/other` }),
    ]);
    expect([one.type, one.exitCode, other.exitCode]).toEqual(['run.interrupted', 130, 0]);
  });
});

test('unsubscribing ends a chain: nothing further is sent', async () => {
  const { wiki, sandbox, requests } = await setUp({ pages: 300, attachments: 0, comments: 0, latencyMs: 5 });
  const chain = wiki
    .listPages$('LARGE')
    .pipe(
      mergeMap(({ items }) => items),
      wiki.fetchPages(),
    )
    .subscribe();
  await new Promise<void>((resolve) => {
    sandbox.onExchange(({ url }) => {
      if (!/\/spaces\/\d+\/pages/.test(url)) return;
      chain.unsubscribe();
      resolve();
    });
  });
  expect(await keysOf(wiki)).toContain('LARGE');
  expect(requests.byRoute[LISTING]).toBe(1);
  expect(requests.byRoute['GET /wiki/api/v2/pages']).toBeUndefined();
});

test('a wiki tells its spaces; a space that there is not is an error', async () => {
  const { wiki } = await setUp({ pages: 5, attachments: 0, comments: 0 });
  expect(await keysOf(wiki)).toContain('LARGE');
  await expect(all(wiki.listPages$('NONE'))).rejects.toMatchObject({ code: 'space-not-found' });
});

test('a chain of one’s own: the bodies of the pages with a label', async () => {
  const { wiki, sandbox } = await setUp({ pages: 10, attachments: 0, comments: 0, bodyKb: 1 });
  const listed = (await all(wiki.listPages$('LARGE'))).flatMap(({ items }) => items).slice(2, 5);
  for (const { id } of listed) sandbox.wiki.label(id, { add: 'chosen' });
  const found = await all(
    wiki.searchPages$('space = LARGE and label = "chosen"').pipe(
      mergeMap(({ items }) => items),
      wiki.fetchPages(),
    ),
  );
  expect(found.map((each) => (each.status === 'fulfilled' ? each.value.id : '')).sort()).toEqual(
    listed.map(({ id }) => id).sort(),
  );
});
