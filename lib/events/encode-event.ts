import { jsonLine } from '../core/json-line.js';
import type { RxsyncEvent } from './events.js';

/** One line of NDJSON, with its line feed. Control characters are escaped, so a title cannot break the line. */
export const encodeEvent = (event: RxsyncEvent): string => {
  const { v, seq, ts, run, type, ...rest } = event;
  return jsonLine({ v, seq, ts, run, type, ...rest });
};
