import type { Dialect } from './dialect.js';
import { github } from './github.js';
import { anySpecial, specialStart } from './special.js';
import type { Special } from './special.js';

/** What Obsidian leaves out of the text of a heading in a link. */
const NOT_IN_LINKS = /[#^|[\]:\\]|%%/g;

const SPECIAL: readonly Special[] = [
  { pattern: /%%/, why: 'hides what stands between two of them' },
  { pattern: /==/, why: 'highlights' },
  { pattern: /\[(?=\[)/, why: 'links to a note' },
  { pattern: /\$/, why: 'begins a formula' },
  { pattern: /\^(?=[A-Za-z\d-]+$)/, why: 'names a block, at its end' },
  { pattern: /\^(?=\[)/, why: 'begins a footnote' },
  { pattern: /(?<![^\s(])#(?=\d*[^\s\d!-,.:-@[-^`{-~])/, why: 'tags the note' },
];

const SPECIAL_STARTS: readonly Special[] = [
  { pattern: /\[(?=![^\]\s]+\])/, why: 'begins a callout, with a title, too' },
  { pattern: /\[(?=.\](?:\s|$))/, why: 'the box of a task in a state of its own' },
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
  specialLine: specialStart(SPECIAL_STARTS),
  dollars: true,
  fragment: (_, text) => `#${encodeHeading(text.replace(NOT_IN_LINKS, ' ').replace(/\s+/g, ' ').trim())}`,
};
