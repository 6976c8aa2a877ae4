import { z } from 'zod';

/** Ids are strings of digits in answers (attachments: `att` and digits); some proxies and endpoints send numbers. */
export const Id = z
  .union([z.string(), z.number().transform(String)])
  .refine((id) => /^(?:att)?\d+$/.test(id), 'no id');

/** Nearly every field can be absent, null or of another type at runtime, whatever the documents say. */
export const optional = <T extends z.ZodType>(schema: T) =>
  z
    .unknown()
    .optional()
    .transform((value): z.output<T> | undefined => {
      const parsed = schema.safeParse(value);
      return parsed.success ? parsed.data : undefined;
    });

export const Text = optional(z.string());

/** A number, also as text. */
export const Count = optional(z.union([z.number(), z.string().regex(/^\d+$/).transform(Number)]));

/** Text that is `fallback` when absent. */
export const textOr = (fallback: string) => Text.transform((value) => value ?? fallback);

/** The number of a version; 0, which is no version's, when it is absent. */
export const versionNumber = (version: { readonly number: number | undefined } | undefined): number =>
  version?.number ?? 0;
