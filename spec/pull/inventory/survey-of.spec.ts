import { describe, expect, test } from '@jest/globals';
import { kindById } from '../../../lib/core/kind-by-id.js';
import { defer, firstValueFrom, of } from 'rxjs';
import type { Whereabouts } from '../../../lib/core/departures.js';
import { HttpError } from '../../../lib/errors/http-error.js';
import { type Parts, surveyOf } from '../../../lib/pull/inventory/survey-of.js';
import { attachment, SPACE } from '../../support/fake-wiki.js';
import {
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

const PAGES = [listedPage(1), listedPage(2)];
const RECORDS = [
  ...PAGES.map(pageRecord),
  attachmentRecord(attachment(7, 2)),
  commentsRecord(2, 70),
  folderRecord(folder(50)),
  folderRecord(folder(60, { type: 'whiteboard' })),
];
const COMMENT = { id: '70', pageId: '2', version: 1, resolution: undefined };

type Places = Readonly<Record<string, Whereabouts>>;

interface Wiki extends Partial<Parts> {
  /** On which page the file is listed. */
  readonly fileOn?: number;
  /** Where recorded items are that are not listed. */
  readonly places?: Places;
}

const located = <T>(items: readonly T[]) => ({
  items,
  gaps: [],
  whereabouts: new Map<string, Whereabouts>(),
});
const locatedPages = (items = PAGES): Parts['pages'] => ({
  ...located(items),
  kinds: kindById(items),
  staying: new Set(),
  leftOut: 0,
  leftScope: [],
});

/** The survey of a wiki that is as the mirror has it, unless a test says otherwise. */
const survey = async ({ fileOn = 2, places = {}, ...parts }: Wiki = {}, situation: Situation = {}) => {
  let asked = 0;
  const { mayLoseUnseen = true } = situation;
  const mayLoseUnseen$ = defer(() => {
    asked += 1;
    return of(mayLoseUnseen);
  });
  const { search, warnings } = newSearch({ records: RECORDS, ...situation });
  await search.attachments.add([attachment(7, fileOn)]);
  const { leaving, ...found } = await firstValueFrom(
    surveyOf(
      { ...search, mayLoseUnseen$ },
      {
        pages: locatedPages(),
        folders: located([folder(50), folder(60, { type: 'whiteboard' })]),
        attachments: { gaps: [], whereabouts: new Map(Object.entries(places)) },
        comments: located([COMMENT]),
        ...parts,
      },
    ),
  );
  return { ...found, leaving: leaving.map(({ key, reason }) => `${key} ${reason}`).sort(), warnings, asked };
};

test('of what is listed nothing leaves', async () => {
  const { leaving, hidden, warnings, asked, inventory } = await survey();
  expect([leaving, hidden, warnings, asked]).toEqual([[], 0, [], 0]);
  expect(inventory).toMatchObject({ space: SPACE, pages: PAGES, comments: [COMMENT], gaps: [] });
});

describe('what is not listed leaves', () => {
  test.each<[string, Wiki, readonly string[]]>([
    ['nowhere, where nobody knows where it is', { pages: locatedPages([]), comments: located([]) }, []],
    [
      'with the page that it hangs on',
      { pages: locatedPages(PAGES.slice(0, 1)), places: { 'page:2': 'gone' } },
      ['attachment:att7 gone', 'comments:2 gone', 'page:2 gone'],
    ],
    [
      'where the index still tells of a file and of comments on a page that is no part of the mirror',
      { pages: locatedPages(PAGES.slice(0, 1)), places: { 'page:2': 'outside' } },
      ['attachment:att7 outside', 'comments:2 outside', 'page:2 outside'],
    ],
    [
      'not with the page, when it has moved to another',
      { pages: locatedPages(PAGES.slice(0, 1)), fileOn: 1, places: { 'page:2': 'gone' } },
      ['comments:2 gone', 'page:2 gone'],
    ],
    ['by itself, comments', { comments: located([]), places: { 'comments:2': 'gone' } }, ['comments:2 gone']],
    ['by itself, a file', { fileOn: 9, places: { 'attachment:att7': 'unseen' } }, ['attachment:att7 unseen']],
    [
      'by itself, a folder; a whiteboard when it is no parent any more',
      { folders: located([]), places: { 'folder:50': 'gone' } },
      ['folder:50 gone', 'folder:60 childless'],
    ],
  ])('%s', async (_, wiki, leaving) => {
    expect((await survey(wiki)).leaving).toEqual(leaving);
  });
});

test('a blog post leaves, though a page is listed by its id', async () => {
  const wiki: Wiki = { pages: locatedPages([...PAGES, listedPage(3)]), places: { 'blogpost:3': 'gone' } };
  const records = [...RECORDS, pageRecord(listedPage(3, { kind: 'blogpost' }))];
  expect((await survey(wiki, { records })).leaving).toEqual(['blogpost:3 gone']);
});

test.each<[string, Situation['options'], readonly string[]]>([
  ['attachments', { attachments: 'none' }, ['attachment:att7 unwanted']],
  ['comments', { comments: false }, ['comments:2 unwanted']],
  ['folders, in a part of a space,', { label: 'red' }, ['folder:50 unwanted', 'folder:60 unwanted']],
])('%s that the settings leave out leave, though they are listed', async (_, options, leaving) => {
  expect((await survey({}, { options: { ...options } })).leaving).toEqual(leaving);
});

describe('what is not to be seen', () => {
  const unseen: Wiki = {
    pages: locatedPages(PAGES.slice(0, 1)),
    folders: located([folder(60, { type: 'whiteboard' })]),
    places: { 'page:2': 'unseen', 'folder:50': 'unseen' },
  };

  test('leaves for an account that may lose it', async () => {
    const { leaving, hidden, warnings } = await survey(unseen);
    expect(leaving).toEqual([
      'attachment:att7 unseen',
      'comments:2 unseen',
      'folder:50 unseen',
      'page:2 unseen',
    ]);
    expect([hidden, warnings]).toEqual([0, []]);
  });

  test('stays for another, which is told with how much it is and what to do', async () => {
    const { leaving, hidden, warnings } = await survey(unseen, { mayLoseUnseen: false });
    expect([leaving, hidden]).toEqual([[], 2]);
    expect(warnings).toEqual([
      'hidden-items: 2 mirrored items are not visible to this account, which is not known to be the one that pulled before: they stay as they are. `force` lets them leave.',
    ]);
  });

  test('is the only reason to ask who we are', async () => {
    expect((await survey(unseen)).asked).toBe(1);
    expect((await survey({ places: { 'page:2': 'gone', 'folder:50': 'unknown' } })).asked).toBe(0);
  });
});

test('what could not be listed of any kind is told of all, and so is what the pages have left out', async () => {
  const kinds = ['page', 'folder', 'attachment', 'comments'] as const;
  const [pages, folders, attachments, comments] = kinds.map((kind) => ({
    gaps: [{ of: kind, error: new HttpError(500, 'no') }],
  }));
  const { inventory, leftOut, leftScope } = await survey({
    pages: { ...locatedPages(), ...pages, leftOut: 3, leftScope: PAGES.slice(1) },
    folders: { ...located([]), ...folders },
    attachments: { gaps: [], whereabouts: new Map(), ...attachments },
    comments: { ...located([]), ...comments },
  });
  expect(inventory.gaps.map(({ of: kind }) => kind)).toEqual(kinds);
  expect([leftOut, leftScope]).toEqual([3, PAGES.slice(1)]);
});
