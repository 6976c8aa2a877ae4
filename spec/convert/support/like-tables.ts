import { macro } from './piece.js';

const p = (text: string): string => `<p>${text}</p>`;
const list = (...items: readonly string[]): string =>
  `<ul>${items.map((item) => `<li>${p(item)}</li>`).join('')}</ul>`;
const rich = (body: string): string => `<ac:rich-text-body>${body}</ac:rich-text-body>`;
const code = (body: string): string =>
  macro('code', { language: 'bash' }, `<ac:plain-text-body><![CDATA[${body}]]></ac:plain-text-body>`);
const status = (title: string): string => macro('status', { title, colour: 'Green' });
const tasks =
  '<ac:task-list><ac:task><ac:task-id>1</ac:task-id><ac:task-status>complete</ac:task-status><ac:task-body>done</ac:task-body></ac:task></ac:task-list>';
const image = '<ac:image><ri:url ri:value="https://x.y/i.png" /></ac:image>';

type Cell = readonly [tag: string, content: string];
const th = (content: string): Cell => ['th', p(content)];
const td = (content: string): Cell => ['td', content];

const table = (...rows: readonly (readonly Cell[])[]): string =>
  `<table data-layout="default"><colgroup><col /><col /></colgroup><tbody>${rows
    .map(
      (row) => `<tr>${row.map(([tag, content]) => `<${tag}>${content}</${tag.slice(0, 2)}>`).join('')}</tr>`,
    )
    .join('')}</tbody></table>`;

/** A table with a header whose last cell holds something. */
const holding = (content: string): string =>
  table([th('Name'), th('Notes')], [td(p('a')), td(p('b'))], [td(p('c')), td(content)]);

/** Tables as teams write them, by what makes each one special; the kinds as often as in pages of real wikis. */
export const LIKE_TABLES: Readonly<Record<string, string>> = {
  plain: holding(p('text')),
  'with links': holding(p('<a href="https://x.y/a|b">there</a>')),
  'with formats': holding(p('<strong>bold</strong> <em>em</em> <code>code</code>')),
  'with a status': holding(p(status('DONE'))),
  'with two paragraphs': holding(p('one') + p('two')),
  'with line breaks': holding(p('one<br/>two')),
  'with an empty cell': holding(''),
  'with a picture': holding(image),
  'with a picture in a text': holding(p(`see ${image} here`)),
  'with a date and a person': holding(
    p('<time datetime="2024-02-29" /> <ac:link><ri:user ri:account-id="1" /></ac:link>'),
  ),
  'without a header': table([td(p('a')), td(p('b'))], [td(p('c')), td(p('d'))]),
  'with a bold first row': table(
    [td(p('<strong>a</strong>')), td(p('<strong>b</strong>'))],
    [td(p('c')), td(p('d'))],
  ),
  'with a header column': table([th('a'), td(p('b'))], [th('c'), td(p('d'))]),
  'with header row and column': table([th(''), th('b')], [th('c'), td(p('d'))]),
  'with numbers': table([th('a'), th('b')], [td(p('x')), td('<p style="text-align: right;">10</p>')]),
  'of one column': table([th('a')], [td(p('b'))]),
  'with a list': holding(list('one', 'two | three')),
  'with a text above a list': holding(p('Steps:') + list('one', 'two')),
  'with a text below a list': holding(list('one') + p('then')),
  'with a list in a list': holding(`<ul><li>${p('one')}${list('two')}</li></ul>`),
  'with a numbered list': holding('<ol start="3"><li><p>three</p></li><li><p>four</p></li></ol>'),
  'with lists in all cells': table([th('a'), th('b')], [td(list('x', 'y')), td(list('z'))]),
  'with links in a list': holding(list('<a href="https://x.y/a">a</a>', `${status('OPEN')} b`)),
  'with two paragraphs in an item': holding(`<ul><li>${p('one')}${p('more')}</li></ul>`),
  'with tasks': holding(tasks),
  'with a line of code': holding(code('npm ci')),
  'with a text and a line of code': holding(p('Run:') + code('npm ci | tee log')),
  'with lines of code': holding(code('npm ci\nnpm test')),
  'with a panel': holding(macro('info', {}, rich(p('note')))),
  'with a panel of lists': holding(macro('panel', { title: 'T' }, rich(list('a')))),
  'with an expand': holding(macro('expand', { title: 'More' }, rich(p('inside')))),
  'with a macro that nobody knows': holding(macro('x', { a: '1' }, rich(p('inside')))),
  'with a heading': holding('<h3>Title</h3><p>text</p>'),
  'with a cell over two columns': table([['th colspan="2"', p('wide')]], [td(p('a')), td(p('b'))]),
  'with a cell over two rows': table([['td rowspan="2"', p('tall')], td(p('a'))], [td(list('b'))]),
  'with both': table(
    [
      ['td rowspan="2"', p('tall')],
      ['td colspan="2"', p('wide')],
    ],
    [td(p('a')), td(p('b'))],
  ),
  'with a merged cell and code': table([['td colspan="2"', code('a\n\nb')]], [td(p('a')), td(p('b'))]),
  'with a table': holding(table([td(p('inner'))])),
};
