import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type Flavor, toMarkdown } from '../../lib/convert/index.js';
import { cutComments, cutPage, MOST_TEXT } from '../../lib/documents/cut-text.js';

const cut = (markdown: string, title = 'Title', flavor: Flavor = 'github') =>
  cutPage(markdown, title, flavor);

test('a page is cut at its headings, each part with the path of those above it', () => {
  expect(cut('# Title\n\nIntro.\n\n## A\n\na\n\n### B\n\nb\n\n## C\n\n#### D\n\nd\n\n# E\n\ne\n')).toEqual([
    { headings: [], text: 'Intro.' },
    { headings: ['A'], text: 'a' },
    { headings: ['A', 'B'], text: 'b' },
    { headings: ['C', 'D'], text: 'd' },
    { headings: ['E'], text: 'e' },
  ]);
});

test('the title is no heading of its own, unless it comes later; a heading with nothing below it stands alone', () => {
  expect(cut('# My  *title*\n\n## Empty\n\n# My title\n', 'My title')).toEqual([
    { headings: ['Empty'], text: '' },
    { headings: ['My title'], text: '' },
  ]);
});

test('an empty page is one part: it is found by its title', () => {
  expect(cut('# Title\n')).toEqual([{ headings: [], text: '' }]);
  expect(cut('')).toEqual([{ headings: [], text: '' }]);
});

test.each([
  ['emphasis **and** _more_ ~~here~~', 'emphasis and more here'],
  ['a `code` and [a link](page.md "t") to <https://x.example>', 'a code and a link to https://x.example'],
  ['![the picture](a.png) shows', 'the picture shows'],
  ['one\\\ntwo<br>three\nfour', 'one\ntwo\nthree four'],
  ['a &amp; b \\* c \\# d &lt;e&gt;', 'a & b * c # d <e>'],
  ['- one\n- two\n  - inner\n\n    text\n1. first', 'one\ntwo\ninner\ntext\n\nfirst'],
  ['- [ ] open\n- [x] done', '☐ open\n☑ done'],
  ['> [!NOTE]\n> **Heed**\n>\n> this', 'Heed\nthis'],
  ['> [!note] Heed\n> this', 'Heed\nthis'],
  ['> ## Quoted\n>\n> text', 'Quoted\ntext'],
  ['| A | B |\n| --- | --- |\n| 1<ul><li>q</li></ul> | `2\\|3` |\n| | 4 |', 'A\tB\n1 q\t2|3\n\t4'],
  ['```js\nif (a < b) {\n  c();\n}\n```', 'if (a < b) {\n  c();\n}'],
  ['<details>\n<summary>More</summary>\n\nhidden\n\n</details>', 'More\n\nhidden'],
  ['<table><tr><td>1</td><td>2</td></tr><tr><td>3</td></tr></table>', '1\t2\n3'],
  ['a<sub>1</sub> <a id="x"></a>b <kbd>K</kbd>', 'a1 b K'],
  ['a\n\n---\n\nb', 'a\n\nb'],
])('%j reads %j', (markdown, text) => {
  expect(cut(markdown).map((section) => section.text)).toEqual([text]);
});

const NESTED =
  '<p>a</p><ac:structured-macro ac:name="info"><ac:parameter ac:name="title">Heed</ac:parameter><ac:rich-text-body><h2>In</h2><p>x</p><ac:structured-macro ac:name="code"><ac:plain-text-body><![CDATA[!!! note "no"\n    code]]></ac:plain-text-body></ac:structured-macro><ul><li><p>b</p><ac:structured-macro ac:name="tip"><ac:parameter ac:name="title">Inner</ac:parameter><ac:rich-text-body><p>li</p></ac:rich-text-body></ac:structured-macro></li></ul></ac:rich-text-body></ac:structured-macro><h2>After</h2><p>c</p>';

test.each(['github', 'obsidian', 'mkdocs'] as const)('panels are text in %s', (flavor) => {
  expect(cut(toMarkdown(NESTED, { flavor }), 'Title', flavor)).toEqual([
    { headings: [], text: 'a\n\nHeed\nIn\nx\n!!! note "no"\n    code\nb\nInner\nli' },
    { headings: ['After'], text: 'c' },
  ]);
});

test('what is too long is cut between blocks, lines or words, within the bound', () => {
  const paragraph = 'Sentences of some words. '.repeat(30).trim();
  const sections = cut(`## Long\n\n${[paragraph, paragraph, paragraph, paragraph].join('\n\n')}\n`);
  expect(sections.map(({ text }) => text)).toEqual([
    `${paragraph}\n\n${paragraph}`,
    `${paragraph}\n\n${paragraph}`,
  ]);
  expect(sections.map(({ headings }) => headings)).toEqual([['Long'], ['Long']]);
});

test('comments are cut into threads', () => {
  const markdown =
    '<a id="comment-1"></a>**Ada** · 2026\n\nWell.\n\n- **Ben** · 2026\n\n  Yes.\n\n---\n\n**Cy** · 2026\n\nNo.\n';
  expect(cutComments(markdown, 'github').map(({ text }) => text)).toEqual([
    'Ada · 2026\n\nWell.\n\nBen · 2026\nYes.',
    'Cy · 2026\n\nNo.',
  ]);
});

test('any text is cut into parts within the bound, and the same text into the same parts', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 6000 }), (text) => {
      const sections = cut(text);
      expect(sections.length).toBeGreaterThan(0);
      for (const section of sections) expect(section.text.length).toBeLessThanOrEqual(MOST_TEXT);
      expect(cut(text)).toEqual(sections);
    }),
    { numRuns: 100 },
  );
});

test.each([
  ['open brackets', '['],
  ['open emphasis', '*a '],
  ['nested quotations', '> '],
  ['nested lists', '- '],
  ['backticks', '` `` '],
  ['tags', '<a'],
])('%s in great number take no long time', (_, text) => {
  const started = performance.now();
  cut(text.repeat(20_000));
  expect(performance.now() - started).toBeLessThan(5000);
});
