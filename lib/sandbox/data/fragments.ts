import { type Prng, createPrng, hash32, uuidOf } from './prng.js';
import type { WikiUser } from './users.js';
import { CODE, SENTENCES, SUBJECTS } from './words.js';

/** Ready-made pieces of storage format that bodies are put together from. */
export interface Fragments {
  readonly headings: readonly string[];
  readonly blocks: readonly string[];
}

type Maker = (prng: Prng, users: readonly WikiUser[]) => string;

const sentence = (prng: Prng): string => {
  const text = prng.pick(SENTENCES);
  const style = prng.int(12);
  if (style === 0) return `<strong>${text}</strong>`;
  if (style === 1) return `<em>${text}</em>`;
  if (style === 2) return `${text} <code>retry --max ${prng.int(9) + 1}</code>`;
  if (style === 3)
    return `${text} <a href="https://example.com/doc/${prng.int(500)}?a=1&amp;b=2">details</a>`;
  return text;
};

const sentences = (prng: Prng, count: number): string =>
  Array.from({ length: count }, () => sentence(prng)).join(' ');
const paragraph: Maker = (prng) => `<p>${sentences(prng, 2 + prng.int(4))}</p>`;

const list: Maker = (prng) => {
  const tag = prng.chance(0.5) ? 'ul' : 'ol';
  const nested = `<${tag}><li><p>${sentence(prng)}</p></li></${tag}>`;
  const items = Array.from({ length: 3 + prng.int(3) }, () => `<li><p>${sentence(prng)}</p></li>`);
  return `<${tag}>${items.join('')}<li><p>${sentence(prng)}</p>${nested}</li></${tag}>`;
};

const row = (tag: string, cells: readonly string[]): string =>
  `<tr>${cells.map((cell) => `<${tag}><p>${cell}</p></${tag}>`).join('')}</tr>`;

const table: Maker = (prng) => {
  const rows = Array.from({ length: 3 + prng.int(4) }, () =>
    row('td', [prng.pick(SUBJECTS), String(prng.int(10_000)), sentence(prng)]),
  );
  return `<table data-layout="default"><tbody>${row('th', ['Name', 'Count', 'Note'])}${rows.join('')}</tbody></table>`;
};

const macro = (prng: Prng, name: string, content: string): string =>
  `<ac:structured-macro ac:name="${name}" ac:schema-version="1" ac:macro-id="${uuidOf(prng.next())}">${content}</ac:structured-macro>`;

const code: Maker = (prng) =>
  macro(
    prng,
    'code',
    `<ac:parameter ac:name="language">${prng.pick(['js', 'bash', 'sql'])}</ac:parameter>` +
      `<ac:plain-text-body><![CDATA[${prng.pick(CODE)}]]></ac:plain-text-body>`,
  );

const panel: Maker = (prng, users) =>
  macro(
    prng,
    prng.pick(['info', 'note', 'warning', 'tip']),
    `<ac:rich-text-body>${paragraph(prng, users)}</ac:rich-text-body>`,
  );

const expand: Maker = (prng, users) =>
  macro(
    prng,
    'expand',
    `<ac:parameter ac:name="title">Show the details</ac:parameter><ac:rich-text-body>${list(prng, users)}</ac:rich-text-body>`,
  );

const status: Maker = (prng) =>
  `<p>State: ${macro(prng, 'status', '<ac:parameter ac:name="title">DONE</ac:parameter><ac:parameter ac:name="colour">Green</ac:parameter>')} <ac:emoticon ac:name="tick" /> since <time datetime="2025-1${prng.int(3)}-0${1 + prng.int(9)}" /></p>`;

const mention: Maker = (prng, users) =>
  `<p>Owner: <ac:link><ri:user ri:account-id="${prng.pick(users).accountId}" /></ac:link>. ${sentence(prng)}</p>`;

const task = (prng: Prng, id: number): string =>
  `<ac:task><ac:task-id>${id}</ac:task-id><ac:task-status>${prng.chance(0.5) ? 'complete' : 'incomplete'}</ac:task-status>` +
  `<ac:task-body><span class="placeholder-inline-tasks">${sentence(prng)}</span></ac:task-body></ac:task>`;

const tasks: Maker = (prng) =>
  `<ac:task-list>${task(prng, 1)}${task(prng, 2)}${task(prng, 3)}</ac:task-list>`;

const layout: Maker = (prng, users) =>
  `<ac:layout><ac:layout-section ac:type="two_equal" ac:breakout-mode="default"><ac:layout-cell>${paragraph(prng, users)}</ac:layout-cell>` +
  `<ac:layout-cell>${list(prng, users)}</ac:layout-cell></ac:layout-section></ac:layout>`;

const quote: Maker = (prng) => `<blockquote><p>${sentence(prng)}</p></blockquote><hr />`;

const heading: Maker = (prng) => {
  const tag = prng.pick(['h1', 'h2', 'h3']);
  return `<${tag}>About the ${prng.pick(SUBJECTS)}</${tag}>`;
};

const MAKERS: readonly Maker[] = [
  paragraph,
  paragraph,
  paragraph,
  paragraph,
  list,
  table,
  code,
  panel,
  expand,
  status,
  mention,
  tasks,
  layout,
  quote,
];

/** Builds the pieces of a wiki once; putting a body together then costs microseconds. */
export const createFragments = (seed: number, users: readonly WikiUser[]): Fragments => {
  const prng = createPrng(hash32(seed, 'fragments'));
  const headings = Array.from({ length: 24 }, () => heading(prng, users));
  const blocks = Array.from({ length: 20 }, () => MAKERS.map((make) => make(prng, users))).flat();
  return { headings, blocks };
};
