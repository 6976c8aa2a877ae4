import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from '@jest/globals';

const ROOT = path.resolve(import.meta.dirname, '..');
const TEXT = readFileSync(path.join(ROOT, 'CONTRIBUTING.md'), 'utf8');

const sectionOf = (title: string): string => TEXT.split(`\n## ${title}\n`)[1]?.split('\n## ')[0] ?? '';

/** The files of the project that a text names; those below `lib/` and `lib/pull/` may be named without it. */
const filesIn = (text: string): readonly string[] => [
  ...new Set([...text.matchAll(/`([\w./-]+\.[jt]s)`/g)].flatMap(([, file]) => file ?? [])),
];

const isThere = (file: string): boolean =>
  ['', 'lib', 'lib/pull', 'lib/documents', 'lib/confluence', 'lib/convert/macros', 'lib/events'].some(
    (folder) => existsSync(path.join(ROOT, folder, file)),
  );

/** The traces by their titles. */
const traces = new Map(
  sectionOf('Three traces')
    .split(/\n\*\*(.+)\*\*\n/)
    .slice(1)
    .flatMap((title, i, parts) => (i % 2 === 0 ? [[title, filesIn(parts[i + 1] ?? '')] as const] : [])),
);

test.each(['Where is …', 'Where something new goes', 'Three traces'])(
  'the files that "%s" names are there',
  (title) => {
    const files = filesIn(sectionOf(title));
    expect(files.length).toBeGreaterThan(3);
    expect(files.filter((file) => !isThere(file))).toEqual([]);
  },
);

test.each([
  ['One page', 45],
  ['One attachment', 45],
  ['One 429', 10],
])('the story of "%s" is told in at most %i files', (title, most) => {
  const files = traces.get(title) ?? [];
  expect(files.length).toBeGreaterThan(5);
  expect(files.length).toBeLessThanOrEqual(most);
});
