import { z } from 'zod';

/** Ids are strings of digits in answers (attachments: `att` and digits); some proxies and endpoints send numbers. */
export const Id = z
  .union([z.string(), z.number().refine(Number.isSafeInteger, 'too large a number').transform(String)])
  .refine((id) => /^(?:att)?[1-9]\d*$/.test(id), 'no id');

/** Nearly every field can be absent, null or of another type at runtime, whatever the documents say. */
export const optional = <T extends z.ZodType>(schema: T) =>
  z
    .unknown()
    .optional()
    .transform((value): z.output<T> | undefined => {
      const parsed = schema.safeParse(value);
      return parsed.success ? parsed.data : undefined;
    });

export const Text = z
  .unknown()
  .optional()
  .transform((value) => (typeof value === 'string' ? value : undefined));

/** A number, also as text. */
export const Count = optional(z.union([z.number(), z.string().regex(/^\d+$/).transform(Number)]));

/** Text that is `fallback` when absent. */
export const textOr = (fallback: string) => Text.transform((value) => value ?? fallback);

/** The status of content in lower case; an answer that has none tells of what is there. */
export const Status = textOr('current').transform((status) => status.toLowerCase());

const YEAR = /^\d{4}-/;

/** A point of time, ISO 8601 in UTC; undefined for what is none. */
export const Time = Text.transform((value) => {
  const atMs = Date.parse(value ?? '');
  if (value === undefined || Number.isNaN(atMs) || !YEAR.test(value)) return undefined;
  return value.endsWith('Z') ? value : new Date(atMs).toISOString();
});

/** Begins with one slash: anything else is an address of another host, or none. */
const PATH = /^\/(?![/\\])/;

/** The links of an answer: the path of a page below the site's base; undefined for what is none. */
export const Links = optional(
  z.object({ webui: Text.transform((path) => (PATH.test(path ?? '') ? path : undefined)) }),
);

/** The number of a version; 0, which is no version's, when it is absent. */
export const versionNumber = (version: { readonly number: number | undefined } | undefined): number =>
  version?.number ?? 0;
