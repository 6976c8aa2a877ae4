import { HTTPException } from 'hono/http-exception';

const bad = (name: string, text: string): never => {
  throw new HTTPException(400, {
    message: `Provided value {${text}} for '${name}' is not the correct type or value`,
  });
};

/** An integer parameter within bounds; anything else is answered 400. */
export const intParam = (
  params: URLSearchParams,
  name: string,
  bounds: { readonly fallback: number; readonly min: number; readonly max: number },
): number => {
  const text = params.get(name);
  if (text === null) return bounds.fallback;
  const value = Number(text);
  if (!/^-?\d+$/.test(text) || value < bounds.min || value > bounds.max) return bad(name, text);
  return value;
};

/** A list parameter, repeated or joined with commas; more than `max` values are answered 400. */
export const listParam = (
  params: URLSearchParams,
  name: string,
  max: number,
): readonly string[] | undefined => {
  if (!params.has(name)) return undefined;
  const values = params.getAll(name).flatMap((value) => value.split(',').filter((part) => part !== ''));
  return values.length > max ? bad(name, `${values.length} values`) : values;
};

/** A list of ids: digits only. */
export const idsParam = (
  params: URLSearchParams,
  name: string,
  max: number,
): readonly string[] | undefined => {
  const values = listParam(params, name, max);
  return values?.some((value) => !/^\d+$/.test(value)) === true ? bad(name, values.join(',')) : values;
};

/** A parameter with fixed values; anything else is answered 400. */
export const choiceParam = (
  params: URLSearchParams,
  name: string,
  allowed: readonly string[],
): string | undefined => {
  const text = params.get(name);
  if (text === null) return undefined;
  return allowed.includes(text) ? text : bad(name, text);
};

/** A list parameter with fixed values; anything else is answered 400. */
export const choicesParam = (
  params: URLSearchParams,
  name: string,
  allowed: readonly string[],
): readonly string[] | undefined => {
  const values = listParam(params, name, allowed.length);
  const stranger = values?.find((value) => !allowed.includes(value));
  return stranger === undefined ? values : bad(name, stranger);
};
