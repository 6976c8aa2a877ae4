import { mayNameFiles } from '../../core/link-state.js';
import type { PlannedPage } from '../../core/pull-plan.js';
import type { FileStamp } from '../../core/records.js';
import type { EventBody, MetaDeleted, MetaMoved, MetaWritten, PageMoved } from '../../events/events.js';
import type { Step } from '../run/step.js';

const bytesOf = (files: readonly FileStamp[]): number => files.reduce((sum, { bytes }) => sum + bytes, 0);

/** Whether it is the file of meta data beside a page. */
export const isMeta = (path: string): boolean => path.endsWith('.meta.json');

/** The two files of a page: its text, and the meta data beside it. What another page has come to the place of is no more. */
export const filesOf = (
  files: readonly FileStamp[],
): { readonly text: FileStamp | undefined; readonly meta: FileStamp | undefined } => ({
  text: files.find(({ path }) => !isMeta(path)),
  meta: files.find(({ path }) => isMeta(path)),
});

const pageMoved = (id: string, before?: FileStamp, now?: FileStamp): PageMoved | undefined =>
  before === undefined || now === undefined || before.path === now.path
    ? undefined
    : { type: 'page.moved', id, from: before.path, to: now.path, bytes: now.bytes };

/** What became of the file of meta data beside a page; formats with front matter have none. */
const metaEvents = (
  id: string,
  before?: FileStamp,
  now?: FileStamp,
): readonly (MetaWritten | MetaMoved | MetaDeleted)[] => {
  if (now === undefined) return before === undefined ? [] : [{ type: 'meta.deleted', id, path: before.path }];
  const { path, bytes } = now;
  if (before !== undefined && before.path !== path)
    return [{ type: 'meta.moved', id, from: before.path, to: path, bytes }];
  return before?.hash === now.hash ? [] : [{ type: 'meta.written', id, path, bytes }];
};

/** A page whose files were these before, if any, and are those now. */
interface WrittenFiles {
  readonly before: readonly FileStamp[];
  readonly now: readonly FileStamp[];
  /** What its text depends on, as recorded. */
  readonly references: readonly string[];
}

/** A page that was fetched and written; one that has moved, too, is told to have moved first. */
export const writtenStep = (
  { page: { kind, id }, change }: PlannedPage,
  version: number,
  { before, now, references }: WrittenFiles,
): Step => {
  const [old, { text: file, meta }] = [filesOf(before), filesOf(now)];
  const moved = pageMoved(id, old.text, file);
  const written = { path: file?.path ?? '', bytes: file?.bytes ?? 0, change };
  return {
    type: 'outcome',
    kind,
    result: 'written',
    bytes: bytesOf(now),
    mayNameFiles: mayNameFiles(references),
    ...(moved && { first: moved }),
    event: { type: 'page.written', id, version, ...written },
    beside: metaEvents(id, old.meta, meta),
  };
};

/** A page that was brought to another place, or whose links were. */
export const relocatedStep = (
  { page: { kind, id, version } }: PlannedPage,
  { before, now, references }: WrittenFiles,
): Step => {
  const [old, { text: file, meta }] = [filesOf(before), filesOf(now)];
  const moved = pageMoved(id, old.text, file);
  const written = { path: file?.path ?? '', bytes: file?.bytes ?? 0, change: 'relinked' } as const;
  const event: EventBody = moved ?? { type: 'page.written', id, version, ...written };
  const beside = metaEvents(id, old.meta, meta);
  return {
    type: 'outcome',
    kind,
    result: moved ? 'moved' : 'written',
    bytes: bytesOf(now),
    mayNameFiles: mayNameFiles(references),
    event,
    beside,
  };
};

/** What tells that the files of a page have left. */
export const pageDeleted = (id: string, files: readonly FileStamp[]): readonly EventBody[] => {
  const { text, meta } = filesOf(files);
  return [...(text ? [{ type: 'page.deleted', id, path: text.path } as const] : []), ...metaEvents(id, meta)];
};
