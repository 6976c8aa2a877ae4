import type { ListedComment } from './content.js';
import { isSameVersion, mayBeSameTime } from './versions.js';

/** Whether a comment is recorded as it is listed. */
export const isSameComment = (recorded: ListedComment, listed: ListedComment): boolean =>
  recorded.resolution === listed.resolution && isSameVersion(recorded, listed);

/** Whether the comments of a page are recorded as they are listed. */
export const areSameComments = (
  recorded: readonly ListedComment[] | undefined,
  listed: readonly ListedComment[],
): boolean => {
  const known = new Map(recorded?.map((comment) => [comment.id, comment]));
  return (
    known.size === listed.length &&
    listed.every((each) => {
      const comment = known.get(each.id);
      return comment !== undefined && isSameComment(comment, each);
    })
  );
};

/** Whether one of the recorded comments has another time now: fingerprints hold the numbers of versions only. */
export const isOneMadeAnew = (
  recorded: readonly ListedComment[] | undefined,
  listed: readonly ListedComment[],
): boolean => {
  const known = new Map(recorded?.map(({ id, updatedAt }) => [id, updatedAt]));
  return listed.some(({ id, updatedAt }) => !mayBeSameTime(known.get(id), updatedAt));
};
