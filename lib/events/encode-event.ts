import { jsonLine } from '../core/json-line.js';
import { checkObject } from '../errors/check-argument.js';
import type { RxsyncEvent } from './events.js';

/**
 * One line of NDJSON, with its line feed. Control characters are escaped, so a title cannot break the line.
 * @throws OptionsError for what is no object
 *
 * @example
 * import { encodeEvent, parseEvent } from 'rxsync';
 *
 * const line = '{"v":1,"seq":2,"ts":"2026-01-01T00:00:00.000Z","run":"r","type":"page.deleted","id":"7","path":"a.md"}';
 * console.log(encodeEvent(parseEvent(line)).endsWith('\n'));
 * // prints true
 */
export const encodeEvent = (event: RxsyncEvent): string => {
  checkObject('event', event);
  const { v, seq, ts, run, type, ...rest } = event;
  return jsonLine({ v, seq, ts, run, type, ...rest });
};
