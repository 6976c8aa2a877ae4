import { EXIT } from '../../errors/rxsync-error.js';

/** What became of one of several spaces. */
export interface Outcome {
  readonly name: string;
  /** Undefined when its pull was not begun. */
  readonly exitCode: number | undefined;
}

/** More names than that are counted. */
const MOST_NAMES = 10;

const listed = (names: readonly string[]): string => {
  const more = names.length - MOST_NAMES;
  return `${names.slice(0, MOST_NAMES).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
};

/** Which of several spaces are not complete, or not even begun; undefined where all are complete. */
export const lackingText = (outcomes: readonly Outcome[]): string | undefined => {
  const lacking = outcomes.flatMap(({ name, exitCode }) =>
    exitCode === undefined || exitCode === EXIT.complete ? [] : `${name} (exit ${exitCode})`,
  );
  const waiting = outcomes.flatMap(({ name, exitCode }) => (exitCode === undefined ? name : []));
  const sentences = [
    ...(lacking.length > 0
      ? [`Not complete: ${listed(lacking)}. What is wrong with each is said above.`]
      : []),
    ...(waiting.length > 0 ? [`Not begun: ${listed(waiting)}.`] : []),
  ];
  return sentences.length > 0 ? sentences.join(' ') : undefined;
};
