import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { placeAttachments } from '../../lib/core/attachment-paths.js';
import type { Inventory } from '../../lib/core/content.js';
import { foldName } from '../../lib/core/file-names.js';
import {
  MAX_PATH_BYTES,
  attachmentsDirectory,
  bodyPath,
  commentsPath,
  metaPath,
  pagePaths,
  type PagePaths,
} from '../../lib/core/page-paths.js';
import { utf8Length } from '../../lib/core/utf8.js';
import {
  attachment,
  folder,
  inventory,
  page,
  post,
  attachmentsFrom,
  attachmentsIn,
} from './support/space.js';
import { NASTY_TITLES, spaces } from './support/space-arbitrary.js';

const basesOf = (space: Inventory) => Object.fromEntries(pagePaths(space).pages);

/** Every path that a mirror of the space may have, in any format. */
const attachmentPaths = ({ pages, attachments }: Inventory, paths: PagePaths): string[] =>
  pages.flatMap(({ id }) =>
    placeAttachments(attachments.of(id), paths.pages.get(id) ?? '').map(({ path }) => path),
  );

const allPaths = (space: Inventory): string[] => {
  const paths = pagePaths(space);
  const files = [...paths.pages.values()].flatMap((base) => [
    bodyPath(base, 'markdown'),
    bodyPath(base, 'storage'),
    bodyPath(base, 'adf'),
    metaPath(base),
    commentsPath(base),
    attachmentsDirectory(base),
  ]);
  return [...files, ...paths.folders.values(), ...attachmentPaths(space, paths)];
};

const directoriesOf = (path: string): string[] =>
  path
    .split('/')
    .slice(0, -1)
    .map((_, i, all) => all.slice(0, i + 1).join('/'));

describe('by the layout', () => {
  test('the homepage is index, its children stand at the root beside other top pages', () => {
    const space = inventory({
      homepageId: '10',
      pages: [
        page('10', 'Home'),
        page('11', 'Getting started', { parentId: '10' }),
        page('12', 'Install', { parentId: '11' }),
        page('13', 'Orphan'),
        post('14', 'Title'),
      ],
    });
    expect(basesOf(space)).toEqual({
      10: 'index',
      11: 'getting-started',
      12: 'getting-started/install',
      13: 'orphan',
      14: 'blog/2026/2026-02-03-title',
    });
  });

  test('the children of a homepage that may not be seen stand at the root', () => {
    const space = inventory({ homepageId: '10', pages: [page('11', 'A', { parentId: '10' })] });
    expect(basesOf(space)).toEqual({ 11: 'a' });
  });

  test('folders are directories, at any depth', () => {
    const space = inventory({
      folders: [folder('20', 'Guides'), folder('21', 'Deep', '20')],
      pages: [page('22', 'Page', { parentId: '21' })],
    });
    const paths = pagePaths(space);
    expect([...paths.folders.values()]).toEqual(['guides', 'guides/deep']);
    expect(paths.pages.get('22')).toBe('guides/deep/page');
  });

  test('what stands below an unknown parent stands below its id', () => {
    expect(basesOf(inventory({ pages: [page('5', 'Child', { parentId: '99' })] }))).toEqual({
      5: '99/child',
    });
  });

  test('a blog post without a day stands below undated', () => {
    expect(basesOf(inventory({ pages: [post('5', 'Title', { createdAt: undefined })] }))).toEqual({
      5: 'blog/undated/title',
    });
  });
});

describe('reserved and empty names', () => {
  test.each([
    ['..', '5'],
    ['', '5'],
    ['🚀', '5'],
    ['.rxsync', 'rxsync'],
    ['CON', 'con-5'],
    ['nul.txt', 'nul-txt'],
    ['Index', 'index-5'],
    ['Blog', 'blog-5'],
    ['BLOG ', 'blog-5'],
    ['\u202egpj.exe', 'gpj-exe'],
  ])('%p at the root becomes %p', (title, expected) => {
    expect(basesOf(inventory({ pages: [page('5', title)] }))).toEqual({ 5: expected });
  });

  test('blog is reserved at the root only, index everywhere', () => {
    const pages = ['Blog', 'Index'].map((title, i) => page(`${i + 2}`, title, { parentId: '1' }));
    expect(basesOf(inventory({ pages: [page('1', 'Top'), ...pages] }))).toEqual({
      1: 'top',
      2: 'top/blog',
      3: 'top/index-3',
    });
  });
});

test.each([
  ['Caf\u00e9', 'Cafe\u0301'],
  ['Readme', 'README'],
  ['A b', 'a-B!'],
  ['straße', 'STRASSE'],
])('of %p and %p the lowest id keeps the slug', (first, second) => {
  const paths = pagePaths(inventory({ pages: [page('100', second), page('20', first)] })).pages;
  expect(paths.get('20')).not.toMatch(/-20$/);
  expect(paths.get('100')).toMatch(/-100$/);
});

test('a page and a folder of one name are siblings, too', () => {
  const paths = pagePaths(inventory({ pages: [page('7', 'Guides')], folders: [folder('8', 'Guides')] }));
  expect(paths.pages.get('7')).toBe('guides');
  expect(paths.folders.get('8')).toBe('guides-8');
});

test('a deep tree is shortened first, then continued below _deep', () => {
  const title = 'a rather long title that takes up quite some room in every path';
  const chain = Array.from({ length: 12 }, (_, i) =>
    page(`${i + 1}`, title, { parentId: i === 0 ? undefined : `${i}` }),
  );
  const bases = Object.values(basesOf(inventory({ pages: chain })));
  expect(bases.slice(0, 3).every((base) => !base.startsWith('_deep/'))).toBe(true);
  expect(bases.some((base) => base.startsWith('_deep/'))).toBe(true);
  expect(new Set(bases).size).toBe(bases.length);
});

test('the longest titles, ids and file names stay within the limit at every depth', () => {
  const toId = (i: number): string => `9${'0'.repeat(16)}${10 + i}`;
  for (let first = 1; first <= 80; first += 1) {
    const titles = ['x'.repeat(first), ...Array.from({ length: 10 }, () => 'y'.repeat(300))];
    const twins = (i: number, parentId: string | undefined) =>
      [0, 30].map((n) => page(toId(i + n), titles[i] ?? '', { parentId }));
    const pages = titles.flatMap((_, i) => twins(i, i === 0 ? undefined : toId(i + 29)));
    const attachments = pages.flatMap(({ id }) =>
      ['z'.repeat(300), `${'z'.repeat(300)}.${'語'.repeat(12)}`].map((title, i) =>
        attachment(`att${id}${i}`, id, title),
      ),
    );
    const paths = allPaths(inventory({ pages, attachments }));
    expect(paths.filter((path) => utf8Length(path) > MAX_PATH_BYTES)).toEqual([]);
  }
});

describe('for any space', () => {
  test('every page and folder gets a path', () => {
    fc.assert(
      fc.property(spaces, (space) => {
        const paths = pagePaths(space);
        expect(space.pages.filter(({ id }) => !paths.pages.has(id))).toEqual([]);
        expect(space.folders.filter(({ id }) => !paths.folders.has(id))).toEqual([]);
      }),
    );
  });

  test('no two paths are one name to any file system, whatever their kinds', () => {
    fc.assert(
      fc.property(spaces, (space) => {
        const paths = allPaths(space);
        expect(new Set(paths.map(foldName)).size).toBe(paths.length);
      }),
      { numRuns: 300 },
    );
  });

  test('no file stands where a directory is needed', () => {
    fc.assert(
      fc.property(spaces, (space) => {
        const paths = pagePaths(space);
        const files = [
          ...[...paths.pages.values()].flatMap((base) => [bodyPath(base, 'markdown'), commentsPath(base)]),
          ...attachmentPaths(space, paths),
        ];
        const directories = new Set(
          [...allPaths(space).flatMap(directoriesOf), ...paths.folders.values()].map(foldName),
        );
        expect(files.filter((file) => directories.has(foldName(file)))).toEqual([]);
      }),
    );
  });

  test('every path is relative, short, inside the mirror and outside its state', () => {
    fc.assert(
      fc.property(spaces, (space) => {
        for (const path of allPaths(space)) {
          const segments = path.split('/');
          expect(segments.filter((segment) => ['', '.', '..'].includes(segment))).toEqual([]);
          expect(foldName(segments[0] ?? '')).not.toBe('.rxsync');
          expect(path).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\\:*?"<>|]/u);
          expect(path).toBe(path.normalize('NFC'));
          expect(utf8Length(path)).toBeLessThanOrEqual(MAX_PATH_BYTES);
        }
      }),
      { numRuns: 300 },
    );
  });

  test('the order of the listing does not matter', () => {
    fc.assert(
      fc.property(spaces, (space) => {
        const turned = {
          ...space,
          pages: [...space.pages].reverse(),
          folders: [...space.folders].reverse(),
          attachments: attachmentsFrom(attachmentsIn(space).reverse()),
        };
        expect(allPaths(turned).sort()).toEqual(allPaths(space).sort());
      }),
    );
  });

  test('a page keeps its path when it gets children', () => {
    fc.assert(
      fc.property(spaces, fc.nat(), fc.constantFrom(...NASTY_TITLES), (space, choice, title) => {
        const parent = space.pages.filter(({ kind }) => kind === 'page')[choice % space.pages.length];
        fc.pre(parent !== undefined && parent.id !== space.space.homepageId);
        // New content has the highest id: it never takes a name from its siblings.
        const child = page('99999999999999999999', title, { parentId: parent.id });
        const grown = { ...space, pages: [...space.pages, child] };
        expect(basesOf(grown)).toMatchObject(basesOf(space));
      }),
    );
  });
});

/** Titles by which a tree of pages can be built without any clash of names. */
const distinct = fc.uniqueArray(fc.stringMatching(/^[a-z]{3,12}$/), { minLength: 8, maxLength: 8 });

test('a path depends on the titles of the page and its ancestors, not on those of others', () => {
  fc.assert(
    fc.property(distinct, fc.array(fc.nat(7), { minLength: 8, maxLength: 8 }), (titles, parents) => {
      fc.pre(!titles.some((title) => ['index', 'blog', 'con', 'prn', 'aux', 'nul'].includes(title)));
      const pages = titles.map((title, i) => {
        const parent = (parents[i] ?? 0) % (i + 1);
        return page(`${i + 1}`, title, { parentId: parent === 0 ? undefined : `${parent}` });
      });
      const lineOf = (id: string): string[] => {
        const found = pages.find((each) => each.id === id);
        return found ? [...(found.parentId === undefined ? [] : lineOf(found.parentId)), found.id] : [];
      };
      const bases = basesOf(inventory({ pages }));
      for (const { id } of pages) {
        const line = pages.filter((each) => lineOf(id).includes(each.id));
        expect(basesOf(inventory({ pages: line }))[id]).toBe(bases[id]);
      }
    }),
  );
});
