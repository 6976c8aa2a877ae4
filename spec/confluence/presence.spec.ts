import { describe, expect, test } from '@jest/globals';
import type { AxiosResponse } from 'axios';
import { AxiosHeaders } from 'axios';
import { type Observable, defer, firstValueFrom, of, throwError } from 'rxjs';
import { createPresence, type Presence } from '../../lib/confluence/presence.js';
import type { ApiRequest, Send } from '../../lib/confluence/request.js';
import { HttpError } from '../../lib/errors/http-error.js';

const answer = (data: unknown): Observable<AxiosResponse<unknown>> =>
  of({ data, status: 200, statusText: 'OK', headers: {}, config: { headers: new AxiosHeaders() } });

const keyOf = ({ path, params = {} }: ApiRequest): string =>
  params.cursor === undefined ? path : `${path} ${params.cursor}`;

/** Answers by path and cursor; everything else is a 404. */
const wiki = (answers: Readonly<Record<string, unknown>>, isBare = false): Presence =>
  createPresence((request) =>
    keyOf(request) in answers
      ? answer(answers[keyOf(request)])
      : throwError(() => new HttpError(404, 'gone', { isBare })),
  );

const failing = (status: number): Presence =>
  createPresence(() => throwError(() => new HttpError(status, `answered ${status}`)));

const ATTACHMENT = { id: 'att7', title: 'a.png', version: { number: 2 }, fileSize: '18', pageId: '1' };
const COMMENT = {
  id: '7',
  pageId: '1',
  version: { createdAt: '2026-01-01T00:00:00.000Z', authorId: 'acct-1' },
  body: { storage: { value: '<p>Hi.</p>' } },
};

/** Each thing that is asked for by its id: how, where it is, and what its answer holds. */
const THINGS: readonly [string, (presence: Presence) => Observable<unknown>, string, object, object][] = [
  [
    'an attachment',
    (presence) => presence.attachment$('att7'),
    '/api/v2/attachments/att7',
    ATTACHMENT,
    { attachment: { id: 'att7', pageId: '1', version: 2, sizeBytes: 18 } },
  ],
  [
    'a footer comment',
    (presence) => presence.comment$('7'),
    '/api/v2/footer-comments/7',
    { ...COMMENT, resolutionStatus: 'open' },
    { comment: { id: '7', pageId: '1', location: 'footer', resolution: undefined, body: '<p>Hi.</p>' } },
  ],
  [
    'an inline comment',
    (presence) => presence.comment$('7'),
    '/api/v2/inline-comments/7',
    { ...COMMENT, resolutionStatus: 'resolved', properties: { inlineOriginalSelection: 'it' } },
    { comment: { location: 'inline', resolution: 'resolved', selection: 'it', authorId: 'acct-1' } },
  ],
];

describe.each(THINGS)('%s', (_name, ask, path, data, found) => {
  test.each(['current', 'trashed', 'historical'])('is told with its status: %s', async (status) => {
    const presence = wiki({ [path]: { ...data, status } });
    expect(await firstValueFrom(ask(presence))).toMatchObject({ ...found, status });
  });

  test('whose status is not told is current', async () => {
    expect(await firstValueFrom(ask(wiki({ [path]: data })))).toMatchObject({ status: 'current' });
  });

  test('that a 404 names is not to be seen', async () => {
    expect(await firstValueFrom(ask(wiki({})))).toBeUndefined();
  });

  test('a bare 404, and any other error, is no answer', async () => {
    await expect(firstValueFrom(ask(wiki({}, true)))).rejects.toThrow('gone');
    for (const status of [403, 410, 500])
      await expect(firstValueFrom(ask(failing(status)))).rejects.toThrow(`answered ${status}`);
  });
});

test('what hangs on something else than a page is told so', async () => {
  const { pageId, ...loose } = ATTACHMENT;
  const presence = wiki({ '/api/v2/attachments/att7': loose });
  expect(pageId).toBe('1');
  expect(await firstValueFrom(presence.attachment$('att7'))).toMatchObject({ attachment: { pageId: '' } });
  const onPost = wiki({ '/api/v2/attachments/att7': { ...loose, blogPostId: 9 } });
  expect(await firstValueFrom(onPost.attachment$('att7'))).toMatchObject({ attachment: { pageId: '9' } });
});

test.each([
  ['folder', '/api/v2/folders/7'],
  ['whiteboard', '/api/v2/whiteboards/7'],
  ['database', '/api/v2/databases/7'],
  ['embed', '/api/v2/embeds/7'],
] as const)('status and space of a %s', async (type, path) => {
  const find = (presence: Presence) => firstValueFrom(presence.findFolder$(type, '7'));
  expect(await find(wiki({ [path]: { status: 'trashed' } }))).toEqual({ status: 'trashed' });
  expect(await find(wiki({ [path]: { spaceId: 9 } }))).toEqual({ status: 'current', spaceId: '9' });
  expect(await find(wiki({}))).toBeUndefined();
  await expect(find(wiki({}, true))).rejects.toThrow('gone');
  await expect(find(failing(500))).rejects.toThrow('answered 500');
});

test('the attachments of a page are all of them, page by page of the listing', async () => {
  const file = (id: string) => ({ id, title: `${id}.png`, version: { number: 2 }, fileSize: 5 });
  const path = '/api/v2/blogposts/1/attachments';
  const presence = wiki({
    [path]: { results: [file('att1')], _links: { next: `${path}?cursor=x` } },
    [`${path} x`]: { results: [file('att2')] },
  });
  expect(await firstValueFrom(presence.attachmentsOf$('blogpost', '1'))).toMatchObject([
    { id: 'att1', pageId: '1', title: 'att1.png', version: 2, sizeBytes: 5 },
    { id: 'att2' },
  ]);
});

test('a page whose attachments cannot be listed is not one without any', async () => {
  await expect(firstValueFrom(wiki({}).attachmentsOf$('page', '1'))).rejects.toThrow('gone');
  await expect(firstValueFrom(failing(500).attachmentsOf$('page', '1'))).rejects.toThrow('answered 500');
});

test('pages by id come in any status and space; those that are left out are not to be seen', async () => {
  const asked: ApiRequest[] = [];
  const send: Send = (request) => {
    asked.push(request);
    return answer({
      results: [
        { id: '1', title: 'One', version: { number: 1 }, spaceId: '5', status: 'archived' },
        { id: '2', title: 'Two' },
      ],
    });
  };
  const found = await firstValueFrom(createPresence(send).pagesById$('page', ['1', '2', '3']));
  expect(asked).toMatchObject([{ params: { id: '1,2,3', status: 'current,archived,trashed,deleted' } }]);
  expect([...found.keys()]).toEqual(['1', '2']);
  expect(found.get('1')).toMatchObject({ page: { id: '1', version: 1 }, status: 'archived', spaceId: '5' });
  expect(found.get('2')).toMatchObject({ status: 'current', spaceId: undefined });
});

test.each([['current', 'trashed'] as const, ['trashed', 'current'] as const])(
  'of rows of one page that contradict each other (%s, %s) the one that has it counts',
  async (...statuses) => {
    const results = statuses.map((status) => ({ id: '1', title: status, status }));
    const found = await firstValueFrom(wiki({ '/api/v2/pages': { results } }).pagesById$('page', ['1']));
    expect(found.get('1')).toMatchObject({ status: 'current', page: { title: 'current' } });
  },
);

test.each<[string, object, (presence: Presence) => Observable<unknown>]>([
  ['/api/v2/pages/1003', { id: '1009', title: 'x' }, (presence) => presence.page$('page', '1003')],
  ['/api/v2/pages/1003', { id: '3', title: 'x' }, (presence) => presence.page$('page', '1003')],
  ['/api/v2/attachments/att7', { ...ATTACHMENT, id: 'att8' }, (presence) => presence.attachment$('att7')],
  ['/api/v2/footer-comments/7', { ...COMMENT, id: '8' }, (presence) => presence.comment$('7')],
  ['/api/v2/folders/7', { id: '8' }, (presence) => presence.findFolder$('folder', '7')],
])('an answer of %s that is about something else (%j) proves nothing', async (path, data, ask) => {
  await expect(firstValueFrom(ask(wiki({ [path]: data })))).rejects.toMatchObject({
    code: 'malformed-response',
  });
});

test('an attachment is the same with and without the letters of its id', async () => {
  const presence = wiki({ '/api/v2/attachments/att7': { ...ATTACHMENT, id: 7 } });
  expect(await firstValueFrom(presence.attachment$('att7'))).toMatchObject({ attachment: { id: 'att7' } });
});

test('a batch with a row that cannot be read is no answer: the row may be anybody', async () => {
  const presence = wiki({ '/api/v2/pages': { results: [{ id: '1' }, null] } });
  await expect(firstValueFrom(presence.pagesById$('page', ['1', '2']))).rejects.toMatchObject({
    code: 'malformed-response',
  });
});

test('statuses are the same in capitals', async () => {
  const presence = wiki({ '/api/v2/pages/1': { id: '1', title: 'x', status: 'CURRENT' } });
  expect(await firstValueFrom(presence.page$('page', '1'))).toMatchObject({ status: 'current' });
});

test('what stands above and below a page', async () => {
  const presence = wiki({
    '/api/v2/pages/3/ancestors': { results: [{ id: 1 }, { id: '2' }] },
    '/api/v2/pages/3/direct-children': { results: [], _links: { next: '?cursor=x' } },
    '/api/v2/pages/3/direct-children x': { results: [{ id: '4' }] },
    '/api/v2/folders/4/direct-children': { results: [] },
  });
  expect(await firstValueFrom(presence.ancestorsOf$('3'))).toEqual(new Set(['1', '2']));
  expect(await firstValueFrom(presence.hasChildren$('page', '3'))).toBe(true);
  expect(await firstValueFrom(presence.hasChildren$('folder', '4'))).toBe(false);
});

const EDITED = {
  ...COMMENT,
  version: { number: 3, createdAt: '2026-01-03T00:00:00.000Z', authorId: 'acct-3' },
};
const FIRST = { id: '7', version: { number: 1, createdAt: '2026-01-01T00:00:00.000Z', authorId: 'acct-1' } };

const gone$ = throwError(() => new HttpError(404, 'gone'));

/** One comment, of which the wiki says `latest`, and `first` of its first version; with what was asked. */
const commented = (latest: object, first: (() => Observable<AxiosResponse<unknown>>) | undefined) => {
  const asked: string[] = [];
  const presence = createPresence(({ path, params = {}, lane }) => {
    const ask$ = params.version === undefined ? answer(latest) : (first?.() ?? gone$);
    return defer(() => {
      asked.push(`${lane} ${path} ${JSON.stringify(params)}`);
      return ask$;
    });
  });
  return { asked, ask: () => firstValueFrom(presence.comment$('7')) };
};
const LATEST_ASKED = 'comments /api/v2/footer-comments/7 {"body-format":"storage"}';

test('who wrote a comment, and when, is what its first version says, not who edited it', async () => {
  const { ask, asked } = commented(EDITED, () => answer(FIRST));
  expect(await ask()).toMatchObject({
    comment: { version: 3, authorId: 'acct-1', createdAt: '2026-01-01T00:00:00.000Z', body: '<p>Hi.</p>' },
  });
  expect(asked).toEqual([LATEST_ASKED, 'comments /api/v2/footer-comments/7 {"version":1}']);
});

test('a comment whose first version is gone is told as its latest one has it', async () => {
  expect(await commented(EDITED, undefined).ask()).toMatchObject({
    comment: { authorId: 'acct-3', createdAt: '2026-01-03T00:00:00.000Z' },
  });
});

test('a comment whose first version cannot be asked for is no answer', async () => {
  const { ask } = commented(EDITED, () => throwError(() => new HttpError(500, 'answered 500')));
  await expect(ask()).rejects.toThrow('answered 500');
});

test.each([
  { ...EDITED, version: FIRST.version },
  { ...EDITED, version: null },
])('of a comment that nobody has edited no other version is asked for: %j', async (latest) => {
  const { ask, asked } = commented(latest, () => answer(FIRST));
  expect(await ask()).toMatchObject({ status: 'current', comment: { id: '7' } });
  expect(asked).toEqual([LATEST_ASKED]);
});

test('what each thing is asked for with', async () => {
  const asked: string[] = [];
  const presence = createPresence(({ lane, path, params }) => {
    return defer(() => {
      asked.push([lane, path, JSON.stringify({ ...params, cursor: undefined })].join(' '));
      return answer(path.endsWith('/att7') ? { id: 'att7' } : { id: '7', results: [] });
    });
  });
  const asks: Observable<unknown>[] = [
    presence.pagesById$('blogpost', ['1', '2']),
    presence.page$('blogpost', '7'),
    presence.ancestorsOf$('7'),
    presence.hasChildren$('folder', '7'),
    presence.attachmentsOf$('page', '7'),
    presence.attachment$('att7'),
    presence.findFolder$('embed', '7'),
  ];
  for (const ask of asks) await firstValueFrom(ask);
  expect(asked).toEqual([
    'pages /api/v2/blogposts {"id":"1,2","limit":250,"status":"current,trashed,deleted"}',
    'pages /api/v2/blogposts/7 {}',
    'folders /api/v2/pages/7/ancestors {"limit":250}',
    'folders /api/v2/folders/7/direct-children {"limit":250}',
    'attachments /api/v2/pages/7/attachments {"limit":250,"status":"current"}',
    'attachments /api/v2/attachments/att7 {}',
    'folders /api/v2/embeds/7 {}',
  ]);
});

test('a page by its id is told as a listing would tell it, with its status and space', async () => {
  const presence = wiki({
    '/api/v2/pages/7': { id: 7, title: 'x', status: 'archived', spaceId: 5, version: { number: 2 } },
  });
  expect(await firstValueFrom(presence.page$('page', '7'))).toEqual({
    page: expect.objectContaining({ kind: 'page', id: '7', title: 'x', version: 2 }),
    status: 'archived',
    spaceId: '5',
  });
  expect(await firstValueFrom(wiki({}).page$('page', '7'))).toBeUndefined();
  await expect(firstValueFrom(wiki({}, true).page$('page', '7'))).rejects.toThrow('gone');
});

test('an answer about something else names what it is about', async () => {
  const presence = wiki({ '/api/v2/pages/7': { id: '8', title: 'x' } });
  await expect(firstValueFrom(presence.page$('page', '7'))).rejects.toThrow(
    '/api/v2/pages/7 answered with something else: 8.',
  );
});
