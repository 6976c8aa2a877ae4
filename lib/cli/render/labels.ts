import type { Totals } from '../../events/events.js';

/** What people call the kinds. */
export const LABELS: Readonly<Record<keyof Totals, string>> = {
  page: 'pages',
  blogpost: 'blog posts',
  folder: 'folders',
  attachment: 'attachments',
  comments: 'comment files',
};
