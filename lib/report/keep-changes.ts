import type { ChangedFile } from '../events/run-summary.js';

/** How many changed files are named. */
const MOST = 200;

/** Some of the changed files, and how many of them are of each kind and way of change. */
export interface KeptChanges {
  readonly files: readonly ChangedFile[];
  readonly kept: Readonly<Record<string, number>>;
}

export const NO_CHANGES: KeptChanges = { files: [], kept: {} };

const groupOf = ({ kind, change }: ChangedFile): string => `${kind} ${change}`;

/**
 * Keeps the first files, but none of a kind and way of change at the expense of a rarer one: ten thousand new pages do not
 * hide the one that was deleted.
 */
export const keepChange = ({ files, kept }: KeptChanges, file: ChangedFile): KeptChanges => {
  const group = groupOf(file);
  const count = kept[group] ?? 0;
  const more = { ...kept, [group]: count + 1 };
  if (files.length < MOST) return { files: [...files, file], kept: more };
  const [largest, size] = Object.entries(kept).reduce((a, b) => (b[1] > a[1] ? b : a));
  if (size <= count + 1) return { files, kept };
  const last = files.findLastIndex((each) => groupOf(each) === largest);
  return { files: [...files.toSpliced(last, 1), file], kept: { ...more, [largest]: size - 1 } };
};
