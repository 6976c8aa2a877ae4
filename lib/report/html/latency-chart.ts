import { scaleLog } from 'd3-scale';
import { html } from 'hono/html';
import { humanCount } from '../../core/human.js';
import type { LaneLatency } from '../../events/run-summary.js';
import { latency, type Markup, percent, tableBehind } from './markup.js';

/** Where the bars begin and end, in percent of the width; names stand to the left. */
const LEFT = 24;
const RIGHT = 98;
/** Height of a row, in pixels. */
const ROW = 26;

const scaleFor = (latencies: readonly LaneLatency[]) => {
  const shortest = Math.max(1, Math.min(...latencies.map(({ p50Ms }) => p50Ms)));
  const longest = Math.max(...latencies.map(({ maxMs }) => maxMs));
  const least = 10 ** Math.floor(Math.log10(shortest));
  const most = Math.max(10 * least, 10 ** Math.ceil(Math.log10(Math.max(1, longest))));
  return scaleLog().domain([least, most]).range([LEFT, RIGHT]).clamp(true);
};

const rowOf = ({ lane, p50Ms, p95Ms, maxMs }: LaneLatency, i: number, x: (ms: number) => number): Markup => {
  const middle = (i + 0.5) * ROW;
  const [half, most, all] = [x(p50Ms), x(p95Ms), x(maxMs)];
  return html`<g>
    <title>
      ${lane}: half within ${latency(p50Ms)}, 95 % within ${latency(p95Ms)}, all within ${latency(maxMs)}
    </title>
    <text y="${middle}" dy="4">${lane}</text>
    <line class="whisker" x1="${percent(most)}" x2="${percent(all)}" y1="${middle}" y2="${middle}" />
    <rect
      class="span"
      x="${percent(half)}"
      width="${percent(Math.max(0.4, most - half))}"
      y="${middle - 6}"
      height="12"
    />
    <line class="median" x1="${percent(half)}" x2="${percent(half)}" y1="${middle - 9}" y2="${middle + 9}" />
  </g>`;
};

const chart = (id: string, latencies: readonly LaneLatency[]): Markup => {
  const x = scaleFor(latencies);
  const height = ROW * latencies.length;
  const slowest = latencies.reduce((a, b) => (b.p95Ms > a.p95Ms ? b : a));
  const powers = x.ticks().filter((tick) => Number.isInteger(Math.log10(tick)));
  return html`<svg class="bars" height="${height + 22}" role="img" aria-labelledby="${id}-title ${id}-text">
    <title id="${id}-title">How long answers took, by what was asked for</title>
    <desc id="${id}-text">
      Slowest: ${slowest.lane}, half within ${latency(slowest.p50Ms)}, 95 % within ${latency(slowest.p95Ms)}.
    </desc>
    ${powers.map(
      (tick) =>
        html`<line class="grid" x1="${percent(x(tick))}" x2="${percent(x(tick))}" y2="${height}" />
          <text x="${percent(x(tick))}" y="${height + 16}" text-anchor="${x(tick) > 90 ? 'end' : 'middle'}">
            ${latency(tick)}
          </text>`,
    )}
    ${latencies.map((each, i) => rowOf(each, i, x))}
  </svg>`;
};

/** How long the answers of each lane took: half of them to 95 % of them as a bar, the slowest one as a line. */
export const latencyChart = (id: string, all: readonly LaneLatency[]): Markup => {
  const latencies = all.filter(({ answers }) => answers > 0);
  return html`<figure>
    <figcaption>
      Bars from the time within which half of the answers came to that of 95 % of them; lines to the slowest
      one.
    </figcaption>
    ${latencies.length > 0 ? chart(id, latencies) : html`<p>Nothing was answered.</p>`}
    ${tableBehind({
      caption: 'Latencies by route',
      columns: ['Route', 'Answers', 'Failures', 'Half within', '95 % within', 'All within'],
      rows: all.map(({ lane, answers, failures, p50Ms, p95Ms, maxMs }) => [
        lane,
        humanCount(answers),
        humanCount(failures),
        ...[p50Ms, p95Ms, maxMs].map((ms) => (answers > 0 ? latency(ms) : '')),
      ]),
    })}
  </figure>`;
};
