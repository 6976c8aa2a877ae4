import { html } from 'hono/html';

/** A piece of a page: what `html` makes of a template, whose values it escapes. */
export type Markup = ReturnType<typeof html>;

/** A text that others have written, in whatever direction. */
export const foreign = (text: string): Markup => html`<bdi>${text}</bdi>`;

/** A moment, from ISO 8601. */
export const moment = (iso: string): Markup =>
  html`<time datetime="${iso}">${iso.slice(0, 16).replace('T', ' ')} UTC</time>`;

/** A share of 100 as SVG has it. */
export const percent = (share: number): string => `${Math.round(share * 100) / 100}%`;

/** A rate for people: `0.4`, `12`. */
export const rate = (perSecond: number): string =>
  String(Number(perSecond.toFixed(perSecond >= 9.95 ? 0 : 1)));

/** A latency for people: `85 ms`, `1.2 s`. */
export const latency = (ms: number): string =>
  ms < 1000 ? `${ms} ms` : `${Number((ms / 1000).toFixed(1))} s`;

interface Table {
  /** What it shows; read out before it. */
  readonly caption: string;
  readonly columns: readonly string[];
  /** How many of the columns are words; numbers follow. @default 1 */
  readonly words?: number;
  /** The first cell of each row names it. */
  readonly rows: readonly (readonly (string | number | Markup)[])[];
}

/** A table that can be scrolled sideways, by keys, too, where it is wider than the page. */
export const table = ({ caption, columns, words = 1, rows }: Table): Markup =>
  html`<div class="scroll" role="region" aria-label="${caption}" tabindex="0">
    <table>
      <caption>
        ${caption}
      </caption>
      <thead>
        <tr>
          ${columns.map((column, i) => html`<th scope="col" class="${i < words ? 'word' : ''}">${column}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${rows.map(
          ([name = '', ...cells]) =>
            html`<tr>
              <th scope="row" class="word">${name}</th>
              ${cells.map((cell, i) => html`<td class="${i + 1 < words ? 'word' : ''}">${cell}</td>`)}
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;

/** The table that says what a chart shows. */
export const tableBehind = (content: Table): Markup =>
  html`<details>
    <summary>As a table</summary>
    ${table(content)}
  </details>`;
