import { html } from 'hono/html';
import { foreign, type Markup, moment } from './markup.js';

/** Where and by whom a report is made. */
export interface ReportFrame {
  /** The folder, as its user named it. */
  readonly dir: string;
  /** ISO 8601. */
  readonly madeAt: string;
  readonly version: string;
}

/** The head of a page. */
export const header = (
  title: Markup | string,
  { dir, madeAt, version }: ReportFrame,
  site?: string,
): Markup =>
  html`<h1>${title}</h1>
    <p class="faint">
      ${site === undefined ? '' : html`Mirror of ${foreign(site)} in `}<code>${foreign(dir)}</code>. Report of
      ${moment(madeAt)}, by rxsync ${version}.
    </p>`;
