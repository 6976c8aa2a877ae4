import { jsonLine } from '../../core/json-line.js';
import { lastValueFrom } from 'rxjs';
import { EXIT } from '../../errors/rxsync-error.js';
import { compareRemote$ } from '../../pull/compare-remote.js';
import { verifyMirror } from '../../store/verify-mirror.js';
import type { Cli } from '../cli.js';
import { connectionFrom } from '../connection.js';
import { differenceCount, isUncertain, type VerifyResult, verifyText } from '../render/verify-text.js';
import type { VerifyFlags } from './verify-command.js';

const verifyOne = async (flags: VerifyFlags, { env }: Cli): Promise<VerifyResult> => {
  const { dir, allowHttp } = flags;
  const local = await verifyMirror(dir, Date.now);
  if (!flags.remote) return local;
  const connection = await connectionFrom(flags, env);
  return { ...local, remote: await lastValueFrom(compareRemote$({ dir, allowHttp, ...connection })) };
};

/** Verifies a mirror and shows what it finds. */
export const verify = async (flags: VerifyFlags, cli: Cli): Promise<void> => {
  const result = await verifyOne(flags, cli);
  cli.terminal.out(flags.json ? jsonLine(result) : `${verifyText(result)}\n`);
  if (differenceCount(result) > 0 || isUncertain(result)) cli.setExitCode(EXIT.partial);
};
