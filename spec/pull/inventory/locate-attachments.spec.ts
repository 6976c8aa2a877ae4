import { expect, test } from '@jest/globals';
import { kindById } from '../../../lib/core/kind-by-id.js';
import { firstValueFrom, of, throwError } from 'rxjs';
import type { ListedAttachment } from '../../../lib/core/content.js';
import { CredentialsError } from '../../../lib/errors/credentials-error.js';
import { HttpError } from '../../../lib/errors/http-error.js';
import {
  gatherAttachments$,
  listedAttachment$,
  locateAttachments$,
  type WalkedAttachments,
} from '../../../lib/pull/inventory/locate-attachments.js';
import { attachment, page, SPACE } from '../../support/fake-wiki.js';
import {
  attachmentRecord,
  listedPage,
  pageRecord,
  type Situation,
  useSearch,
} from '../../support/searching.js';

const newSearch = useSearch();

const FILES = [attachment(7, 1), attachment(8, 2), attachment(9, 2)];
const NOBODY: readonly string[] = [];
const PAGES = [listedPage(1), listedPage(2)];
const RECORDS = [...PAGES.map(pageRecord), ...FILES.map(attachmentRecord)];

interface Listing extends Omit<WalkedAttachments, 'odd'> {
  readonly items: readonly ListedAttachment[];
}

const whole = (items: readonly ListedAttachment[]): Listing => ({ items, gaps: [], isWalked: true });
const refused = (items: readonly ListedAttachment[] = []): Listing => ({
  items,
  gaps: [{ of: 'attachment', error: new HttpError(400, 'no such query') }],
  isWalked: false,
});

const locate = async (
  { items, ...walked }: Listing,
  situation: Situation = {},
  { pages = PAGES, staying = NOBODY } = {},
) => {
  const { search, warnings, unknown, requests } = newSearch({ records: RECORDS, ...situation });
  const located = {
    items: pages,
    kinds: kindById(pages),
    gaps: [],
    whereabouts: new Map(),
    staying: new Set(staying),
    leftOut: 0,
    leftScope: [],
  };
  await search.attachments.add(items);
  const odd = items.map(({ id }) => id);
  const found = await firstValueFrom(locateAttachments$(search, { ...walked, odd }, located));
  const there = pages.flatMap(({ id }) => search.attachments.of(id));
  return {
    ...found,
    items: there,
    ids: there.map(({ id }) => id).sort(),
    whereabouts: [...found.whereabouts],
    warnings,
    requests,
    unknown: unknown(),
  };
};

test('a listing that tells everything asks for nothing', async () => {
  const { ids, whereabouts, requests } = await locate(whole(FILES));
  expect([ids, whereabouts, requests]).toEqual([['att7', 'att8', 'att9'], [], []]);
});

test('one that is not listed is looked for on its page', async () => {
  const newer = attachment(8, 2, { version: 2 });
  const { items, requests } = await locate(whole([FILES[0], FILES[2]].flatMap((file) => file ?? [])), {
    content: { attachments: [newer] },
  });
  expect(requests).toEqual(['attachmentsOf 2']);
  expect(items).toContainEqual(newer);
});

test('one that its page does not tell either is asked for by its id', async () => {
  const { ids, whereabouts, requests } = await locate(whole(FILES.slice(0, 2)), {
    client: {
      attachmentsOf$: () => of([]),
      attachment$: () => of({ attachment: attachment(9, 2), status: 'current' }),
    },
  });
  expect(ids).toEqual(['att7', 'att8', 'att9']);
  expect(whereabouts).toEqual([['attachment:att9', 'alive']]);
  expect(requests).toEqual([]);
});

test.each<[string, ReturnType<typeof attachment> | undefined, string, string]>([
  ['not to be seen', undefined, '', 'unseen'],
  ['in the trash', attachment(9, 2), 'trashed', 'gone'],
  ['on a page outside', attachment(9, 77), 'current', 'gone'],
])('one that is %s is told so', async (_name, file, status, where) => {
  const { ids, whereabouts } = await locate(whole(FILES.slice(0, 2)), {
    content: { pages: [page(77)] },
    client: { attachmentsOf$: () => of([]), attachment$: () => of(file && { attachment: file, status }) },
  });
  expect(ids).toEqual(['att7', 'att8']);
  expect(whereabouts).toEqual([['attachment:att9', where]]);
});

test.each<[string, ReturnType<typeof attachment>, string]>([
  ['has a status that nobody knows', attachment(9, 2), 'quarantined'],
  ['has a status that nobody knows, elsewhere', attachment(9, 77), 'draft'],
  ['is on a page that is not to be seen', attachment(9, 78), 'current'],
  ['is on nobody knows what', attachment(9, 2, { pageId: '' }), 'current'],
])('one that %s stays, which is told', async (_name, file, status) => {
  const { ids, items, whereabouts, unknown } = await locate(whole(FILES.slice(0, 2)), {
    client: { attachmentsOf$: () => of([]), attachment$: () => of({ attachment: file, status }) },
  });
  expect(ids).toEqual(['att7', 'att8', 'att9']);
  expect(items.find(({ id }) => id === 'att9')?.pageId).toBe('2');
  expect([whereabouts, unknown]).toEqual([[['attachment:att9', 'unknown']], ['attachment']]);
});

test.each(['', '77'])('one whose row hangs on no page (%j) is looked for on its own', async (pageId) => {
  const odd = attachment(9, 2, { pageId });
  const { items, requests } = await locate(whole([...FILES.slice(0, 2), odd]), {
    content: { attachments: FILES },
  });
  expect(requests).toEqual(['attachmentsOf 2']);
  expect(items).toContainEqual(FILES[2]);
  expect(items).not.toContainEqual(odd);
});

test('one that another account does not see stays with its links, and is told to be hidden', async () => {
  const { ids, whereabouts } = await locate(whole(FILES.slice(0, 2)), {
    mayLoseUnseen: false,
    client: { attachmentsOf$: () => of([]), attachment$: () => of(undefined) },
  });
  expect(ids).toEqual(['att7', 'att8', 'att9']);
  expect(whereabouts).toEqual([['attachment:att9', 'unseen']]);
});

test('one that has moved to another page of the mirror is alive there', async () => {
  const moved = attachment(9, 1);
  const { items } = await locate(whole(FILES.slice(0, 2)), {
    client: { attachmentsOf$: () => of([]), attachment$: () => of({ attachment: moved, status: 'current' }) },
  });
  expect(items).toContainEqual(moved);
});

test('one that cannot be asked for stays, which is told', async () => {
  const { ids, whereabouts, unknown } = await locate(whole(FILES.slice(0, 2)), {
    client: { attachmentsOf$: () => of([]), attachment$: () => throwError(() => new HttpError(500, 'no')) },
  });
  expect(ids).toEqual(['att7', 'att8', 'att9']);
  expect(whereabouts).toEqual([['attachment:att9', 'unknown']]);
  expect(unknown).toEqual(['attachment']);
});

test('those of a page that is looked for itself are nobody’s business here', async () => {
  const { ids, whereabouts, requests } = await locate(
    whole(FILES.slice(0, 1)),
    {},
    { pages: PAGES.slice(0, 1) },
  );
  expect([ids, whereabouts, requests]).toEqual([['att7'], [], []]);
});

test('those of a page that stays as it is recorded stay, and are not asked for', async () => {
  const { ids, whereabouts, requests } = await locate(whole(FILES.slice(0, 1)), {}, { staying: ['2'] });
  expect(ids).toEqual(['att7', 'att8', 'att9']);
  expect(whereabouts.map(([, where]) => where)).toEqual(['unknown', 'unknown']);
  expect(requests).toEqual([]);
});

test('where the search fails they are listed page by page, which is told with the reason and is no gap', async () => {
  const { ids, gaps, warnings, requests } = await locate(refused(), { content: { attachments: FILES } });
  expect(requests.sort()).toEqual(['attachmentsOf 1', 'attachmentsOf 2']);
  expect(ids).toEqual(['att7', 'att8', 'att9']);
  expect(gaps).toEqual([]);
  expect(warnings).toEqual([expect.stringMatching(/^listed-by-page: .*no such query.*2 requests/)]);
});

test('where a page cannot be listed either all of them stay, and the gap is told', async () => {
  const error = new HttpError(500, 'no');
  const { ids, gaps, whereabouts } = await locate(refused(), {
    content: { attachments: FILES },
    fault: (request) => (request === 'attachmentsOf 2' ? error : undefined),
  });
  expect(ids).toEqual(['att7', 'att8', 'att9']);
  expect(gaps).toEqual([{ of: 'attachment', error }]);
  expect(whereabouts).toEqual([]);
});

test('that they are listed page by page is told with the reason where there is one', async () => {
  const untold: Listing = { items: [], gaps: [{ of: 'attachment', error: 'no' }], isWalked: false };
  expect((await locate(untold, { content: { attachments: FILES } })).warnings).toEqual([
    'listed-by-page: The search does not list the attachments: they are listed page by page, 2 requests.',
  ]);
});

const MANY = Array.from({ length: 6 }, (_, index) => listedPage(index + 1));

test.each<[string, RegExp, number, number]>([
  ['none of the first pages answers, the others are not asked', /^attachmentsOf/, 3, 3],
  ['one of the first answers, all are', /^attachmentsOf [12456]$/, 6, 5],
  ['all of the first answer, all are', /^attachmentsOf 6$/, 6, 1],
])('page by page: where %s', async (_, refusing, asked, failed) => {
  const fault = (request: string) => (refusing.test(request) ? new HttpError(500, 'no') : undefined);
  const { requests, gaps, ids } = await locate(refused(), { fault }, { pages: MANY });
  expect(requests).toHaveLength(asked);
  expect(gaps).toHaveLength(failed);
  expect(ids).toEqual(['att7', 'att8', 'att9']);
});

test('page by page those of a page that stays as it is recorded are not asked for', async () => {
  const { ids, whereabouts, requests } = await locate(
    refused(),
    { content: { attachments: FILES } },
    { staying: ['2'] },
  );
  expect(requests).toEqual(['attachmentsOf 1']);
  expect(ids).toEqual(['att7', 'att8', 'att9']);
  expect(whereabouts).toEqual([
    ['attachment:att8', 'unknown'],
    ['attachment:att9', 'unknown'],
  ]);
});

test('page by page, too, a row without title or version is as the database has it by its id', async () => {
  const odd = attachment(9, 2, { title: '', version: 0 });
  const { items, requests } = await locate(refused([attachment(7, 1, { title: '' })]), {
    content: { attachments: FILES },
    client: { attachmentsOf$: (_kind, id) => of(id === '2' ? [...FILES.slice(1, 2), odd] : []) },
  });
  expect(requests.sort()).toEqual(['attachment att7', 'attachment att9']);
  expect(items).toEqual(FILES);
});

test('refused credentials end the run page by page, too', async () => {
  const error = new CredentialsError('no');
  await expect(locate(refused(), { fault: () => error })).rejects.toBe(error);
});

test('single rows that are lost send nobody from page to page', async () => {
  const listing = { ...refused(FILES), isWalked: true };
  const { requests, gaps } = await locate(listing);
  expect(requests).toEqual([]);
  expect(gaps).toHaveLength(1);
});

test('a row without title or version is as the database has it', async () => {
  const odd = attachment(7, 1, { title: '', version: 0 });
  const { items, requests } = await locate(whole([odd, ...FILES.slice(1)]), {
    content: { attachments: [attachment(7, 1, { title: 'by-id.bin', version: 5 })] },
  });
  expect(requests).toEqual(['attachment att7']);
  expect(items[0]).toMatchObject({ id: 'att7', title: 'by-id.bin', version: 5 });
});

test('rows that are not whole are asked for once each, and only where they hang on a page of the mirror', async () => {
  const odd = { title: '', version: 0 };
  const items = [attachment(8, 2, odd), attachment(9, 2, odd), attachment(10, 77, odd), ...FILES.slice(0, 1)];
  const located = await locate(whole([...items, ...items.slice(0, 1)]), { content: { attachments: FILES } });
  expect(located.requests.sort()).toEqual(['attachment att8', 'attachment att9']);
  expect(located.items).toEqual(FILES);
});

test('those of a blog post that is looked for itself are nobody’s business here', async () => {
  const post = listedPage(2, { kind: 'blogpost' });
  const { whereabouts, requests } = await locate(
    whole(FILES.slice(0, 1)),
    { records: [...[listedPage(1), post].map(pageRecord), ...FILES.map(attachmentRecord)] },
    { pages: PAGES.slice(0, 1) },
  );
  expect([whereabouts, requests]).toEqual([[], []]);
});

test('none are looked for when none are wanted', async () => {
  const { ids, whereabouts, requests } = await locate(whole([]), { options: { attachments: 'none' } });
  expect([ids, whereabouts, requests]).toEqual([[], [], []]);
});

test('refused credentials end the run', async () => {
  const error = new CredentialsError('no');
  await expect(locate(whole([]), { fault: () => error })).rejects.toBe(error);
});

test.each([
  ['current', true],
  ['trashed', false],
])('one whose row could not be read is what the database says where it is %s: %j', async (status, is) => {
  const [file = attachment(7, 1)] = FILES;
  const { run } = newSearch({ client: { attachment$: () => of({ attachment: file, status }) } });
  expect(await firstValueFrom(listedAttachment$(run, 'att7'))).toEqual(is ? file : undefined);
});

test('one whose row could not be read, and that is not to be seen, is none', async () => {
  const { run } = newSearch();
  expect(await firstValueFrom(listedAttachment$(run, 'att7'))).toBeUndefined();
});

test('a walk takes in what is listed, and what is answered for unreadable rows, and tells which are not whole', async () => {
  const odd = [attachment(8, 2, { title: '' }), attachment(9, 2, { version: 0 })];
  const demands: boolean[] = [];
  const { search } = newSearch({
    content: { attachments: [attachment(10, 2)] },
    client: {
      listAttachments$: (_within, { demand$ = of() } = {}) => {
        demand$.subscribe((demand) => demands.push(demand));
        return of({ items: [attachment(7, 2), ...odd], unreadable: [{ id: 'att10', reason: 'no title' }] });
      },
    },
  });
  const walked = await firstValueFrom(gatherAttachments$(search, SPACE));
  expect(walked).toEqual({ gaps: [], isWalked: true, odd: ['att8', 'att9'] });
  expect(search.attachments.of('2').map(({ id }) => id)).toEqual(['att7', 'att8', 'att9', 'att10']);
  // No answer is asked for while what has come is taken in.
  expect(demands).toEqual([true, false, true, false, true]);
});

test('a walk that fails is told with the reason', async () => {
  const error = new HttpError(400, 'no such query');
  const { search } = newSearch({ fault: () => error });
  expect(await firstValueFrom(gatherAttachments$(search, ['1']))).toEqual({
    gaps: [{ of: 'attachment', error }],
    isWalked: false,
    odd: [],
  });
});
