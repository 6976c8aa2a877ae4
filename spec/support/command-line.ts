import type { World } from '../../lib/cli/cli.js';
import { runCommandLine } from '../../lib/cli/run-command-line.js';
import type { Sandbox } from '../../lib/sandbox/index.js';
import { fakeTerminal } from './terminal.js';

export interface CommandRun {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface CommandOptions {
  readonly env?: Readonly<Record<string, string>>;
  readonly configFile?: string;
  /** Told of what goes to stdout, at once. */
  readonly onOut?: (text: string) => void;
}

/** Address and credentials of a sandbox, as a user would set them. */
export const environmentOf = (sandbox: Sandbox, url = sandbox.url): Record<string, string> => ({
  CONFLUENCE_URL: url,
  CONFLUENCE_EMAIL: sandbox.credentials.email,
  CONFLUENCE_API_TOKEN: sandbox.credentials.apiToken,
});

/** Runs the command line in this process, with an environment and a terminal of its own. */
export const runCommand = async (
  args: readonly string[],
  { env = {}, configFile, onOut }: CommandOptions = {},
): Promise<CommandRun> => {
  const output = { code: 0, stdout: '', stderr: '' };
  const world: World = {
    env,
    cwd: '/nowhere',
    terminal: {
      ...fakeTerminal(),
      out: (text) => {
        output.stdout += text;
        onOut?.(text);
      },
      err: (text) => {
        output.stderr += text;
      },
    },
    outFailure: () => Promise.resolve(undefined),
    exitCode: () => output.code,
    setExitCode: (code) => {
      output.code = code;
    },
  };
  await runCommandLine(configFile === undefined ? args : [...args, '--config', configFile], world);
  return output;
};
