import type { ArgumentsCamelCase, Argv, InferredOptionTypes, Options } from 'yargs';
import { checkFlags } from '../check-flags.js';
import type { Cli } from '../cli.js';
import type { Settings } from '../settings/settings.js';
import { PULL_FLAGS } from './pull-flags.js';
import { STATUS_FLAGS } from './status-command.js';

/** The flags of `rxsync documents`. */
export const DOCUMENTS_FLAGS = {
  since: {
    type: 'string',
    requiresArg: true,
    describe: 'only what has changed since that run: "run" of the last line of an earlier one',
  },
  verbose: STATUS_FLAGS.verbose,
  color: PULL_FLAGS.color,
  config: PULL_FLAGS.config,
} as const satisfies Record<string, Options>;

export type DocumentsFlags = ArgumentsCamelCase<
  InferredOptionTypes<typeof DOCUMENTS_FLAGS> & { dir: string }
>;

/** What the command is for. */
export const DOCUMENTS_SUMMARY =
  'pages in parts for a search index, as NDJSON of upserts and deletes (offline)';

const MORE = [
  'One document a line, cut at the headings, as plain text. Without --since: all of them, for an index that is empty.',
  'The last line has "op":"end" and names the run to ask with the next time. A stream that ends before it is asked for again with the',
  'same --since. Of a folder of mirrors of several spaces all documents come in one stream.',
].join('\n');

/** Precedence of the flags: command line, environment, config file. */
export const addDocumentsCommand = <T>(yargs: Argv<T>, cli: Cli, settings: Settings) =>
  yargs.command(
    'documents [dir]',
    DOCUMENTS_SUMMARY,
    (command) =>
      command
        .positional('dir', { type: 'string', default: '.', describe: 'folder of the mirror' })
        .options(DOCUMENTS_FLAGS)
        .check(checkFlags(DOCUMENTS_FLAGS))
        .epilogue(MORE)
        .config(settings.valuesFor(DOCUMENTS_FLAGS)),
    async (flags) => {
      const { tellDocuments } = await import('./tell-documents.js');
      await tellDocuments(flags, cli);
    },
  );
