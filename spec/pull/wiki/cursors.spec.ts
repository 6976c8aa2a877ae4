import { describe, expect, test } from '@jest/globals';
import { type Observable, lastValueFrom, of, throwError, toArray } from 'rxjs';
import type { WikiClient } from '../../../lib/confluence/wiki-client.js';
import { CredentialsError } from '../../../lib/errors/credentials-error.js';
import { HttpError } from '../../../lib/errors/http-error.js';
import { createCursors } from '../../../lib/pull/wiki/cursors.js';
import { attachment, type FakeContent, fakeWiki, page, pages, SPACE } from '../../support/fake-wiki.js';
import { folder, listedPage } from '../../support/searching.js';

const setUp = (content: FakeContent = {}, client: Partial<WikiClient> = {}) => {
  const fake = fakeWiki(content);
  return { cursors: createCursors({ ...fake.client, ...client }), requests: fake.requests };
};

const all = <T>(source$: Observable<T>): Promise<T[]> => lastValueFrom(source$.pipe(toArray()));

test('nothing is sent before somebody subscribes', () => {
  const { cursors, requests } = setUp();
  cursors.listPages$('DOCS');
  cursors.searchPages$('label = "x"');
  cursors.listComments$(['1']);
  expect(requests).toEqual([]);
});

describe('who we are', () => {
  test('is asked once for all listings', async () => {
    const { cursors, requests } = setUp({ pages: pages(1) });
    await all(cursors.listPages$('DOCS'));
    await all(cursors.searchPages$('label = "x"'));
    await all(cursors.listAttachments$(['1']));
    await all(cursors.listComments$('DOCS'));
    expect(requests.filter((request) => request === 'identity')).toHaveLength(1);
  });

  test('is asked again where nobody has answered', async () => {
    const answers = [
      throwError(() => new HttpError(500, 'no')),
      of({ kind: 'known', accountId: 'a' } as const),
    ];
    const { cursors, requests } = setUp(
      { pages: pages(1) },
      { identity$: () => answers.shift() ?? throwError(() => new Error('asked once more')) },
    );
    await expect(all(cursors.listPages$('DOCS'))).rejects.toMatchObject({ code: 'http-500' });
    expect(requests).toEqual([]);
    expect(await all(cursors.listPages$('DOCS'))).toHaveLength(2);
    expect(await all(cursors.listPages$('DOCS'))).toHaveLength(2);
  });

  test.each(['stranger', 'refused'] as const)('a %s is shown nothing', async (kind) => {
    const { cursors, requests } = setUp({ identity: { kind } });
    for (const listing$ of [cursors.searchPages$('label = "x"'), cursors.listComments$(['1'])])
      await expect(all<unknown>(listing$)).rejects.toBeInstanceOf(CredentialsError);
    expect(requests).toEqual(['identity', 'identity']);
  });

  test('may be unknown', async () => {
    const { cursors } = setUp({ pages: pages(1), identity: { kind: 'unknown', error: undefined } });
    expect(await all(cursors.listPages$('DOCS'))).toHaveLength(2);
  });
});

test('pages and blog posts of an archived space are listed, as the database has them', async () => {
  const content = { pages: [page(1), page(2, { kind: 'blogpost' })] };
  const { cursors } = setUp(content, { space$: () => of({ ...SPACE, isArchived: true }) });
  for (const kind of ['page', 'blogpost'] as const)
    expect(await all(cursors.listPages$('DOCS', { kind }))).toEqual([
      { items: [expect.objectContaining({ kind })] },
      { items: [], gaps: [] },
    ]);
});

test('a space that is not there is an error', async () => {
  const { cursors } = setUp();
  await expect(all(cursors.listFolders$('NONE'))).rejects.toMatchObject({ code: 'space-not-found' });
});

test('folders are listed with their places', async () => {
  const { cursors } = setUp({ folders: [folder(50)] });
  expect(await all(cursors.listFolders$('DOCS'))).toEqual([{ items: [folder(50)] }, { items: [], gaps: [] }]);
});

test('what a search finds has all that it stands below, and its rows that cannot be read are told', async () => {
  const ancestors = [{ id: '1', type: 'page', title: 'Home' }];
  const { cursors } = setUp(
    {},
    {
      searchPages$: () =>
        of({ items: [{ page: listedPage(2), ancestors }], unreadable: [{ id: '7', reason: 'no title' }] }),
    },
  );
  expect(await all(cursors.searchPages$('label = "x"'))).toEqual([
    { items: [{ ...listedPage(2), ancestors }] },
    { items: [], gaps: [expect.objectContaining({ of: 'page', code: 'malformed-response' })] },
  ]);
});

test('attachments on some pages are those on these, each once', async () => {
  const { cursors, requests } = setUp({
    attachments: [attachment(1, 1), attachment(2, 2), attachment(3, 3)],
  });
  const [part] = await all(cursors.listAttachments$(['1', '3']));
  expect(part?.items.map(({ id }) => id)).toEqual(['att1', 'att3']);
  expect(requests).toEqual(['identity', 'listAttachments']);
});

test.each([['x1'], ['1x'], [''], ['-1'], ['1,2']])('the id %j is refused, and told', async (id) => {
  const { cursors } = setUp();
  for (const listing$ of [cursors.listAttachments$(['1', id]), cursors.listComments$([id])])
    await expect(all<unknown>(listing$)).rejects.toMatchObject({
      code: 'options',
      option: 'within',
      message: expect.stringContaining('be the key of a space, or a list of ids of pages'),
    });
});

test('when a further answer is asked for is told to each listing', async () => {
  const heard: unknown[] = [];
  const listen = (config: unknown) => {
    heard.push(config);
    return of({ items: [] });
  };
  const { cursors } = setUp(
    {},
    {
      listPages$: (_space, _kind, config) => listen(config),
      searchPages$: (_cql, config) => listen(config),
      listFolders$: (_space, config) => listen(config),
      listAttachments$: (_within, config) => listen(config),
      listComments$: (_within, config) => listen(config),
    },
  );
  const config = { demand$: of(true) };
  await all(cursors.listPages$('DOCS', config));
  await all(cursors.searchPages$('label = "x"', config));
  await all(cursors.listFolders$('DOCS', config));
  await all(cursors.listAttachments$('DOCS', config));
  await all(cursors.listComments$(['1'], config));
  expect(heard).toEqual(Array(5).fill(config));
});
