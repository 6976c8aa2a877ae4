import { type ErrorTellers, exitCodeOf } from './report-error.js';

/** Tells errors as `errors` does; those with one of the exit codes, which several runs meet at the same time, only once. */
export const tellOnce = (errors: ErrorTellers, exitCodes: ReadonlySet<number>): ErrorTellers => {
  const told = new Set<string>();
  const isNews = (error: unknown): boolean => {
    const text = JSON.stringify(errors.describe(error));
    if (!exitCodes.has(exitCodeOf(error)) || !told.has(text)) {
      told.add(text);
      return true;
    }
    return false;
  };
  return {
    ...errors,
    tell: (error) => {
      if (isNews(error)) errors.tell(error);
    },
    report: (error) => (isNews(error) ? errors.report(error) : exitCodeOf(error)),
  };
};
