/** Characters of a text that Markdown takes for syntax where all that a row says holds. */
export interface Unsafe {
  readonly character: string;
  /** The shortest run of it. Default: 1. */
  readonly least?: number;
  /** Only where a run that could be its partner stands in the same block. */
  readonly paired?: true;
  /** Only in the text of a link or a picture. */
  readonly inLink?: true;
  /** Only at the end of a text: what follows is syntax. */
  readonly atEnd?: true;
  /** What stands before and after the run: one character, none at the end of a line. Default: anything. */
  readonly before?: RegExp;
  readonly after?: RegExp;
  /** How the text goes on from the character, with the one that stands behind it. Sticky. Default: anyhow. */
  readonly rest?: RegExp;
  /** What Markdown makes of it. */
  readonly why: string;
  /** A text that shows it. */
  readonly example: string;
}

/** No white space: less of that than JavaScript knows, as renderers do not agree on the others. */
const INK = /[^ \t\n\u00a0]/;
const NO_WORD = /^[^\p{L}\p{N}\p{M}]?$/u;

/** What has a meaning within a line, in GitHub's dialect and in all others. */
export const UNSAFE: readonly Unsafe[] = [
  { character: '*', paired: true, after: INK, why: 'opens emphasis', example: '*a*' },
  { character: '*', paired: true, before: INK, why: 'closes emphasis', example: 'a *b*' },
  { character: '_', paired: true, before: NO_WORD, after: INK, why: 'opens emphasis', example: '_a_' },
  { character: '_', paired: true, before: INK, after: NO_WORD, why: 'closes emphasis', example: '(_a_)' },
  { character: '~', least: 3, why: 'begins a block of code', example: '~~~ a' },
  { character: '~', paired: true, least: 2, why: 'strikes out', example: '~~a~~' },
  { character: '~', paired: true, before: INK, why: 'ends what is struck out', example: '~a~' },
  { character: '~', paired: true, after: /\*/, why: 'strikes out what is bold, too', example: '~**a**~' },
  { character: '\\', after: /[!-/:-@[-`{-~]/, why: 'takes the meaning from what follows', example: 'a\\!' },
  { character: '[', inLink: true, why: 'begins a link, which ends the one around it', example: '[a](b)' },
  { character: ']', inLink: true, why: 'ends the text of a link', example: 'a](b)' },
  { character: ']', after: /\(/, why: 'goes on with an address', example: '[a](b)' },
  { character: '<', after: /[a-z/!?]/i, why: 'begins a tag or an address', example: 'a <b> c' },
  {
    character: '<',
    rest: /<[^\s<>@]*(?:@|[*_~`]$)/y,
    why: 'begins an address of mail, which may hold the marks of what follows',
    example: '<1@b.org>',
  },
  { character: '!', atEnd: true, after: /\[/, why: 'makes a picture of the link behind it', example: '!' },
  { character: '&', rest: /&#?[a-z0-9]{1,32};/iy, why: 'stands for a character', example: '&lt;' },
  { character: '`', why: 'begins code', example: '`a`' },
];

/** What has a meaning at the start of a line only; its first character is escaped, of a number the one behind it. */
export const UNSAFE_STARTS: readonly {
  readonly start: RegExp;
  readonly why: string;
  readonly example: string;
}[] = [
  { start: /#{1,6}(?=\s|$)/, why: 'a heading', example: '# a' },
  { start: />/, why: 'a quotation', example: '> a' },
  { start: /[-+*](?=\s|$)/, why: 'an item of a list', example: '- a' },
  { start: /\d{1,9}(?=[.)](?:\s|$))/, why: 'an item of a numbered list', example: '1. a' },
  { start: /\[[ x]\](?=\s|$)/, why: 'the box of a task', example: '[ ] a' },
  { start: /\[![a-z]+\]\s*\\?$/, why: 'the name of an alert', example: '[!NOTE]' },
  { start: /\*[*\s]*$/, why: 'a rule of asterisks', example: '***' },
  { start: /_[_\s]*$/, why: 'a rule of underscores', example: '___' },
  { start: /=+\s*$/, why: 'the line below a heading', example: '===' },
  {
    start: /[|:\s]*-[-|:\s]*$/,
    why: 'a rule, the line below a heading or the one below the names of columns',
    example: '---',
  },
];
