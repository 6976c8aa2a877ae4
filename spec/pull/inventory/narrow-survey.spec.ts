import { expect, test } from '@jest/globals';
import { firstValueFrom, of, throwError } from 'rxjs';
import type { WikiClient } from '../../../lib/confluence/wiki-client.js';
import type { SearchedPage } from '../../../lib/core/searched.js';
import { EmptyScopeError } from '../../../lib/errors/empty-scope-error.js';
import { HttpError } from '../../../lib/errors/http-error.js';
import { OptionsError } from '../../../lib/errors/options-error.js';
import { survey$ } from '../../../lib/pull/inventory/survey.js';
import type { PullOptions } from '../../../lib/pull/run/pull-options.js';
import { attachmentsIn } from '../../core/support/space.js';
import { attachment, comment, type FakeContent, pages, SPACE } from '../../support/fake-wiki.js';
import { listedPage, type Situation, useSearch } from '../../support/searching.js';

const newSearch = useSearch();

const CONTENT: FakeContent = {
  pages: pages(3),
  attachments: [attachment(7, 2), attachment(8, 3)],
  comments: [comment(70, 2), comment(71, 3)],
};

/** What search finds: these pages, with what is above each. */
const finding = (...found: readonly SearchedPage[]): Partial<WikiClient> => ({
  searchPages$: () => of({ items: found }),
});
const found = (id: number, ...above: readonly (readonly [id: string, title: string])[]): SearchedPage => ({
  page: listedPage(id),
  ancestors: above.map(([ancestor, title]) => ({ id: ancestor, type: 'unknown', title })),
});

/** Surveys a part of the space for a new mirror. */
const survey = async (options: Partial<PullOptions>, situation: Situation = {}) => {
  const { run, prior, requests, warnings } = newSearch({ content: CONTENT, options, ...situation });
  const { inventory } = await firstValueFrom(survey$(run, SPACE, prior));
  return { inventory, requests, warnings };
};

test('a part of a space is what search finds, with what hangs on that', async () => {
  const { inventory, requests } = await survey({ label: 'red' }, { client: finding(found(2)) });
  expect(inventory.pages.map(({ id }) => id)).toEqual(['2']);
  expect(attachmentsIn(inventory).map(({ id }) => id)).toEqual(['att7']);
  expect(inventory.comments.map(({ id }) => id)).toEqual(['70']);
  expect(requests.filter((request) => request.startsWith('listPages'))).toEqual([]);
});

test('a new mirror is of a part that has something in it; one that has pages may lose them all', async () => {
  const isNew: Situation = { isSameScope: false };
  const some = await survey({ label: 'red' }, { ...isNew, client: finding(found(2)) });
  expect(some.inventory.pages).toHaveLength(1);
  await expect(survey({ label: 'red' }, { ...isNew, client: finding() })).rejects.toBeInstanceOf(
    EmptyScopeError,
  );
  const none = await survey({ label: 'red' }, { client: finding() });
  expect(none.inventory.pages).toEqual([]);
});

test('nobody asks for attachments or comments that are not wanted', async () => {
  const { inventory, requests } = await survey(
    { label: 'red', attachments: 'none', comments: false },
    { client: finding(found(2)) },
  );
  expect([attachmentsIn(inventory), inventory.comments]).toEqual([[], []]);
  expect(requests.filter((request) => /^(listAttachments|listComments|attachmentsOf)/.test(request))).toEqual(
    [],
  );
});

test('what is above the pages gives them their places, and is not mirrored itself', async () => {
  const home = ['1', 'Home'] as const;
  const { inventory } = await survey(
    { cql: 'type = page' },
    { client: finding(found(3, home, ['50', 'Guides'], ['2', 'Page 2']), found(2, home, ['50', 'Guides'])) },
  );
  expect(inventory.pages.map(({ id }) => id).sort()).toEqual(['2', '3']);
  expect(inventory.folders.map(({ id, type, title, parentId }) => ({ id, type, title, parentId }))).toEqual([
    { id: '1', type: 'page', title: 'Home', parentId: undefined },
    { id: '50', type: 'unknown', title: 'Guides', parentId: '1' },
  ]);
});

test('comments are asked for a hundred pages at a time, and come once each', async () => {
  const many = Array.from({ length: 150 }, (_, index) => found(index + 1));
  const asked: number[] = [];
  const { inventory } = await survey(
    { label: 'red' },
    {
      content: { pages: pages(150) },
      client: {
        ...finding(...many),
        listComments$: (within) => {
          asked.push('key' in within ? 0 : within.length);
          return of({ items: [{ id: '70', pageId: '2', version: 1, resolution: undefined }] });
        },
      },
    },
  );
  expect(asked.sort((a, b) => a - b)).toEqual([50, 100]);
  expect(inventory.comments.map(({ id }) => id)).toEqual(['70']);
});

const refusing = (status: number): Situation => ({
  client: {
    searchPages$: () =>
      throwError(() => new HttpError(status, 'GET /search answered.', { words: 'No such field.' })),
  },
});

test('CQL of the user that the wiki does not understand is theirs to mend, in the words of the wiki', async () => {
  const refused = survey({ cql: 'colour = red' }, refusing(400));
  await expect(refused).rejects.toThrow(OptionsError);
  await expect(refused).rejects.toThrow(
    'Option cql must be CQL that the wiki understands, which says: No such field.; nothing was changed, but is "colour = red".',
  );
});

test.each([
  ['another refusal of it', { cql: 'type = page' }, 500],
  ['the refusal of a query that is all our own', { label: 'red' }, 400],
])('%s is told as it came', async (_, options, status) => {
  await expect(survey(options, refusing(status))).rejects.toMatchObject({ code: `http-${status}` });
});

test('a page that is above others and in the scope itself is no directory beside it', async () => {
  const home = ['1', 'Home'] as const;
  const { inventory } = await survey(
    { label: 'red' },
    { client: finding(found(2, home), found(3, home, ['2', 'Page 2'])) },
  );
  expect(inventory.folders.map(({ id }) => id)).toEqual(['1']);
});

test.each([
  ['attachments', { attachments: 'none' as const }, 0, 2],
  ['comments', { comments: false }, 2, 0],
])('%s that are not wanted cost the others nothing', async (_, options, files, comments) => {
  const { inventory } = await survey({ label: 'red', ...options }, { client: finding(found(2), found(3)) });
  expect([attachmentsIn(inventory).length, inventory.comments.length]).toEqual([files, comments]);
});

test('a comment whose row cannot be read is asked for by its id, in a part of a space, too', async () => {
  const { inventory, requests } = await survey(
    { label: 'red' },
    {
      client: {
        ...finding(found(2)),
        listComments$: () => of({ items: [], unreadable: [{ id: '70', reason: 'no page' }] }),
      },
    },
  );
  expect(inventory.comments.map(({ id }) => id)).toEqual(['70']);
  expect([requests.filter((request) => request.startsWith('comment')), inventory.gaps]).toEqual([
    ['comment 70'],
    [],
  ]);
});

test('a file whose row is not whole is asked for by its id, in a part of a space, too', async () => {
  const odd = attachment(7, 2, { title: '' });
  const { inventory, requests } = await survey(
    { label: 'red' },
    { client: { ...finding(found(2)), listAttachments$: () => of({ items: [odd] }) } },
  );
  expect(requests).toContain('attachment att7');
  expect(attachmentsIn(inventory)).toEqual([attachment(7, 2)]);
});

test('what cannot be listed of a part is told, and pages come all the same', async () => {
  const fault = (request: string) =>
    /^(list|attachmentsOf)/.test(request) ? new HttpError(500, 'no') : undefined;
  const { inventory } = await survey({ label: 'red' }, { client: finding(found(2)), fault });
  expect(inventory.pages.map(({ id }) => id)).toEqual(['2']);
  expect(inventory.gaps.map(({ of: kind }) => kind)).toEqual(['attachment', 'comments']);
});
