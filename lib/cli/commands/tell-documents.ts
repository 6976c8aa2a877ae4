import { jsonLine } from '../../core/json-line.js';
import { printable } from '../../core/printable.js';
import type { DocumentLine, EndLine } from '../../documents/document.js';
import { EXIT } from '../../errors/rxsync-error.js';
import { documents } from '../../pull/documents.js';
import type { Cli } from '../cli.js';
import { fitErr } from '../fit.js';
import { inFlags } from '../name-flags.js';
import type { DocumentsFlags } from './documents-command.js';

/** So much is given to stdout before it is waited for. */
const MOST_CHARACTERS = 64 * 1024;

/** Passes lines to stdout as fast as it takes them; ends early when it takes no more. */
const tellLines = async (lines: AsyncIterable<DocumentLine>, cli: Cli): Promise<EndLine | undefined> => {
  let length = 0;
  for await (const line of lines) {
    const told = line.op === 'end' ? { ...line, failed: line.failed.map(inFlags) } : line;
    const text = jsonLine(told);
    cli.terminal.out(text);
    length += text.length;
    if (told.op === 'end') return told;
    if (length < MOST_CHARACTERS) continue;
    length = 0;
    if ((await cli.outFailure()) !== undefined) return undefined;
  }
  return undefined;
};

const troubleIn = ({ pending, pendingCount, failed }: EndLine): string => {
  const rest = pendingCount - pending.length;
  return [
    ...failed.map(({ dir, message, hint }) => `${dir}: ${message}${hint === undefined ? '' : ` ${hint}`}`),
    ...pending.map((file) => `${file} is not as rxsync has written it: it is left as it was.`),
    ...(rest > 0 ? [`So are ${rest} others.`] : []),
    ...(pendingCount > 0 ? ['Pull once more, then ask again: what is new of them comes then.'] : []),
  ]
    .map((line) => `${printable(line)}\n`)
    .join('');
};

/** Tells the documents of a mirror, or of several; what could not be read is named. */
export const tellDocuments = async ({ dir, since }: DocumentsFlags, cli: Cli): Promise<void> => {
  const end = await tellLines(documents(dir, { since }), cli);
  if (end === undefined || (end.pendingCount === 0 && end.failed.length === 0)) return;
  cli.terminal.err(fitErr(troubleIn(end), cli.terminal));
  cli.setExitCode(EXIT.partial);
};
