import { jsonLine } from '../../core/json-line.js';
import { answerTo } from '../../doctor/answer.js';
import { type Connection, diagnose, type DoctorOptions } from '../../doctor/doctor.js';
import { defer } from 'rxjs';
import type { Cli } from '../cli.js';
import { fitOut } from '../fit.js';
import { connectionFrom } from '../connection.js';
import { humanBytes } from '../../core/human.js';
import { listOf } from '../list-of.js';
import { inFlags } from '../name-flags.js';
import { diagnosisText, findingText } from '../render/doctor-text.js';
import { styleFor } from '../render/style.js';
import { spaceKey } from '../space-key.js';
import type { DoctorFlags } from './doctor-command.js';

type Environment = Cli['env'];

/** The proxy that the environment names for https; its credentials stay out of sight. */
const proxyIn = ({ HTTPS_PROXY, https_proxy = HTTPS_PROXY }: Environment): string | undefined =>
  https_proxy !== undefined && URL.canParse(https_proxy) ? new URL(https_proxy).origin : undefined;

const optionsFrom = async (flags: DoctorFlags, env: Environment): Promise<DoctorOptions> => {
  const { dir, space, allowHttp, mediaHost } = flags;
  const connection = await answerTo<Connection>(
    defer(async () => ({
      ...(await connectionFrom(flags, env)),
      allowHttp,
      ...(mediaHost && { mediaHosts: listOf(mediaHost) }),
    })),
  );
  const url = 'value' in connection ? connection.value.url : '';
  const proxy = proxyIn(env);
  return {
    dir,
    connection,
    humanBytes,
    ...(space !== undefined && { space: spaceKey(space, url) }),
    ...(proxy !== undefined && { proxy }),
  };
};

/** Checks everything that a pull needs and tells what it finds; exits as a pull would. */
export const runDoctor = async (flags: DoctorFlags, { env, terminal, setExitCode }: Cli): Promise<void> => {
  const style = styleFor({ isTty: terminal.isOutTty, color: flags.color, env });
  const findings = diagnose(await optionsFrom(flags, env));
  for (;;) {
    const next = await findings.next();
    if (next.done === true) {
      const diagnosis = { ...next.value, checks: next.value.checks.map(inFlags) };
      terminal.out(flags.json ? jsonLine(diagnosis) : `${fitOut(diagnosisText(diagnosis), terminal)}\n`);
      setExitCode(diagnosis.exitCode);
      return;
    }
    if (!flags.json) terminal.out(`${fitOut(findingText(inFlags(next.value), style), terminal)}\n`);
  }
};
