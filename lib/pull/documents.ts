import { defer, from, type Observable } from 'rxjs';
import { documentLines } from '../documents/document-lines.js';
import type { DocumentLine } from '../documents/document.js';
import { checkNames, text } from './run/check-options.js';

/** From where `documents` goes on. */
export interface DocumentsOptions {
  /** `run` of the last line of an earlier stream: only what has changed since then is told. @default everything */
  readonly since?: string | undefined;
}

/**
 * The documents of the mirror in `dir`, or of each of the mirrors in it, as they are asked for: cut at their headings, without the
 * syntax of Markdown. Without `since` all of them, for an index that is empty; with it what has changed since that run: upserts and
 * deletes that bring an index up to date that has taken all lines of that run. Nothing is asked of the wiki. A folder of the mirror
 * (`.rxsync/documents`) remembers what was sent; a pull may be at work meanwhile.
 *
 * The last line has `op: 'end'` and names the run to go on from; a stream that ends before it is asked for again with the same
 * `since`. What is not taken to its end is to be ended by `return`, as `for await` does.
 * @throws OptionsError (at once); NoMirrorError, MirrorMismatchError (for a folder with two mirrors of one space), StoreError (also for
 * records that are damaged, and for a mirror of ADF), UnknownRunError
 *
 * @example
 * import { documents, pull } from 'rxsync';
 *
 * const { CONFLUENCE_URL: url, CONFLUENCE_EMAIL: email, CONFLUENCE_API_TOKEN: apiToken, MIRROR: dir = 'wiki' } = process.env;
 * await pull({ url, credentials: { email, apiToken }, space: 'LARGE', dir });
 * const titles = new Set();
 * for await (const line of documents(dir)) if (line.op === 'upsert') titles.add(line.title);
 * console.log(titles.size);
 * // prints 15
 */
export const documents = (dir: string, options: DocumentsOptions = {}): AsyncGenerator<DocumentLine> => {
  checkNames(options, ['since']);
  const { since } = options;
  if (since !== undefined) text('since', since, 'be the run that a last line has named');
  return documentLines(text('dir', dir, 'name the folder of the mirror'), since);
};

/**
 * {@link documents} as an Observable: cold, each subscription reads anew; unsubscribing ends the reading. Errors are those of
 * `documents`.
 *
 * @example
 * import { filter } from 'rxjs';
 * import { documents$, pull } from 'rxsync';
 *
 * const { CONFLUENCE_URL: url, CONFLUENCE_EMAIL: email, CONFLUENCE_API_TOKEN: apiToken, MIRROR: dir = 'wiki' } = process.env;
 * await pull({ url, credentials: { email, apiToken }, space: 'LARGE', dir });
 * documents$(dir)
 *   .pipe(filter((line) => line.op === 'end'))
 *   .subscribe(({ deletes, pendingCount }) => console.log(deletes, pendingCount));
 * // prints 0 0
 */
export const documents$ = (dir: string, options: DocumentsOptions = {}): Observable<DocumentLine> =>
  defer(() => from(documents(dir, options)));
