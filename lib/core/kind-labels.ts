import type { Kind } from './kinds.js';

/** What people call the kinds. */
export const LABELS: Readonly<Record<Kind, string>> = {
  page: 'pages',
  blogpost: 'blog posts',
  folder: 'folders',
  attachment: 'attachments',
  comments: 'comment files',
};
