import type { Argv } from 'yargs';
import type { Cli } from '../cli.js';
import { type Commands, completionScript, SHELLS } from '../completion-script.js';

/** What the command is for. */
export const COMPLETION_SUMMARY = 'what bash, zsh or fish read to complete commands and flags';

const MORE = [
  'bash: echo \'eval "$(rxsync completion bash)"\' >> ~/.bashrc',
  'zsh:  rxsync completion zsh > "${fpath[1]}/_rxsync"',
  'fish: rxsync completion fish > ~/.config/fish/completions/rxsync.fish',
].join('\n');

export const addCompletionCommand = <T>(yargs: Argv<T>, { terminal }: Cli, commands: Commands) =>
  yargs.command(
    'completion <shell>',
    COMPLETION_SUMMARY,
    (command) =>
      command
        .positional('shell', { choices: SHELLS, demandOption: true, describe: 'for which shell' })
        .epilogue(MORE),
    ({ shell }) => terminal.out(completionScript(shell, commands)),
  );
