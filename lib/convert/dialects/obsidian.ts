import type { Dialect } from './dialect.js';
import { github } from './github.js';
import { anySpecial } from './special.js';
import type { Special } from './special.js';

/** What Obsidian leaves out of the text of a heading in a link. */
const NOT_IN_LINKS = /[#^|[\]:\\]|%%/g;

const SPECIAL: readonly Special[] = [
  { pattern: /%%/, why: 'hides what stands between two of them' },
  { pattern: /==/, why: 'highlights' },
  { pattern: /\[(?=\[)/, why: 'links to a note' },
  { pattern: /\$/, why: 'begins a formula' },
  { pattern: /\^(?=[A-Za-z\d-]+$)/, why: 'names a block, at its end' },
];

/** Half a surrogate pair cannot stand in an address. */
const encodeHeading = (text: string): string =>
  encodeURI(text.replace(/\p{Cs}/gu, '\ufffd')).replace(/[()]/g, (each) => (each === '(' ? '%28' : '%29'));

/** Obsidian: callouts with titles at any depth, links to headings by their text, mathematics between dollars. */
export const obsidian: Dialect = {
  ...github,
  alert: {
    first: '> ',
    rest: '> ',
    head: (kind, title) => [`[!${kind.toLowerCase()}]`, title].filter(Boolean).join(' '),
    takesTitle: true,
    nests: true,
  },
  special: anySpecial(SPECIAL),
  dollars: true,
  fragment: (_, text) => `#${encodeHeading(text.replace(NOT_IN_LINKS, ' ').replace(/\s+/g, ' ').trim())}`,
};
