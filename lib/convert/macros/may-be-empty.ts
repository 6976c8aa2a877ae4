/** Macros that may show nothing although they have parameters, and why. All others leave at least a comment. */
export const MAY_BE_EMPTY: ReadonlySet<string> = new Set([
  // Lists of what is not there: child pages, files, headings.
  'attachments',
  'children',
  'gallery',
  'pagetree',
  'toc',
  'toc-zone',
  // Their author may hide them.
  'details',
  'excerpt',
  // Their parameters only arrange what stands in them.
  'align',
  'center',
  'column',
  'div',
  'section',
  'span',
]);
