import { booleanOf } from './boolean-word.js';

/** Whether a value ends a narrowing: `--no-label` gives false, elsewhere it is a word. An id may be 0. */
export const isOff = (value: unknown): boolean =>
  value === false || (typeof value === 'string' && value !== '0' && booleanOf(value) === false);
