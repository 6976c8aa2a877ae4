import fc from 'fast-check';
import { collapsed } from './reading.js';
import type { Reading } from './reading.js';

/** A piece of storage format and what a reader must see of it. */
export interface Piece extends Reading {
  readonly storage: string;
}

const escapeXml = (text: string): string =>
  text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;');

const NOTHING = { text: '', links: [], images: [], codes: [], shape: '' };

const join = (pieces: readonly Piece[], separator = ''): Piece => ({
  storage: pieces.map(({ storage }) => storage).join(''),
  text: pieces.map(({ text }) => text).join(separator),
  links: pieces.flatMap(({ links }) => links),
  images: pieces.flatMap(({ images }) => images),
  codes: pieces.flatMap(({ codes }) => codes),
  shape: pieces.map(({ shape }) => shape).join(''),
});

const around = (before: string, inner: Piece, after: string): Piece => ({
  ...inner,
  storage: before + inner.storage + after,
});

const TOKENS = (
  'a word I * _ ** __ *** ` `` ``` ~ ~~ ~~~ [ ] ( ) ]( ](x) ](http://x.y) [x]: [^1]: [!NOTE] [ ] [x] <b> </p> < > & &amp; &copy; &#35; \\ \\\\ \\| ' +
  '# ## 1. 12) - + = === --- - | |-|-| :-: ! ![ http://a.b/c_d_e https://x.y/?q=*a*&b=~c~ www.x.y a_b@c.d é 日本 「 」 😀 € “ $ $x$ 1 0 . : ; , / <!-- --> <script> javascript:'
).split(' ');

/** Text that tries to be Markdown; never blank. */
const textValue = fc
  .tuple(
    fc.array(
      fc.oneof(
        { weight: 4, arbitrary: fc.constantFrom(...TOKENS) },
        { weight: 2, arbitrary: fc.constantFrom(' ', '\n', '  ') },
      ),
      { maxLength: 7 },
    ),
    fc.constantFrom('a', 'Z', 'word', '1', '.', '*', '_', '-', '#', 'é', '」'),
    fc.array(fc.constantFrom(...TOKENS, ' ', ' '), { maxLength: 4 }),
  )
  .map(([before, middle, after]) => before.join('') + middle + after.join(''));

const text = textValue.map((value): Piece => ({ ...NOTHING, storage: escapeXml(value), text: value }));

const code = fc
  .array(fc.constantFrom('a', 'b c', '`', '``', '|', '\\', '\\|', '*', '_', '<', '&amp;', ' '), {
    minLength: 1,
    maxLength: 5,
  })
  .map((parts) => `${parts.join('')}x`)
  .map((value): Piece => ({ ...NOTHING, storage: `<code>${escapeXml(value)}</code>`, text: value }));

const FORMATS = ['strong', 'em', 'del', 'u', 'sub', 'sup', 'b', 'i', 'span', 'ac:inline-comment-marker'];
const HREFS = [
  'https://example.com/a',
  'https://example.com/a_(b)_',
  'https://example.com/?a=1&copy;=2',
  'https://example.com/a|b',
  'mailto:a@example.com',
];

/** Addresses do not repeat: neighbouring links with one address would be one link. */
const href = fc
  .tuple(fc.constantFrom(...HREFS), fc.noShrink(fc.nat(1e9)))
  .map(([address, unique]) => address + String(unique));

const link = (inner: Piece, to: string): Piece => ({
  ...around(`<a href="${escapeXml(to)}">`, inner, '</a>'),
  links: [`${to} ${collapsed(inner.text)}`],
});

const unlinked = fc.letrec<{ inline: Piece; inlines: Piece }>((tie) => ({
  inline: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    { weight: 5, arbitrary: text },
    { weight: 1, arbitrary: code },
    {
      weight: 3,
      arbitrary: fc
        .tuple(fc.constantFrom(...FORMATS), tie('inlines'))
        .map(([name, inner]) => around(`<${name}>`, inner, `</${name}>`)),
    },
  ),
  inlines: fc.array(tie('inline'), { minLength: 1, maxLength: 3 }).map((pieces) => join(pieces)),
}));

const inline = fc.oneof(
  { weight: 8, arbitrary: unlinked.inline },
  {
    weight: 2,
    arbitrary: fc.tuple(text, href).map(([inner, to]) => link(inner, to)),
  },
  { weight: 1, arbitrary: fc.constant<Piece>({ ...NOTHING, storage: '<br/>', text: ' ' }) },
  {
    weight: 1,
    arbitrary: textValue.map((alt): Piece => ({
      ...NOTHING,
      storage: `<ac:image ac:alt="${escapeXml(alt)}"><ri:url ri:value="https://example.com/i.png"/></ac:image>`,
      images: ['https://example.com/i.png'],
    })),
  },
);

/** Inline content that always shows some text. */
const inlines = fc
  .tuple(fc.array(inline, { maxLength: 4 }), text, fc.array(inline, { maxLength: 2 }))
  .map(([before, middle, after]) => join([...before, middle, ...after]));

const paragraph = inlines.map((inner) => around('<p>', inner, '</p>'));

const heading = fc
  .tuple(fc.integer({ min: 1, max: 6 }), inlines)
  .map(([depth, inner]) => around(`<h${depth}>`, inner, `</h${depth}>`));

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
];

const codeBlock = fc
  .array(fc.constantFrom(...CODE_LINES), { minLength: 1, maxLength: 5 })
  .map((lines): Piece => {
    const value = [...lines, 'end'].join('\n');
    const storage = `<ac:structured-macro ac:name="code"><ac:plain-text-body><![CDATA[${value}]]></ac:plain-text-body></ac:structured-macro>`;
    return { ...NOTHING, storage, text: value, codes: [value], shape: 'code;' };
  });

const list = (tag: string, items: readonly Piece[]): Piece => ({
  ...around(
    `<${tag}>`,
    join(
      items.map((item) => around('<li>', item, '</li>')),
      ' ',
    ),
    `</${tag}>`,
  ),
  shape: `${tag}(${items.map(({ shape }) => `li(${shape});`).join('')});`,
});

const table = (rows: readonly (readonly Piece[])[]): Piece => ({
  ...around(
    '<table><tbody>',
    join(
      rows.map((cells) =>
        around(
          '<tr>',
          join(
            cells.map((cell) => around('<td>', cell, '</td>')),
            ' ',
          ),
          '</tr>',
        ),
      ),
      ' ',
    ),
    '</tbody></table>',
  ),
  shape: `table(${rows.map((cells) => cells.map((cell) => collapsed(cell.text) + cell.shape).join(' | ')).join(' / ')});`,
});

const PANELS = [
  ['info', 'NOTE'],
  ['tip', 'TIP'],
  ['note', 'WARNING'],
  ['warning', 'CAUTION'],
] as const;

const blockquote = (inner: Piece): Piece => ({
  ...around('<blockquote>', inner, '</blockquote>'),
  shape: `blockquote(${inner.shape});`,
});

const expand = (inner: Piece): Piece => ({
  ...around(
    '<ac:structured-macro ac:name="expand"><ac:parameter ac:name="title">More</ac:parameter><ac:rich-text-body>',
    inner,
    '</ac:rich-text-body></ac:structured-macro>',
  ),
  text: `More ${inner.text}`,
});

const rectangle = (cell: fc.Arbitrary<Piece>): fc.Arbitrary<Piece> =>
  fc
    .integer({ min: 1, max: 3 })
    .chain((width) =>
      fc.array(fc.array(cell, { minLength: width, maxLength: width }), { minLength: 1, maxLength: 3 }),
    )
    .map(table);

const { blocks } = fc.letrec<{ block: Piece; blocks: Piece }>((tie) => ({
  block: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    { weight: 5, arbitrary: paragraph },
    { weight: 1, arbitrary: heading },
    { weight: 1, arbitrary: codeBlock },
    { weight: 1, arbitrary: rectangle(inlines) },
    {
      weight: 3,
      arbitrary: fc
        .tuple(
          fc.constantFrom('ul', 'ol'),
          fc.array(fc.oneof(inlines, tie('blocks')), { minLength: 1, maxLength: 3 }),
        )
        .map(([tag, items]) => list(tag, items)),
    },
    { weight: 1, arbitrary: tie('blocks').map(blockquote) },
    { weight: 1, arbitrary: tie('blocks').map(expand) },
    { weight: 1, arbitrary: rectangle(tie('blocks')) },
    {
      weight: 1,
      arbitrary: tie('blocks').map((inner) => around('<ac:layout-cell>', inner, '</ac:layout-cell>')),
    },
  ),
  blocks: fc.array(tie('block'), { minLength: 1, maxLength: 3 }).map((pieces) => join(pieces, ' ')),
}));

const panel = fc.tuple(fc.constantFrom(...PANELS), blocks).map(([[name, alert], inner]) => ({
  ...around(
    `<ac:structured-macro ac:name="${name}"><ac:rich-text-body>`,
    inner,
    '</ac:rich-text-body></ac:structured-macro>',
  ),
  text: `[!${alert}] ${inner.text}`,
  shape: `blockquote(${inner.shape});`,
}));

const finished = (piece: Piece): Piece => ({ ...piece, text: collapsed(piece.text) });

/** Bodies of any shape with what must be seen of them. */
export const storageBody: fc.Arbitrary<Piece> = fc
  .array(fc.oneof({ weight: 6, arbitrary: blocks }, { weight: 1, arbitrary: panel }), {
    minLength: 1,
    maxLength: 3,
  })
  .map((pieces) => finished(join(pieces, ' ')));
