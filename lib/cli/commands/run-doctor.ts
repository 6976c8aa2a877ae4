import { jsonLine } from '../../core/json-line.js';
import { answerTo } from '../../doctor/answer.js';
import { type Connection, diagnose, type DiagnoseOptions, type Diagnosis } from '../../doctor/doctor.js';
import { followFindings } from '../../doctor/doctor-promise.js';
import type { Finding } from '../../doctor/finding.js';
import { defer } from 'rxjs';
import type { Cli } from '../cli.js';
import { fitOut } from '../fit.js';
import { connectionFrom } from '../connection.js';
import { humanBytes } from '../../core/human.js';
import { printable } from '../../core/printable.js';
import { listOf } from '../list-of.js';
import { inFlags } from '../name-flags.js';
import { diagnosisText, findingText } from '../render/doctor-text.js';
import { styleFor } from '../render/style.js';
import { spaceKey } from '../space-key.js';
import type { DoctorFlags } from './doctor-command.js';
import { eachMirror } from './each-mirror.js';
import { type PullTarget, pullTargets } from './pull-targets.js';

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

/** Where a pull would go; the folder itself, where it cannot be read: a finding says so. */
const placesOf = async ({ dir, space }: DiagnoseOptions): Promise<readonly PullTarget[]> => {
  const answer = await answerTo(defer(() => pullTargets(dir, space === undefined ? [] : [space])));
  return 'error' in answer ? [{ dir }] : answer.value.filter((place) => 'dir' in place);
};

const examine = async (options: DiagnoseOptions, tell: (finding: Finding) => void): Promise<Diagnosis> => {
  const told = await followFindings(diagnose(options), { onFinding: (finding) => tell(inFlags(finding)) });
  return { ...told, checks: told.checks.map(inFlags) };
};

/**
 * Checks everything that a pull needs and tells what it finds, of one mirror line by line, of several in a folder each; exits
 * as a pull would.
 */
export const runDoctor = async (flags: DoctorFlags, cli: Cli): Promise<void> => {
  const { env, terminal, setExitCode } = cli;
  const style = styleFor({ isTty: terminal.isOutTty, color: flags.color, env });
  const options = await optionsFrom(flags, env);
  const places = await placesOf(options);
  const [only = { dir: flags.dir }] = places;
  if (options.space === undefined && only.dir !== flags.dir) {
    await eachMirror(flags, cli, async (dir) => {
      const lines = [`${printable(dir)}:`];
      const place = places.find((each) => each.dir === dir);
      const result = await examine({ ...options, ...place, dir }, (finding) =>
        lines.push(findingText(finding, style)),
      );
      const text = [...lines, diagnosisText(result)].join('\n');
      return { result, text, exitCode: result.exitCode };
    });
    return;
  }
  const write = (text: string): void => terminal.out(`${fitOut(text, terminal)}\n`);
  const diagnosis = await examine({ ...options, dir: only.dir }, (finding) => {
    if (!flags.json) write(findingText(finding, style));
  });
  if (flags.json) terminal.out(jsonLine(diagnosis));
  else write(diagnosisText(diagnosis));
  setExitCode(diagnosis.exitCode);
};
