import { EXIT } from '../../errors/rxsync-error.js';
import { status as mirrorStatus } from '../../pull/status.js';
import type { Cli } from '../cli.js';
import { resultInFlags } from '../name-flags.js';
import { styleFor } from '../render/style.js';
import { statusText } from '../render/status-text.js';
import { eachMirror } from './each-mirror.js';
import type { StatusFlags } from './status-command.js';

/** Shows what is mirrored. */
export const showStatus = (flags: StatusFlags, cli: Cli): Promise<void> => {
  const style = styleFor({ isTty: cli.terminal.isOutTty, color: flags.color, env: cli.env });
  return eachMirror(flags, cli, async (dir) => {
    const status = resultInFlags(await mirrorStatus(dir));
    return {
      result: status,
      text: statusText(status, dir, style),
      exitCode: status.lostState ? EXIT.failed : EXIT.complete,
    };
  });
};
