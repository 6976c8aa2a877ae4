import { lastValueFrom } from 'rxjs';
import { EXIT } from '../../errors/rxsync-error.js';
import { compareRemote$ } from '../../pull/compare-remote.js';
import { verifyMirror } from '../../store/verify-mirror.js';
import type { Cli } from '../cli.js';
import { inFlags, resultInFlags } from '../name-flags.js';
import { printable } from '../../core/printable.js';
import { openWiki } from '../open-wiki.js';
import { differenceCount, isUncertain, type VerifyResult, verifyText } from '../render/verify-text.js';
import { eachMirror } from './each-mirror.js';
import type { VerifyFlags } from './verify-command.js';

const verifyOne = async (dir: string, flags: VerifyFlags, cli: Cli): Promise<VerifyResult> => {
  const local = resultInFlags(await verifyMirror(dir, Date.now));
  if (!flags.remote) return local;
  const wiki = await openWiki(flags, cli);
  try {
    const remote$ = compareRemote$({ dir, allowHttp: flags.allowHttp, ...wiki.connection });
    const remote = await lastValueFrom(remote$);
    return { ...local, remote: { ...remote, incomplete: remote.incomplete.map(inFlags) } };
  } finally {
    await wiki.close();
  }
};

/** Verifies a mirror, or each of several, and shows what it finds. */
export const verify = (flags: VerifyFlags, cli: Cli): Promise<void> =>
  eachMirror(flags, cli, async (dir, isAlone) => {
    const result = await verifyOne(dir, flags, cli);
    const isWhole = differenceCount(result) === 0 && !isUncertain(result);
    const text = `${isAlone ? '' : `${printable(dir)}: `}${verifyText(result)}`;
    return { result, text, exitCode: isWhole ? EXIT.complete : EXIT.partial };
  });
