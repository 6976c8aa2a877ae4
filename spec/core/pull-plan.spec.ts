import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Inventory, ListedComment } from '../../lib/core/content.js';
import { type PlanInput, planPull } from '../../lib/core/pull-plan.js';
import { asOutdated } from '../../lib/core/records.js';
import { EMPTY, done, inputOf, plan, workOf } from './support/plan-model.js';
import { attachment, attachmentsFrom, folder, inventory, page, post } from './support/space.js';
import { spaces } from './support/space-arbitrary.js';

const comment = (id: string, pageId: string, version = 1): ListedComment => ({
  id,
  pageId,
  version,
  resolution: undefined,
});

const SPACE = inventory({
  pages: [page('1', 'A'), page('2', 'B', { parentId: '1' }), post('3', 'P')],
  folders: [folder('4', 'F')],
  attachments: [attachment('att5', '1', 'a.png'), attachment('att6', '2', 'b.png')],
  comments: [comment('7', '2'), comment('8', '2')],
});
const MIRROR = done(SPACE, EMPTY, { 1: ['2'] });
const NOTHING = { fetch: [], deletions: [] };

const work = (space: Inventory) => workOf(plan(space, MIRROR));
const withPages = (...pages: Inventory['pages']): Inventory => ({
  ...SPACE,
  pages: SPACE.pages.map((each) => pages.find(({ id }) => id === each.id) ?? each),
});

test('an empty mirror needs everything', () => {
  expect(workOf(plan(SPACE, EMPTY))).toEqual({
    fetch: [
      'page:1 new',
      'page:2 new',
      'blogpost:3 new',
      'attachment:att5',
      'attachment:att6',
      'comments:2',
      'folder:4',
    ],
    deletions: [],
  });
});

test('an unchanged space needs nothing, and all of it counts as unchanged', () => {
  const planned = plan(SPACE, MIRROR);
  expect(workOf(planned)).toEqual(NOTHING);
  const { pages, attachments, comments, folders } = planned;
  expect([pages, attachments, comments, folders].map(({ unchanged }) => unchanged.length)).toEqual([
    3, 2, 1, 1,
  ]);
});

test('full needs everything again, but deletes nothing', () => {
  const { fetch, deletions } = workOf(plan(SPACE, MIRROR, true));
  expect(fetch).toHaveLength(7);
  expect(deletions).toEqual([]);
});

describe('a change on the wiki', () => {
  test('a folder whose new title gives the same directory is recorded anew', () => {
    const folders = SPACE.folders.map((folder) => ({ ...folder, title: `${folder.title}!` }));
    expect(work({ ...SPACE, folders })).toEqual({ fetch: ['folder:4'], deletions: [] });
  });

  test('an edit fetches its page', () => {
    expect(work(withPages(page('1', 'A', { version: 2 })))).toEqual({
      fetch: ['page:1 edited'],
      deletions: [],
    });
  });

  describe('the same number of another time: the site was restored from a backup, and edited again', () => {
    const [then, now] = ['2026-02-03T10:00:00.000Z', '2026-02-04T10:00:00.000Z'];
    const times: readonly [string | undefined, string | undefined, boolean][] = [
      [then, now, true],
      [now, then, true],
      [then, '2026-02-03T11:00:00+01:00', false],
      ['2026-02-03T10:00:00.789Z', then, false],
      [undefined, now, false],
      [then, undefined, false],
      [then, 'soon', false],
    ];
    const spaceOf = (updatedAt: string | undefined): Inventory =>
      inventory({
        pages: [page('1', 'A', { updatedAt }), page('2', 'B')],
        attachments: [{ ...attachment('att5', '1', 'a.png'), updatedAt }],
        comments: [{ ...comment('7', '2'), updatedAt }, comment('8', '2')],
      });

    test.each(times)('%s, then %s: %s', (before, after, isEdit) => {
      const mirror = done(spaceOf(before), EMPTY);
      const fetch = isEdit ? ['page:1 edited', 'attachment:att5', 'comments:2'] : [];
      expect(workOf(plan(spaceOf(after), mirror)).fetch).toEqual(fetch);
      const known = { ...inputOf(spaceOf(after), mirror), isLaidOutAlike: true };
      expect(workOf(planPull(known)).fetch).toEqual(fetch);
    });

    test.each([
      ['sizeBytes', { sizeBytes: 5 }, { sizeBytes: 6 }],
      ['fileId', { fileId: 'f1' }, { fileId: 'f2' }],
    ])('an attachment of another %s, where both are told', (_, before, after) => {
      const on = (more: object): Inventory =>
        inventory({
          pages: [page('1', 'A')],
          attachments: [{ ...attachment('att5', '1', 'a.png'), ...more }],
        });
      const fetched = (one: object, other: object) => workOf(plan(on(other), done(on(one), EMPTY))).fetch;
      const nothing = { sizeBytes: undefined, fileId: undefined };
      expect(fetched(before, after)).toEqual(['attachment:att5']);
      expect([fetched(before, before), fetched(nothing, after), fetched(before, nothing)]).toEqual([
        [],
        [],
        [],
      ]);
    });
  });

  test('a version that went back is an edit, too', () => {
    const ahead = done(withPages(page('1', 'A', { version: 9 })), EMPTY);
    expect(workOf(plan(SPACE, ahead)).fetch).toEqual(['page:1 edited']);
  });

  test('a rename moves the page with all that hangs on it, and relinks what points to it', () => {
    expect(work(withPages(page('2', 'C', { parentId: '1', version: 2 })))).toEqual({
      fetch: ['page:2 edited'],
      relocate: ['page:1', 'attachment:att6', 'comments:2'],
      deletions: [],
    });
  });

  test('a move to another parent does the same without a new version', () => {
    expect(work(withPages(page('2', 'B')))).toEqual({
      fetch: [],
      relocate: ['page:1', 'page:2', 'attachment:att6', 'comments:2'],
      deletions: [],
    });
  });

  test('a folder that is renamed moves', () => {
    expect(work({ ...SPACE, folders: [folder('4', 'G')] })).toEqual({ fetch: ['folder:4'], deletions: [] });
  });

  test('a page that left takes its attachments and comments with it', () => {
    const { deletions } = work({
      ...SPACE,
      pages: SPACE.pages.filter(({ id }) => id !== '2'),
      attachments: attachmentsFrom([attachment('att5', '1', 'a.png')]),
      comments: [],
    });
    expect(deletions.sort()).toEqual(['attachment:att6', 'comments:2', 'page:2']);
  });

  test('a page that became a blog post is another item', () => {
    expect(work(withPages(post('1', 'A')))).toMatchObject({ deletions: ['page:1'] });
  });

  test.each([
    ['new', [...SPACE.comments, comment('9', '2')]],
    ['edited', [comment('7', '2', 2), comment('8', '2')]],
    ['deleted', [comment('7', '2')]],
  ])('a %s comment fetches the comments of its page', (_, comments) => {
    expect(work({ ...SPACE, comments })).toEqual({ fetch: ['comments:2'], deletions: [] });
  });

  test('the last comment of a page deletes their file', () => {
    expect(work({ ...SPACE, comments: [] })).toEqual({ fetch: [], deletions: ['comments:2'] });
  });

  test('a new version of an attachment fetches it', () => {
    const attachments = attachmentsFrom([
      attachment('att5', '1', 'a.png', { version: 2 }),
      attachment('att6', '2', 'b.png'),
    ]);
    expect(work({ ...SPACE, attachments }).fetch).toEqual(['attachment:att5']);
  });
});

test('a version of an attachment that went back is fetched, too', () => {
  const at = (version: number): Inventory => ({
    ...SPACE,
    attachments: attachmentsFrom([
      attachment('att5', '1', 'a.png', { version }),
      attachment('att6', '2', 'b.png'),
    ]),
  });
  expect(workOf(plan(at(1), done(at(3), EMPTY))).fetch).toEqual(['attachment:att5']);
});

describe('what only a new rendering can change', () => {
  const renamed = withPages(post('3', 'P'), page('2', 'B?', { parentId: '1' }));

  test('the title of a page fetches it, even at its old version and place', () => {
    const { pages } = plan(renamed, MIRROR);
    expect(pages.fetch.map(({ page: { id }, change }) => `${id} ${change}`)).toEqual(['2 relinked']);
  });

  test('nothing is looked at when the listing is known to be as it was', () => {
    const input = inputOf(renamed, MIRROR);
    expect(workOf(planPull({ ...input, isLaidOutAlike: true }))).toEqual(NOTHING);
  });

  test('nor does anybody ask where things belong then, of any kind', () => {
    const asked = (): never => {
      throw new Error('Somebody asked.');
    };
    const paths = {
      get pages(): never {
        return asked();
      },
      get folders(): never {
        return asked();
      },
    };
    const input = { ...inputOf(SPACE, MIRROR), isLaidOutAlike: true, paths, attachmentsOn: asked };
    const { pages, attachments, comments, folders } = planPull(input);
    expect([pages, attachments, comments, folders].map(({ unchanged }) => unchanged.length)).toEqual([
      3, 2, 1, 1,
    ]);
    expect(() => planPull({ ...input, isLaidOutAlike: false })).toThrow('Somebody asked.');
  });

  test('what is newer, or gone, of the other kinds is fetched', () => {
    const file = attachment('att6', '2', 'b.png', { version: 2 });
    const newer: Inventory = {
      ...SPACE,
      attachments: attachmentsFrom([attachment('att5', '1', 'a.png'), file]),
      comments: [comment('7', '2', 2), comment('8', '2')],
    };
    const fetched = (inventory: Inventory, mirror = MIRROR) =>
      workOf(planPull({ ...inputOf(inventory, mirror), isLaidOutAlike: true })).fetch;
    expect(fetched(newer)).toEqual(['attachment:att6', 'comments:2']);
    const unsound = new Set(['attachment:att5', 'comments:2', 'folder:4']);
    expect(fetched(SPACE, { ...MIRROR, unsound })).toEqual(['attachment:att5', 'comments:2', 'folder:4']);
  });

  test('another version is fetched, and so is what cannot be relied on', () => {
    const edited = withPages(post('3', 'P'), page('2', 'B', { parentId: '1', version: 2 }));
    const alike = (input: PlanInput): string[] => [
      ...workOf(planPull({ ...input, isLaidOutAlike: true })).fetch,
    ];
    expect(alike(inputOf(edited, MIRROR))).toContain('page:2 edited');
    expect(alike(inputOf(SPACE, { ...MIRROR, unsound: new Set(['page:2']) }))).toContain('page:2 edited');
    expect(alike(inputOf(SPACE, MIRROR, true))).toContain('page:2 edited');
  });

  test('what is included is looked at all the same', () => {
    const include = '{"kind":"include","page":{"kind":"page-id","id":"3"}}';
    const mirror = done(SPACE, EMPTY, { 1: [include], 2: ['3'] });
    const input = { ...inputOf(SPACE, mirror), isLaidOutAlike: true };
    expect(workOf(planPull(input))).toEqual(NOTHING);
    const edited = { ...input, pageFingerprint: () => 'other', pageShape: () => 'other' };
    expect(workOf(planPull(edited)).fetch).toEqual(['page:1 relinked']);
  });
});

describe('records that cannot be relied on', () => {
  test.each([...MIRROR.records.keys()])('%s is fetched again when its file is not whole', (key) => {
    const { fetch, deletions } = workOf(plan(SPACE, { ...MIRROR, unsound: new Set([key]) }));
    expect(fetch.map((each) => each.split(' ')[0])).toEqual([key]);
    expect(deletions).toEqual([]);
  });

  test('an asOutdated record is fetched again although its files are there', () => {
    const records = new Map(
      [...MIRROR.records].map(([key, record]) => [
        key,
        record.kind === 'folder' ? record : asOutdated(record),
      ]),
    );
    expect(workOf(plan(SPACE, { ...MIRROR, records })).fetch).toHaveLength(6);
  });
});

test('an unknown container is no work: it stands for ancestors outside the scope', () => {
  const outside = inventory({ folders: [{ ...folder('4', 'F'), type: 'unknown' }] });
  expect(workOf(plan(outside, EMPTY))).toEqual(NOTHING);
});

test('planning again after doing the plan gives no work, from any space to any other', () => {
  fc.assert(
    fc.property(spaces, spaces, (before, after) => {
      const mirror = done(before, EMPTY);
      expect(workOf(plan(before, mirror))).toEqual(NOTHING);
      expect(workOf(plan(after, done(after, mirror)))).toEqual(NOTHING);
    }),
  );
});

test('a run cut short anywhere and run again ends as one that was not', () => {
  fc.assert(
    fc.property(spaces, fc.nat(), (space, cut) => {
      const whole = done(space, EMPTY);
      const kept = [...whole.records].slice(0, cut % (whole.records.size + 1));
      const partial = { records: new Map(kept), unsound: new Set<string>() };
      expect(new Map([...done(space, partial).records].sort())).toEqual(new Map([...whole.records].sort()));
    }),
  );
});
