import { describe, expect, test } from '@jest/globals';
import { firstValueFrom, of, throwError } from 'rxjs';
import type { WikiClient } from '../../../lib/confluence/wiki-client.js';
import { CredentialsError } from '../../../lib/errors/credentials-error.js';
import { HttpError } from '../../../lib/errors/http-error.js';
import { survey$ } from '../../../lib/pull/inventory/survey.js';
import { attachmentsIn } from '../../core/support/space.js';
import {
  ACCOUNT,
  attachment,
  comment,
  type FakeContent,
  page,
  pages,
  SPACE,
} from '../../support/fake-wiki.js';
import {
  asListed,
  attachmentRecord,
  commentsRecord,
  folder,
  folderRecord,
  listedPage,
  pageRecord,
  type Situation,
  useSearch,
} from '../../support/searching.js';

const newSearch = useSearch();

const FILES = [attachment(7, 2), attachment(8, 3)];
const COMMENTS = [comment(70, 2)];
const FOLDERS = [folder(50)];
const CONTENT: FakeContent = { pages: pages(3), attachments: FILES, comments: COMMENTS, folders: FOLDERS };
const RECORDS = [
  ...pages(3).map((one) => pageRecord(asListed(one))),
  ...FILES.map(attachmentRecord),
  commentsRecord(2, 70),
  ...FOLDERS.map(folderRecord),
];

/** In a part of a space no folder stands for its own sake. */
const OF_A_PART = RECORDS.filter(({ kind }) => kind !== 'folder');

const survey = async (situation: Situation = {}, space = SPACE) => {
  const { ancestor, label, cql } = situation.options ?? {};
  const isPart = [ancestor, label, cql].some((each) => each !== undefined);
  const records = isPart ? OF_A_PART : RECORDS;
  const { run, prior, warnings, requests } = newSearch({ content: CONTENT, records, ...situation });
  const { inventory, leaving, hidden, leftScope } = await firstValueFrom(survey$(run, space, prior));
  return {
    inventory,
    leaving: leaving.map(({ key, reason }) => `${key} ${reason}`).sort(),
    hidden,
    leftScope: leftScope.map(({ id }) => id),
    warnings,
    requests,
    gaps: run.incomplete().map(({ of: kind, code }) => `${kind} ${code}`),
    ids: inventory.pages.map(({ id }) => id).sort(),
  };
};

test('a wiki as the mirror has it loses nothing, and nobody is asked who we are', async () => {
  const { leaving, warnings, requests, gaps } = await survey();
  expect([leaving, warnings, gaps]).toEqual([[], [], []]);
  expect(requests).not.toContain('identity');
});

test('what hangs on no page makes nobody ask for one', async () => {
  const loose = [attachment(9, 1, { pageId: '' }), ...FILES];
  const { leaving, requests } = await survey({ content: { ...CONTENT, attachments: loose } });
  expect(leaving).toEqual([]);
  expect(requests.filter((request) => /^pages?(?:ById)? /.test(request))).toEqual([]);
});

test('what is gone leaves with all that hung on it', async () => {
  const now = [...pages(1), page(2, { status: 'trashed' }), page(3)];
  const { leaving } = await survey({ content: { ...CONTENT, pages: now } });
  expect(leaving).toEqual(['attachment:att7 gone', 'comments:2 gone', 'page:2 gone']);
});

test('an attachment that has moved away from a page that is gone stays', async () => {
  const content = {
    ...CONTENT,
    pages: [...pages(1), page(2, { status: 'trashed' }), page(3)],
    attachments: [attachment(7, 3), attachment(8, 3)],
  };
  expect((await survey({ content })).leaving).toEqual(['comments:2 gone', 'page:2 gone']);
});

test('what is not to be seen leaves for the account that pulled before; the wiki is asked who that is', async () => {
  const { leaving, requests } = await survey({
    content: { ...CONTENT, pages: pages(2), attachments: FILES.slice(0, 1) },
  });
  expect(leaving).toEqual(['attachment:att8 unseen', 'page:3 unseen']);
  expect(requests.filter((request) => request === 'identity')).toHaveLength(1);
});

const SHRUNK: FakeContent = { ...CONTENT, pages: pages(2), attachments: FILES.slice(0, 1) };

test('what is not to be seen stays for another account, with all that hangs on it', async () => {
  const content = { ...SHRUNK, identity: { kind: 'known', accountId: 'acct-other' } as const };
  const { leaving, hidden, warnings, ids } = await survey({ content });
  expect([leaving, ids]).toEqual([[], ['1', '2', '3']]);
  expect(hidden).toBe(1);
  expect(warnings).toEqual([expect.stringMatching(/^hidden-items: 1 /)]);
});

test('pages come in the order of their ids, in whichever the wiki tells of them', async () => {
  const { inventory } = await survey({ content: { ...CONTENT, pages: pages(11).reverse() } });
  expect(inventory.pages.map(({ id }) => Number(id))).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
});

test.each([{ kind: 'stranger' }, { kind: 'refused' }] as const)(
  'a wiki that has come to refuse us ends the run: %j',
  async (identity) => {
    const ended = survey({ content: { ...SHRUNK, identity } });
    await expect(ended).rejects.toBeInstanceOf(CredentialsError);
    await expect(ended).rejects.toMatchObject({
      message: expect.stringContaining('does not accept the credentials'),
      hint: 'Nothing was changed. Check that the token has not expired or been revoked.',
    });
  },
);

test('what the settings leave out leaves for that reason', async () => {
  const { leaving } = await survey({ options: { comments: false, attachments: 'none' } });
  expect(leaving).toEqual(['attachment:att7 unwanted', 'attachment:att8 unwanted', 'comments:2 unwanted']);
});

const no = new HttpError(400, 'no such query');
const failing = (pattern: RegExp) => (request: string) => (pattern.test(request) ? no : undefined);

test.each<[string, RegExp, string[]]>([
  ['attachments, by page either', /^(listAttachments|attachmentsOf)/, ['attachment http-400']],
  ['comments', /^listComments/, ['comments http-400']],
  ['folders', /^listFolders/, ['folder http-400']],
  ['blog posts', /^listPages blogpost/, ['blogpost http-400']],
])('%s that cannot be listed are told, and none of them leaves', async (_name, pattern, gaps) => {
  const content = { pages: pages(3) };
  const found = await survey({ content, fault: failing(pattern) });
  expect(found.gaps).toEqual(gaps);
  const [kind = ''] = gaps[0]?.split(' ') ?? [];
  expect(found.leaving.filter((each) => each.startsWith(kind))).toEqual([]);
});

test('pages that cannot be listed end the run', async () => {
  await expect(survey({ fault: failing(/^listPages page/) })).rejects.toBe(no);
});

test('an archived space is not searched: attachments come by page, the rest is told as unknown', async () => {
  const { gaps, leaving, requests, inventory } = await survey({}, { ...SPACE, isArchived: true });
  expect(gaps.sort()).toEqual(['comments not-searchable', 'folder not-searchable']);
  expect(leaving).toEqual([]);
  expect(requests.filter((request) => request.startsWith('list'))).toEqual([
    'listPages page',
    'listPages blogpost',
  ]);
  expect(attachmentsIn(inventory)).toHaveLength(2);
});

test('labels of a page that the index does not know stay as they were, or are unknown, and so they do when it fails', async () => {
  const red = { ...listedPage(2), labels: ['red'] };
  const records = [...RECORDS.filter(({ id, kind }) => kind !== 'page' || id !== '2'), pageRecord(red)];
  const options = { labels: true };
  for (const fault of [undefined, failing(/^listLabels/)]) {
    const found = await survey({ records, options, ...(fault && { fault }) });
    expect(found.inventory.pages.map(({ labels }) => labels)).toEqual([undefined, ['red'], undefined]);
    expect(found.gaps).toEqual(fault ? ['labels http-400'] : []);
  }
});

/** Search that finds these pages in the scope, and these by their ids. */
const searching = (inScope: readonly string[], byId: readonly string[]): Partial<WikiClient> => ({
  searchPages$: (cql) => {
    const asked = /id in \(([\d,]+)\)/.exec(cql)?.[1]?.split(',');
    const known = cql.includes('label=') || cql.includes('ancestor in') ? inScope : byId;
    const ids = asked === undefined ? inScope : known.filter((id) => asked.includes(id));
    return of({ items: ids.map((id) => ({ page: listedPage(Number(id)), ancestors: [] })) });
  },
});
const RED = { label: 'red' };

test('a page that left the scope leaves, and is named; what hangs on it goes, too', async () => {
  const { leaving, leftScope, warnings } = await survey({
    options: RED,
    client: { ...searching(['1', '3'], ['1', '2', '3']), labelsOf$: () => of(['blue']) },
  });
  expect(leaving).toEqual(['attachment:att7 outside', 'comments:2 outside', 'page:2 outside']);
  expect([leftScope, warnings]).toEqual([['2'], []]);
});

test.each([
  ['those that are above a page of the part', [{ id: '50', type: 'unknown' as const, title: 'Guides' }]],
  ['the others', []],
])('folders that a whole mirror holds leave with a narrowing to a part of it: %s', async (_, ancestors) => {
  const client: Partial<WikiClient> = {
    searchPages$: () => of({ items: [1, 2, 3].map((id) => ({ page: listedPage(id), ancestors })) }),
  };
  const { leaving } = await survey({ options: RED, client, records: RECORDS, isSameScope: false });
  expect(leaving).toEqual(['folder:50 unwanted']);
});

test.each<[string, string[], unknown[]]>([
  ['that the index does not know at all', ['1', '3'], [expect.stringContaining('Search knows nothing of')]],
  ['that has the label after all', ['1', '2', '3'], []],
])('a page %s does not', async (_, byId, expected) => {
  const client = { ...searching(['1', '3'], byId), labelsOf$: () => of(['red']) };
  const { leaving, warnings } = await survey({ options: RED, client });
  expect([leaving, warnings]).toEqual([[], expected]);
});

test('nor does one whose labels cannot be had', async () => {
  const client = { ...searching(['1', '3'], ['1', '2', '3']), labelsOf$: () => throwError(() => no) };
  expect((await survey({ options: RED, client })).leaving).toEqual([]);
});

test('a scope that finds nothing is an error of its own on a first pull, not in a mirror that was of it', async () => {
  const empty = { records: [], options: RED, client: searching([], []) };
  expect((await survey(empty)).leaving).toEqual([]);
  const nothing = survey({ ...empty, isSameScope: false });
  await expect(nothing).rejects.toMatchObject({
    code: 'empty-scope',
    message: expect.stringContaining('"red"'),
  });
});

test('a scope that finds nothing more of a mirror has all its pages outside, for the guard to judge', async () => {
  const { leaving } = await survey({ options: RED, client: searching([], ['1', '2', '3']) });
  expect(leaving.filter((each) => each.startsWith('page'))).toEqual([
    'page:1 outside',
    'page:2 outside',
    'page:3 outside',
  ]);
});

test('an index of ancestors that is empty is checked against the tree', async () => {
  const { ids, leaving, warnings, requests } = await survey({
    options: { ancestor: '1' },
    client: searching(['1'], ['1']),
  });
  expect(requests).toContain('hasChildren 1');
  expect([ids, leaving]).toEqual([['1', '2', '3'], []]);
  expect(warnings).toEqual([expect.stringMatching(/^listed-by-tree/)]);
});

test('an ancestor that has nothing below it is a scope of one page', async () => {
  const client = { ...searching(['3'], ['1', '2', '3']) };
  const { ids, warnings } = await survey({ records: [], options: { ancestor: '3' }, client });
  expect([ids, warnings]).toEqual([['3'], []]);
});

type Placed = readonly (readonly [id: string, ...above: string[]])[];

/** Search that finds these pages in the scope, with what is above them, and these by their ids. */
const below = (inScope: Placed, byId: Placed = inScope): Partial<WikiClient> => ({
  searchPages$: (cql) => {
    const asked = /^(?:.* and )?id in \(([\d,]+)\)$/.exec(cql)?.[1]?.split(',');
    const found = cql.startsWith('id in') ? byId : inScope;
    const items = found.map(([id, ...above]) => ({
      page: listedPage(Number(id)),
      ancestors: above.map((each) => ({ id: each, type: 'page', title: each })),
    }));
    return of({
      items: asked === undefined ? items : items.filter(({ page: { id } }) => asked.includes(id)),
    });
  },
});

describe('several ancestors', () => {
  test('that search tells of, and with something below each, need no further request', async () => {
    const { ids, requests } = await survey({
      records: [],
      options: { ancestor: ['1', '50'] },
      client: below([['1'], ['2', '1'], ['3', '1', '50']]),
    });
    expect(ids).toEqual(['1', '2', '3']);
    expect(requests.filter((request) => /^(pages?ById|page|findFolder|hasChildren) /.test(request))).toEqual(
      [],
    );
  });

  test('one that is a page which search does not know is taken from the tree', async () => {
    const { ids, warnings } = await survey({
      records: [],
      options: { ancestor: ['2', '3'] },
      client: below([['2', '1']]),
    });
    expect([ids, warnings]).toEqual([
      ['2', '3'],
      [expect.stringMatching(/^listed-by-tree: .* page 2 or 3:/)],
    ]);
  });

  test('an empty folder is no mistake', async () => {
    const client = { ...below([['2', '1']]), findFolder$: () => of({ status: 'current' }) };
    const { ids, gaps } = await survey({ records: [], options: { ancestor: ['2', '60'] }, client });
    expect([ids, gaps]).toEqual([['2'], []]);
  });

  test('what stands below a folder is asked for as that of a folder, below a page as that of a page', async () => {
    const asked: string[] = [];
    const client: Partial<WikiClient> = {
      ...below([['2', '1']]),
      findFolder$: () => of({ status: 'current' }),
      hasChildren$: (type, id) => {
        asked.push(`${type} ${id}`);
        return of(false);
      },
    };
    await survey({ records: [], options: { ancestor: ['2', '60'] }, client });
    expect(asked.sort()).toEqual(['folder 60', 'page 2']);
  });

  test('those that are not there are an error where they are new', async () => {
    const situation = { options: { ancestor: ['1', '98', '99'] }, client: below([['1'], ['2', '1']]) };
    await expect(survey({ ...situation, isSameScope: false })).rejects.toMatchObject({
      code: 'ancestor-not-found',
      message: 'There is no page or folder 98 or 99 in DOCS, as far as this account sees.',
    });
  });

  test('a trashed one is not there, and one whose wiki does not answer is not said to be gone', async () => {
    const trashed = { ...CONTENT, pages: [...pages(3), page(9, { status: 'trashed' })] };
    const options = { ancestor: ['1', '9'] };
    const client = below([['1'], ['2', '1']]);
    await expect(survey({ content: trashed, options, client, isSameScope: false })).rejects.toMatchObject({
      code: 'ancestor-not-found',
    });
    const fault = failing(/^pagesById 9|^page 9/);
    const { gaps, leaving } = await survey({ content: trashed, options, client, fault });
    expect([gaps, leaving]).toEqual([['page http-400'], []]);
  });

  test('what the mirror has from below one that is not there any more stays, and that is told', async () => {
    const { ids, leaving, gaps } = await survey({
      options: { ancestor: ['2', '99'] },
      client: {
        ...below([['2', '1']], [['1'], ['2', '1'], ['3', '1']]),
        ancestorsOf$: () => of(new Set(['1'])),
      },
    });
    expect([ids, leaving, gaps]).toEqual([['2'], [], ['page ancestor-not-found']]);
  });
});

test('what a filter leaves out leaves as unwanted, and nobody is asked for it', async () => {
  const { leaving, requests, inventory } = await survey({ options: { attachmentTypes: ['!*7.*'] } });
  expect(leaving).toEqual(['attachment:att7 unwanted']);
  expect(requests.filter((request) => request.startsWith('attachment'))).toEqual([]);
  expect(inventory.attachments.leftOutOf('2').map(({ id }) => id)).toEqual(['att7']);
  expect(attachmentsIn(inventory).map(({ id }) => id)).toEqual(['att8']);
});

test('one that the listing has left out is looked for before the filter judges it', async () => {
  const client = { listAttachments$: () => of({ items: [] }) };
  const { leaving, requests } = await survey({ client, options: { attachmentTypes: ['!*7.*'] } });
  expect(leaving).toEqual(['attachment:att7 unwanted']);
  expect(requests).toContain('attachmentsOf 2');
});

test.each<[string, FakeContent['identity'], boolean, readonly string[]]>([
  [
    'the account that pulled before',
    { kind: 'known', accountId: ACCOUNT },
    false,
    ['attachment:att8', 'page:3'],
  ],
  ['another account', { kind: 'known', accountId: 'acct-other' }, false, []],
  [
    'another account, and the user insists',
    { kind: 'known', accountId: 'acct-other' },
    true,
    ['attachment:att8', 'page:3'],
  ],
  ['an account that nobody names', { kind: 'unknown', error: undefined }, false, []],
  [
    'such an account, and the user insists',
    { kind: 'unknown', error: undefined },
    true,
    ['attachment:att8', 'page:3'],
  ],
])('what is not to be seen leaves for %s as it may', async (_, identity, force, keys) => {
  const { leaving } = await survey({
    content: { ...SHRUNK, ...(identity && { identity }) },
    options: { force },
  });
  expect(leaving).toEqual(keys.map((key) => `${key} unseen`));
});

test('labels are what search tells, and the gap is told once where rows are lost', async () => {
  const labels = [{ kind: 'page' as const, id: '2', labels: ['blue'], hasMore: false }];
  const { inventory } = await survey({ content: { ...CONTENT, labels }, options: { labels: true } });
  expect(inventory.pages.map((each) => each.labels)).toEqual([undefined, ['blue'], undefined]);
  const client = { listLabels$: () => of({ items: labels, unreadable: [{ id: '3', reason: 'no id' }] }) };
  const { gaps } = await survey({ client, options: { labels: true } });
  expect(gaps).toEqual(['labels malformed-response']);
});

test('labels are not asked for where they are not wanted', async () => {
  const { inventory, requests } = await survey();
  expect(requests).not.toContain('listLabels');
  expect(inventory.pages.map((each) => each.labels)).toEqual([undefined, undefined, undefined]);
});

describe('the names that files show', () => {
  const names = { 'acct-1': 'Ann', 'acct-9': 'Zoe' };

  test('are those of the authors, and of those whom the recorded bodies mention', async () => {
    const { run, prior } = newSearch({ content: { ...CONTENT, names }, records: RECORDS });
    await firstValueFrom(survey$(run, SPACE, { ...prior, accounts: new Set(['acct-9']) }));
    expect([run.people.nameOf('acct-1'), run.people.nameOf('acct-9')]).toEqual(['Ann', 'Zoe']);
  });

  test('are asked for by nobody where nothing has changed', async () => {
    const { run, prior, requests } = newSearch({ content: { ...CONTENT, names }, records: RECORDS });
    const SINCE = '2026-02-03T03:54:06.000Z';
    const quick = { ...prior, since: { pages: SINCE, others: SINCE }, accounts: new Set(['acct-9']) };
    const found = await firstValueFrom(survey$(run, SPACE, quick));
    expect(found).toMatchObject({
      inventory: { isUnchanged: true },
      leaving: [],
      hidden: 0,
      leftOut: 0,
      leftScope: [],
    });
    expect(requests.filter((request) => request.startsWith('users'))).toEqual([]);
  });
});
