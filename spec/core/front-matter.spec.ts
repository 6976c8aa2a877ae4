import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { parse } from 'yaml';
import type { PageWithBody } from '../../lib/core/content.js';
import {
  type FrontMatterContext,
  frontMatter,
  renderFrontMatter,
  withPlacement,
} from '../../lib/core/front-matter.js';

const PAGE: PageWithBody = {
  kind: 'page',
  id: '123456789012345678',
  title: 'Getting started',
  status: 'current',
  parentId: '0123',
  authorId: 'u1',
  createdAt: '2026-01-01T00:00:00.000Z',
  updatedAt: '2026-02-01T00:00:00.000Z',
  version: 7,
  webui: '/spaces/DOC/pages/123/Getting+started',
  body: '<p/>',
};
const CONTEXT: FrontMatterContext = {
  spaceKey: 'DOC',
  baseUrl: 'https://example.atlassian.net/wiki',
  author: 'Ann',
};

const render = (page: Partial<PageWithBody> = {}, context: Partial<FrontMatterContext> = {}) =>
  renderFrontMatter(frontMatter({ ...PAGE, ...page }, { ...CONTEXT, ...context }));

/** What a reader of front matter takes for the block: up to the first line that is a fence. */
const blockOf = (text: string): string => /^---\n(.*?)\n---\n/s.exec(text)?.[1] ?? '';
const readers = [{ version: '1.2' }, { version: '1.1' }] as const;

test('the fields, in their order', () => {
  expect(render({}, { labels: ['b', 'a'] })).toBe(
    `---
id: "123456789012345678"
title: Getting started
space: DOC
type: page
status: current
version: 7
created: "2026-01-01T00:00:00.000Z"
updated: "2026-02-01T00:00:00.000Z"
author: Ann
url: https://example.atlassian.net/wiki/spaces/DOC/pages/123/Getting+started
parent: "0123"
labels:
  - a
  - b
---

`,
  );
});

test('no parent, no labels: no such fields', () => {
  expect(parse(blockOf(render({ parentId: undefined })))).not.toHaveProperty('parent');
  expect(render()).not.toContain('labels');
});

describe.each(readers)('read as YAML $version', (options) => {
  test.each([
    'yes',
    'NO',
    'on',
    'null',
    '~',
    '',
    ' ',
    '1e3',
    '0x1F',
    '0o17',
    '1_000',
    '012',
    '12:30:00',
    '2024-01-01',
    '---',
    '...',
    '- a',
    '# a',
    'a: b',
    'a #b',
    '"quoted"',
    "it's",
    '&anchor *alias !tag',
    '[a, {b}]',
    '%TAG',
    '\ttab',
    'two\nlines',
    'a\n---\nb',
    '\u001b[31m',
    'nul\u0000',
    '\u0085\u2028\u2029\ufeff',
    'a\ufffe\uffff',
    'x'.repeat(500),
    '😀',
  ])('the title %p comes back', (title) => {
    expect(parse(blockOf(render({ title })), options)).toMatchObject({ id: PAGE.id, title });
  });

  test('any title, author and label come back; ids stay texts', () => {
    const text = fc.string({ unit: 'binary', maxLength: 30 });
    const id = fc.stringMatching(/^[0-9]{1,20}$/);
    fc.assert(
      fc.property(text, text, text, id, (title, author, label, pageId) => {
        const block = blockOf(render({ title, id: pageId, parentId: pageId }, { author, labels: [label] }));
        expect(parse(block, options)).toMatchObject({
          id: pageId,
          parent: pageId,
          title,
          author,
          labels: [label],
          version: 7,
        });
      }),
      { numRuns: 300 },
    );
  });
});

test('what is no character of YAML is escaped', () => {
  expect(render({ title: 'a\ufffe' })).toContain('title: "a\\ufffe"\n');
});

test.each(['=', '<<'])('the title %s, a type of its own in YAML 1.1, is quoted', (title) => {
  expect(render({ title })).toContain(`title: "${title}"\n`);
});

test('no control character of a title reaches the file as it is, and none breaks the line', () => {
  const title = fc.string({
    unit: fc.oneof(
      fc.constantFrom('\n', '\u001b', '\u007f', '\u009b', '\u0085', '\u2028', ' ', 'a'),
      fc.string(),
    ),
  });
  const lines = render().split('\n').length;
  fc.assert(
    fc.property(title, (text) => {
      const rendered = render({ title: text });
      expect(rendered).not.toMatch(/[^\P{Cc}\n]|[\u2028\u2029]/u);
      expect(rendered.split('\n')).toHaveLength(lines);
      expect(parse(blockOf(rendered))).toMatchObject({ title: text });
    }),
    { numRuns: 300 },
  );
});

describe('page properties', () => {
  const properties = new Map([
    ['Owner', 'Ann: "the boss"'],
    ['Due', '2024-02-29'],
    ['yes', 'no'],
  ]);
  const matter = frontMatter(PAGE, { ...CONTEXT, labels: ['a'], properties });

  test('stand last, as texts', () => {
    const parsed: unknown = parse(blockOf(renderFrontMatter(matter)), { version: '1.1' });
    expect(parsed).toHaveProperty('properties', Object.fromEntries(properties));
    expect(Object.keys(matter).at(-1)).toBe('properties');
  });

  test('stay where the page moves', () => {
    const moved = withPlacement(matter, { author: 'Bo', parent: '9', labels: ['b'] });
    expect(renderFrontMatter(moved)).toBe(
      renderFrontMatter({ ...matter, author: 'Bo', parent: '9', labels: ['b'] }),
    );
  });

  test('no properties: no such field', () => {
    expect(render({}, { properties: new Map() })).toBe(render());
  });
});

test.each(['github', 'obsidian', 'mkdocs'] as const)(
  'front matter for %s follows the labels of the page at its new place',
  (flavor) => {
    const matter = frontMatter(PAGE, { ...CONTEXT, labels: ['a'], flavor });
    const anew = frontMatter(PAGE, { ...CONTEXT, labels: ['c', 'b'], flavor });
    const placement = { parent: '0123', labels: ['c', 'b'] };
    expect(renderFrontMatter(withPlacement(matter, placement, flavor))).toBe(renderFrontMatter(anew));
  },
);
