import type { WikiClient } from '../confluence/wiki-client.js';
import { containersCql, typeCql } from '../core/cql.js';
import type { ListedAttachment, ListedPage, Space } from '../core/content.js';
import type { MirrorSettings } from '../core/mirror-settings.js';
import type { ResolvedWikiOptions } from '../pull/run/wiki-options.js';
import { scopesFor } from '../confluence/oauth-scopes.js';
import { type Answer, answerTo, type Beginning, beginningOf } from './answer.js';
import {
  attachmentFinding,
  bodiesAnswer,
  bodiesFinding,
  pageFinding,
  smallest,
  transferAnswer,
} from './content.js';
import { type Estimate, estimate, type SpaceCounts } from './estimate.js';
import { failure, fatalFailure, type Finding, ok } from './finding.js';
import type { SeenLimits } from './rate.js';
import { scopeFindings } from './scopes.js';
import { indexCount, indexFinding } from './search-index.js';

export interface Subject {
  readonly wiki: WikiClient;
  readonly space: Space;
  readonly account: string | undefined;
  /** What the mirror is, or will be. */
  readonly settings: MirrorSettings;
  readonly now: () => number;
}

/** What only the whole examination can tell. */
export interface Circumstances {
  readonly answerMs: number;
  readonly limits: Pick<SeenLimits, 'burst' | 'quota'>;
  readonly options: Pick<ResolvedWikiOptions, 'concurrency' | 'attachmentConcurrency'>;
}

export interface Examined {
  /** What a first pull comes to; undefined when something of it cannot be counted. */
  readonly estimate: (circumstances: Circumstances) => Estimate | undefined;
}

/** Requests for the pages of a space: 2,000 of them, or all where there are fewer. */
const PAGE_REQUESTS = 8;
/** What a pull leaves to others where there is a quota, in percent. */
const QUOTA_RESERVE = 10;
/** What a page, and a file of unknown size, is taken for where none can be looked at. */
const USUAL_BYTES = { page: 15_000, attachment: 200_000 };

const listFinding = <T>(
  check: 'scope pages' | 'scope search',
  answer: Answer<Beginning<T>>,
  fail: (check: string, error: unknown) => Finding,
): Finding => {
  const [does, path] =
    check === 'scope pages' ? ['list pages', '/api/v2/pages'] : ['search', '/rest/api/content/search'];
  return 'error' in answer
    ? fail(check, answer.error)
    : ok(check, `The credentials may ${does} (${scopesFor(path) ?? 'no scope known'}).`);
};

const itemsOf = <T>(answer: Answer<Beginning<T>>): readonly T[] =>
  'error' in answer ? [] : answer.value.items;

const idsIn = <T extends { readonly id: string }>(answer: Answer<Beginning<T>>): number =>
  new Set(itemsOf(answer).map(({ id }) => id)).size;

/** How many there are: of a listing that was read whole its items, else what search counts. */
const countOf = async <T extends { readonly id: string }>(
  wiki: WikiClient,
  answer: Answer<Beginning<T>>,
  cql: string,
): Promise<number | undefined> => {
  if ('value' in answer && answer.value.isWhole) return idsIn(answer);
  const counted = await answerTo(wiki.count$(cql));
  return 'error' in counted ? undefined : counted.value;
};

const beginnings = async ({ wiki, space }: Subject) => ({
  blogposts: await beginningOf(wiki.listPages$(space, 'blogpost'), 1),
  folders: await beginningOf(wiki.listFolders$(space), 1),
  attachments: await beginningOf(wiki.listAttachments$(space), 1),
  comments: await beginningOf(wiki.listComments$(space), 1),
});

type Beginnings = Awaited<ReturnType<typeof beginnings>> & { readonly pages: Answer<Beginning<ListedPage>> };

const countAll = async ({ wiki, space }: Subject, listed: Beginnings): Promise<SpaceCounts | undefined> => {
  const of = (type: string): string => typeCql(space.key, type);
  const pages = await countOf(wiki, listed.pages, of('page'));
  const blogposts = await countOf(wiki, listed.blogposts, of('blogpost'));
  const folders = await countOf(wiki, listed.folders, containersCql(space.key));
  const attachments = await countOf(wiki, listed.attachments, of('attachment'));
  const comments = await countOf(wiki, listed.comments, of('comment'));
  const counts = [pages, blogposts, folders, attachments, comments];
  return counts.includes(undefined)
    ? undefined
    : {
        pages: pages ?? 0,
        blogposts: blogposts ?? 0,
        folders: folders ?? 0,
        attachments: attachments ?? 0,
        comments: comments ?? 0,
      };
};

const meanBytes = (attachments: readonly ListedAttachment[]): number => {
  const sizes = attachments.flatMap(({ sizeBytes }) => sizeBytes ?? []);
  return sizes.length === 0
    ? USUAL_BYTES.attachment
    : sizes.reduce((sum, size) => sum + size, 0) / sizes.length;
};

/** Tries what a pull of the space does, on one thing of each kind, and counts what there is. */
export async function* examineSpace(subject: Subject): AsyncGenerator<Finding, Examined> {
  const { wiki, space, account, settings, now } = subject;
  const pages = await beginningOf(wiki.listPages$(space, 'page'), PAGE_REQUESTS);
  yield listFinding('scope pages', pages, fatalFailure);
  const listed = { ...(await beginnings(subject)), pages };
  yield listFinding('scope search', listed.attachments, failure);
  const [page] = itemsOf(pages);
  const attachment = smallest(itemsOf(listed.attachments));
  const [folder] = itemsOf(listed.folders);
  const [comment] = itemsOf(listed.comments);
  yield* scopeFindings(wiki, { account, page, folder, attachment, comment }, settings);
  yield await pageFinding(wiki, page);
  const bodies = await bodiesAnswer(wiki, itemsOf(pages));
  yield bodiesFinding(bodies);
  const transfer = await transferAnswer(wiki, attachment, now);
  yield attachmentFinding(attachment, transfer);
  if ('value' in pages) yield indexFinding(space, await indexCount(wiki, space, pages.value));
  const counts = space.isArchived || 'error' in pages ? undefined : await countAll(subject, listed);
  return {
    estimate: ({ answerMs, limits, options }) =>
      counts &&
      estimate(
        counts,
        {
          pageBytes:
            bodies && 'value' in bodies && bodies.value.came > 0
              ? bodies.value.bytes / bodies.value.came
              : USUAL_BYTES.page,
          attachmentBytes: meanBytes(itemsOf(listed.attachments)),
          answerMs,
          transferMs: transfer && 'value' in transfer ? transfer.value.tookMs : 0,
        },
        { ...options, settings, quotaReserve: QUOTA_RESERVE },
        limits,
      ),
  };
}
