import type { PlacedAttachment } from './attachment-paths.js';
import type { Inventory, ListedAttachment, ListedComment, ListedFolder, ListedPage } from './content.js';
import type { Items } from './items.js';
import { type PagePaths } from './page-paths.js';
import { isWritten, type ItemRecord, recordKey } from './records.js';
import type { Departure } from './departures.js';
import type { Kind } from './kinds.js';
import { areSameComments, isOneMadeAnew } from './same-comments.js';
import type { Settled } from './settled.js';
import { isSameVersion, mayBeSameTime, versionStamp } from './versions.js';

/** A page or blog post to fetch. */
export interface PlannedPage {
  readonly page: ListedPage;
  /** Path without extension. */
  readonly base: string;
  readonly change: Change;
}

export type Change = 'new' | 'edited' | 'relinked';

export type PlannedAttachment = PlacedAttachment;

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

/** What is to be done about the items of a kind. */
export interface Work<T, L extends Items<T> = readonly T[]> {
  readonly fetch: L;
  /** What the mirror has already, only elsewhere or with links to elsewhere: no request is needed. */
  readonly relocate: L;
}

/** With those for which nothing is to be done, of which nobody need know where they belong. */
export interface KindWork<T, U> extends Work<T> {
  readonly unchanged: readonly U[];
}

/** Of attachments only the ids are kept. */
export interface AttachmentWork extends Work<PlannedAttachment, Items<PlannedAttachment>> {
  readonly unchanged: Items<PlannedAttachment>;
  /** What is to be fetched, as far as the wiki tells it. */
  readonly bytes: number;
  /** How many are listed that a filter leaves out. */
  readonly leftOut: number;
}

/** What a pull has to do. */
export interface PullPlan {
  readonly pages: KindWork<PlannedPage, ListedPage>;
  readonly attachments: AttachmentWork;
  /** Unchanged: the pages. */
  readonly comments: KindWork<PlannedComments, ListedPage>;
  readonly folders: KindWork<PlannedFolder, ListedFolder>;
  /** Record keys of what leaves the mirror. */
  readonly deletions: readonly string[];
}

export interface PlanInput {
  readonly inventory: Inventory;
  readonly paths: PagePaths;
  /** The attachments of a page in the mirror. */
  readonly attachmentsOn: (pageId: string) => readonly PlannedAttachment[];
  /** The records, by their keys. */
  readonly records: {
    readonly get: (key: string) => ItemRecord | undefined;
    readonly has: (key: string) => boolean;
  };
  /** Keys of the records whose files are not there as they were written. */
  readonly unsound: ReadonlySet<string>;
  /** What files show beside their own text, and where they are, is as when they were written: only versions need a look. */
  readonly isLaidOutAlike: boolean;
  /** What `isLaidOutAlike` needs of the recorded versions. */
  readonly settled: Settled;
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

/** Whether a record may be relied on. */
const isSound = ({ unsound, full }: PlanInput, kind: Kind, id: string): boolean =>
  !full && (unsound.size === 0 || !unsound.has(recordKey(kind, id)));

/** The record of an item if it may be relied on. */
const soundRecord = (input: PlanInput, kind: Kind, id: string): ItemRecord | undefined =>
  isSound(input, kind, id) ? input.records.get(recordKey(kind, id)) : undefined;

/** Where an item belongs in the work of its kind. */
type Fate = 'fetch' | 'relocate' | 'unchanged';

interface NewWork<T, U> {
  readonly fetch: T[];
  readonly relocate: T[];
  readonly unchanged: U[];
}

const newWork = <T, U>(): NewWork<T, U> => ({ fetch: [], relocate: [], unchanged: [] });

/** Whether a record is of the listed version of its page. */
const isRecordedVersion = ({ version, page: recorded }: ItemRecord, page: ListedPage): boolean =>
  isSameVersion({ version, updatedAt: recorded?.updatedAt }, page);

/** What becomes of a page whose record may be relied on and has its version. */
const fateOfPage = (input: PlanInput, page: ListedPage, record: ItemRecord): Fate => {
  const references = record.references ?? [];
  if (record.fingerprint === input.pageFingerprint(page, references)) return 'unchanged';
  return record.shape === input.pageShape(page, references) ? 'relocate' : 'fetch';
};

const planPages = (input: PlanInput): PullPlan['pages'] => {
  const work = newWork<PlannedPage, ListedPage>();
  const plan = (fate: 'fetch' | 'relocate', page: ListedPage, change: Change): void => {
    const base = input.paths.pages.get(page.id);
    if (base !== undefined) work[fate].push({ page, base, change });
  };
  for (const page of input.inventory.pages) {
    const { kind, id } = page;
    const isReliable = isSound(input, kind, id);
    if (input.isLaidOutAlike && isReliable && input.settled[kind].get(id) === versionStamp(page)) {
      work.unchanged.push(page);
      continue;
    }
    const record = input.records.get(recordKey(kind, id));
    // What is fetched again though its version is the same, as its file cannot be relied on, counts as edited.
    if (record === undefined) plan('fetch', page, 'new');
    else if (!isRecordedVersion(record, page) || !isReliable) plan('fetch', page, 'edited');
    else {
      const fate = fateOfPage(input, page, record);
      if (fate === 'unchanged') work.unchanged.push(page);
      else plan(fate, page, 'relinked');
    }
  }
  return work;
};

/** Some attachments, by the ids of their pages and their own. */
const itemsOn = (
  attachmentsOn: PlanInput['attachmentsOn'],
  idsByPage: ReadonlyMap<string, readonly string[]>,
): Items<PlannedAttachment> => ({
  length: [...idsByPage.values()].reduce((sum, { length }) => sum + length, 0),
  *[Symbol.iterator]() {
    for (const [pageId, ids] of idsByPage) {
      const chosen = new Set(ids);
      for (const item of attachmentsOn(pageId)) if (chosen.has(item.attachment.id)) yield item;
    }
  },
});

/** Whether the same may be told of two: what is not told of one of them speaks against nothing. */
const mayBeSame = <T>(one: T | undefined, other: T | undefined): boolean =>
  one === undefined || other === undefined || one === other;

/** Whether a listed attachment may be the file that is recorded of the same version. */
const mayBeSameFile = (recorded: ListedAttachment | undefined, listed: ListedAttachment): boolean =>
  mayBeSameTime(recorded?.updatedAt, listed.updatedAt) &&
  mayBeSame(recorded?.sizeBytes, listed.sizeBytes) &&
  mayBeSame(recorded?.fileId, listed.fileId);

const planAttachments = (input: PlanInput): AttachmentWork => {
  const { inventory, attachmentsOn } = input;
  /** The record of the listed version. */
  const recordOf = (attachment: ListedAttachment): ItemRecord | undefined => {
    const record = soundRecord(input, 'attachment', attachment.id);
    const isSame = record?.version === attachment.version && mayBeSameFile(record.attachment, attachment);
    return isSame ? record : undefined;
  };
  const fateOf = ({ attachment, path }: PlannedAttachment): Fate => {
    const record = recordOf(attachment);
    if (record === undefined) return 'fetch';
    return record.files[0]?.path === path ? 'unchanged' : 'relocate';
  };
  const isAsRecorded = (attachment: ListedAttachment): boolean => recordOf(attachment) !== undefined;
  const ids: Record<Fate, Map<string, string[]>> = {
    fetch: new Map(),
    relocate: new Map(),
    unchanged: new Map(),
  };
  let [bytes, leftOut] = [0, 0];
  for (const { id: pageId } of inventory.pages) {
    leftOut += inventory.attachments.leftOutOf(pageId).length;
    const listed = inventory.attachments.of(pageId);
    if (listed.length === 0) continue;
    if (input.isLaidOutAlike && listed.every(isAsRecorded)) {
      ids.unchanged.set(
        pageId,
        listed.map(({ id }) => id),
      );
      continue;
    }
    for (const item of attachmentsOn(pageId)) {
      const fate = fateOf(item);
      const onPage = ids[fate].get(pageId);
      if (onPage) onPage.push(item.attachment.id);
      else ids[fate].set(pageId, [item.attachment.id]);
      if (fate === 'fetch') bytes += item.attachment.sizeBytes ?? 0;
    }
  }
  return {
    fetch: itemsOn(attachmentsOn, ids.fetch),
    relocate: itemsOn(attachmentsOn, ids.relocate),
    unchanged: itemsOn(attachmentsOn, ids.unchanged),
    bytes,
    leftOut,
  };
};

const fateOfComments = (input: PlanInput, item: PlannedComments, record: ItemRecord): Fate => {
  if (isOneMadeAnew(record.comments, item.comments)) return 'fetch';
  const references = record.references ?? [];
  if (record.fingerprint === input.commentsFingerprint(item, references)) return 'unchanged';
  return record.shape === input.commentsShape(item, references) ? 'relocate' : 'fetch';
};

const planComments = (input: PlanInput): PullPlan['comments'] => {
  const byPage = new Map<string, ListedComment[]>();
  for (const comment of input.inventory.comments) {
    const group = byPage.get(comment.pageId);
    if (group) group.push(comment);
    else byPage.set(comment.pageId, [comment]);
  }
  const work = newWork<PlannedComments, ListedPage>();
  for (const page of input.inventory.pages) {
    const comments = byPage.get(page.id);
    if (comments === undefined) continue;
    const record = soundRecord(input, 'comments', page.id);
    if (input.isLaidOutAlike && record && isWritten(record) && areSameComments(record.comments, comments)) {
      work.unchanged.push(page);
      continue;
    }
    const base = input.paths.pages.get(page.id);
    if (base === undefined) continue;
    const item: PlannedComments = { page, base, comments };
    const fate = record === undefined ? 'fetch' : fateOfComments(input, item, record);
    if (fate === 'unchanged') work.unchanged.push(page);
    else work[fate].push(item);
  }
  return work;
};

/** Whether it is recorded as the wiki tells it: another title may give the same directory. */
const isAsListed = (folder: ListedFolder, recorded: ListedFolder | undefined): boolean =>
  recorded?.type === folder.type && recorded.title === folder.title && recorded.parentId === folder.parentId;

const planFolders = (input: PlanInput): PullPlan['folders'] => {
  const work = newWork<PlannedFolder, ListedFolder>();
  for (const folder of input.inventory.folders) {
    if (folder.type === 'unknown') continue;
    const record = soundRecord(input, 'folder', folder.id);
    const isKnown = folder.failure === undefined && isAsListed(folder, record?.folder);
    const known = isKnown ? record?.directory : undefined;
    if (input.isLaidOutAlike && known !== undefined) {
      work.unchanged.push(folder);
      continue;
    }
    const directory = input.paths.folders.get(folder.id);
    if (directory === undefined) continue;
    if (known === directory) work.unchanged.push(folder);
    else work.fetch.push({ folder, directory });
  }
  return work;
};

interface Sized {
  readonly length: number;
}

/** How much was listed of a kind. */
export const sizeOf = ({ fetch, relocate, unchanged }: Readonly<Record<Fate, Sized>>): number =>
  fetch.length + relocate.length + unchanged.length;

/** Compares what the wiki lists with what the mirror holds. Planning again after doing the plan gives no work. */
export const planPull = (input: PlanInput): PullPlan => ({
  pages: planPages(input),
  attachments: planAttachments(input),
  comments: planComments(input),
  folders: planFolders(input),
  deletions: input.leaving.map(({ key }) => key),
});
