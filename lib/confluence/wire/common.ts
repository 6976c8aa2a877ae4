import { z } from 'zod';

const ID = /^(?:att)?[1-9]\d*$/;

/** Ids are strings of digits in answers (attachments: `att` and digits); some proxies and endpoints send numbers. */
export const Id = z
  .union([z.string(), z.number().refine(Number.isSafeInteger, 'too large a number').transform(String)])
  .refine((id) => ID.test(id), 'no id');

/** An id that may be absent. */
export const idOf = (value: unknown): string | undefined => {
  const id = typeof value === 'number' && Number.isSafeInteger(value) ? String(value) : value;
  return typeof id === 'string' && ID.test(id) ? id : undefined;
};

/** What an object of an answer says. */
export type Fields = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Fields => typeof value === 'object' && value !== null;

/** Those of anything else are none. */
export const fieldsOf = (value: unknown): Fields => (isObject(value) ? value : {});

const WithId = z.object({ id: Id });

/**
 * Rows that only need an id: the rest of a row is read by `read`, which takes it as it is. Schemas for every field would take
 * longer than all else in a listing.
 */
export const rowWithId = <T>(read: (id: string, fields: Fields) => T): z.ZodType<T> =>
  z.unknown().transform((row, context): T => {
    const id = isObject(row) ? idOf(row.id) : undefined;
    if (isObject(row) && id !== undefined) return read(id, row);
    for (const issue of WithId.safeParse(row).error?.issues ?? [])
      context.addIssue({ ...issue, code: 'custom' });
    return z.NEVER;
  });

/** Nearly every field can be absent, null or of another type at runtime, whatever the documents say. */
export const optional = <T extends z.ZodType>(schema: T) =>
  z
    .unknown()
    .optional()
    .transform((value): z.output<T> | undefined => {
      const parsed = schema.safeParse(value);
      return parsed.success ? parsed.data : undefined;
    });

export const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

export const Text = z.unknown().optional().transform(textOf);

const DIGITS = /^\d+$/;

/** A number, also as text. */
export const countOf = (value: unknown): number | undefined => {
  if (typeof value === 'string' && DIGITS.test(value)) return Number(value);
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
};

export const Count = z.unknown().optional().transform(countOf);

/** Text that is `fallback` when absent. */
export const textOr = (fallback: string) => Text.transform((value) => value ?? fallback);

/** The status of content in lower case; an answer that has none tells of what is there. */
export const statusOf = (value: unknown): string => (textOf(value) ?? 'current').toLowerCase();

export const Status = z.unknown().optional().transform(statusOf);

const YEAR = /^\d{4}-/;

/** A point of time, ISO 8601 in UTC; undefined for what is none. */
export const timeOf = (value: unknown): string | undefined => {
  if (typeof value !== 'string' || !YEAR.test(value)) return undefined;
  const atMs = Date.parse(value);
  if (Number.isNaN(atMs)) return undefined;
  return value.endsWith('Z') ? value : new Date(atMs).toISOString();
};

export const Time = z.unknown().optional().transform(timeOf);

/** Begins with one slash: anything else is an address of another host, or none. */
const PATH = /^\/(?![/\\])/;

/** The path of a page below the site's base, in the links of an answer; undefined for what is none. */
export const webuiIn = (links: unknown): string | undefined => {
  const webui = textOf(fieldsOf(links).webui);
  return webui !== undefined && PATH.test(webui) ? webui : undefined;
};

/** The links of an answer. */
export const Links = z
  .unknown()
  .optional()
  .transform((links) => ({ webui: webuiIn(links) }));

/** The number of a version; 0, which is no version's, when it is absent. */
export const versionNumber = (version: { readonly number: number | undefined } | undefined): number =>
  version?.number ?? 0;
