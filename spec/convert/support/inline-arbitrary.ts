import fc from 'fast-check';
import { around, CODE, element, escapeXml, join, LABEL, macro, NOTHING, PICTURE, shown } from './piece.js';
import type { Piece } from './piece.js';
import { collapsed } from './reading.js';

const TOKENS = (
  'a word I * _ ** __ *** ` `` ``` ~ ~~ ~~~ [ ] ( ) ]( ](x) ](http://x.y) [x]: [^1]: [^1] [!NOTE] [ ] [x] <b> </p> < > & &amp; &copy; &#35; \\ \\\\ \\| ' +
  '# ## 1. 12) - + = === --- - | |-|-| :-: ! ![ http://a.b/c_d_e https://x.y/?q=*a*&b=~c~ www.x.y a_b@c.d é 日本 「 」 。 😀 € “ $ $x$ 1 0 . : ; , / <!-- --> <script> javascript: ' +
  'שלום مرحبا e\u0301 \u200b \u00ad \u2028 \u202e'
).split(' ');

/** Text that tries to be Markdown; never blank. */
export const textValue = fc
  .tuple(
    fc.array(
      fc.oneof(
        { weight: 4, arbitrary: fc.constantFrom(...TOKENS) },
        { weight: 2, arbitrary: fc.constantFrom(' ', '\n', '  ', '\u00a0') },
      ),
      { maxLength: 7 },
    ),
    fc.constantFrom('a', 'Z', 'word', '1', '.', '*', '_', '-', '#', 'é', '」'),
    fc.array(fc.constantFrom(...TOKENS, ' ', ' ', '\u00a0'), { maxLength: 4 }),
  )
  .map(([before, middle, after]) => before.join('') + middle + after.join(''));

const showing = (storage: string, text = ''): Piece => ({ ...NOTHING, storage, text });

const text = textValue.map((value) => showing(escapeXml(value), value));

const codeValue = fc
  .array(fc.constantFrom('a', 'b c', '`', '``', '|', '\\', '\\|', '*', '_', '<', '&amp;', ' '), {
    minLength: 1,
    maxLength: 5,
  })
  .map((parts) => `${parts.join('')}x`);

const code = codeValue.map((value) => showing(`<code>${escapeXml(value)}</code>`, CODE + value + CODE));

const FORMATS = [
  'strong',
  'em',
  'del',
  'u',
  'sub',
  'sup',
  'small',
  'b',
  'i',
  's',
  'ins',
  'span',
  'ac:inline-comment-marker',
];
const STYLES = ['color: red;', 'font-weight: bold;', 'font-style: italic;', 'text-decoration: line-through;'];

const HREFS = [
  'https://example.com/a',
  'https://example.com/a_(b)_',
  'https://example.com/?a=1&copy;=2',
  'https://example.com/a|b',
  'mailto:a@example.com',
];

/** Addresses do not repeat: neighbouring links with one address would be one link. */
const unique = fc.noShrink(fc.nat(1e9)).map(String);
const href = fc.tuple(fc.constantFrom(...HREFS), unique).map((parts) => parts.join(''));

const to = (address: string, inner: Piece, storage: string): Piece => ({
  ...inner,
  storage,
  links: [`${address} ${shown(inner.text)}`],
});

/** The target that the property test gives a page. */
export const pageHref = (title: string): string => `pages/${title}.md`;

const pageLink = (title: string, inner: Piece, body: string): Piece =>
  to(pageHref(title), inner, `<ac:link><ri:page ri:content-title="${title}" />${body}</ac:link>`);

/** What shows without words of its own: macros, dates, people, emoticons, anchors. */
const atom = fc.oneof(
  textValue.map((title) => showing(macro('status', { colour: 'Red', title }), LABEL + title.trim() + LABEL)),
  textValue.map((anchor) => showing(macro('anchor', { '': anchor }))),
  textValue.map((value) => showing(macro('not-known', { value, other: '-->' }))),
  fc.constantFrom(
    showing('<time datetime="2024-02-29" />', '2024-02-29'),
    showing('<ac:link><ri:user ri:account-id="5570:a_b_c" /></ac:link>', '@5570:a_b_c'),
    showing('<ac:emoticon ac:name="tick" />', '✅'),
    showing('<ac:emoticon ac:emoji-shortname=":a_b:" ac:emoji-fallback=":a_b:" />', ':a_b:'),
    showing(macro('jira', { key: 'AB_C-1' }), 'AB_C-1'),
    showing('&eacute;&nbsp;&lt;', 'é\u00a0<'),
  ),
);

/** `marked` is in a mark without more content, where a comment could part it from nothing. */
const unlinked = fc.letrec<{ inline: Piece; inlines: Piece }>((tie) => ({
  inline: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    { weight: 5, arbitrary: text },
    { weight: 1, arbitrary: code },
    { weight: 1, arbitrary: atom },
    {
      weight: 3,
      arbitrary: fc
        .tuple(fc.constantFrom(...FORMATS), tie('inlines'))
        .map(([name, inner]) => element(name, inner)),
    },
    {
      weight: 1,
      arbitrary: fc
        .tuple(fc.constantFrom(...STYLES), tie('inlines'))
        .map(([style, inner]) => element('span', inner, ` style="${style}"`)),
    },
  ),
  inlines: fc.array(tie('inline'), { minLength: 1, maxLength: 3 }).map((pieces) => join(pieces)),
}));

const image = fc
  .tuple(textValue, unique, fc.constantFrom('', ' ac:width="40"'))
  .map(([alt, name, width]): Piece => {
    const source = `https://example.com/i|${name}.png`;
    return {
      ...NOTHING,
      text: PICTURE,
      storage: `<ac:image ac:alt="${escapeXml(alt)}"${width}><ri:url ri:value="${source}"/></ac:image>`,
      images: [`${source} ${collapsed(alt)}`],
    };
  });

const link = fc.oneof(
  fc
    .tuple(text, href)
    .map(([inner, address]) =>
      to(address, inner, around(`<a href="${escapeXml(address)}">`, inner, '</a>').storage),
    ),
  fc
    .tuple(text, unique)
    .map(([inner, title]) => pageLink(title, inner, `<ac:link-body>${inner.storage}</ac:link-body>`)),
  fc
    .tuple(codeValue, unique)
    .map(([value, title]) =>
      pageLink(
        title,
        showing('', value),
        `<ac:plain-text-link-body><![CDATA[${value}]]></ac:plain-text-link-body>`,
      ),
    ),
  unique.map((title) => pageLink(title, showing('', title), '')),
  fc
    .tuple(image, unique)
    .map(([inner, title]) => pageLink(title, inner, `<ac:link-body>${inner.storage}</ac:link-body>`)),
);

const inline = fc.oneof(
  { weight: 8, arbitrary: unlinked.inline },
  { weight: 2, arbitrary: link },
  { weight: 1, arbitrary: fc.constant(showing('<br/>', ' ')) },
  { weight: 1, arbitrary: image },
);

/** Inline content that always shows some text. */
export const inlines = fc
  .tuple(fc.array(inline, { maxLength: 4 }), text, fc.array(inline, { maxLength: 2 }))
  .map(([before, middle, after]) => join([...before, middle, ...after]));
