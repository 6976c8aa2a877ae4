import { html } from 'hono/html';
import { humanBytes, humanCount, quantity } from '../../core/human.js';
import { relativeHref } from '../../core/relative-href.js';
import { REPORT_PATH } from '../../store/report-file.js';
import type { ReportData } from '../read-report.js';
import { document } from './document.js';
import { header, type ReportFrame } from './header.js';
import { foreign, type Markup, moment, table } from './markup.js';
import { outcomeOf, outcomeText } from './words.js';

/** One of several mirrors. */
export interface IndexEntry {
  /** Its folder, relative to that of all of them. */
  readonly name: string;
  /** Undefined when it cannot be told of. */
  readonly data: ReportData | undefined;
}

type Row = readonly (string | Markup)[];

const rowOf = ({ name, data }: IndexEntry): Row => {
  if (data === undefined) return [foreign(name), html`<span class="bad">cannot be read</span>`];
  const { status, sizes, runs } = data;
  const [latest] = runs;
  const { page, blogpost, attachment } = status.kinds;
  return [
    html`<a href="${relativeHref(REPORT_PATH, `${name}/${REPORT_PATH}`)}">${foreign(name)}</a>`,
    latest ? html`<span class="outcome ${outcomeOf(latest)}">${outcomeText(latest)}</span>` : 'none is kept',
    status.lastSync === null ? 'none yet' : moment(status.lastSync),
    humanCount(page.items + blogpost.items),
    humanCount(attachment.items),
    humanBytes(sizes.bytes),
    humanCount(status.failedCount),
  ];
};

/** A page that leads to the reports of the mirrors in a folder. */
export const indexPage = (entries: readonly IndexEntry[], frame: ReportFrame): Promise<string> =>
  document({
    title: `${frame.dir}: rxsync report`,
    header: header(quantity(entries.length, 'mirror'), frame),
    main: table({
      caption: 'Each mirror has a report of its own.',
      columns: ['Mirror', 'Last run', 'Last complete pull', 'Pages', 'Attachments', 'Size', 'Failed items'],
      words: 3,
      rows: entries.map(rowOf),
    }),
  });
