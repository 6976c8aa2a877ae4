import { credentialRule } from '../../core/credential-rule.js';
import { checkFunction, isObject } from '../../errors/check-argument.js';
import { OptionsError } from '../../errors/options-error.js';

/**
 * Looks for options that nobody knows, as JavaScript callers may pass them. What is told names them without their values: one
 * of them may be a secret.
 * @throws OptionsError
 */
export const checkNames = (options: unknown, known: readonly string[]): void => {
  if (!isObject(options))
    throw new OptionsError('options', undefined, `be an object of options: ${known.join(', ')}`);
  const unknown = Object.keys(options).find((name) => !known.includes(name));
  if (unknown !== undefined)
    throw new OptionsError(unknown, undefined, `be one of the options that there are: ${known.join(', ')}`);
};

/** @throws OptionsError when it is not a text, an empty one, or one with a NUL, which no system takes */
export const text = (name: string, value: unknown, rule: string): string => {
  if (typeof value === 'string' && value.trim() !== '' && !value.includes('\0')) return value;
  throw new OptionsError(name, value, rule);
};

const isSignal = (value: unknown): boolean => {
  const { aborted, addEventListener }: Partial<AbortSignal> = isObject(value) ? value : {};
  return typeof aborted === 'boolean' && typeof addEventListener === 'function';
};

/**
 * Looks at what is given beside the options: `signal`, and functions that are told of something.
 * @throws OptionsError
 */
export const checkHandlers = (
  handlers: { readonly signal?: unknown },
  told: Readonly<Record<string, unknown>> = {},
): void => {
  const { signal } = handlers;
  if (signal !== undefined && !isSignal(signal))
    throw new OptionsError('signal', signal, 'be an AbortSignal');
  for (const [name, value] of Object.entries(told)) if (value !== undefined) checkFunction(name, value);
};

/** What is given, null too, which the rule of the option then refuses; the default only where nothing is. */
export const given = <T>(value: T | undefined, otherwise: T): T => (value === undefined ? otherwise : value);

/** @throws OptionsError when it is none of those that are allowed */
export const oneOf = <T extends string>(name: string, value: T, allowed: readonly T[]): T => {
  if (!allowed.includes(value)) throw new OptionsError(name, value, `be one of ${allowed.join(', ')}`);
  return value;
};

/** @throws OptionsError when it is neither true nor false */
export const flag = (name: string, value: boolean): boolean => {
  if (typeof value === 'boolean') return value;
  throw new OptionsError(name, value, 'be true or false');
};

/** @throws OptionsError when it is not a whole number within the bounds */
export const integer = (name: string, value: number, min: number, max = Number.MAX_SAFE_INTEGER): number => {
  if (!Number.isInteger(value) || value < min || value > max)
    throw new OptionsError(
      name,
      value,
      `be a whole number from ${min}${max < Number.MAX_SAFE_INTEGER ? ` to ${max}` : ''}`,
    );
  return value;
};

const CREDENTIALS = 'be { email, apiToken } or { bearerToken }';

/** @throws OptionsError; its value names what was given, never what it is */
export const checkCredentials = (credentials: unknown): void => {
  if (!isObject(credentials))
    throw new OptionsError(
      'credentials',
      credentials === undefined ? undefined : typeof credentials,
      CREDENTIALS,
    );
  const given = new Map<string, unknown>(Object.entries(credentials));
  const names = [...given.keys()].sort().join(', ');
  if (names !== 'bearerToken' && names !== 'apiToken, email')
    throw new OptionsError('credentials', `{ ${names} }`, CREDENTIALS);
  for (const [name, value] of given) {
    const rule =
      typeof value === 'string' && value !== '' ? credentialRule(value) : 'be a text that is not empty';
    if (rule !== undefined) throw new OptionsError(`credentials.${name}`, undefined, rule);
  }
};
