import { afterEach } from '@jest/globals';
import { of } from 'rxjs';
import type { WikiClient } from '../../lib/confluence/wiki-client.js';
import type { SearchedFolder } from '../../lib/core/searched.js';
import type { ListedAttachment, ListedFolder, ListedPage, PageWithBody } from '../../lib/core/content.js';
import { outlineOf } from '../../lib/core/outline.js';
import type { ItemRecord } from '../../lib/core/records.js';
import type { Kind } from '../../lib/core/kinds.js';
import type { Search } from '../../lib/pull/inventory/located.js';
import { type PullOptions, resolveOptions } from '../../lib/pull/run/pull-options.js';
import { createGatherer, type Prior } from '../../lib/pull/run/prior.js';
import { startRun } from '../../lib/pull/run/start-run.js';
import { ACCOUNT, type FakeContent, fakeWiki, page, SPACE } from './fake-wiki.js';
import { AttachmentTable } from '../../lib/store/attachment-table.js';
import { memoryRecords } from './memory-records.js';
import { memoryRows } from '../../lib/store/memory-rows.js';
import { depsFor, optionsFor } from './pulling.js';

const record = (kind: Kind, id: string): ItemRecord => ({ kind, id, version: 1, fingerprint: '', files: [] });

/** A page of the fake wiki as its listing has it. */
export const asListed = ({ kind, id, title, parentId, version, ...rest }: PageWithBody): ListedPage => ({
  kind,
  id,
  title,
  parentId,
  parentType: parentId === undefined ? undefined : 'page',
  version,
  createdAt: rest.createdAt,
  updatedAt: rest.updatedAt,
  authorId: rest.authorId,
  webui: rest.webui,
});

export const listedPage = (id: number, changes: Partial<PageWithBody> = {}): ListedPage =>
  asListed(page(id, changes));

export const folder = (id: number, changes: Partial<SearchedFolder> = {}): SearchedFolder => ({
  id: String(id),
  type: 'folder',
  title: `Folder ${id}`,
  parentId: '1',
  parentType: 'page',
  isPlaced: true,
  ...changes,
});

export const pageRecord = (listed: ListedPage): ItemRecord => ({
  ...record(listed.kind, listed.id),
  page: listed,
});
export const attachmentRecord = (attachment: ListedAttachment): ItemRecord => ({
  ...record('attachment', attachment.id),
  attachment,
});
export const folderRecord = ({ id, type, title, parentId }: ListedFolder): ItemRecord => ({
  ...record('folder', id),
  folder: { id, type, title, parentId },
});
/** The comments of a page, as its record has them. */
export const commentsRecord = (pageId: number, ...ids: number[]): ItemRecord => ({
  ...record('comments', String(pageId)),
  comments: ids.map((id) => ({ id: String(id), pageId: String(pageId), version: 1, resolution: undefined })),
});

/** A mirror of these records, whose files are whole. */
export const priorWith = (records: readonly ItemRecord[]): Prior => {
  const { onOutline, ...gathered } = createGatherer();
  for (const record of records) onOutline(outlineOf(record));
  return {
    ...gathered,
    records: memoryRecords(records),
    openScratch: () => Promise.resolve(memoryRows()),
    unsound: new Set(),
    lastSync: null,
    account: ACCOUNT,
    isSameScope: true,
  };
};

export interface Situation {
  readonly content?: FakeContent;
  readonly fault?: (request: string) => Error | undefined;
  /** Answers of the wiki that are otherwise. */
  readonly client?: Partial<WikiClient>;
  /** What the mirror holds. */
  readonly records?: readonly ItemRecord[];
  readonly options?: Partial<PullOptions>;
  readonly isSameScope?: boolean;
  readonly mayLoseUnseen?: boolean;
}

/** Gives the search for absent items, with what is asked of the wiki and told meanwhile. */
export const useSearch = () => {
  const ends: (() => void)[] = [];
  afterEach(() => {
    for (const end of ends.splice(0)) end();
  });
  return (situation: Situation = {}) => {
    const { content = {}, fault, client, records = [], options } = situation;
    const { isSameScope = true, mayLoseUnseen = true } = situation;
    const wiki = fakeWiki(content, fault);
    const deps = depsFor({ ...wiki, client: { ...wiki.client, ...client } });
    const run = startRun(resolveOptions(optionsFor('mirror', { comments: true, ...options })), deps);
    ends.push(run.dispose);
    const warnings: string[] = [];
    run.notices$.subscribe((notice) => {
      if (notice.type === 'warning') warnings.push(`${notice.code}: ${notice.message}`);
    });
    const prior = { ...priorWith(records), isSameScope };
    const attachments = new AttachmentTable(memoryRows());
    const search: Search = { run, space: SPACE, prior, attachments, mayLoseUnseen$: of(mayLoseUnseen) };
    /** Kinds of which something is told to be unknown. */
    const unknown = (): string[] => run.incomplete().map(({ of: kind }) => kind);
    return { search, run, prior, warnings, unknown, requests: wiki.requests };
  };
};
