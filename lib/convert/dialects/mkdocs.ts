import type { AlertKind } from '../document/nodes.js';
import type { Dialect } from './dialect.js';
import { github } from './github.js';
import { anySpecial, specialStart } from './special.js';
import type { Special } from './special.js';

/** The kinds that themes of MkDocs have a colour for, and the title that tells the kind. */
const KINDS: Readonly<Record<AlertKind, readonly [type: string, title: string]>> = {
  NOTE: ['note', 'Note'],
  TIP: ['tip', 'Tip'],
  IMPORTANT: ['info', 'Important'],
  WARNING: ['warning', 'Warning'],
  CAUTION: ['danger', 'Caution'],
};

const SPECIAL: readonly Special[] = [
  { pattern: /\{/, why: 'begins attributes' },
  { pattern: /\$/, why: 'begins a formula' },
  { pattern: /\[(?=TOC\])/, why: 'stands for the table of contents' },
];

const SPECIAL_STARTS: readonly Special[] = [
  { pattern: /!{3}/, why: 'begins an admonition' },
  { pattern: /\?{3}/, why: 'begins an admonition that folds' },
  { pattern: /:{3}/, why: 'asks for the documentation of a program' },
];

/** What a backslash takes the meaning from; anything else it stands beside. */
const ESCAPABLE = /[\\`*_{}[\]()>#+\-.!|]/;
const NAMED: Readonly<Record<string, string>> = { '<': '&lt;', '&': '&amp;' };

const escapeCharacter = (character: string): string =>
  ESCAPABLE.test(character) ? `\\${character}` : (NAMED[character] ?? `&#${character.charCodeAt(0)};`);

/** As `markdown.extensions.toc.slugify`. */
const slug = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(/[^ -~\s]|[^\w\s-]/g, '')
    .trim()
    .toLowerCase()
    .replace(/[-\s]+/g, '-');

const COUNTED = /^(.+)_(\d+)$/;

/** As `markdown.extensions.toc.unique`, without counting up from the start each time. */
function headingIds(): (text: string) => string {
  const taken = new Set<string>();
  const next = new Map<string, number>();
  return (text) => {
    let id = slug(text);
    const [, stem = id, count = '0'] = COUNTED.exec(id) ?? [];
    if (id === '' || taken.has(id)) {
      let number = Math.max(Number(count) + 1, next.get(stem) ?? 0);
      while (taken.has(`${stem}_${number}`)) number += 1;
      next.set(stem, number + 1);
      id = `${stem}_${number}`;
    }
    taken.add(id);
    return id;
  };
}

/** Python-Markdown as MkDocs runs it: admonitions, nesting by four spaces, fewer escapes, ids of its own. */
export const mkdocs: Dialect = {
  ...github,
  alert: {
    first: '',
    rest: '    ',
    head: (kind, title) => `!!! ${KINDS[kind][0]} "${title ?? KINDS[kind][1]}"`,
    takesTitle: true,
    nests: true,
  },
  lineBreak: '<br>\n',
  delimiters: { strong: '**', emphasis: '*' },
  indent: () => '    ',
  alternates: false,
  itemsBeginWithBlocks: false,
  details: '<details markdown="1">',
  markdownInHtml: true,
  escape: (characters) => characters.replace(/./gu, escapeCharacter),
  special: anySpecial(SPECIAL),
  specialLine: specialStart(SPECIAL_STARTS),
  barsInCode: false,
  dollars: true,
  // MkDocs leads pictures in Markdown to their files, those in HTML nowhere.
  imageSize: ({ width, height }) =>
    width === undefined ? `{: height="${height ?? ''}" }` : `{: width="${width}" }`,
  headingIds,
  fragment: (id) => `#${id}`,
};
