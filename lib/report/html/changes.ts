import { html } from 'hono/html';
import { humanCount, quantity } from '../../core/human.js';
import { recordKey } from '../../core/records.js';
import { CHANGES, type ChangedFile, type ChangeKind, type RunSummary } from '../../events/run-summary.js';
import type { KnownItem } from '../read-report.js';
import { foreign, type Markup } from './markup.js';

const HEADS: Readonly<Record<ChangeKind, string>> = {
  new: 'New',
  edited: 'Edited',
  relinked: 'Written again, as what they link to or include, or their place, changed',
  moved: 'Moved',
  deleted: 'Deleted',
};

/** What one of a kind is called. */
const NOUN: Readonly<Record<ChangedFile['kind'], string>> = {
  page: 'page',
  blogpost: 'blog post',
  folder: 'folder',
  attachment: 'attachment',
  comments: 'comment file',
};

/** What the files of a mirror are called, and where they are. */
export interface Shelf {
  readonly items: ReadonlyMap<string, KnownItem>;
  /** Leads to a file of the mirror. */
  readonly href: (path: string) => string;
}

/** An item by its title, as a link into the mirror where it is there. */
export const itemLink = (kind: ChangedFile['kind'], id: string, title: string, shelf: Shelf): Markup => {
  const known = shelf.items.get(recordKey(kind, id));
  const name = known?.title ?? title;
  return known?.path === undefined
    ? foreign(name)
    : html`<a href="${shelf.href(known.path)}">${foreign(name)}</a>`;
};

const entry = ({ kind, id, path, from }: ChangedFile, shelf: Shelf): Markup => {
  const isKnown = shelf.items.has(recordKey(kind, id));
  const where = html`${from === undefined ? '' : html`${foreign(from)} → `}${foreign(path)}`;
  return html`<li>
    ${isKnown ? itemLink(kind, id, path, shelf) : ''} ${kind === 'page' ? '' : NOUN[kind]}
    <span class="path">${where}</span>
  </li>`;
};

const ORDER: readonly ChangedFile['kind'][] = ['page', 'blogpost', 'attachment', 'comments', 'folder'];

/** Pages first. */
const inOrder = <T extends Pick<ChangedFile, 'kind'>>(all: readonly T[]): T[] =>
  all.toSorted((a, b) => ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind));

const countText = (counts: RunSummary['changeCounts']): string =>
  counts.map(({ kind, count }) => quantity(count, NOUN[kind])).join(', ');

const group = (change: ChangeKind, run: RunSummary, shelf: Shelf): Markup | '' => {
  const counts = inOrder(run.changeCounts.filter((each) => each.change === change));
  if (counts.length === 0) return '';
  const files = inOrder(run.changes.filter((each) => each.change === change));
  const left = counts.reduce((sum, { count }) => sum + count, 0) - files.length;
  return html`<details open>
    <summary>${HEADS[change]}: ${countText(counts)}</summary>
    <ul class="items" tabindex="0" aria-label="${HEADS[change]}">
      ${files.map((file) => entry(file, shelf))}
      ${left > 0 ? html`<li class="more">… and ${humanCount(left)} more</li>` : ''}
    </ul>
  </details>`;
};

/** What a run has changed, with links into the mirror. */
export const changes = (run: RunSummary, shelf: Shelf): Markup =>
  run.changeCounts.length === 0
    ? html`<p>Nothing has changed.</p>`
    : html`${CHANGES.map((change) => group(change, run, shelf))}`;
