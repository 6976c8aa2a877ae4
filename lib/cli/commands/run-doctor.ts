import { jsonLine } from '../../core/json-line.js';
import { answerTo } from '../../doctor/answer.js';
import { type Connection, diagnose, type DiagnoseOptions } from '../../doctor/doctor.js';
import { followFindings } from '../../doctor/doctor-promise.js';
import { defer } from 'rxjs';
import type { Cli } from '../cli.js';
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

const optionsFrom = async (flags: DoctorFlags, env: Environment): Promise<DiagnoseOptions> => {
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
  const told = await followFindings(diagnose(await optionsFrom(flags, env)), {
    onFinding: (finding) => {
      if (!flags.json) terminal.out(`${findingText(inFlags(finding), style)}\n`);
    },
  });
  const diagnosis = { ...told, checks: told.checks.map(inFlags) };
  terminal.out(flags.json ? jsonLine(diagnosis) : `${diagnosisText(diagnosis)}\n`);
  setExitCode(diagnosis.exitCode);
};
