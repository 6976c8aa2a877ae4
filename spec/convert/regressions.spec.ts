import { describe, expect, it } from '@jest/globals';
import { toMarkdown } from '../../lib/convert/index.js';
import { macro } from './support/piece.js';

const rich = (body: string): string => `<ac:rich-text-body>${body}</ac:rich-text-body>`;
const plain = (body: string): string => `<ac:plain-text-body><![CDATA[${body}]]></ac:plain-text-body>`;
const LATE = '<ol start="3"><li>a</li></ol>';
const CELL = '<table><tbody><tr><th>h</th></tr><tr><td>';
const END = '</td></tr></tbody></table>';
const HEAD = '| h |\n| --- |\n';

/** What the property test, or reading the results, once found: each lost or changed something. */
const CASES: Readonly<Record<string, readonly [storage: string, markdown: string]>> = {
  'an address before a no-break space': [
    '<p>https://x.y\u00a0a www.x.y\u00a0b</p>',
    'https://x.y a www.x.y b\n',
  ],
  'an address before no-break spaces': [
    '<p>https://x.y\u00a0\u00a0a www.x.y\u00a0\u00a0b</p>',
    '<https://x.y>\u00a0\u00a0a www\\.x.y\u00a0\u00a0b\n',
  ],
  'an address of mail whose mark stands within it': [
    '<p>a&lt;<strong>b@c.d&gt;e</strong> a&lt;<code>b@c.d</code>&gt;</p>',
    'a\\<**b@c.d>e** a\\<`b@c.d`>\n',
  ],
  'an anchor that a heading has, after a line break': [
    `<p>a<br/>${macro('anchor', { '': 'B' })}</p><h1>B</h1>`,
    'a\n\n# B\n',
  ],
  'emphasis around other marks in bold text, where it could close another': [
    '<p><strong><em>a</em>a:-:<em><del>a</del>a</em></strong></p>',
    '***a*a:-:<em><del>a</del>a</em>**\n',
  ],
  'emphasis around punctuation after a line break in bold text of a cell': [
    `${CELL}<strong><em>a</em>a<br/><em>:a</em></strong>${END}`,
    `${HEAD}| ***a*a<br><em>:a</em>** |\n`,
  ],
  'a definition over two lines': ['<p>[a<br/>b]: https://x.y</p>', '\\[a\\\nb]: https://x.y\n'],
  'a footnote over two lines': ['<p>[^a<br/>b]: c</p>', '\\[^a\\\nb]: c\n'],
  'a definition with formatting': ['<p>[a <b>b</b>]: c</p>', '\\[a **b**]: c\n'],
  'code in a link that would be a definition': [
    '<p><a href="https://x.y"><code>a]: b</code></a></p>',
    '[<code>a\\]: b</code>](https://x.y)\n',
  ],
  'a picture in a link that would be a definition': [
    '<p><a href="https://x.y"><ac:image ac:alt="a]: b" ac:width="9"><ri:url ri:value="https://x.y/i" /></ac:image></a></p>',
    '[<img src="https://x.y/i" alt="a&#93;: b" width="9">](https://x.y)\n',
  ],
  'a note in a link that would be a definition': [
    `<p><a href="https://x.y">c${macro('x', { v: 'a]: b' })}</a></p>`,
    '[c<!-- macro: x v=a] : b -->](https://x.y)\n',
  ],
  'a bar in a note in a cell': [
    `${CELL}a${macro('x', { v: '\\|' })}${END}`,
    `${HEAD}| a<!-- macro: x v=\\¦ --> |\n`,
  ],
  'a bar in a picture in a cell': [
    `${CELL}<ac:image ac:width="9"><ri:url ri:value="https://x.y/a|b" /></ac:image>${END}`,
    `${HEAD}| <img src="https://x.y/a&#124;b" alt="" width="9"> |\n`,
  ],
  'a line of code below a text in an item in a cell': [
    `${CELL}<ul><li>Run <code>a</code>${macro('code', {}, plain('npm i'))}</li><li>Run${macro('code', {}, plain('b'))}</li></ul>${END}`,
    `${HEAD}| <ul><li>Run \`a\`<br><br>\`npm i\`</li><li>Run<br><br>\`b\`</li></ul> |\n`,
  ],
  'includes with an anchor beside them': [
    `${macro('include', { '': 'A' })}${macro('include', { '': 'B' })}${macro('anchor', { '': 'c' })}`,
    '<!-- macro: include A -->\n\nA\n\n<!-- macro: include B -->\n\nB\n\n<a id="c"></a>\n',
  ],
  'a note above text in a cell': [
    `${CELL}${macro('x', {})}<p>a</p><p>b</p>${END}`,
    `${HEAD}| <!-- macro: x -->a<br><br>b |\n`,
  ],
  'a note after a line break': [`<p><br/>${macro('x', {})}a</p>`, '<!-- macro: x -->\n\na\n'],
  'line breaks in a title': [macro('panel', { title: 'a\n\nb' }, rich('<p>c</p>')), '> **a b**\n>\n> c\n'],
  'line breaks in a lozenge in HTML': [
    `<table><tr><td colspan="2">${macro('status', { title: 'a\n\nb' })}</td></tr></table>`,
    '<table>\n<tr>\n<td colspan="2"><code>a b</code></td>\n</tr>\n</table>\n',
  ],
  'line breaks in a summary': [
    macro('expand', { title: 'a\n\nb' }, rich('<p>c</p>')),
    '<details>\n<summary>a b</summary>\n\nc\n\n</details>\n',
  ],
  'a late list in an alert': [macro('info', {}, rich(LATE)), '> [!NOTE]\n>\n> 3. a\n'],
  'a late list in a list in an alert': [
    macro('info', {}, rich(`<ul><li>${LATE}</li></ul>`)),
    '> [!NOTE]\n>\n> - 3. a\n',
  ],
  'a late list in a quotation in an alert': [
    macro('info', {}, rich(`<blockquote>${LATE}</blockquote>`)),
    '> [!NOTE]\n>\n> > 3. a\n',
  ],
  'a late list in a task': [
    `<ac:task-list><ac:task><ac:task-body>${LATE}</ac:task-body></ac:task></ac:task-list>`,
    '- [ ] &nbsp;\n\n  3. a\n',
  ],
  'foreign Markdown in an alert': [
    macro('info', {}, rich(macro('markdown', {}, plain('---\na')))),
    '> [!NOTE]\n>\n> ---\n> a\n',
  ],
  'a table of contents above a list': [
    `<h1>a</h1>${macro('toc', {})}<ul><li>b</li></ul>`,
    '# a\n\n- [a](#a)\n\n+ b\n',
  ],
  'a table of contents of nothing': [`<p>a</p>${macro('toc', {})}<p>b</p>`, 'a\n\nb\n'],
  'foreign Markdown above a list': [
    `${macro('markdown', {}, plain('- a'))}<ul><li>b</li></ul>`,
    '- a\n\n<!-- -->\n\n- b\n',
  ],
  'a person with other words': [
    '<p><ac:link><ri:user ri:account-id="1" /><ac:link-body>the <b>boss</b></ac:link-body></ac:link></p>',
    'the **boss**\n',
  ],
  'two nodes of the new editor': [
    '<ac:adf-extension><ac:adf-node type="x"><p>a</p></ac:adf-node><ac:adf-node type="y"><p>b</p></ac:adf-node></ac:adf-extension>',
    'a\n\nb\n',
  ],
  'a node of the new editor without words': [
    '<ac:adf-extension><ac:adf-node type="x"><ac:adf-attribute key="k">v</ac:adf-attribute></ac:adf-node></ac:adf-extension>',
    '<!-- adf: x k=v -->\n',
  ],
  'a date with a blank inside': ['<p>a <time datetime="2024-02-29"> </time></p>', 'a 2024-02-29\n'],
  'a picture in its own address': [
    '<p>a <ac:image><ri:url ri:value="data:image/png;base64,AA" /></ac:image></p>',
    'a <!-- image: data:image/png;base64,AA -->\n',
  ],
  'several pages in a parameter': [
    '<ac:structured-macro ac:name="x"><ac:parameter ac:name="p"><ac:link><ri:page ri:content-title="A" /></ac:link><ac:link><ri:page ri:content-title="B" /></ac:link></ac:parameter></ac:structured-macro>',
    '<!-- macro: x p=A, B -->\n',
  ],
  'a cell down to the end': [
    '<table><tr><td rowspan="0">a</td><td>b</td></tr></table>',
    '<table>\n<tr>\n<td rowspan="0">a</td>\n<td>b</td>\n</tr>\n</table>\n',
  ],
  'white space at the end of code in HTML': [
    `<table><tr><td colspan="2">${macro('code', {}, plain('a  \n  \nb'))}</td></tr></table>`,
    '<table>\n<tr>\n<td colspan="2"><pre><code>a  &#10;  \nb</code></pre></td>\n</tr>\n</table>\n',
  ],
  'marks and links around blocks': [
    '<a href="https://x.y"><ul><li>a</li></ul></a><strong><table><tr><td><em>b</em></td></tr></table></strong>',
    '- [a](https://x.y)\n\n| ***b*** |\n| --- |\n',
  ],
  'marks around an inline macro': [
    `<p><strong>a ${macro('excerpt', { 'atlassian-macro-output-type': 'INLINE' }, rich('<p>b</p>'))}</strong></p>`,
    '**a b**\n',
  ],
  'a width in percent': [
    '<p><ac:image ac:width="50%"><ri:url ri:value="https://x.y/i" /></ac:image> <img src="https://x.y/j" width="20px" /></p>',
    '![](https://x.y/i) <img src="https://x.y/j" alt="" width="20">\n',
  ],
  'an anchor of a formula': [
    `a ${macro('mathblock', { anchor: 'm' }, plain('x'))}`,
    'a\n\n<a id="m"></a>\n\n```math\nx\n```\n',
  ],
};

describe('what was wrong once', () => {
  it.each(Object.entries(CASES))('%s', (_, [storage, markdown]) => {
    expect(toMarkdown(storage)).toBe(markdown);
  });
});
