import path from 'node:path';
import { OptionsError } from '../../errors/options-error.js';
import type { ReportFrame } from '../../report/html/header.js';
import { type IndexEntry, indexPage } from '../../report/html/index-page.js';
import { mirrorPage } from '../../report/html/mirror-page.js';
import { type ReportData, readReport } from '../../report/read-report.js';
import { type InnerMirror, mirrorsIn } from '../../store/mirrors-in.js';
import { writeReport } from '../../store/report-file.js';
import { version } from '../../version.js';
import type { Cli } from '../cli.js';
import { inFlags, resultInFlags } from '../name-flags.js';
import { openInBrowser } from '../open-in-browser.js';
import { printable } from '../../core/printable.js';
import { exitCodeOf } from '../report-error.js';
import { worseExit } from '../worse-exit.js';
import type { ReportFlags } from './report-command.js';

const checkRuns = (runs: number): void => {
  if (!Number.isInteger(runs) || runs < 1) throw new OptionsError('runs', runs, 'be a whole number from 1');
};

/** What the library says of options in the words of the command. */
const dataInFlags = (data: ReportData): ReportData => ({
  ...data,
  status: resultInFlags(data.status),
  runs: data.runs.map((run) => ({ ...resultInFlags(run), ...(run.error && { error: inFlags(run.error) }) })),
});

const frameOf = (dir: string): ReportFrame => ({
  dir,
  madeAt: new Date().toISOString(),
  version: version(),
});

interface Report {
  readonly file: string;
  readonly data: ReportData;
}

const reportOn = async (dir: string, runs: number): Promise<Report> => {
  const data = dataInFlags(await readReport(dir, runs, Date.now));
  return { data, file: await writeReport(dir, await mirrorPage(data, frameOf(dir))) };
};

/** Makes the report of each of several mirrors; what fails with one does not keep the others from theirs. */
const reportOnEach = async (
  mirrors: readonly InnerMirror[],
  { dir, runs }: ReportFlags,
  { terminal, errors, exitCode, setExitCode }: Cli,
): Promise<string> => {
  const entries: IndexEntry[] = [];
  for (const { dir: each, refusal } of mirrors) {
    const name = path.basename(each);
    try {
      if (refusal !== undefined) throw refusal;
      entries.push({ name, data: (await reportOn(each, runs)).data });
    } catch (error) {
      entries.push({ name, data: undefined });
      terminal.err(`${printable(each)}:\n`);
      errors.tell(error);
      setExitCode(worseExit(exitCode(), exitCodeOf(error)));
    }
  }
  return writeReport(dir, await indexPage(entries, frameOf(dir)));
};

/** Makes the report of a mirror, or of several, and tells where it is. */
export const report = async (flags: ReportFlags, cli: Cli): Promise<void> => {
  checkRuns(flags.runs);
  const { inner } = await mirrorsIn(flags.dir);
  const file =
    inner.length === 0 ? (await reportOn(flags.dir, flags.runs)).file : await reportOnEach(inner, flags, cli);
  cli.terminal.out(`${file}\n`);
  if (!flags.open) return;
  const failure = await openInBrowser(path.resolve(cli.cwd, file), cli.env);
  if (failure !== undefined)
    cli.terminal.err(`No browser could be opened (${failure}): open ${printable(file)} yourself.\n`);
};
