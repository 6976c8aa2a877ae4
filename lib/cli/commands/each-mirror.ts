import { jsonLine } from '../../core/json-line.js';
import { mirrorsIn } from '../../store/mirrors-in.js';
import type { Cli } from '../cli.js';
import { fitOut } from '../fit.js';
import { printable } from '../../core/printable.js';
import { exitCodeOf } from '../report-error.js';
import { worseExit } from '../worse-exit.js';

/** What a command has found of one mirror. */
export interface Finding {
  readonly result: object;
  readonly text: string;
  readonly exitCode: number;
}

export interface EachMirrorOptions {
  readonly dir: string;
  /** Results as one object in place of texts. */
  readonly json: boolean;
}

/**
 * Shows what `examine` finds: of the mirror in `dir`, or of each of the mirrors in it, one after another, as
 * `{ "mirrors": [{ "dir": …, … }] }`. What fails with one of several is told and does not keep the others from being shown; the exit
 * code is the worst.
 */
export const eachMirror = async (
  { dir, json }: EachMirrorOptions,
  { terminal, errors, exitCode, setExitCode }: Cli,
  examine: (dir: string, isAlone: boolean) => Promise<Finding>,
): Promise<void> => {
  const { inner } = await mirrorsIn(dir);
  if (inner.length === 0) {
    const { result, text, exitCode: code } = await examine(dir, true);
    terminal.out(json ? jsonLine(result) : `${fitOut(text, terminal)}\n`);
    setExitCode(worseExit(exitCode(), code));
    return;
  }
  const results: object[] = [];
  for (const each of inner) {
    try {
      if (each.refusal !== undefined) throw each.refusal;
      const { result, text, exitCode: code } = await examine(each.dir, false);
      results.push({ dir: each.dir, ...result });
      if (!json) terminal.out(`${results.length > 1 ? '\n' : ''}${fitOut(text, terminal)}\n`);
      setExitCode(worseExit(exitCode(), code));
    } catch (error) {
      results.push({ dir: each.dir, ...errors.describe(error) });
      terminal.err(`${printable(each.dir)}:\n`);
      errors.tell(error);
      setExitCode(worseExit(exitCode(), exitCodeOf(error)));
    }
  }
  if (json) terminal.out(jsonLine({ mirrors: results }));
};
