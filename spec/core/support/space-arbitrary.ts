import fc from 'fast-check';
import type { Inventory } from '../../../lib/core/content.js';
import { attachment, folder, inventory, page, post } from './space.js';

/** Titles that have broken tools before. */
export const NASTY_TITLES = [
  '../',
  '..',
  '.',
  '/',
  '.rxsync',
  'CON',
  'nul.txt',
  'nul.tar.gz',
  'index',
  'Index',
  'ｉｎｄｅｘ',
  'blog',
  'BLOG',
  '_deep',
  '',
  ' ',
  '🚀',
  '❤️',
  '\u200f\u202egpj.exe',
  'Caf\u00e9',
  'Cafe\u0301',
  'CAFÉ',
  'straße',
  'STRAẞE',
  'strasse',
  'İ',
  'i',
  'I',
  'ı',
  'trailing. ',
  'a/b\\c',
  'a\u0000b',
  'line\nbreak',
  '\u001b[2Jclear',
  '\ud800',
  'a'.repeat(300),
  'ü'.repeat(150),
  '語'.repeat(100),
  '😀'.repeat(75),
  `${'long '.repeat(30)}.${'語'.repeat(12)}`,
  'foo.md',
  'foo.comments.md',
  'foo.attachments',
  'foo.meta.json',
  'foo',
  'Foo',
  'foo-3',
  '7',
] as const;

const title = fc.oneof(
  fc.constantFrom(...NASTY_TITLES),
  fc.string({ unit: 'binary', maxLength: 12 }),
  fc.constantFrom('a', 'b', 'A', 'B'),
);

// Small numbers, so that titles meet ids, and the longest that a wiki could have.
const toId = (n: number): string => (n % 5 === 4 ? `90000000000000000${10 + n}` : `${n + 1}`);

const node = fc.record({
  title,
  kind: fc.constantFrom('page', 'page', 'page', 'folder', 'post'),
  /** Drawn among all nodes, itself and unknown ones too: chains, stars, cycles, strangers. */
  parent: fc.option(fc.oneof(fc.nat(30), fc.constant(-1))),
  createdAt: fc.constantFrom('2026-02-03T10:00:00.000Z', '2025-12-31T23:59:59.999Z', '../../../x', undefined),
});

const file = fc.record({ title, on: fc.nat(30) });

/** Whole spaces with hostile titles and broken trees. `isDeep`: one long chain of parents. */
export const spaces: fc.Arbitrary<Inventory> = fc
  .record({
    nodes: fc.array(node, { minLength: 1, maxLength: 25 }),
    files: fc.array(file, { maxLength: 15 }),
    isDeep: fc.boolean(),
    home: fc.option(fc.nat(30)),
  })
  .map(({ nodes, files, isDeep, home }) => {
    const parentOf = (i: number, parent: number | null): string | undefined => {
      if (isDeep) return i === 0 ? undefined : toId(i - 1);
      return parent === null ? undefined : parent === -1 ? '77777' : toId(parent);
    };
    const ids = nodes.map((_, i) => toId(i));
    return inventory({
      homepageId: home === null ? undefined : toId(home),
      pages: nodes.flatMap(({ title: name, kind, parent, createdAt }, i) => {
        if (kind === 'folder') return [];
        const make = kind === 'post' ? post : page;
        return [make(toId(i), name, { parentId: parentOf(i, parent), createdAt })];
      }),
      folders: nodes.flatMap(({ title: name, kind, parent }, i) =>
        kind === 'folder' ? [folder(toId(i), name, parentOf(i, parent))] : [],
      ),
      attachments: files.map(({ title: name, on }, i) =>
        attachment(`att${toId(i)}`, ids[on % ids.length] ?? '1', name),
      ),
    });
  });
