import { html } from 'hono/html';
import { humanBytes, humanCount, humanDuration, quantity } from '../../core/human.js';
import type { RunSummary } from '../../events/run-summary.js';
import { ratesOf } from '../rates.js';
import { changes, type Shelf } from './changes.js';
import { cure } from './failures.js';
import { latencyChart } from './latency-chart.js';
import { foreign, type Markup, rate, table, tableBehind } from './markup.js';
import { legend, timeChart } from './time-chart.js';
import { durationOf, outcomeOf, outcomeText, tookText } from './words.js';

const facts = (run: RunSummary): Markup =>
  html`<p>
      <span class="outcome ${outcomeOf(run)}">${outcomeText(run)}</span>
      after ${tookText(durationOf(run))}; ${run.mode}, ${quantity(run.requests, 'request')},
      ${humanBytes(run.bytes)} written, exit code ${run.exitCode}.
    </p>
    ${
      run.error
        ? html`<div class="failures">
            <p>${foreign(run.error.message)}</p>
            ${run.error.hint === undefined ? '' : cure(run.error.hint)}
          </div>`
        : ''
    }`;

const overTime = (id: string, { samples, holds }: RunSummary): Markup => {
  const rates = ratesOf(samples);
  if (rates.length === 0) return html`<p>It ended before there was anything to measure.</p>`;
  const written = [
    { name: 'pages', of: (each: (typeof rates)[number]) => each.pages },
    { name: 'attachments', of: (each: (typeof rates)[number]) => each.attachments },
  ];
  const asked = [
    { name: 'requests', of: (each: (typeof rates)[number]) => each.requests },
    { name: 'retries', of: (each: (typeof rates)[number]) => each.retries },
  ];
  const cap = [{ name: 'cap', of: (each: (typeof rates)[number]) => each.cap }];
  const hasHolds = holds.length > 0;
  const panel = (name: string, title: string, series: typeof cap): Markup =>
    html`<h4>${title}</h4>
      ${legend(series.length > 1 ? series.map((each) => each.name) : [], hasHolds)}
      ${timeChart({ id: `${id}-${name}`, title, series, rates, holds })}`;
  return html`<figure>
    ${panel('written', 'Written a second', written)} ${panel('asked', 'Requests a second', asked)}
    ${panel('cap', 'Cap: API requests allowed in flight', cap)}
    ${tableBehind({
      caption: 'The run over time',
      columns: ['Until', 'Pages/s', 'Attachments/s', 'Requests/s', 'Retries/s', 'Cap'],
      rows: rates.map(({ toMs, pages, attachments, requests, retries, cap: limit }) => [
        humanDuration(toMs),
        ...[pages, attachments, requests, retries].map(rate),
        limit,
      ]),
    })}
  </figure>`;
};

const WHY: Readonly<Record<string, string>> = {
  quota: 'the hour’s quota was used up',
  'quota-reserve': 'the rest of the hour’s quota is for others',
  burst: 'too many requests at once',
  unavailable: 'the wiki was busy or down',
};

const holdTable = ({ holds, holdCount }: RunSummary): Markup =>
  holds.length === 0
    ? html`<p>No request was held.</p>`
    : html`${table({
        caption: 'Holds',
        columns: ['At', 'Requests', 'Why', 'For'],
        words: 3,
        rows: holds.map(({ atMs, untilMs, reason, lane }) => [
          humanDuration(atMs),
          lane ?? 'all',
          WHY[reason] ?? reason,
          tookText(untilMs - atMs),
        ]),
      })}
      ${holdCount > holds.length ? html`<p class="more">… and ${humanCount(holdCount - holds.length)} more</p>` : ''}`;

const retryTable = ({ retryCounts }: RunSummary): Markup =>
  retryCounts.length === 0
    ? html`<p>No request was tried again.</p>`
    : table({
        caption: 'Retries',
        columns: ['Route', 'After', 'Times'],
        words: 2,
        rows: retryCounts.map(({ lane, cause, count }) => [lane, cause, humanCount(count)]),
      });

/** What is kept of a run, but for what has failed. `id`: no other one of the page has it. */
export const runSection = (id: string, run: RunSummary, shelf: Shelf): Markup =>
  html`${facts(run)}
    <h3>Over time</h3>
    ${overTime(id, run)}
    <h3>What changed</h3>
    ${changes(run, shelf)}
    <h3>Holds and retries</h3>
    ${holdTable(run)} ${retryTable(run)}
    <h3>Latencies by route</h3>
    ${latencyChart(`${id}-latency`, run.latencies)}`;
