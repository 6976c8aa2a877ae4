import { describe, expect, it } from '@jest/globals';
import { toMarkdown } from '../../lib/convert/index.js';
import { LIKE_TABLES } from './support/like-tables.js';

const MOST_HTML = 5;
const HEAD = '| Name | Notes |\n| --- | --- |\n| a | b |\n';

/** How the last row of a table reads for what its last cell holds. */
const ROWS: Readonly<Record<string, string>> = {
  plain: 'text',
  'with two paragraphs': 'one<br><br>two',
  'with a list': '<ul><li>one</li><li>two \\| three</li></ul>',
  'with a text below a list': '<ul><li>one</li></ul>then',
  'with a list in a list': '<ul><li>one<ul><li>two</li></ul></li></ul>',
  'with a numbered list': '<ol start="3"><li>three</li><li>four</li></ol>',
  'with links in a list': '<ul><li>[a](https://x.y/a)</li><li>`OPEN` b</li></ul>',
  'with two paragraphs in an item': '<ul><li>one<br><br>more</li></ul>',
  'with tasks': '<ul><li><input type="checkbox" disabled checked> done</li></ul>',
  'with a line of code': '`npm ci`',
  'with a text and a line of code': 'Run:<br><br>`npm ci \\| tee log`',
  'with lines of code': '<pre><code>npm ci&#10;npm test</code></pre>',
  'with a panel': '<blockquote>**Note**<br><br>note</blockquote>',
  'with a panel of lists': '<blockquote>**T**<ul><li>a</li></ul></blockquote>',
  'with an expand': '<details><summary>More</summary>inside</details>',
  'with a macro that nobody knows': '<!-- macro: x a=1 -->inside',
  'with a heading': '<h3>Title</h3>text',
};

const table = (rows: string): string => `<table><tbody>${rows}</tbody></table>`;
const row = (...cells: readonly string[]): string => `<tr>${cells.join('')}</tr>`;

describe('a table', () => {
  it.each(Object.entries(ROWS))('stays Markdown: %s', (name, cell) => {
    expect(toMarkdown(LIKE_TABLES[name] ?? '')).toBe(`${HEAD}| c | ${cell} |\n`);
  });

  it('becomes HTML in five of 38 at most', () => {
    const asHtml = Object.entries(LIKE_TABLES).filter(([, storage]) =>
      toMarkdown(storage).startsWith('<table>'),
    );
    expect(Object.keys(LIKE_TABLES)).toHaveLength(38);
    expect(asHtml.length).toBeLessThanOrEqual(MOST_HTML);
  });

  it('with merged cells is HTML that can be read', () => {
    expect(toMarkdown(LIKE_TABLES['with a cell over two rows'] ?? '')).toBe(
      '<table>\n<tr>\n<td rowspan="2">tall</td>\n<td>a</td>\n</tr>\n<tr>\n<td><ul>\n<li>b</li>\n</ul></td>\n</tr>\n</table>\n',
    );
  });

  it('that holds long code is HTML', () => {
    const body = `<ac:plain-text-body>${'a\n'.repeat(20)}</ac:plain-text-body>`;
    const cell = `<td><ac:structured-macro ac:name="code">${body}</ac:structured-macro></td>`;
    expect(toMarkdown(table(row(cell)))).toMatch(/^<table>\n<tr>\n<td><pre><code>a\n/);
  });
});

describe('the columns of a table', () => {
  const right = 'style="text-align: right;"';

  it.each([
    [
      'by cells',
      row('<th>a</th>', '<th>b</th>') + row(`<td ${right}>1</td>`, '<td align="center">2</td>'),
      '---: | :---:',
    ],
    [
      'not where cells differ',
      row('<th>a</th>', '<th>b</th>') +
        row(`<td ${right}>1</td>`, '<td>2</td>') +
        row('<td>3</td>', '<td>4</td>'),
      '--- | ---',
    ],
    [
      'leaving empty cells out',
      row('<th>a</th>', '<th>b</th>') +
        row(`<td ${right}>1</td>`, '<td>2</td>') +
        row('<td />', '<td>4</td>'),
      '---: | ---',
    ],
  ])('are aligned %s', (_, rows, rule) => {
    expect(toMarkdown(table(rows)).split('\n')[1]).toBe(`| ${rule} |`);
  });

  it('are aligned in HTML, too', () => {
    expect(toMarkdown(table(row(`<td colspan="2" ${right}>1</td>`)))).toContain(
      '<td colspan="2" align="right">1</td>',
    );
  });
});

describe('the header of a table', () => {
  it.each([
    ['a bold row', row('<td><b>a</b></td>', '<td><b>b</b></td>'), '| **a** | **b** |\n| --- | --- |\n'],
    ['header cells beside an empty corner', row('<td />', '<th>b</th>'), '|  | b |\n| --- | --- |\n'],
    [
      'not a row with text',
      row('<td><b>a</b></td>', '<td>b</td>'),
      '|  |  |\n| --- | --- |\n| **a** | b |\n',
    ],
    [
      'not the first of a column of them',
      row('<th>a</th>', '<td />'),
      '|  |  |\n| --- | --- |\n| **a** |  |\n',
    ],
    ['not where a part is not bold', row('<td><b>a</b> x</td>'), '|  |\n| --- |\n| **a** x |\n'],
  ])('is %s', (_, rows, markdown) => {
    expect(toMarkdown(table(rows))).toBe(markdown);
  });
});
