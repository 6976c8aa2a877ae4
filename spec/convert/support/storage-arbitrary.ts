import fc from 'fast-check';
import { inlines, textValue } from './inline-arbitrary.js';
import { around, element, escapeXml, join, macro, NOTHING, richMacro, shown } from './piece.js';
import type { Piece } from './piece.js';

const paragraph = inlines.map((inner) => element('p', inner));

const heading = fc
  .tuple(fc.integer({ min: 1, max: 6 }), inlines)
  .map(([depth, inner]) => element(`h${depth}`, inner));

const CODE_LINES = [
  'a',
  '```',
  '````',
  '~~~',
  '',
  '  indented',
  '</code></pre>',
  '&amp; *x*',
  ']]',
  '> q',
  '\tt',
  'trailing  ',
  ' ',
];

const codeValue = fc
  .array(fc.constantFrom(...CODE_LINES), { minLength: 1, maxLength: 5 })
  .map((lines) => [...lines, 'so', 'end'].join('\n'));

const coded = (value: string, storage: string): Piece => ({
  ...NOTHING,
  storage,
  text: value,
  codes: [value],
  shape: 'code;',
});

const plainBody = (value: string): string => `<ac:plain-text-body><![CDATA[${value}]]></ac:plain-text-body>`;

const codeBlock = fc
  .tuple(fc.constantFrom('code', 'noformat', 'mermaid', 'html', 'not-known', 'mathblock', 'pre'), codeValue)
  .map(([name, value]) => {
    if (name === 'pre') return coded(value.trimStart(), `<pre>${escapeXml(value.trimStart())}</pre>`);
    const shown = name === 'mathblock' ? value.trim() : value;
    return coded(shown, macro(name, { language: '`c++ x' }, plainBody(value)));
  });

const box = (checked: boolean): string => (checked ? '[x]' : '[ ]');

const list = (tag: string, items: readonly Piece[], attributes = ''): Piece => ({
  ...element(
    tag,
    join(
      items.map((item) => element('li', item)),
      ' ',
    ),
    attributes,
  ),
  shape: `${tag}(${items.map(({ shape }) => `li(${shape});`).join('')});`,
});

const task = (inner: Piece, checked: boolean): Piece =>
  around(
    `<ac:task><ac:task-id>7</ac:task-id><ac:task-status>${checked ? 'complete' : 'incomplete'}</ac:task-status><ac:task-body>`,
    inner,
    '</ac:task-body></ac:task>',
  );

const taskList = (items: readonly (readonly [Piece, boolean])[]): Piece => ({
  ...element(
    'ac:task-list',
    join(
      items.map(([inner, checked]) => task(inner, checked)),
      ' ',
    ),
  ),
  shape: `ul(${items.map(([{ shape }, checked]) => `li${box(checked)}(${shape});`).join('')});`,
});

const definitionList = (items: readonly (readonly [string, Piece])[]): Piece => ({
  ...element(
    'dl',
    join(
      items.map(([tag, inner]) => element(tag, inner)),
      ' ',
    ),
  ),
  shape: `dl(${items.map(([tag, { shape }]) => `${tag}(${shape});`).join('')});`,
});

interface Cell {
  readonly tag: string;
  readonly span: string;
  readonly inner: Piece;
}

/** A line of code in a row of Markdown is no block. */
const inRow = (piece: Piece): Piece => {
  const isBlock = piece.codes.map((code) => code.includes('\n'));
  let index = -1;
  const shape = piece.shape.replace(/code;/g, (found) => {
    index += 1;
    return isBlock[index] === true ? found : '';
  });
  return { ...piece, shape, codes: piece.codes.filter((_, at) => isBlock[at]) };
};

/** Tables without merged cells or tables in them are rows of Markdown. */
const tableOf = (rows: readonly (readonly Cell[])[]): Piece => {
  const isHtml = rows.flat().some(({ span, inner }) => span !== '' || inner.shape.includes('table('));
  return tablePiece(
    isHtml ? rows : rows.map((row) => row.map((cell) => ({ ...cell, inner: inRow(cell.inner) }))),
  );
};

const tablePiece = (rows: readonly (readonly Cell[])[]): Piece => ({
  ...around(
    '<table><colgroup><col /></colgroup><tbody>',
    join(
      rows.map((cells) =>
        element(
          'tr',
          join(
            cells.map(({ tag, span, inner }) => element(tag, inner, span)),
            ' ',
          ),
        ),
      ),
      ' ',
    ),
    '</tbody></table>',
  ),
  shape: `table(${rows.map((cells) => cells.map(({ span, inner }) => span + shown(inner.text) + inner.shape).join(' | ')).join(' / ')});`,
});

const SPANS = ['', '', '', ' colspan="2"', ' rowspan="2"'];

/** Tables of cells that hold `content`; with spans they become HTML. */
const table = (content: fc.Arbitrary<Piece>, spans: readonly string[]): fc.Arbitrary<Piece> => {
  const cell = fc.record({
    tag: fc.constantFrom('td', 'td', 'th'),
    span: fc.constantFrom(...spans),
    inner: content,
  });
  return fc
    .array(fc.array(cell, { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 3 })
    .map(tableOf);
};

const blockquote = (inner: Piece): Piece => ({
  ...element('blockquote', inner),
  shape: `blockquote(${inner.shape});`,
});

/** Macros around content: the name, the parameter that shows above it, and what stands around it in the result. */
const CONTAINERS = [
  ['expand', 'title', ''],
  ['panel', 'title', 'blockquote'],
  ['info', 'title', 'blockquote'],
  ['excerpt', undefined, ''],
  ['details', undefined, ''],
  ['section', undefined, ''],
  ['localtab', 'title', ''],
  ['not-known', undefined, ''],
] as const;

const container = (
  [name, parameter, shape]: (typeof CONTAINERS)[number],
  title: string,
  inner: Piece,
): Piece => {
  const parameters = parameter === undefined ? { other: title } : { [parameter]: title };
  const piece = richMacro(name, parameters, inner, parameter === undefined ? '' : title.trim());
  return shape === '' ? piece : { ...piece, shape: `${shape}(${inner.shape});` };
};

const WRAPPERS = ['ac:layout-cell', 'ac:layout', 'div', 'section'];

const adfPanel = (inner: Piece): Piece => ({
  ...around(
    '<ac:adf-extension><ac:adf-node type="panel"><ac:adf-attribute key="panel-type">custom</ac:adf-attribute><ac:adf-content>',
    inner,
    '</ac:adf-content></ac:adf-node><ac:adf-fallback><p>not this</p></ac:adf-fallback></ac:adf-extension>',
  ),
  shape: `blockquote(${inner.shape});`,
});

/** Text right between blocks. */
const loose = inlines.map((inner) => around('', inner, '<hr/>'));

const { blocks } = fc.letrec<{ block: Piece; blocks: Piece }>((tie) => {
  const content = fc.oneof(inlines, tie('blocks'));
  return {
    block: fc.oneof(
      { maxDepth: 3, withCrossShrink: true },
      { weight: 5, arbitrary: paragraph },
      { weight: 1, arbitrary: heading },
      { weight: 1, arbitrary: codeBlock },
      { weight: 1, arbitrary: loose },
      { weight: 1, arbitrary: table(inlines, ['']) },
      {
        weight: 3,
        arbitrary: fc
          .tuple(
            fc.constantFrom(['ul'], ['ol'], ['ol', ' start="3"']),
            fc.array(content, { minLength: 1, maxLength: 3 }),
          )
          .map(([[tag = 'ul', attributes], items]) => list(tag, items, attributes)),
      },
      {
        weight: 1,
        arbitrary: fc
          .array(fc.tuple(content, fc.boolean()), { minLength: 1, maxLength: 3 })
          .map((items) => taskList(items)),
      },
      {
        weight: 1,
        arbitrary: fc
          .array(fc.tuple(fc.constantFrom('dt', 'dd'), content), { minLength: 1, maxLength: 3 })
          .map((items) => definitionList(items)),
      },
      { weight: 1, arbitrary: tie('blocks').map(blockquote) },
      {
        weight: 3,
        arbitrary: fc
          .tuple(fc.constantFrom(...CONTAINERS), textValue, tie('blocks'))
          .map((parts) => container(...parts)),
      },
      { weight: 1, arbitrary: table(tie('blocks'), ['']) },
      { weight: 1, arbitrary: table(content, SPANS) },
      { weight: 1, arbitrary: tie('blocks').map(adfPanel) },
      {
        weight: 1,
        arbitrary: fc
          .tuple(fc.constantFrom(...WRAPPERS), tie('blocks'))
          .map(([name, inner]) => element(name, inner)),
      },
    ),
    blocks: fc.array(tie('block'), { minLength: 1, maxLength: 3 }).map((pieces) => join(pieces, ' ')),
  };
});

/** GitHub's alerts, which work at the top level only. */
const alert = fc.tuple(fc.constantFrom('info', 'tip', 'note', 'warning'), blocks).map(([name, inner]) => ({
  ...richMacro(name, {}, inner),
  shape: `blockquote(${inner.shape});`,
}));

const finished = (piece: Piece): Piece => ({ ...piece, text: shown(piece.text) });

/** Bodies of any shape with what must be seen of them. */
export const storageBody: fc.Arbitrary<Piece> = fc
  .array(fc.oneof({ weight: 6, arbitrary: blocks }, { weight: 1, arbitrary: alert }), {
    minLength: 1,
    maxLength: 3,
  })
  .map((pieces) => finished(join(pieces, ' ')));
