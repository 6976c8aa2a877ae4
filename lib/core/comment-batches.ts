import type { PlannedComments } from './pull-plan.js';

/** A search answers 50 bodies: what fits one answer costs one request. */
const COMMENTS = 50;
/** Pages in one search for comments. */
export const MOST_PAGES = 100;

/** Puts pages together so that the comments of each batch fill one answer where they can. */
export const commentBatches = (planned: readonly PlannedComments[]): PlannedComments[][] => {
  const batches: PlannedComments[][] = [];
  let count = Infinity;
  for (const item of planned) {
    const batch = batches.at(-1);
    if (batch && batch.length < MOST_PAGES && count + item.comments.length <= COMMENTS) {
      batch.push(item);
      count += item.comments.length;
    } else {
      batches.push([item]);
      count = item.comments.length;
    }
  }
  return batches;
};
