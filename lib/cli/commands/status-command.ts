import type { Argv } from 'yargs';
import { mirrorStatus } from '../../store/mirror-status.js';
import type { Cli } from '../cli.js';
import { statusText } from '../render/status-text.js';

/** The flags of `rxsync status`. */
export const STATUS_FLAGS = {
  json: { type: 'boolean', default: false, describe: 'one object on stdout' },
} as const;

const show = async (dir: string, json: boolean, { terminal }: Cli): Promise<void> => {
  const status = await mirrorStatus(dir, Date.now);
  terminal.out(`${json ? JSON.stringify(status) : statusText(status, dir)}\n`);
};

export const addStatusCommand = <T>(yargs: Argv<T>, cli: Cli) =>
  yargs.command(
    'status [dir]',
    'what is mirrored, last sync, open checkpoint, failed items (offline)',
    (command) =>
      command
        .positional('dir', { type: 'string', default: '.', describe: 'folder of the mirror' })
        .options(STATUS_FLAGS),
    ({ dir, json }) => show(dir, json, cli),
  );
