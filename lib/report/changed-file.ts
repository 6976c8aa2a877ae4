import type { EventBody } from '../events/events.js';
import type { FileEvent } from '../events/file-events.js';
import type { ChangedFile } from '../events/run-summary.js';

type Told = Exclude<FileEvent, { type: 'page.skipped' }>;

/** What an event is about: the page, where it is the page's comments. */
const subjectOf = (event: Told): Pick<ChangedFile, 'kind' | 'id'> => {
  if (!('id' in event)) return { kind: 'comments', id: event.pageId };
  if ('pageId' in event) return { kind: 'attachment', id: event.id };
  return { kind: event.type.startsWith('folder.') ? 'folder' : 'page', id: event.id };
};

/** The file that an event tells a change of; undefined for all other events. */
export const changedFile = (event: EventBody): ChangedFile | undefined => {
  switch (event.type) {
    case 'page.written':
    case 'attachment.written':
    case 'comments.written':
      return { ...subjectOf(event), change: event.change, path: event.path };
    case 'folder.written':
      return { ...subjectOf(event), change: 'new', path: event.path };
    case 'page.moved':
    case 'attachment.moved':
    case 'comments.moved':
    case 'folder.moved':
      return { ...subjectOf(event), change: 'moved', path: event.to, from: event.from };
    case 'page.deleted':
    case 'attachment.deleted':
    case 'comments.deleted':
    case 'folder.deleted':
      return { ...subjectOf(event), change: 'deleted', path: event.path };
    default:
      return undefined;
  }
};
