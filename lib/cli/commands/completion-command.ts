import type { Argv } from 'yargs';
import { UsageError } from '../../errors/usage-error.js';
import type { Cli } from '../cli.js';
import { type Commands, completionScript, type Shell, SHELLS } from '../completion-script.js';

/** What the command is for. */
export const COMPLETION_SUMMARY = 'what bash, zsh or fish read to complete commands and flags';

const MORE = [
  'bash: echo \'eval "$(rxsync completion bash)"\' >> ~/.bashrc',
  'zsh:  rxsync completion zsh > "${fpath[1]}/_rxsync"',
  'fish: rxsync completion fish > ~/.config/fish/completions/rxsync.fish',
].join('\n');

const shellOf = (given: string | undefined): Shell => {
  const shell = SHELLS.find((each) => each === given);
  if (shell !== undefined) return shell;
  throw new UsageError(
    given === undefined
      ? 'rxsync completion needs the name of a shell: bash, zsh or fish.'
      : `rxsync completion knows the shells bash, zsh and fish, but not ${JSON.stringify(given)}.`,
  );
};

export const addCompletionCommand = <T>(yargs: Argv<T>, { terminal }: Cli, commands: Commands) =>
  yargs.command(
    'completion [shell]',
    COMPLETION_SUMMARY,
    (command) => command.positional('shell', { type: 'string', describe: SHELLS.join(', ') }).epilogue(MORE),
    ({ shell: given }) => terminal.out(completionScript(shellOf(given), commands)),
  );
