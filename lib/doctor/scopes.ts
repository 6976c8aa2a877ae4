import type { Observable } from 'rxjs';
import { scopesFor } from '../confluence/oauth-scopes.js';
import type { WikiClient } from '../confluence/wiki-client.js';
import type { ListedAttachment, ListedComment, ListedFolder, ListedPage } from '../core/content.js';
import { answerTo } from './answer.js';
import { EXIT } from '../errors/rxsync-error.js';
import { type Finding, failure, ok, skipped, warning } from './finding.js';

/** Something of each kind to try an operation on. */
export interface Specimens {
  readonly account: string | undefined;
  readonly page: ListedPage | undefined;
  readonly folder: ListedFolder | undefined;
  readonly attachment: ListedAttachment | undefined;
  readonly comment: ListedComment | undefined;
}

interface Operation {
  readonly check: string;
  /** What it does, after "may". */
  readonly does: string;
  /** What there must be to try it on, in words. */
  readonly needs: string;
  /** What asks for it: what a pull is told to mirror, or a listing that has left something out. */
  readonly neededFor: 'pull' | 'comments' | 'labels' | 'doubt';
  /** A path of it, by which its scopes are known. */
  readonly path: string;
  /** The request; undefined when there is nothing to try it on. */
  readonly try$: (wiki: WikiClient, specimens: Specimens) => Observable<unknown> | undefined;
}

const on = <T>(specimen: T | undefined, request: (specimen: T) => Observable<unknown>) =>
  specimen === undefined ? undefined : request(specimen);

/**
 * Every operation of a pull that nothing else here has tried: listings, search, bodies and downloads are checked by what
 * they give.
 */
const OPERATIONS: readonly Operation[] = [
  {
    check: 'scope folders',
    neededFor: 'pull',
    does: 'read folders by id',
    needs: 'folder',
    path: '/api/v2/folders/1',
    try$: (wiki, { folder }) => on(folder, ({ type, id }) => wiki.folder$(type, id)),
  },
  {
    check: 'scope attachments',
    neededFor: 'doubt',
    does: 'list the attachments of a page',
    needs: 'page',
    path: '/api/v2/pages/1/attachments',
    try$: (wiki, { page }) => on(page, ({ kind, id }) => wiki.attachmentsOf$(kind, id)),
  },
  {
    check: 'scope comments',
    neededFor: 'comments',
    does: 'read comments by id',
    needs: 'comment',
    path: '/api/v2/footer-comments/1',
    try$: (wiki, { comment }) => on(comment, ({ id }) => wiki.comment$(id)),
  },
  {
    check: 'scope labels',
    neededFor: 'labels',
    does: 'read the labels of a page',
    needs: 'page',
    path: '/api/v2/pages/1/labels',
    try$: (wiki, { page }) => on(page, ({ kind, id }) => wiki.labelsOf$(kind, id)),
  },
  {
    check: 'scope ancestors',
    neededFor: 'doubt',
    does: 'read what stands above a page',
    needs: 'page',
    path: '/api/v2/pages/1/ancestors',
    try$: (wiki, { page }) => on(page, ({ id }) => wiki.ancestorsOf$(id)),
  },
  {
    check: 'scope children',
    neededFor: 'doubt',
    does: 'read what stands below a page',
    needs: 'page',
    path: '/api/v2/pages/1/direct-children',
    try$: (wiki, { page }) => on(page, ({ id }) => wiki.hasChildren$('page', id)),
  },
  {
    check: 'scope names',
    neededFor: 'pull',
    does: 'read the names of people',
    needs: 'account',
    path: '/api/v2/users-bulk',
    try$: (wiki, { account }) => on(account, (id) => wiki.users$([id])),
  },
];

/** What the pull is about to mirror beside pages and files. */
export interface Extras {
  readonly comments: boolean;
  readonly labels: boolean;
}

const ONLY: Readonly<Record<Exclude<Operation['neededFor'], 'pull'>, string>> = {
  comments: 'Only `comments` needs it.',
  labels: 'Only `labels` needs it.',
  doubt: 'Only needed where a listing leaves something out, to look for it.',
};

const refused = ({ check, neededFor }: Operation, error: unknown, extras: Extras): Finding => {
  const found = failure(check, error);
  const isNeeded = neededFor === 'pull' || (neededFor !== 'doubt' && extras[neededFor]);
  if (isNeeded || found.exitCode !== EXIT.partial) return found;
  return {
    ...warning(check, `${found.message} ${ONLY[neededFor]}`, found.cure ?? ''),
    code: found.code ?? '',
  };
};

const tried = async (
  operation: Operation,
  wiki: WikiClient,
  specimens: Specimens,
  extras: Extras,
): Promise<Finding> => {
  const { check, does, needs, path } = operation;
  const request$ = operation.try$(wiki, specimens);
  if (request$ === undefined) return skipped(check, `No ${needs} is known to try it on.`);
  const answer = await answerTo(request$);
  if ('error' in answer) return refused(operation, answer.error, extras);
  return ok(check, `The credentials may ${does} (${scopesFor(path) ?? 'no scope known'}).`);
};

/** Tries each operation by a request of its own. */
export async function* scopeFindings(
  wiki: WikiClient,
  specimens: Specimens,
  extras: Extras,
): AsyncGenerator<Finding, void> {
  for (const operation of OPERATIONS) yield await tried(operation, wiki, specimens, extras);
}
