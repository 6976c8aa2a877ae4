import { EXIT } from '../errors/rxsync-error.js';

/** The exit code of several: that of the first that failed, else that of one that left something behind. */
export const worseExit = (before: number, now: number): number =>
  before === EXIT.complete || (before === EXIT.partial && now !== EXIT.complete) ? now : before;
