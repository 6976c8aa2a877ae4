/** Media types that say nothing of what a file is. */
const UNSPECIFIC: ReadonlySet<string | undefined> = new Set([
  undefined,
  'application/octet-stream',
  'binary/octet-stream',
]);

/** Whether a media type says nothing of what a file is. */
export const isUnspecific = (mediaType: string | undefined): boolean => UNSPECIFIC.has(mediaType);
