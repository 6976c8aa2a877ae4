import type { ControlFields } from './control-fields.js';

/** Stands for the id of a page, folder, attachment or comment: the listings of the API tell ids. */
const id = 'ID';

/** What each change is called with, by its name. */
const FIELDS: Readonly<Record<string, ControlFields>> = {
  createPage: { title: 'A page', spaceKey: 'LARGE', body: '<p>Text</p>' },
  createBlogpost: { title: 'News', spaceKey: 'LARGE', body: '<p>Text</p>' },
  editPage: { id, body: '<p>New text</p>' },
  renamePage: { id, title: 'Another title' },
  movePage: { id, parentId: id },
  deletePage: { id },
  restorePage: { id },
  archivePage: { id },
  unarchivePage: { id },
  purge: { id },
  hidePage: { id, hidden: true },
  label: { id, add: 'howto' },
  createFolder: { title: 'A folder', spaceKey: 'LARGE' },
  renameFolder: { id, title: 'Another title' },
  moveFolder: { id, parentId: id },
  deleteFolder: { id },
  attach: { id, fileName: 'notes.txt', content: 'Text' },
  replaceAttachment: { id, content: 'Text' },
  detach: { id },
  deleteAttachment: { id },
  comment: { id, body: '<p>Yes.</p>' },
  editComment: { id, body: '<p>No.</p>' },
  deleteComment: { id },
  resolveComment: { id, resolution: 'resolved' },
  rekeySpace: { spaceKey: 'LARGE', key: 'HUGE' },
  archiveSpace: { spaceKey: 'LARGE', archived: true },
  moveToSpace: { id, spaceKey: 'SMALL' },
  advance: { byMs: 60_000 },
  reindex: {},
};

/** How to call each change, by its name, on a wiki at `url`. */
export const changeExamples = (url: string): Record<string, string> =>
  Object.fromEntries(
    Object.entries(FIELDS).map(([verb, fields]) => [
      verb,
      `curl -d '${JSON.stringify(fields)}' ${url}/_sandbox/${verb}`,
    ]),
  );
