import { html, raw } from 'hono/html';
import { humanBytes, humanCount } from '../../core/human.js';
import { LABELS } from '../../core/kind-labels.js';
import { KINDS } from '../../core/kinds.js';
import { relativeHref } from '../../core/relative-href.js';
import type { RunSummary } from '../../events/run-summary.js';
import { REPORT_PATH } from '../../store/report-file.js';
import type { ReportData } from '../read-report.js';
import type { Shelf } from './changes.js';
import { document } from './document.js';
import { cure, failures } from './failures.js';
import { header, type ReportFrame } from './header.js';
import { history } from './history.js';
import { foreign, type Markup, moment } from './markup.js';
import { runSection } from './run-section.js';
import { treeMap } from './tree-map.js';
import { outcomeOf, outcomeText } from './words.js';

/** How large the sections of the earlier runs may be in all, in characters: a report stays below a megabyte. */
const EARLIER_RUNS = 500_000;

const tile = (name: string, value: Markup | string): Markup =>
  html`<div>
    <dt>${name}</dt>
    <dd>${value}</dd>
  </div>`;

const now = ({ status, sizes, runs }: ReportData): Markup => {
  const { lastSync, failedCount, checkpoint, running, kinds } = status;
  const [latest] = runs;
  return html`<h2 id="now">The mirror now</h2>
    <dl>
      ${tile('Last complete pull', lastSync === null ? 'none yet' : moment(lastSync))}
      ${
        latest
          ? tile('Last run', html`<span class="outcome ${outcomeOf(latest)}">${outcomeText(latest)}</span>`)
          : ''
      }
      ${KINDS.filter((kind) => kinds[kind].items > 0).map((kind) =>
        tile(LABELS[kind], humanCount(kinds[kind].items)),
      )}
      ${tile('size on disk', humanBytes(sizes.bytes))}
      ${tile('failed items', failedCount > 0 ? html`<span class="bad">${humanCount(failedCount)}</span>` : '0')}
    </dl>
    ${running ? html`<p>A pull has been at work since ${moment(running.startedAt)}.</p>` : ''}
    ${
      checkpoint !== null && !running
        ? html`<p>
            The run of ${moment(checkpoint.startedAt)} was interrupted: the next pull goes on with it.
          </p>`
        : ''
    }
    ${
      status.lostState
        ? html`<div class="failures">
            <p>${foreign(status.lostState.message)}</p>
            ${cure(status.lostState.hint)}
          </div>`
        : ''
    }`;
};

const idOf = (i: number): string => `run-${i + 1}`;

/** The sections of the earlier runs, as many as there is room for. */
const earlierRuns = async (runs: readonly RunSummary[], shelf: Shelf): Promise<readonly string[]> => {
  const sections: string[] = [];
  let room = EARLIER_RUNS;
  for (const [i, run] of runs.entries()) {
    if (i === 0) continue;
    const section = await html`<details class="run">
      <summary>${moment(run.startedAt)}, ${outcomeText(run)}</summary>
      <section id="${idOf(i)}" aria-label="Run of ${run.startedAt}">
        <h3>What failed</h3>
        ${failures(run, shelf)} ${runSection(idOf(i), run, shelf)}
      </section>
    </details>`;
    room -= section.toString().length;
    if (room < 0) break;
    sections.push(section.toString());
  }
  return sections;
};

const earlier = (sections: readonly string[], runs: readonly RunSummary[]): Markup | '' =>
  runs.length < 2
    ? ''
    : html`<h3>Earlier runs</h3>
        ${sections.map((section) => raw(section))}
        ${
          sections.length < runs.length - 1
            ? html`<p class="more">The runs before are left out, so that this page stays small.</p>`
            : ''
        }`;

/** The report of one mirror, as a page for its own folder. */
export const mirrorPage = async (data: ReportData, frame: ReportFrame): Promise<string> => {
  const { status, runs, damaged, sizes, items } = data;
  const { space } = status.scope ?? { space: frame.dir };
  const href = (path: string): string => relativeHref(REPORT_PATH, path);
  const shelf: Shelf = { items, href };
  const sections = await earlierRuns(runs, shelf);
  const [latest] = runs;
  const anchor = (run: RunSummary): string | undefined =>
    runs.indexOf(run) <= sections.length ? idOf(runs.indexOf(run)) : undefined;
  const name = status.spaceName === undefined ? '' : html` ${foreign(status.spaceName)}`;
  return document({
    title: `${space}: rxsync report`,
    header: html`${header(html`${foreign(space)}${name}`, frame, status.scope?.site)}
      <nav aria-label="Sections">
        <ul>
          ${[
            ['now', 'The mirror now'],
            ['failed', 'What failed'],
            ...(latest ? [[idOf(0), 'The last run']] : []),
            ['size', 'By size'],
            ['history', 'History'],
          ].map(([id = '', text = '']) => html`<li><a href="#${id}">${text}</a></li>`)}
        </ul>
      </nav>`,
    main: html`${now(data)}
      <h2 id="failed">What failed, and what mends it</h2>
      ${failures(status, shelf)}
      ${
        latest
          ? html`<h2 id="${idOf(0)}">The last run: ${moment(latest.startedAt)}</h2>
              ${runSection(idOf(0), latest, shelf)}`
          : ''
      }
      <h2 id="size">The mirror by size</h2>
      ${treeMap('size-map', sizes, href)}
      <h2 id="history">History of runs</h2>
      ${
        runs.length > 0
          ? history('history-chart', runs, anchor)
          : html`<p>No run has been kept yet: the next pull is the first.</p>`
      }
      ${damaged > 0 ? html`<p>${damaged} more cannot be read.</p>` : ''} ${earlier(sections, runs)}`,
  });
};
