import type { Inventory, ListedAttachment, ListedComment, ListedFolder, ListedPage } from './content.js';
import { type PagePaths } from './page-paths.js';
import { type ItemRecord, recordKey } from './records.js';
import type { Departure } from './departures.js';
import { accountsIn } from './link-state.js';
import type { Kind } from './kinds.js';

/** A page or blog post to fetch. */
export interface PlannedPage {
  readonly page: ListedPage;
  /** Path without extension. */
  readonly base: string;
  readonly change: Change;
}

export type Change = 'new' | 'edited' | 'relinked';

export interface PlannedAttachment {
  readonly attachment: ListedAttachment;
  readonly path: string;
}

/** All comments of one page. */
export interface PlannedComments {
  readonly page: ListedPage;
  readonly base: string;
  readonly comments: readonly ListedComment[];
}

export interface PlannedFolder {
  readonly folder: ListedFolder;
  readonly directory: string;
}

export interface Work<T> {
  readonly fetch: readonly T[];
  /** What the mirror has already, only elsewhere or with links to elsewhere: no request is needed. */
  readonly relocate: readonly T[];
  readonly unchanged: readonly T[];
}

/** What a pull has to do. */
export interface PullPlan {
  readonly pages: Work<PlannedPage>;
  readonly attachments: Work<PlannedAttachment>;
  readonly comments: Work<PlannedComments>;
  readonly folders: Work<PlannedFolder>;
  /** Records of what leaves the mirror. */
  readonly deletions: readonly ItemRecord[];
}

export interface PlanInput {
  readonly inventory: Inventory;
  readonly paths: PagePaths;
  readonly attachmentPaths: ReadonlyMap<string, string>;
  readonly records: ReadonlyMap<string, ItemRecord>;
  /** Keys of the records whose files are whole. */
  readonly sound: ReadonlySet<string>;
  /** Take sound records of the listed version for unchanged, without a look at what their links lead to. */
  readonly isUnchanged: boolean;
  /** What is not listed and leaves the mirror; whatever else is not listed stays. */
  readonly leaving: readonly Departure[];
  /** Fetch everything, whatever is recorded. */
  readonly full: boolean;
  /** The fingerprint that the page would have now, given the recorded references of its body. */
  readonly pageFingerprint: (page: ListedPage, references: readonly string[]) => string;
  readonly commentsFingerprint: (planned: PlannedComments, references: readonly string[]) => string;
  /** As the fingerprints, for what only a new rendering can change. */
  readonly pageShape: (page: ListedPage, references: readonly string[]) => string;
  readonly commentsShape: (planned: PlannedComments, references: readonly string[]) => string;
}

/** The record of an item if it may be relied on. */
const soundRecord = ({ records, sound, full }: PlanInput, kind: Kind, id: string): ItemRecord | undefined => {
  const key = recordKey(kind, id);
  return !full && sound.has(key) ? records.get(key) : undefined;
};

/** Where an item belongs in the work of its kind. */
type Fate = keyof Work<unknown>;

const divide = <T>(items: readonly T[], fateOf: (item: T) => Fate): Work<T> => {
  const work: Record<Fate, T[]> = { fetch: [], relocate: [], unchanged: [] };
  for (const item of items) work[fateOf(item)].push(item);
  return work;
};

const changeOf = (record: ItemRecord | undefined, page: ListedPage): Change => {
  if (record === undefined) return 'new';
  return record.version === page.version ? 'relinked' : 'edited';
};

const planPages = (input: PlanInput): Work<PlannedPage> => {
  const planned = input.inventory.pages.flatMap((page): PlannedPage[] => {
    const base = input.paths.pages.get(page.id);
    const change = changeOf(soundRecord(input, page.kind, page.id), page);
    return base === undefined ? [] : [{ page, base, change }];
  });
  return divide(planned, ({ page, change }) => {
    const record = soundRecord(input, page.kind, page.id);
    if (record === undefined || change === 'edited') return 'fetch';
    const references = record.references ?? [];
    if (input.isUnchanged || record.fingerprint === input.pageFingerprint(page, references))
      return 'unchanged';
    return record.shape === input.pageShape(page, references) ? 'relocate' : 'fetch';
  });
};

const planAttachments = (input: PlanInput): Work<PlannedAttachment> => {
  const planned = input.inventory.attachments.flatMap((attachment): PlannedAttachment[] => {
    const path = input.attachmentPaths.get(attachment.id);
    return path === undefined ? [] : [{ attachment, path }];
  });
  return divide(planned, ({ attachment, path }) => {
    const record = soundRecord(input, 'attachment', attachment.id);
    if (record?.version !== attachment.version) return 'fetch';
    return record.files[0]?.path === path ? 'unchanged' : 'relocate';
  });
};

const planComments = (input: PlanInput): Work<PlannedComments> => {
  const byPage = new Map<string, ListedComment[]>();
  for (const comment of input.inventory.comments) {
    const group = byPage.get(comment.pageId);
    if (group) group.push(comment);
    else byPage.set(comment.pageId, [comment]);
  }
  const planned = input.inventory.pages.flatMap((page): PlannedComments[] => {
    const comments = byPage.get(page.id);
    const base = input.paths.pages.get(page.id);
    return comments === undefined || base === undefined ? [] : [{ page, base, comments }];
  });
  return divide(planned, (item) => {
    const record = soundRecord(input, 'comments', item.page.id);
    if (record === undefined) return 'fetch';
    const references = record.references ?? [];
    if (input.isUnchanged || record.fingerprint === input.commentsFingerprint(item, references))
      return 'unchanged';
    return record.shape === input.commentsShape(item, references) ? 'relocate' : 'fetch';
  });
};

const planFolders = (input: PlanInput): Work<PlannedFolder> => {
  const planned = input.inventory.folders.flatMap((folder): PlannedFolder[] => {
    const directory = input.paths.folders.get(folder.id);
    return directory === undefined || folder.type === 'unknown' ? [] : [{ folder, directory }];
  });
  return divide(planned, ({ folder, directory }) => {
    const isThere = soundRecord(input, 'folder', folder.id)?.directory === directory;
    return isThere && folder.failure === undefined ? 'unchanged' : 'fetch';
  });
};

/** Everything that was listed of a kind. */
export const listedIn = <T>({ fetch, relocate, unchanged }: Work<T>): T[] => [
  ...fetch,
  ...relocate,
  ...unchanged,
];

/** Compares what the wiki lists with what the mirror holds. Planning again after doing the plan gives no work. */
export const planPull = (input: PlanInput): PullPlan => ({
  pages: planPages(input),
  attachments: planAttachments(input),
  comments: planComments(input),
  folders: planFolders(input),
  deletions: input.leaving.map(({ record }) => record),
});

/** The accounts whose names the recorded bodies mention. */
export const recordedAccounts = (records: Iterable<ItemRecord>): Set<string> => {
  const accounts = new Set<string>();
  for (const { references } of records)
    for (const account of accountsIn(references ?? [])) accounts.add(account);
  return accounts;
};
