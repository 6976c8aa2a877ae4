import { OptionsError } from './options-error.js';

/** Whether it is an object with members of its own names. */
export const isObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** @throws OptionsError when it is no object, as null or a list is none */
export const checkObject = (name: string, value: unknown): void => {
  if (!isObject(value)) throw new OptionsError(name, value, 'be an object');
};

/** @throws OptionsError when it is no text; an empty one is one */
export const checkText = (name: string, value: unknown): void => {
  if (typeof value !== 'string') throw new OptionsError(name, value, 'be a text');
};

/** @throws OptionsError when it is no function */
export const checkFunction = (name: string, value: unknown): void => {
  if (typeof value !== 'function') throw new OptionsError(name, value, 'be a function');
};

/** @throws OptionsError when nobody can subscribe to it */
export const checkObservable = (name: string, value: unknown): void => {
  const { subscribe }: { readonly subscribe?: unknown } = isObject(value) ? value : {};
  if (typeof subscribe !== 'function') throw new OptionsError(name, value, 'be an Observable');
};

/** @throws OptionsError when it cannot be told of values */
export const checkObserver = (name: string, value: unknown): void => {
  const { next }: { readonly next?: unknown } = isObject(value) ? value : {};
  if (typeof next !== 'function')
    throw new OptionsError(name, value, 'be an observer, with a function `next`');
};
