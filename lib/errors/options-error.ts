import { EXIT, RxsyncError } from './rxsync-error.js';
import { withoutCredentials } from './without-credentials.js';

/** An option has a value that it cannot have. Raised before anything is done. */
export class OptionsError extends RxsyncError {
  readonly code = 'options';
  override readonly exitCode = EXIT.usage;

  /**
   * @param option the option as the user knows it, for example `pages`
   * @param value what was given
   * @param rule what is allowed, to follow "must": `be an integer of at least 0`
   */
  constructor(
    readonly option: string,
    readonly value: unknown,
    readonly rule: string,
  ) {
    super(`Option ${option} ${must(rule, value)}`);
  }
}

/** An address, or a name and a word before a host: what else has an @ is told as it is. */
const ADDRESS = /:\/\/|:[^\s/?#]*@[\w-]+(?:\.[\w-]+)+/;

const told = (value: string): string => (ADDRESS.test(value) ? withoutCredentials(value) : value);

/** A value as a program would write it; what an object holds is not told: it may be a secret. */
const written = (value: unknown): string => {
  if (typeof value === 'string') return JSON.stringify(told(value));
  if (Array.isArray(value)) return `[${value.map(written).join(', ')}]`;
  if (typeof value === 'function') return 'a function';
  return typeof value === 'object' && value !== null ? 'an object' : String(value);
};

/** What an option must be and is not, to follow its name. */
export const must = (rule: string, value: unknown): string => {
  const given = written(value);
  return value === undefined ? `must ${rule}.` : `must ${rule}, but is ${given}.`;
};
