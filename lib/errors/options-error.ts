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

/** What an option must be and is not, to follow its name. */
export const must = (rule: string, value: unknown): string => {
  const given = typeof value === 'string' ? JSON.stringify(told(value)) : String(value);
  return value === undefined ? `must ${rule}.` : `must ${rule}, but is ${given}.`;
};
