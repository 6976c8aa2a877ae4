import { scaleLinear } from 'd3-scale';
import { area, curveStepBefore, line } from 'd3-shape';
import { html } from 'hono/html';
import { humanDuration } from '../../core/human.js';
import type { Hold } from '../../events/run-summary.js';
import type { Rates } from '../rates.js';
import { type Markup, percent, rate } from './markup.js';

/** One line of a chart. */
interface Series {
  readonly name: string;
  readonly of: (rates: Rates) => number;
}

interface TimeChart {
  /** No other chart of the page has it. */
  readonly id: string;
  readonly title: string;
  readonly series: readonly Series[];
  readonly rates: readonly Rates[];
  readonly holds: readonly Hold[];
}

/** Where the plot begins and ends, in percent of the height; times stand below. */
const TOP = 12;
const BOTTOM = 86;

/** The start of the first part stands for itself, as a step goes back from the end of a part. */
const pointsOf = (rates: readonly Rates[], of: Series['of']): [ms: number, value: number][] => {
  const [first] = rates;
  return first === undefined
    ? []
    : [[first.fromMs, of(first)], ...rates.map((each): [number, number] => [each.toMs, of(each)])];
};

const describe = ({ series, rates }: TimeChart): string =>
  series
    .map(({ name, of }) => {
      const highest = rates.reduce((a, b) => (of(b) > of(a) ? b : a));
      return `${name}: at most ${rate(of(highest))}, at ${humanDuration(highest.toMs)}.`;
    })
    .join(' ');

/** What is drawn over the lines, so that pointing at a part tells its numbers. */
const pointers = ({ series, rates }: TimeChart, x: (ms: number) => number): Markup[] =>
  rates.map(
    (each) =>
      html`<rect
        class="pointer"
        x="${percent(x(each.fromMs))}"
        width="${percent(x(each.toMs) - x(each.fromMs))}"
        height="${percent(BOTTOM)}"
      >
        <title>
          ${humanDuration(each.fromMs)} to ${humanDuration(each.toMs)}:
          ${series.map(({ name, of }) => `${name} ${rate(of(each))}`).join(', ')}
        </title>
      </rect>`,
  );

const bands = (holds: readonly Hold[], x: (ms: number) => number, endMs: number): Markup[] =>
  holds
    .filter(({ atMs }) => atMs < endMs)
    .map(({ atMs, untilMs }) => {
      const width = Math.max(0.3, x(Math.min(untilMs, endMs)) - x(atMs));
      return html`<rect
        class="hold"
        x="${percent(x(atMs))}"
        width="${percent(width)}"
        height="${percent(BOTTOM)}"
      />`;
    });

const ANCHORS = ['start', 'middle', 'end'] as const;

const timeAxis = (endMs: number): Markup[] =>
  ANCHORS.map(
    (anchor, i) =>
      html`<text x="${percent(i * 50)}" y="100%" dy="-4" text-anchor="${anchor}">
        ${humanDuration((endMs * i) / 2)}
      </text>`,
  );

/** A chart of what happened over the time of a run, with bands where requests were held. */
export const timeChart = (chart: TimeChart): Markup => {
  const { id, title, series, rates, holds } = chart;
  const endMs = rates.at(-1)?.toMs ?? 1;
  const highest = Math.max(1, ...rates.flatMap((each) => series.map(({ of }) => of(each))));
  const x = scaleLinear().domain([0, endMs]).range([0, 100]);
  const y = scaleLinear().domain([0, highest]).nice(3).range([BOTTOM, TOP]);
  const lineOf = line()
    .x(([ms]) => x(ms))
    .y(([, value]) => y(value))
    .curve(curveStepBefore)
    .digits(2);
  const areaOf = area()
    .x(([ms]) => x(ms))
    .y0(BOTTOM)
    .y1(([, value]) => y(value))
    .curve(curveStepBefore)
    .digits(2);
  return html`<svg class="plot" role="img" aria-labelledby="${id}-title ${id}-text">
    <title id="${id}-title">${title}</title>
    <desc id="${id}-text">${describe(chart)}</desc>
    ${bands(holds, x, endMs)}
    ${y
      .ticks(3)
      .map(
        (tick) =>
          html`<line class="grid" x2="100%" y1="${percent(y(tick))}" y2="${percent(y(tick))}" />
            <text y="${percent(y(tick))}" dy="-3">${tick}</text>`,
      )}
    <svg viewBox="0 0 100 100" preserveAspectRatio="none">
      ${series.map(({ of }, i) => {
        const points = pointsOf(rates, of);
        return html`${i === 0 ? html`<path class="area" d="${areaOf(points)}" />` : ''}
          <path class="line series-${i}" d="${lineOf(points)}" />`;
      })}
    </svg>
    ${timeAxis(endMs)} ${pointers(chart, x)}
  </svg>`;
};

/** Which line is which. */
export const legend = (names: readonly string[], hasHolds: boolean): Markup =>
  html`<ul class="legend">
    ${names.map(
      (name, i) =>
        html`<li>
          <svg aria-hidden="true" viewBox="0 0 24 8"><path class="line series-${i}" d="M0 4H24" /></svg>
          ${name}
        </li>`,
    )}
    ${
      hasHolds
        ? html`<li>
            <svg aria-hidden="true" viewBox="0 0 24 8">
              <rect class="hold" width="24" height="8" />
            </svg>
            requests held
          </li>`
        : ''
    }
  </ul>`;
