import type { Argv } from 'yargs';
import { checkFlags } from '../check-flags.js';
import type { Cli } from '../cli.js';
import type { Settings } from '../settings/settings.js';
import { PULL_FLAGS } from './pull-flags.js';

const MORE = [
  'Address and credentials come from CONFLUENCE_URL, CONFLUENCE_EMAIL and CONFLUENCE_API_TOKEN (or CONFLUENCE_BEARER_TOKEN).',
  'Every flag may also stand in rxsync.config.yaml or .json under its name, or in the environment as RXSYNC_<FLAG>.',
  '',
  'Exit codes: 0 complete, 1 failed, 2 usage, 3 some items failed, 10 no such space, 11 locked by another run, 12 credentials, 13 rate limit, 14 refused to delete that much, 130 and 143 interrupted.',
].join('\n');

/** What the command is for. */
export const PULL_SUMMARY = 'mirror spaces into dir';

/** Precedence: command line, environment, config file, defaults. */
export const addPullCommand = <T>(yargs: Argv<T>, cli: Cli, settings: Settings) =>
  yargs.command(
    'pull [dir]',
    PULL_SUMMARY,
    (command) =>
      command
        .positional('dir', { type: 'string', default: '.', describe: 'folder of the mirror' })
        .options(PULL_FLAGS)
        .check(checkFlags(PULL_FLAGS))
        .example('$0 pull wiki --space DOCS', 'mirror the space DOCS into wiki, or bring it up to date')
        .example('$0 pull wikis --space DOCS,TEAM', 'two mirrors: wikis/DOCS and wikis/TEAM')
        .example("$0 pull wikis --space '*'", 'a mirror of each space that the account sees')
        .example('$0 pull demo --space LARGE --sandbox', 'try it without an account')
        .epilogue(MORE)
        .config(settings.valuesFor(PULL_FLAGS)),
    async (flags) => {
      const { pullAll } = await import('./pull-all.js');
      await pullAll(flags, cli);
    },
  );
