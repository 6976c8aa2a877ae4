/** What has a meaning in one dialect beyond that in GitHub's. Its first character is escaped. */
export interface Special {
  readonly pattern: RegExp;
  /** What the dialect makes of it. */
  readonly why: string;
}

/** Finds any of them. */
export const anySpecial = (rows: readonly Special[]): RegExp =>
  new RegExp(rows.map(({ pattern }) => pattern.source).join('|'), 'g');

/** Finds any of them at the start of a line. */
export const specialStart = (rows: readonly Special[]): RegExp =>
  new RegExp(`^(?:${rows.map(({ pattern }) => pattern.source).join('|')})`);
