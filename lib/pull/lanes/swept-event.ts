import type { ItemRecord } from '../../core/records.js';
import type { FileEvent } from '../../events/file-events.js';
import { filesOf, isMeta } from './file-steps.js';

/**
 * What tells that a file which an interrupted run has left behind is at this path no more: its item has moved to where its file is
 * now, else the file has left.
 */
export const sweptEvent = (
  path: string,
  { kind, id, files, directory, attachment }: ItemRecord,
): FileEvent => {
  const { text, meta } = filesOf(files);
  const pageId = attachment?.pageId ?? '';
  const movedTo = (file: typeof text) => file && { from: path, to: file.path, bytes: file.bytes };
  switch (kind) {
    case 'page':
    case 'blogpost': {
      if (isMeta(path)) {
        const move = movedTo(meta);
        return move ? { type: 'meta.moved', id, ...move } : { type: 'meta.deleted', id, path };
      }
      const move = movedTo(text);
      return move ? { type: 'page.moved', id, ...move } : { type: 'page.deleted', id, path };
    }
    case 'attachment': {
      const move = movedTo(files[0]);
      return move
        ? { type: 'attachment.moved', pageId, id, ...move }
        : { type: 'attachment.deleted', pageId, id, path };
    }
    case 'comments': {
      const move = movedTo(files[0]);
      return move
        ? { type: 'comments.moved', pageId: id, ...move }
        : { type: 'comments.deleted', pageId: id, path };
    }
    case 'folder':
      return directory === undefined
        ? { type: 'folder.deleted', id, path }
        : { type: 'folder.moved', id, from: path, to: directory };
  }
};
