import path from 'node:path';
import { ReplaySubject } from 'rxjs';
import { EXIT, STOP_EXIT } from '../../errors/rxsync-error.js';
import { OptionsError } from '../../errors/options-error.js';
import { runWorker } from '../../fleet/run-worker.js';
import { serverOf } from '../../fleet/server.js';
import { printable } from '../../core/printable.js';
import { spaceFolder } from '../../store/space-folder.js';
import type { Cli } from '../cli.js';
import { stopSignals } from '../stop-signals.js';
import type { FleetWorkerFlags } from './fleet-command.js';

/** Pulls for the fleet until a signal comes; a second one ends it at once. */
export const runFleetWorker = async (flags: FleetWorkerFlags, cli: Cli): Promise<void> => {
  const { env, cwd, terminal } = cli;
  const { tenants, name, mirrors } = flags;
  if (!Number.isInteger(tenants) || tenants < 1)
    throw new OptionsError('tenants', tenants, 'be a whole number from 1');
  const signals = stopSignals();
  const stop$ = new ReplaySubject<string>(1);
  signals.stop$.subscribe(stop$);
  // Nothing else ends what the engine's packages have begun.
  signals.abort$.subscribe((signal) => process.exit(STOP_EXIT[signal] ?? EXIT.failed));
  try {
    await runWorker({
      server: serverOf(flags, env),
      env,
      mirrors: path.resolve(cwd, mirrors),
      folderOf: spaceFolder,
      tenants,
      name,
      stop$,
      tell: (line) => terminal.err(`${new Date().toISOString()} ${printable(line)}\n`),
    });
  } finally {
    signals.dispose();
  }
};
