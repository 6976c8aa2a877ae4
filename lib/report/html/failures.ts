import { html } from 'hono/html';
import { humanCount, quantity } from '../../core/human.js';
import type { FailedItem } from '../../events/failed-item.js';
import type { IncompleteListing } from '../../events/incomplete-listing.js';
import { itemLink, type Shelf } from './changes.js';
import { foreign, type Markup } from './markup.js';

interface Failures {
  readonly failedItems: readonly FailedItem[];
  readonly failedCount: number;
  readonly incomplete: readonly IncompleteListing[];
}

/** What to do. */
export const cure = (hint: string): Markup =>
  html`<p class="cure"><strong>Cure:</strong> ${foreign(hint)}</p>`;

const failure = (item: FailedItem, shelf: Shelf): Markup => {
  const { kind, id, title, code, attempts, message, hint } = item;
  return html`<li>
    <strong>${itemLink(kind, id, title, shelf)}</strong>
    <span class="path"
      >${kind} ${foreign(id)}, <code>${code}</code>, tried ${quantity(attempts, 'time')}</span
    >
    <p>${foreign(message)}</p>
    ${cure(hint)}
  </li>`;
};

const listing = ({ of, code, message, hint }: IncompleteListing): Markup =>
  html`<li>
    <strong>${of}</strong> could not be listed whole <span class="path"><code>${code}</code></span>
    <p>${foreign(message)} Nothing of them was deleted.</p>
    ${cure(hint)}
  </li>`;

/** What a run has left behind, each with what mends it. */
export const failures = ({ failedItems, failedCount, incomplete }: Failures, shelf: Shelf): Markup => {
  const left = failedCount - failedItems.length;
  return failedCount + incomplete.length === 0
    ? html`<p>Nothing has failed.</p>`
    : html`<ul class="failures">
        ${incomplete.map(listing)} ${failedItems.map((item) => failure(item, shelf))}
        ${left > 0 ? html`<li class="more">… and ${humanCount(left)} more</li>` : ''}
      </ul>`;
};
