import { placeAttachments } from '../../../lib/core/attachment-paths.js';
import type { Inventory } from '../../../lib/core/content.js';
import { pageFingerprint, pageShape } from '../../../lib/core/fingerprint.js';
import { bodyPath, commentsPath, pagePaths } from '../../../lib/core/page-paths.js';
import { type PlanInput, type PullPlan, planPull, type Work } from '../../../lib/core/pull-plan.js';
import type { Departure } from '../../../lib/core/departures.js';
import { mayInclude } from '../../../lib/core/link-state.js';
import type { Items } from '../../../lib/core/items.js';
import type { Kind } from '../../../lib/core/kinds.js';
import { isWritten, type ItemRecord, recordKey } from '../../../lib/core/records.js';
import type { Settled } from '../../../lib/core/settled.js';
import { versionStamp } from '../../../lib/core/versions.js';
import { attachmentsIn } from './space.js';

/** A mirror without files: its records, and which of them are not sound. */
export interface ModelMirror {
  readonly records: ReadonlyMap<string, ItemRecord>;
  readonly unsound: ReadonlySet<string>;
}

export const EMPTY: ModelMirror = { records: new Map(), unsound: new Set() };

/** In this model whatever is not listed is gone. */
const leaving = (inventory: Inventory, { records }: ModelMirror): Departure[] => {
  const listed = new Set([
    ...inventory.pages.map(({ kind, id }) => recordKey(kind, id)),
    ...inventory.folders.map(({ id }) => recordKey('folder', id)),
    ...attachmentsIn(inventory).map(({ id }) => recordKey('attachment', id)),
    ...inventory.comments.map(({ pageId }) => recordKey('comments', pageId)),
  ]);
  return [...records].flatMap(([key, { kind }]) => (listed.has(key) ? [] : [{ key, kind, reason: 'gone' }]));
};

const settledIn = ({ records }: ModelMirror): Settled => {
  const ofKind = (kind: Kind): ReadonlyMap<string, number> =>
    new Map(
      [...records.values()].flatMap((record) =>
        record.kind === kind && isWritten(record) && !mayInclude(record.references ?? [])
          ? [[record.id, versionStamp({ version: record.version, updatedAt: record.page?.updatedAt })]]
          : [],
      ),
    );
  return { page: ofKind('page'), blogpost: ofKind('blogpost') };
};

/** Plans as a pull does; a page's links are the ids of pages, by where those are. */
export const inputOf = (inventory: Inventory, mirror: ModelMirror, full = false): PlanInput => {
  const paths = pagePaths(inventory);
  const surroundings = {
    url: 'https://example.atlassian.net/wiki',
    space: inventory.space.key,
    format: 'markdown',
    author: 'Ann',
  };
  const pathOf = (id: string): string => paths.pages.get(id) ?? '-';
  return {
    inventory,
    paths,
    attachmentsOn: (pageId) =>
      placeAttachments(inventory.attachments.of(pageId), paths.pages.get(pageId) ?? ''),
    ...mirror,
    full,
    isLaidOutAlike: false,
    settled: settledIn(mirror),
    leaving: leaving(inventory, mirror),
    pageFingerprint: (page, references) =>
      pageFingerprint({ ...surroundings, page, base: pathOf(page.id), links: references.map(pathOf) }),
    commentsFingerprint: ({ base, comments }, references) =>
      [base, ...comments.map(({ id, version }) => `${id}@${version}`), ...references.map(pathOf)].join('|'),
    pageShape: (page, references) => pageShape({ ...surroundings, page, links: references }),
    commentsShape: ({ comments }) => comments.map(({ id, version }) => `${id}@${version}`).join('|'),
  };
};

export const plan = (inventory: Inventory, mirror: ModelMirror, full = false): PullPlan =>
  planPull(inputOf(inventory, mirror, full));

/** What the mirror holds once the plan is done. `references`: what the bodies link to, by page id. */
export const done = (
  inventory: Inventory,
  mirror: ModelMirror,
  references: Readonly<Record<string, readonly string[]>> = {},
): ModelMirror => {
  const input = inputOf(inventory, mirror);
  const { pages, attachments, comments, folders, deletions } = planPull(input);
  const records = new Map(mirror.records);
  const put = (record: ItemRecord): void => void records.set(recordKey(record.kind, record.id), record);
  const stamp = (path: string) => [{ path, bytes: 1, hash: '' }];
  const done = <T>({ fetch, relocate }: Work<T, Items<T>>): T[] => [...fetch, ...relocate];
  for (const { page, base } of done(pages)) {
    const refs = references[page.id] ?? [];
    const fingerprint = input.pageFingerprint(page, refs);
    const { kind, id, version } = page;
    const shape = input.pageShape(page, refs);
    put({
      kind,
      id,
      version,
      fingerprint,
      shape,
      files: stamp(bodyPath(base, 'markdown')),
      references: refs,
      page,
    });
  }
  for (const { attachment, path } of done(attachments))
    put({
      kind: 'attachment',
      id: attachment.id,
      version: attachment.version,
      fingerprint: '',
      files: stamp(path),
      attachment,
    });
  for (const item of done(comments)) {
    const fingerprint = input.commentsFingerprint(item, []);
    put({
      kind: 'comments',
      id: item.page.id,
      version: 0,
      fingerprint,
      shape: input.commentsShape(item, []),
      files: stamp(commentsPath(item.base)),
      comments: item.comments,
    });
  }
  for (const { folder, directory } of done(folders))
    put({ kind: 'folder', id: folder.id, version: 0, fingerprint: '', files: [], directory, folder });
  for (const key of deletions) records.delete(key);
  return { records, unsound: new Set() };
};

/** The work of a plan in short: keys of what is to be fetched, moved within the mirror, and deleted. */
export const workOf = ({ pages, attachments, comments, folders, deletions }: PullPlan) => {
  const relocate = [
    ...pages.relocate.map(({ page }) => recordKey(page.kind, page.id)),
    ...[...attachments.relocate].map(({ attachment }) => recordKey('attachment', attachment.id)),
    ...comments.relocate.map(({ page }) => recordKey('comments', page.id)),
  ];
  return {
    fetch: [
      ...pages.fetch.map(({ page, change }) => `${recordKey(page.kind, page.id)} ${change}`),
      ...[...attachments.fetch].map(({ attachment }) => recordKey('attachment', attachment.id)),
      ...comments.fetch.map(({ page }) => recordKey('comments', page.id)),
      ...folders.fetch.map(({ folder }) => recordKey('folder', folder.id)),
    ],
    ...(relocate.length > 0 && { relocate }),
    deletions: [...deletions],
  };
};
