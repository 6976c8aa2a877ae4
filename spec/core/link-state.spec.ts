import { describe, expect, test } from '@jest/globals';
import { placeAttachments } from '../../lib/core/attachment-paths.js';
import { createLinkIndex } from '../../lib/core/link-index.js';
import {
  type Dependency,
  accountsIn,
  attachmentsIn,
  encodeDependency,
  includesIn,
  isDependency,
  isRelativeHref,
  linkMarks,
  linkShapes,
  linkStates,
  mayInclude,
  mirroredHref,
  pagesLackingFiles,
} from '../../lib/core/link-state.js';
import { pagePaths } from '../../lib/core/page-paths.js';
import { attachment, inventory, page } from './support/space.js';

const pages = [page('1', 'A'), page('2', 'B')];
const attachments = [attachment('att5', '1', 'a.png', { fileId: 'f5' }), attachment('att6', '1', 'b.png')];

const linksOf = (listed = pages, files = attachments) => {
  const space = inventory({ pages: listed, attachments: files });
  const paths = pagePaths(space);
  return createLinkIndex({
    inventory: space,
    paths,
    attachmentsOn: (pageId) => placeAttachments(space.attachments.of(pageId), paths.pages.get(pageId) ?? ''),
    leavesFilesOut: false,
    bodyPath: (base) => `${base}.md`,
  });
};

const EVERY_KIND: Record<Dependency['kind'], Dependency> = {
  page: { kind: 'page', title: 'B' },
  'page-id': { kind: 'page-id', id: '2' },
  blogpost: { kind: 'blogpost', title: 'P', postingDay: '2026/01/01', spaceKey: 'DOC' },
  attachment: { kind: 'attachment', filename: 'a.png', page: { kind: 'page', title: 'A' } },
  'attachment-file': { kind: 'attachment-file', fileId: 'f5' },
  space: { kind: 'space', key: 'DOC' },
  user: { kind: 'user', accountId: 'u1' },
  children: { kind: 'children' },
  attachments: { kind: 'attachments' },
  include: { kind: 'include', page: { kind: 'page', title: 'B' } },
  labelled: { kind: 'labelled', condition: [['x', 'y'], ['z']] },
};
const encoded = Object.values(EVERY_KIND).map(encodeDependency);

const statesOf = (links = linksOf(), name: string | undefined = 'Ann') =>
  linkStates(encoded, '1', { links, nameOf: () => name });

test('a short link is none: the mirror cannot resolve it', () => {
  expect(isDependency({ kind: 'short-link', path: '/x/A' })).toBe(false);
  expect(isDependency({ kind: 'page', title: 'A' })).toBe(true);
});

test('the accounts among dependencies', () => {
  expect(accountsIn(encoded)).toEqual(['u1']);
});

test('the pages among dependencies whose text is included', () => {
  expect(includesIn(encoded)).toEqual([{ kind: 'page', title: 'B' }]);
  expect(includesIn([encodeDependency({ kind: 'page', title: 'include' })])).toEqual([]);
  expect(mayInclude(encoded)).toBe(true);
  expect(mayInclude([encodeDependency(EVERY_KIND.page)])).toBe(false);
});

test('the attachments that dependencies mean', () => {
  const idsIn = (kind: Dependency['kind']) =>
    attachmentsIn([encodeDependency(EVERY_KIND[kind])], '1', linksOf());
  expect(idsIn('attachment')).toEqual(['att5']);
  expect(idsIn('attachment-file')).toEqual(['att5']);
  expect(idsIn('attachments')).toEqual(['att5', 'att6']);
  expect(idsIn('page')).toEqual([]);
});

describe('states', () => {
  const changed = (before: readonly string[], after: readonly string[]) =>
    Object.keys(EVERY_KIND).filter((_, i) => before[i] !== after[i]);

  test('nothing changed, nothing changes', () => {
    expect(statesOf(linksOf([...pages].reverse(), [...attachments].reverse()))).toEqual(statesOf());
  });

  test('the target has moved', () => {
    const moved = [page('1', 'A'), page('2', 'B', { parentId: '1' })];
    expect(changed(statesOf(), statesOf(linksOf(moved)))).toEqual(['page', 'page-id', 'children']);
  });

  test('the target is gone', () => {
    expect(changed(statesOf(), statesOf(linksOf([page('1', 'A')])))).toEqual(['page', 'page-id', 'include']);
  });

  test('the title means another page, at the place of the first', () => {
    const swapped = [page('1', 'A'), page('3', 'B')];
    const onTitle = [
      encodeDependency({ kind: 'page', title: 'B' }),
      encodeDependency({ kind: 'children', page: { kind: 'page', title: 'B' } }),
    ];
    for (const read of [linkStates, linkShapes]) {
      const statesAmong = (listed: typeof pages) =>
        read(onTitle, '1', { links: linksOf(listed), nameOf: () => '' });
      const [before, after] = [statesAmong(pages), statesAmong(swapped)];
      expect(onTitle.map((_, i) => before[i] === after[i])).toEqual([false, false]);
    }
  });

  test('the target has another title, at the same place', () => {
    const onId = [encodeDependency(EVERY_KIND['page-id'])];
    const entitled = (title: string) => linksOf([page('1', 'A'), page('2', title)]);
    expect(entitled('B').resolve({ kind: 'page-id', id: '2' }, '1')?.href).toBe(
      entitled('B?').resolve({ kind: 'page-id', id: '2' }, '1')?.href,
    );
    for (const read of [linkStates, linkShapes])
      expect(read(onId, '1', { links: entitled('B'), nameOf: () => '' })).not.toEqual(
        read(onId, '1', { links: entitled('B?'), nameOf: () => '' }),
      );
  });

  test('an attachment has come', () => {
    const more = [...attachments, attachment('att7', '1', 'c.png')];
    expect(changed(statesOf(), statesOf(linksOf(pages, more)))).toEqual(['attachments']);
  });

  test('somebody has another name', () => {
    expect(changed(statesOf(), statesOf(linksOf(), 'Bea'))).toEqual(['user']);
  });

  test('a dependency that only another release knows is not lost sight of', () => {
    const unknown = JSON.stringify({ kind: 'hologram' });
    expect(linkStates([unknown], '1', { links: linksOf(), nameOf: () => '' })).toEqual([
      JSON.stringify([unknown, undefined]),
    ]);
  });
});

describe('shapes', () => {
  const shapesOf = (links = linksOf(), name = 'Ann') =>
    linkShapes(encoded, '1', { links, nameOf: () => name });
  const changed = (after: readonly string[]) =>
    Object.keys(EVERY_KIND).filter((_, i) => shapesOf()[i] !== after[i]);

  test('a mirrored target that has moved is the same', () => {
    expect(changed(shapesOf(linksOf([page('1', 'A'), page('2', 'B', { parentId: '1' })])))).toEqual([
      'children',
    ]);
  });

  test('one that has left is another', () => {
    expect(changed(shapesOf(linksOf([page('1', 'A')])))).toEqual(['page', 'page-id', 'include']);
  });

  test('the same number of another time of an included page is another version', () => {
    const other = pages.map((each) => ({ ...each, updatedAt: '2020-01-01T00:00:00.000Z' }));
    expect(changed(shapesOf(linksOf(other)))).toEqual(['include']);
  });

  test('a new version of an included page is another, and only that', () => {
    const edited = linksOf([page('1', 'A'), page('2', 'B', { version: 2 })]);
    expect(changed(shapesOf(edited))).toEqual(['include']);
    expect(statesOf(edited).filter((state, i) => state !== statesOf()[i])).toHaveLength(1);
  });

  test('people and lists are what they are', () => {
    expect(changed(shapesOf(linksOf(), 'Bea'))).toEqual(['user']);
    const more = [...attachments, attachment('att7', '1', 'c.png')];
    expect(changed(shapesOf(linksOf(pages, more)))).toEqual(['attachments']);
  });
});

test('the pages with certain labels are known where labels are mirrored', () => {
  const labelled = (labels: readonly string[] | undefined) =>
    linksOf([page('1', 'A', labels ? { labels: [] } : {}), page('2', 'B', labels ? { labels } : {})]);
  const condition = [['x', 'y'], ['z']];
  expect(labelled(undefined).labelled('1', condition)).toBeUndefined();
  expect(labelled(['y']).labelled('1', condition)).toEqual([]);
  expect(labelled(['y', 'z']).labelled('1', condition)).toEqual([{ title: 'B', href: 'b.md', children: [] }]);
  const stateWith = (labels: readonly string[]) =>
    linkShapes([encodeDependency(EVERY_KIND.labelled)], '1', { links: labelled(labels), nameOf: () => '' });
  expect(stateWith(['z'])).not.toEqual(stateWith(['x', 'z']));
});

test('both ways at once are what each is alone', () => {
  for (const links of [linksOf(), linksOf([page('1', 'A')], [])]) {
    const context = { links, nameOf: () => 'Ann' };
    const all = [...encoded, '{"kind":"of a later release"}'];
    const marks = linkMarks(all, '1', context);
    expect(marks.map(({ state }) => state)).toEqual(linkStates(all, '1', context));
    expect(marks.map(({ shape }) => shape)).toEqual(linkShapes(all, '1', context));
  }
});

describe('with late pages in the mirror', () => {
  const titled: readonly Dependency[] = [
    { kind: 'page', title: 'Gone' },
    { kind: 'page', title: 'Gone', spaceKey: 'OTHER' },
    { kind: 'blogpost', title: 'Gone' },
    { kind: 'attachment', filename: 'a.png', page: { kind: 'page', title: 'Gone' } },
    { kind: 'children', page: { kind: 'page', title: 'Gone' } },
    { kind: 'include', page: { kind: 'page', title: 'Gone' } },
  ];
  const others: readonly Dependency[] = [
    EVERY_KIND.page,
    EVERY_KIND.attachment,
    EVERY_KIND.include,
    { kind: 'page-id', id: '9' },
    { kind: 'attachment', filename: 'none.png' },
    { kind: 'attachment', filename: 'a.png', page: { kind: 'page-id', id: '9' } },
    { kind: 'children' },
    { kind: 'space', key: 'OTHER' },
    { kind: 'user', accountId: 'u1' },
  ];
  const statesWith = (dependency: Dependency, late: string | undefined) =>
    linkMarks([encodeDependency(dependency)], '1', { links: linksOf(), nameOf: () => 'Ann', late });

  test.each(titled)('a title that leads nowhere may be that of any: %j', (dependency) => {
    const [none, some, more] = [undefined, 'a', 'b'].map((late) => statesWith(dependency, late)[0]);
    for (const way of ['state', 'shape'] as const)
      expect(new Set([none?.[way], some?.[way], more?.[way]]).size).toBe(3);
  });

  test.each(others)('nothing else is another one for that: %j', (dependency) => {
    expect(statesWith(dependency, 'a')).toEqual(statesWith(dependency, undefined));
  });
});

test('only links to mirrored files have an href of their own', () => {
  const context = { links: linksOf(), nameOf: () => 'Ann' };
  const withHref = Object.values(EVERY_KIND).filter(
    (dependency) => mirroredHref(encodeDependency(dependency), '1', context) !== undefined,
  );
  expect(withHref.map(({ kind }) => kind)).toEqual(['page', 'page-id', 'attachment', 'attachment-file']);
  expect(mirroredHref(encodeDependency(EVERY_KIND.page), '1', context)).toBe('b.md');
});

test.each([
  ['a.md', true],
  ['../b/c.md', true],
  ['https://example.com', false],
  ['HTTP://example.com', false],
  ['mailto:ada@example.com', false],
])('%s is the href of a mirrored file: %s', (href, is) => {
  expect(isRelativeHref(href)).toBe(is);
});

test('the pages on which the files should hang that nobody has told of', () => {
  const lacking = (...references: Dependency[]): readonly string[] =>
    pagesLackingFiles(references.map(encodeDependency), '2', linksOf());
  const onA = { kind: 'page', title: 'A' } as const;
  expect(lacking(EVERY_KIND.attachment, EVERY_KIND['attachment-file'])).toEqual([]);
  expect(lacking({ kind: 'attachment', filename: 'new.png' })).toEqual(['2']);
  expect(lacking({ kind: 'attachment', filename: 'new.png', page: onA })).toEqual(['1']);
  expect(lacking({ kind: 'attachment-file', fileId: 'f99' })).toEqual(['2']);
  expect(
    lacking({ kind: 'attachment', filename: 'new.png', page: { kind: 'page', title: 'Nowhere' } }),
  ).toEqual([]);
  expect(lacking(onA, EVERY_KIND.user, EVERY_KIND.attachments, EVERY_KIND.children)).toEqual([]);
});
