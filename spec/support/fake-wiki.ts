import { Readable } from 'node:stream';
import { type Observable, defer, map, mergeMap, of, throwError, timer } from 'rxjs';
import type { WikiClient } from '../../lib/confluence/wiki-client.js';
import type { Identity } from '../../lib/confluence/identity.js';
import type { Within } from '../../lib/confluence/listings.js';
import type {
  CommentWithBody,
  ListedAttachment,
  ListedPage,
  PageWithBody,
  Space,
} from '../../lib/core/content.js';
import type { SearchedFolder, SearchedLabels } from '../../lib/core/searched.js';
import { HttpError } from '../../lib/errors/http-error.js';
import { SpaceNotFoundError } from '../../lib/errors/space-not-found-error.js';

export const SPACE: Space = {
  id: '98306',
  key: 'DOCS',
  name: 'Docs',
  homepageId: '1',
  baseUrl: 'https://example.atlassian.net/wiki',
  serverTime: '2026-02-03T04:05:06.000Z',
  isArchived: false,
};

/** Who pulls, unless a test says otherwise. */
export const ACCOUNT = 'acct-me';

export const page = (id: number, changes: Partial<PageWithBody> = {}): PageWithBody => ({
  kind: 'page',
  id: String(id),
  title: `Page ${id}`,
  status: 'current',
  parentId: id === 1 ? undefined : '1',
  authorId: 'acct-1',
  createdAt: '2025-01-02T03:04:05.678Z',
  updatedAt: '2026-02-03T04:05:06.789Z',
  version: 1,
  webui: `/spaces/DOCS/pages/${id}`,
  body: `<p>Body of page ${id}.</p>`,
  ...changes,
});

/** The homepage and `count - 1` pages below it. */
export const pages = (count: number): PageWithBody[] =>
  Array.from({ length: count }, (_, index) => page(index + 1));

export const attachment = (
  id: number,
  pageId: number,
  changes: Partial<ListedAttachment> = {},
): ListedAttachment => ({
  id: `att${id}`,
  pageId: String(pageId),
  title: `file-${id}.bin`,
  version: 1,
  sizeBytes: undefined,
  mediaType: undefined,
  fileId: undefined,
  ...changes,
});

export const comment = (
  id: number,
  pageId: number,
  changes: Partial<CommentWithBody> = {},
): CommentWithBody => ({
  id: String(id),
  version: 1,
  pageId: String(pageId),
  parentId: undefined,
  location: 'footer',
  resolution: undefined,
  selection: undefined,
  authorId: 'acct-2',
  createdAt: '2026-01-01T00:00:00.000Z',
  body: `<p>Comment ${id}.</p>`,
  ...changes,
});

export interface FakeContent {
  readonly pages?: readonly PageWithBody[];
  readonly folders?: readonly SearchedFolder[];
  readonly attachments?: readonly ListedAttachment[];
  readonly comments?: readonly CommentWithBody[];
  readonly labels?: readonly SearchedLabels[];
  readonly names?: Readonly<Record<string, string>>;
  /** Whom the wiki takes us for. @default the account `acct-me` */
  readonly identity?: Identity;
  /** Ids of pages that the listing leaves out, though they are there. */
  readonly leftOut?: readonly string[];
}

export interface FakeWiki {
  readonly client: WikiClient;
  /** `fetchPages 1,2,3`, in the order of sending. */
  readonly requests: string[];
  /** The requests of one kind. */
  readonly sent: (kind: string) => string[];
}

const listed = ({
  kind,
  id,
  title,
  parentId,
  version,
  createdAt,
  updatedAt,
  authorId,
  webui,
}: PageWithBody): ListedPage => ({
  kind,
  id,
  title,
  parentId,
  parentType: parentId === undefined ? undefined : 'page',
  version,
  createdAt,
  updatedAt: updatedAt === '' ? undefined : updatedAt,
  authorId,
  webui: webui === '' ? undefined : webui,
});

const bytesOf = ({ id, version }: ListedAttachment): string => `bytes of ${id}, version ${version}`;

/**
 * A wiki in memory with the space `DOCS`. Each request takes a turn of the event loop; `fault` may let it fail.
 * Listings come in one page.
 */
export const fakeWiki = (
  content: FakeContent,
  fault: (request: string) => Error | undefined = () => undefined,
): FakeWiki => {
  const { folders = [], attachments = [], comments = [], labels = [], names = {}, leftOut = [] } = content;
  const { identity = { kind: 'known', accountId: ACCOUNT } } = content;
  const all = content.pages ?? [];
  const requests: string[] = [];

  const answer$ = <T>(request: string, value: () => T): Observable<T> =>
    defer(() => {
      requests.push(request);
      const error = fault(request);
      return timer(0).pipe(
        map(() => {
          if (error) throw error;
          return value();
        }),
      );
    });
  const list$ = <T>(request: string, items: () => readonly T[]) =>
    answer$(request, () => ({ items: items() }));
  const onPages = (within: Within, pageId: string): boolean => 'key' in within || within.includes(pageId);
  const find = (id: string): PageWithBody => {
    const found = all.find((one) => one.id === id);
    if (!found) throw new HttpError(404, `There is no page ${id}.`);
    return found;
  };

  const client: WikiClient = {
    space$: (key) =>
      key === SPACE.key
        ? answer$(`space ${key}`, () => SPACE)
        : throwError(() => new SpaceNotFoundError(key)),
    identity$: () => answer$('identity', () => identity),
    isDataCenter$: () => answer$('isDataCenter', () => false),
    cloudId$: () => answer$('cloudId', () => undefined),
    count$: (cql) => answer$(`count ${cql}`, () => all.length),
    listSpaces$: () => answer$('listSpaces', () => ({ items: [SPACE] })),
    listPages$: (_space, kind) =>
      list$(`listPages ${kind}`, () =>
        all
          .filter((one) => one.kind === kind && one.status === 'current' && !leftOut.includes(one.id))
          .map(listed),
      ),
    searchPages$: (cql) =>
      list$(`searchPages ${cql}`, () =>
        all.map((one) => ({ page: { ...listed(one), authorId: undefined }, ancestors: [] })),
      ),
    listFolders$: () => list$('listFolders', () => folders),
    folder$: (type, id) =>
      answer$(`folder ${type} ${id}`, () => {
        throw new HttpError(404, `There is no ${type} ${id}.`);
      }),
    listAttachments$: (within) =>
      list$('listAttachments', () => attachments.filter(({ pageId }) => onPages(within, pageId))),
    listComments$: (within) =>
      list$('listComments', () =>
        comments
          .filter(({ pageId }) => onPages(within, pageId))
          .map(({ id, pageId, resolution }) => ({ id, pageId, version: 1, resolution })),
      ),
    listPagesByChange$: () => of({ items: [] }),
    searchChanges$: () => of({ items: [] }),
    pagesById$: (kind, ids) =>
      answer$(
        `pagesById ${ids.join(',')}`,
        () =>
          new Map(
            all
              .filter((one) => one.kind === kind && ids.includes(one.id))
              .map((one) => [one.id, { page: listed(one), status: one.status, spaceId: SPACE.id }]),
          ),
      ),
    page$: (kind, id) =>
      answer$(`page ${id}`, () => {
        const found = all.find((one) => one.kind === kind && one.id === id);
        return found && { page: listed(found), status: found.status, spaceId: SPACE.id };
      }),
    ancestorsOf$: (id) => answer$(`ancestorsOf ${id}`, () => new Set(id === '1' ? [] : ['1'])),
    hasChildren$: (_type, id) =>
      answer$(`hasChildren ${id}`, () => all.some(({ parentId }) => parentId === id)),
    attachmentsOf$: (_kind, id) =>
      answer$(`attachmentsOf ${id}`, () => attachments.filter(({ pageId }) => pageId === id)),
    attachment$: (id) =>
      answer$(`attachment ${id}`, () => {
        const found = attachments.find((one) => one.id === id);
        return found && { attachment: found, status: 'current' };
      }),
    comment$: (id) =>
      answer$(`comment ${id}`, () => {
        const found = comments.find((one) => one.id === id);
        return found && { comment: found, status: 'current' };
      }),
    findFolder$: (type, id) => answer$(`findFolder ${type} ${id}`, () => undefined),
    listLabels$: () => list$('listLabels', () => labels),
    labelsOf$: (kind, id) => answer$(`labelsOf ${kind} ${id}`, () => ['one', 'two', 'three']),
    fetchPages$: (kind, ids, format) =>
      answer$(`fetchPages ${ids.join(',')}${format === 'adf' ? ' adf' : ''}`, () =>
        all.filter((one) => one.kind === kind && ids.includes(one.id) && one.status === 'current'),
      ),
    fetchPage$: (_kind, id, format) =>
      answer$(`fetchPage ${id}${format === 'view' ? ' view' : ''}`, () => find(id)),
    fetchComments$: (ids) =>
      answer$(`fetchComments ${ids.join(',')}`, () => comments.filter(({ pageId }) => ids.includes(pageId))),
    users$: (ids) =>
      answer$(
        `users ${ids.join(',')}`,
        () => new Map(ids.flatMap((id): [string, string][] => (names[id] ? [[id, names[id]]] : []))),
      ),
    download$: (item, sink) =>
      answer$(`download ${item.id}`, () => Readable.from([Buffer.from(bytesOf(item))])).pipe(
        mergeMap((stream) => sink({ stream, lengthBytes: undefined, contentType: undefined })),
      ),
  };
  return { client, requests, sent: (kind) => requests.filter((request) => request.startsWith(`${kind} `)) };
};
