import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { describe, expect, test } from '@jest/globals';
import { type Observable, defer, from, lastValueFrom, mergeMap, of, retry, throwError, toArray } from 'rxjs';
import type { Gate } from '../../../lib/confluence/gate.js';
import type { WikiClient } from '../../../lib/confluence/wiki-client.js';
import { CredentialsError } from '../../../lib/errors/credentials-error.js';
import { HttpError } from '../../../lib/errors/http-error.js';
import type { EventBody } from '../../../lib/events/events.js';
import { createWiki } from '../../../lib/pull/wiki/create-wiki.js';
import {
  attachment,
  comment,
  type FakeContent,
  fakeWiki,
  page,
  pages,
  SPACE,
} from '../../support/fake-wiki.js';

const OPTIONS = { url: 'https://example.atlassian.net', credentials: { bearerToken: 'x' } };

const setUp = (
  content: FakeContent = {},
  client: Partial<WikiClient> = {},
  fault?: (request: string) => Error | undefined,
) => {
  const fake = fakeWiki(content, fault);
  const wiki = createWiki(OPTIONS, { connect: () => ({ ...fake.client, ...client }) });
  return { wiki, requests: fake.requests };
};

const all = <T>(source$: Observable<T>): Promise<T[]> => lastValueFrom(source$.pipe(toArray()));

const refs = (...ids: number[]) => from(ids.map((id) => ({ kind: 'page' as const, id: String(id) })));

test.each([
  [{}, 'url'],
  [{ ...OPTIONS, dir: 'x' }, 'dir'],
  [{ ...OPTIONS, credentials: { token: 'hush' } }, 'credentials'],
])('options %j are refused', (options, option) => {
  expect(() => void Reflect.apply(createWiki, undefined, [options])).toThrow(
    expect.objectContaining({ code: 'options', option }),
  );
});

describe('a listing', () => {
  test('comes in parts, the last of which says that it is whole', async () => {
    const { wiki, requests } = setUp({ pages: pages(2) });
    const parts = await all(wiki.listPages$('DOCS'));
    expect(parts).toEqual([
      { items: [expect.objectContaining({ id: '1' }), expect.objectContaining({ id: '2' })] },
      { items: [], gaps: [] },
    ]);
    await all(wiki.listPages$('DOCS', { kind: 'blogpost' }));
    expect(requests).toEqual([
      'identity',
      'space DOCS',
      'listPages page',
      'space DOCS',
      'listPages blogpost',
    ]);
  });

  test('tells each item once, and rows that cannot be read as a gap', async () => {
    const [a, b, c] = [attachment(1, 1), attachment(2, 1), attachment(3, 1)];
    const { wiki } = setUp(
      {},
      {
        listAttachments$: () =>
          of({ items: [a, b], next: 'x', unreadable: [{ id: '7', reason: 'no title' }] }, { items: [b, c] }),
      },
    );
    expect(await all(wiki.listAttachments$(['1']))).toEqual([
      { items: [a, b] },
      { items: [c] },
      {
        items: [],
        gaps: [expect.objectContaining({ of: 'attachment', message: expect.stringContaining('no title') })],
      },
    ]);
  });

  test.each([
    ['listFolders$', 'folder'],
    ['listAttachments$', 'attachment'],
    ['listComments$', 'comments'],
  ] as const)('%s ends with a gap when it fails, and in an archived space', async (name, of$) => {
    const failure = new HttpError(500, 'No.');
    const { wiki } = setUp({}, { [name]: () => throwError(() => failure) });
    expect(await all<unknown>(wiki[name]('DOCS'))).toEqual([
      { items: [], gaps: [expect.objectContaining({ of: of$, code: 'http-500', status: 500 })] },
    ]);
    const archived = setUp({}, { space$: () => of({ ...SPACE, isArchived: true }) });
    expect(await all<unknown>(archived.wiki[name]('DOCS'))).toEqual([
      { items: [], gaps: [expect.objectContaining({ of: of$, code: 'not-searchable' })] },
    ]);
  });

  test('of what a search finds keeps to pages, and has their ancestors', async () => {
    const { wiki, requests } = setUp({ pages: pages(1) });
    const [part] = await all(wiki.searchPages$('label = "x"'));
    expect(part?.items).toEqual([expect.objectContaining({ id: '1', kind: 'page', ancestors: [] })]);
    expect(requests).toContain('searchPages type in (page,blogpost) and (label = "x")');
  });

  test('on many pages is several', async () => {
    const asked: unknown[] = [];
    const { wiki } = setUp(
      {},
      {
        listComments$: (within) => {
          asked.push(within);
          return of({ items: [] });
        },
      },
    );
    const ids = Array.from({ length: 150 }, (_, i) => String(i));
    expect((await all(wiki.listComments$(ids))).at(-1)).toEqual({ items: [], gaps: [] });
    expect(asked).toEqual([ids.slice(0, 100), ids.slice(100)]);
    expect(await all(wiki.listComments$([]))).toEqual([{ items: [], gaps: [] }]);
  });

  test.each([
    ['no key', 'space', (wiki: ReturnType<typeof createWiki>) => wiki.listPages$('')],
    ['no id', 'within', (wiki: ReturnType<typeof createWiki>) => wiki.listComments$(['1) or (id=2'])],
    ['an order', 'cql', (wiki: ReturnType<typeof createWiki>) => wiki.searchPages$('a=b order by title')],
  ])('of %s is refused before anything else is asked', async (_what, option, list$) => {
    const { wiki, requests } = setUp();
    await expect(all<unknown>(list$(wiki))).rejects.toMatchObject({ code: 'options', option });
    expect(requests.filter((request) => request !== 'identity')).toEqual([]);
  });

  test('that strangers are shown is none', async () => {
    const { wiki } = setUp({ identity: { kind: 'stranger' } });
    await expect(all(wiki.listPages$('DOCS'))).rejects.toThrow(CredentialsError);
  });
});

describe('fetchPages', () => {
  test('asks for several at once, and alone for those that an answer leaves out', async () => {
    const { wiki, requests } = setUp({ pages: [page(1), page(2), page(3, { body: undefined })] });
    const fetched = await all(refs(1, 2, 3, 9).pipe(wiki.fetchPages()));
    expect(fetched).toEqual([
      { status: 'fulfilled', value: page(1) },
      { status: 'fulfilled', value: page(2) },
      { status: 'fulfilled', value: page(3, { body: undefined }) },
      { status: 'rejected', reason: expect.any(HttpError), input: { kind: 'page', id: '9' } },
    ]);
    expect(requests).toEqual(['fetchPages 1,2,3,9', 'fetchPage 3', 'fetchPage 9']);
  });

  test('asks for pages and blog posts by themselves', async () => {
    const { wiki, requests } = setUp({ pages: [page(1), page(2, { kind: 'blogpost' })] });
    const items$ = from([
      { kind: 'page' as const, id: '1' },
      { kind: 'blogpost' as const, id: '2' },
    ]);
    expect(await all(items$.pipe(wiki.fetchPages({ format: 'adf' })))).toHaveLength(2);
    expect(requests).toEqual(['fetchPages 1 adf', 'fetchPages 2 adf']);
  });

  test('asks alone in the format that is wanted, and ends there, too, with refused credentials', async () => {
    const asked: string[] = [];
    const { wiki } = setUp(
      {},
      {
        fetchPage$: (kind, id, format) => {
          asked.push(`${kind} ${id} ${format}`);
          return throwError(() => new CredentialsError('No.'));
        },
      },
    );
    await expect(all(refs(9).pipe(wiki.fetchPages({ format: 'adf' })))).rejects.toThrow(CredentialsError);
    expect(asked).toEqual(['page 9 adf']);
  });

  test('comes in storage format unless another is wanted', async () => {
    const formats: string[] = [];
    const { wiki } = setUp(
      {},
      {
        fetchPages$: (_kind, _ids, format) => {
          formats.push(format);
          return of([page(1)]);
        },
      },
    );
    await all(refs(1).pipe(wiki.fetchPages()));
    await all(refs(1).pipe(wiki.fetchPages({ format: 'storage' })));
    expect(formats).toEqual(['storage', 'storage']);
  });

  test('halves a request until the page that spoils it stands alone', async () => {
    const { wiki } = setUp({ pages: pages(4) }, {}, (request) =>
      /^fetchPages? .*\b3\b/.test(request) ? new HttpError(500, 'No.') : undefined,
    );
    const fetched = await all(refs(1, 2, 3, 4).pipe(wiki.fetchPages()));
    expect(fetched.map(({ status }) => status).sort()).toEqual([
      'fulfilled',
      'fulfilled',
      'fulfilled',
      'rejected',
    ]);
    expect(fetched).toContainEqual({
      status: 'rejected',
      reason: expect.any(HttpError),
      input: { kind: 'page', id: '3' },
    });
  });

  test('ends with what no other page would fare better with', async () => {
    const { wiki } = setUp({ pages: pages(2) }, {}, () => new CredentialsError('No.'));
    await expect(all(refs(1, 2).pipe(wiki.fetchPages()))).rejects.toThrow(CredentialsError);
  });
});

test('fetchFolders asks for each', async () => {
  const { wiki, requests } = setUp();
  const fetched = await all(of({ type: 'folder' as const, id: '5' }).pipe(wiki.fetchFolders()));
  expect(fetched).toEqual([
    { status: 'rejected', reason: expect.any(HttpError), input: { type: 'folder', id: '5' } },
  ]);
  expect(requests).toEqual(['folder folder 5']);
});

test('fetchFolders gives what the wiki tells, and ends with what no other would fare better with', async () => {
  const told = { id: '5', type: 'folder' as const, title: 'Guides', parentId: '1', parentType: 'page' };
  const folder$ = of({ type: 'folder' as const, id: '5' });
  const { wiki } = setUp({}, { folder$: () => of(told) });
  expect(await all(folder$.pipe(wiki.fetchFolders()))).toEqual([{ status: 'fulfilled', value: told }]);
  const error = new CredentialsError('No.');
  const refused = setUp({}, { folder$: () => throwError(() => error) });
  await expect(all(folder$.pipe(refused.wiki.fetchFolders()))).rejects.toBe(error);
});

describe('fetchComments', () => {
  test('asks for a hundred pages at a time', async () => {
    const sizes: number[] = [];
    const { wiki } = setUp(
      {},
      {
        fetchComments$: (ids) => {
          sizes.push(ids.length);
          return of([]);
        },
      },
    );
    const items = Array.from({ length: 150 }, (_, i) => ({ id: String(i) }));
    expect(await all(from(items).pipe(wiki.fetchComments()))).toHaveLength(150);
    expect(sizes).toEqual([100, 50]);
  });

  test('a page of which one listed comment cannot be had is rejected by itself', async () => {
    const listed = [{ id: '31', pageId: '3', version: 1, resolution: undefined }];
    const items = [{ id: '1' }, { id: '3', comments: listed }];
    const { wiki } = setUp({ comments: [comment(11, 1)] }, {}, (request) =>
      request === 'comment 31' ? new HttpError(500, 'No.') : undefined,
    );
    expect(await all(from(items).pipe(wiki.fetchComments()))).toEqual([
      { status: 'fulfilled', value: { page: items[0], comments: [comment(11, 1)] } },
      { status: 'rejected', reason: expect.any(HttpError), input: items[1] },
    ]);
  });

  test.each([/^fetchComments/, /^comment /])('ends with refused credentials: %s', async (refusing) => {
    const { wiki } = setUp({ comments: [comment(21, 2, { version: 0 })] }, {}, (request) =>
      refusing.test(request) ? new CredentialsError('No.') : undefined,
    );
    await expect(all(from([{ id: '2' }]).pipe(wiki.fetchComments()))).rejects.toThrow(CredentialsError);
  });

  test('gives each page its comments, and asks by id for those that the search leaves out', async () => {
    const { wiki, requests } = setUp({
      comments: [comment(11, 1), comment(12, 1), comment(21, 2, { version: 0 })],
    });
    const listed = [{ id: '12', pageId: '3', version: 1, resolution: undefined }];
    const items = [{ id: '1' }, { id: '2' }, { id: '3', comments: listed }, { id: '4' }];
    const fetched = await all(from(items).pipe(wiki.fetchComments()));
    const values = fetched.flatMap((each) => (each.status === 'fulfilled' ? each.value : []));
    expect(values.map(({ page: { id }, comments }) => [id, comments.map((each) => each.id)])).toEqual([
      ['1', ['11', '12']],
      ['2', ['21']],
      ['3', ['12']],
      ['4', []],
    ]);
    expect(requests).toEqual(['fetchComments 1,2,3,4', 'comment 21', 'comment 12']);
  });

  test('costs a page whose comments cannot be had no other', async () => {
    const { wiki } = setUp({ comments: [comment(11, 1)] }, {}, (request) =>
      /^fetchComments .*\b2\b/.test(request) ? new HttpError(404, 'No.') : undefined,
    );
    const fetched = await all(from([{ id: '1' }, { id: '2' }]).pipe(wiki.fetchComments()));
    expect(fetched.map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
  });
});

describe('downloadAttachments', () => {
  test('hands each to the sink, and emits what that makes of it', async () => {
    const { wiki } = setUp({ attachments: [attachment(1, 1)] });
    const fetched = await all(
      wiki.listAttachments$('DOCS').pipe(
        mergeMap(({ items }) => items),
        wiki.downloadAttachments(({ stream }) => text(stream)),
      ),
    );
    expect(fetched).toEqual([
      {
        status: 'fulfilled',
        value: { attachment: expect.objectContaining({ id: 'att1' }), value: 'bytes of att1, version 1' },
      },
    ]);
  });

  test('a sink that fails costs its item; a file of the wrong length, too', async () => {
    const { wiki } = setUp();
    const sinks = await all(
      of(attachment(1, 1)).pipe(wiki.downloadAttachments(() => Promise.reject(new Error('disk full')))),
    );
    expect(sinks).toEqual([
      {
        status: 'rejected',
        reason: expect.objectContaining({ message: 'disk full' }),
        input: attachment(1, 1),
      },
    ]);
    const long = attachment(2, 1, { sizeBytes: 3 });
    const files = await all(of(long).pipe(wiki.downloadAttachments(({ stream }) => text(stream))));
    expect(files).toMatchObject([{ status: 'rejected', reason: { code: 'media-length' }, input: long }]);
  });
});

describe('what is told beside', () => {
  test('is what comes of downloads, which nobody has asked about', async () => {
    const listed = attachment(1, 1, { sizeBytes: 5, mediaType: 'text/plain' });
    const { wiki } = setUp(
      {},
      {
        // The client begins anew what breaks off.
        download$: (_item, sink) => {
          const send$ = defer(() =>
            sink({ stream: Readable.from(['seven b']), lengthBytes: 7, contentType: 'text/plain' }),
          );
          return send$.pipe(retry(1));
        },
      },
    );
    const told: EventBody[] = [];
    wiki.notices$.subscribe((notice) => told.push(notice));
    const files = await all(of(listed).pipe(wiki.downloadAttachments(({ stream }) => text(stream))));
    expect(files).toMatchObject([{ status: 'fulfilled', value: { value: 'seven b' } }]);
    expect(told).toEqual([
      {
        type: 'warning',
        code: 'wrong-size',
        message: 'The wiki states 5 bytes for attachment att1 "file-1.bin", and sends 7, which is stored.',
      },
    ]);
  });

  test('is what holds the requests of whoever asks', () => {
    let gate: Gate | undefined;
    const fake = fakeWiki({});
    const wiki = createWiki(OPTIONS, {
      connect: (_options, given) => {
        gate = given;
        return fake.client;
      },
    });
    const told: string[] = [];
    wiki.notices$.subscribe(({ type }) => told.push(type));
    gate?.retry({ lane: 'pages', attempt: 1, delayMs: 5, status: 503, code: undefined });
    gate?.sample({ lane: 'pages', startedAtMs: 0, atMs: 5, status: 429, headers: {} });
    expect(told).toEqual(expect.arrayContaining(['retry.scheduled', 'rate.changed']));
  });
});
