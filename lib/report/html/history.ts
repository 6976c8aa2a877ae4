import { scaleLog } from 'd3-scale';
import { html } from 'hono/html';
import { humanCount } from '../../core/human.js';
import { KINDS } from '../../core/kinds.js';
import type { RunSummary } from '../../events/run-summary.js';
import { type Markup, moment, percent, table } from './markup.js';
import { durationOf, OUTCOMES, outcomeOf, outcomeText, tookText } from './words.js';

const TOP = 14;
const BOTTOM = 88;

const SECOND = 1000;
const TICKS = [SECOND, 10 * SECOND, 60 * SECOND, 600 * SECOND, 3600 * SECOND, 36_000 * SECOND];

const column = (run: RunSummary, x: number, y: (ms: number) => number): Markup => {
  const at = percent(x);
  const top = y(durationOf(run));
  const outcome = outcomeOf(run);
  return html`<g class="run ${outcome}">
    <title>${run.startedAt}: ${outcomeText(run)}, ${tookText(durationOf(run))}</title>
    <line x1="${at}" x2="${at}" y1="${percent(BOTTOM)}" y2="${percent(top)}" />
    ${
      outcome === 'failed' || outcome === 'interrupted'
        ? html`<text x="${at}" y="${percent(top)}" dy="5" text-anchor="middle">✕</text>`
        : html`<circle cx="${at}" cy="${percent(top)}" r="5" />`
    }
  </g>`;
};

/** How long each run took, from the first one to the last. */
const historyChart = (id: string, runs: readonly RunSummary[]): Markup => {
  const longest = Math.max(10 * SECOND, ...runs.map(durationOf));
  const y = scaleLog().domain([SECOND, longest]).range([BOTTOM, TOP]).clamp(true);
  const oldestFirst = runs.toReversed();
  const failed = runs.filter((run) => outcomeOf(run) === 'failed').length;
  return html`<svg class="plot" role="img" aria-labelledby="${id}-title ${id}-text">
    <title id="${id}-title">How long each run took, the latest on the right</title>
    <desc id="${id}-text">
      ${runs.length} runs, ${failed} of them failed; the longest took ${tookText(longest)}.
    </desc>
    ${TICKS.filter((ms) => ms <= longest).map(
      (ms) =>
        html`<line class="grid" x2="100%" y1="${percent(y(ms))}" y2="${percent(y(ms))}" />
          <text y="${percent(y(ms))}" dy="-3">${ms < 60 * SECOND ? `${ms / SECOND} s` : tookText(ms)}</text>`,
    )}
    ${oldestFirst.map((run, i) => column(run, ((i + 0.5) * 90) / runs.length + 10, y))}
  </svg>`;
};

const outcomeLegend = (): Markup =>
  html`<ul class="legend">
    ${(['complete', 'partial', 'interrupted', 'failed'] as const).map(
      (outcome) =>
        html`<li>
          <svg class="run ${outcome}" aria-hidden="true" viewBox="0 0 12 12">
            ${
              outcome === 'failed' || outcome === 'interrupted'
                ? html`<text x="6" y="11" text-anchor="middle">✕</text>`
                : html`<circle cx="6" cy="6" r="5" />`
            }
          </svg>
          ${OUTCOMES[outcome]}
        </li>`,
    )}
  </ul>`;

const sum = ({ totals }: RunSummary, what: 'written' | 'moved' | 'deleted'): string =>
  humanCount(KINDS.reduce((all, kind) => all + totals[kind][what], 0));

/** All runs that are shown: how long each took and what became of it; `anchor` leads to a run's own section. */
export const history = (
  id: string,
  runs: readonly RunSummary[],
  anchor: (run: RunSummary) => string | undefined,
): Markup =>
  html`<figure>
      <figcaption>Time on a logarithmic scale.</figcaption>
      ${outcomeLegend()} ${historyChart(id, runs)}
    </figure>
    ${table({
      caption: 'Runs, the latest first',
      columns: [
        'Started',
        'Mode',
        'Ended',
        'Took',
        'Written',
        'Moved',
        'Deleted',
        'Failed',
        'Requests',
        'Retries',
        'Rate-limited',
      ],
      words: 3,
      rows: runs.map((run) => {
        const to = anchor(run);
        return [
          to === undefined ? moment(run.startedAt) : html`<a href="#${to}">${moment(run.startedAt)}</a>`,
          run.mode,
          html`<span class="outcome ${outcomeOf(run)}">${outcomeText(run)}</span>`,
          tookText(durationOf(run)),
          sum(run, 'written'),
          sum(run, 'moved'),
          sum(run, 'deleted'),
          humanCount(run.failedCount),
          humanCount(run.requests),
          humanCount(run.retries),
          humanCount(run.rateLimited),
        ];
      }),
    })}`;
