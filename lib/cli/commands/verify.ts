import { verify as verifyMirror, type VerifyResult } from '../../pull/verify.js';
import type { Cli } from '../cli.js';
import { inFlags, resultInFlags } from '../name-flags.js';
import { printable } from '../../core/printable.js';
import { openWiki } from '../open-wiki.js';
import { verifyText } from '../render/verify-text.js';
import { eachMirror } from './each-mirror.js';
import type { VerifyFlags } from './verify-command.js';

const verifyOne = async (dir: string, flags: VerifyFlags, cli: Cli): Promise<VerifyResult> => {
  if (!flags.remote) return verifyMirror(dir);
  const wiki = await openWiki(flags, cli);
  try {
    return await verifyMirror(dir, { remote: { ...wiki.connection, allowHttp: flags.allowHttp } });
  } finally {
    await wiki.close();
  }
};

const verifiedInFlags = (result: VerifyResult): VerifyResult => ({
  ...resultInFlags(result),
  ...(result.remote && {
    remote: { ...result.remote, incomplete: result.remote.incomplete.map(inFlags) },
  }),
});

/** Verifies a mirror, or each of several, and shows what it finds. */
export const verify = (flags: VerifyFlags, cli: Cli): Promise<void> =>
  eachMirror(flags, cli, async (dir, isAlone) => {
    const result = verifiedInFlags(await verifyOne(dir, flags, cli));
    const text = `${isAlone ? '' : `${printable(dir)}: `}${verifyText(result)}`;
    return { result, text, exitCode: result.exitCode };
  });
