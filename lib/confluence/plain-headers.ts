/** Response headers as a plain record of strings with lower-case names. */
export const plainHeaders = (headers: unknown): Readonly<Record<string, string | undefined>> => {
  if (typeof headers !== 'object' || headers === null) return {};
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]: [string, unknown]) =>
      typeof value === 'string' ? [[name.toLowerCase(), value]] : [],
    ),
  );
};
