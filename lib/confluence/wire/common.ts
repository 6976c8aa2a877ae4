import { z } from 'zod';

/** Ids are strings in answers; some proxies and older endpoints send numbers. */
export const Id = z.union([z.string(), z.number().transform(String)]);

/** Nearly every field can be absent or null at runtime, whatever the documents say. */
export const optional = <T extends z.ZodType>(schema: T) =>
  schema.nullish().transform((value) => value ?? undefined);

export const Text = optional(z.string());

/** Text that is `fallback` when absent. */
export const textOr = (fallback: string) =>
  z
    .string()
    .nullish()
    .transform((value) => value ?? fallback);
