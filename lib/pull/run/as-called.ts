import { isObject } from '../../errors/check-argument.js';

/** What a caller may change in place. */
const copyOf = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map((each: unknown) => each);
  return isObject(value) && Object.getPrototypeOf(value) === Object.prototype ? { ...value } : value;
};

/**
 * Options as they are at a call, lists and credentials too: what the caller does with its object later is for the next one. A shared
 * wiki stays itself. JavaScript callers may pass anything: what is no object is refused where the options are read.
 */
export const asCalled = <T extends object>(options: T): T => {
  if (!isObject(options)) return options;
  const copies: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(options)) copies[name] = name === 'wiki' ? value : copyOf(value);
  return Object.assign({ ...options }, copies);
};
