const NUMBER = /^\d{1,15}(?:\.\d{1,15})?$/;
const HTTP_DATE = /^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/;
const ISO_INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:\d{2})$/;

const parseDate = (text: string): number | undefined => {
  const atMs = Date.parse(text);
  return Number.isNaN(atMs) ? undefined : atMs;
};

/** The number that a header value stands for; undefined unless it is a plain one of at least 0, at most 15 digits. */
export const parseNonNegative = (text: string | undefined): number | undefined => {
  const trimmed = text?.trim() ?? '';
  return NUMBER.test(trimmed) ? Number(trimmed) : undefined;
};

/** An ISO 8601 instant, with or without seconds, in ms since the epoch. */
export const parseInstant = (text: string | undefined): number | undefined => {
  const trimmed = text?.trim() ?? '';
  return ISO_INSTANT.test(trimmed) ? parseDate(trimmed) : undefined;
};

/** An HTTP date, in ms since the epoch. */
export const parseHttpDate = (text: string | undefined): number | undefined => {
  const trimmed = text?.trim() ?? '';
  return HTTP_DATE.test(trimmed) ? parseDate(trimmed) : undefined;
};

/** `Retry-After`, in seconds or as an HTTP date, as ms from `nowMs`; a date that has passed is 0. */
export const parseRetryAfterMs = (text: string | undefined, nowMs: number): number | undefined => {
  const seconds = parseNonNegative(text);
  if (seconds !== undefined) return seconds * 1000;
  const atMs = parseHttpDate(text);
  return atMs === undefined ? undefined : Math.max(0, atMs - nowMs);
};
