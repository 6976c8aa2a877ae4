import { jsonLine } from '../../core/json-line.js';
import { mirrorStatus } from '../../store/mirror-status.js';
import type { Cli } from '../cli.js';
import { statusText } from '../render/status-text.js';
import type { StatusFlags } from './status-command.js';

/** Shows what is mirrored. */
export const showStatus = async ({ dir, json }: StatusFlags, { terminal }: Cli): Promise<void> => {
  const status = await mirrorStatus(dir, Date.now);
  terminal.out(json ? jsonLine(status) : `${statusText(status, dir)}\n`);
};
