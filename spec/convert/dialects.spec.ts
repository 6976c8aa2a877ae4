import { describe, expect, it } from '@jest/globals';
import { convert, toMarkdown } from '../../lib/convert/index.js';
import type { Flavor } from '../../lib/convert/index.js';
import { mkdocs } from '../../lib/convert/dialects/mkdocs.js';
import { obsidian } from '../../lib/convert/dialects/obsidian.js';
import { bodies } from './support/bodies.js';
import { macro } from './support/piece.js';
import { readMarkdown } from './support/reading.js';
import { missingWord, visibleWords } from './support/visible-words.js';

const rich = (body: string): string => `<ac:rich-text-body>${body}</ac:rich-text-body>`;
const plain = (body: string): string => `<ac:plain-text-body>${body}</ac:plain-text-body>`;
const titled = macro('warning', { title: 'Take "care"' }, rich('<p>a</p>'));

/** A table whose cells are HTML. */
const MERGED_HTML = [
  '<table>',
  '<tr>',
  '<th colspan="2"><a href="https://e.com/"><strong>a</strong> | b</a></th>',
  '</tr>',
  '<tr>',
  '<td>c',
  '<ul>',
  '<li>*d*</li>',
  '</ul></td>',
  '<td><pre><code>*e*&#10;',
  'f</code></pre></td>',
  '</tr>',
  '</table>',
  '',
].join('\n');

/** What is the same in storage format, in each dialect: from the public help of each. */
const CASES: Readonly<Record<string, readonly [storage: string, Readonly<Record<Flavor, string>>]>> = {
  'an alert': [
    macro('info', {}, rich('<p>a</p>')),
    { github: '> [!NOTE]\n> a\n', obsidian: '> [!note]\n> a\n', mkdocs: '!!! note "Note"\n    a\n' },
  ],
  'an alert with a title': [
    titled,
    {
      github: '> [!CAUTION]\n> **Take "care"**\n>\n> a\n',
      obsidian: '> [!caution] Take "care"\n> a\n',
      mkdocs: '!!! danger "Take "care""\n    a\n',
    },
  ],
  'an alert in an item': [
    `<ul><li><p>x</p>${macro('tip', {}, rich('<p>a</p>'))}</li></ul>`,
    {
      github: '- x\n\n  > **Tip**\n  >\n  > a\n',
      obsidian: '- x\n\n  > [!tip]\n  > a\n',
      mkdocs: '- x\n\n    !!! tip "Tip"\n        a\n',
    },
  ],
  'a line break': ['<p>a<br/>b</p>', { github: 'a\\\nb\n', obsidian: 'a\\\nb\n', mkdocs: 'a<br>\nb\n' }],
  'nested lists': [
    '<ol><li>a<ul><li>b</li></ul></li></ol>',
    { github: '1. a\n   - b\n', obsidian: '1. a\n   - b\n', mkdocs: '1. a\n    - b\n' },
  ],
  'two lists': [
    '<ul><li>a</li></ul><ul><li>b</li></ul>',
    { github: '- a\n\n+ b\n', obsidian: '- a\n\n+ b\n', mkdocs: '- a\n\n<!-- -->\n\n- b\n' },
  ],
  'an item that begins with code': [
    `<ul><li>${macro('code', {}, plain('a'))}</li></ul>`,
    {
      github: '- ```\n  a\n  ```\n',
      obsidian: '- ```\n  a\n  ```\n',
      mkdocs: '- &nbsp;\n\n    ```\n    a\n    ```\n',
    },
  ],
  'a formula': [
    `<p>${macro('mathinline', { body: 'x_1' })}</p>${macro('mathblock', {}, plain('y'))}`,
    {
      github: '$`x_1`$\n\n```math\ny\n```\n',
      obsidian: '$x_1$\n\n$$\ny\n$$\n',
      mkdocs: '$x_1$\n\n$$\ny\n$$\n',
    },
  ],
  'a link to a heading': [
    '<h2>Ärger: was tun?</h2><p><a href="#Ärger:-was-tun?">x</a></p>',
    {
      github: '## Ärger: was tun?\n\n[x](#ärger-was-tun)\n',
      obsidian: '## Ärger: was tun?\n\n[x](#%C3%84rger%20was%20tun?)\n',
      mkdocs: '## Ärger: was tun?\n\n[x](#arger-was-tun)\n',
    },
  ],
  'text that looks like syntax': [
    '<p>&lt;b&gt; &amp;copy; {x} %%a%% ==b== [[c]] $d$ 5$</p>',
    {
      github: '\\<b> \\&copy; {x} %%a%% ==b== [[c]] <span>$</span>d$ 5$\n',
      obsidian: '\\<b> \\&copy; {x} \\%%a\\%% \\==b\\== \\[[c]] \\$d\\$ 5\\$\n',
      mkdocs: '&lt;b> &amp;copy; \\{x} %%a%% ==b== [[c]] &#36;d&#36; 5&#36;\n',
    },
  ],
  'words with a hash': [
    '<p>#a (#b1) #12 c#d # ##e <strong>#f</strong></p>',
    {
      github: '#a (#b1) #12 c#d # ##e **#f**\n',
      obsidian: '\\#a (\\#b1) #12 c#d # ##e **\\#f**\n',
      mkdocs: '#a (#b1) #12 c#d # ##e **#f**\n',
    },
  ],
  'a quotation that begins like a callout with a title': [
    '<blockquote><p>[!NOTE] a</p></blockquote><blockquote><p>[!NOTE]<br/>b</p></blockquote>',
    {
      github: '> [!NOTE] a\n\n> \\[!NOTE]\\\n> b\n',
      obsidian: '> \\[!NOTE] a\n\n> \\[!NOTE]\\\n> b\n',
      mkdocs: '> [!NOTE] a\n\n> [!NOTE]<br>\n> b\n',
    },
  ],
  'items that begin with a character between brackets': [
    '<ul><li>[1] a^[b]</li><li>[12] c</li></ul>',
    {
      github: '- [1] a^[b]\n- [12] c\n',
      obsidian: '- \\[1] a\\^[b]\n- [12] c\n',
      mkdocs: '- [1] a^[b]\n- [12] c\n',
    },
  ],
  'a dollar': ['<p>$5</p>', { github: '$5\n', obsidian: '$5\n', mkdocs: '$5\n' }],
  'text that begins like an admonition': [
    '<p>!!! note</p>',
    { github: '!!! note\n', obsidian: '!!! note\n', mkdocs: '\\!!! note\n' },
  ],
  'deleted text': [
    '<p><del>a</del></p>',
    { github: '~~a~~\n', obsidian: '~~a~~\n', mkdocs: '<del>a</del>\n' },
  ],
  'an expand': [
    macro('expand', { title: 'T' }, rich('<p>a</p>')),
    {
      github: '<details>\n<summary>T</summary>\n\na\n\n</details>\n',
      obsidian: '<details>\n<summary>T</summary>\n\na\n\n</details>\n',
      mkdocs: '<details markdown="1">\n<summary>T</summary>\n\na\n\n</details>\n',
    },
  ],
  'a picture with a width': [
    '<p><ac:image ac:width="30"><ri:url ri:value="https://e.com/a.png" /></ac:image></p>',
    {
      github: '<img src="https://e.com/a.png" alt="" width="30">\n',
      obsidian: '<img src="https://e.com/a.png" alt="" width="30">\n',
      mkdocs: '![](https://e.com/a.png){: width="30" }\n',
    },
  ],
  'merged cells, and a list and code beside them': [
    '<table><tr><th colspan="2"><a href="https://e.com/"><b>a</b> | b</a></th></tr><tr><td>c<ul><li>*d*</li></ul></td>' +
      `<td>${macro('code', {}, '<ac:plain-text-body><![CDATA[*e*\n\nf]]></ac:plain-text-body>')}</td></tr></table>`,
    {
      github: MERGED_HTML,
      obsidian: MERGED_HTML,
      mkdocs: [
        '<table markdown="1">',
        '<tr markdown="1">',
        '<th colspan="2" markdown="span">[**a** | b](https://e.com/)</th>',
        '</tr>',
        '<tr markdown="1">',
        '<td markdown="1">c',
        '<ul markdown="1">',
        '<li markdown="span">\\*d\\*</li>',
        '</ul></td>',
        '<td markdown="1"><pre><code>&#42;e&#42;&#10;&#10;f</code></pre></td>',
        '</tr>',
        '</table>',
        '',
      ].join('\n'),
    },
  ],
  'a definition list': [
    '<dl><dt>a</dt><dd><a href="https://e.com/">b</a></dd></dl>',
    {
      github: '<dl>\n<dt>a</dt>\n<dd><a href="https://e.com/">b</a></dd>\n</dl>\n',
      obsidian: '<dl>\n<dt>a</dt>\n<dd><a href="https://e.com/">b</a></dd>\n</dl>\n',
      mkdocs:
        '<dl markdown="1">\n<dt markdown="span">a</dt>\n<dd markdown="span">[b](https://e.com/)</dd>\n</dl>\n',
    },
  ],
  'a bar in code in a cell': [
    '<table><tr><th>h</th></tr><tr><td><code>a|b</code></td></tr></table>',
    {
      github: '| h |\n| --- |\n| `a\\|b` |\n',
      obsidian: '| h |\n| --- |\n| `a\\|b` |\n',
      mkdocs: '| h |\n| --- |\n| <code>a\\|b</code> |\n',
    },
  ],
};

const FLAVORS: readonly Flavor[] = ['github', 'obsidian', 'mkdocs'];

describe('a dialect', () => {
  it.each(Object.entries(CASES))('has its own form for %s', (_, [storage, expected]) => {
    const found = FLAVORS.map((flavor) => [flavor, toMarkdown(storage, { flavor })]);
    expect(Object.fromEntries(found)).toEqual(expected);
  });

  it("is GitHub's by default", () => {
    expect(toMarkdown(titled)).toBe(toMarkdown(titled, { flavor: 'github' }));
  });

  it.each(['obsidian', 'mkdocs'] as const)('keeps every word: %s', (flavor) => {
    const missing = bodies.map(([name, storage]) => {
      const { text } = readMarkdown(convert(storage, { flavor }).markdown);
      return [name, missingWord(visibleWords(storage), text)];
    });
    expect(missing.filter(([, word]) => word !== undefined)).toEqual([]);
  });
});

describe('the links to headings', () => {
  it('of MkDocs are those of Python-Markdown', () => {
    const idOf = mkdocs.headingIds();
    const headings = ['A b', 'A b', 'A b_1', 'Ünï – x', '日本', '日本', '1. A/B (c)', 'a_b--c'];
    expect(headings.map(idOf)).toEqual(['a-b', 'a-b_1', 'a-b_2', 'uni-x', '_1', '_2', '1-ab-c', 'a_b-c']);
  });

  it('of Obsidian are texts without what has a meaning in a link', () => {
    expect(obsidian.fragment('', 'A [b] #c | d (e)')).toBe('#A%20b%20c%20d%20%28e%29');
  });
});
