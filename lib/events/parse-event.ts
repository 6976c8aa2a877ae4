import { z } from 'zod';
import { MalformedEventError } from '../errors/malformed-event-error.js';
import { EventSchema } from './event-schema.js';
import type { RxsyncEvent } from './events.js';

const parseJson = (line: string): unknown => {
  try {
    return JSON.parse(line);
  } catch (cause) {
    throw new MalformedEventError('The line is no JSON.', { cause });
  }
};

/**
 * Reads one line of `--progress ndjson`. Fields that a later release adds are kept.
 * @throws MalformedEventError when the line is no event of format version 1
 *
 * @example
 * import { parseEvent } from 'rxsync';
 *
 * const line = '{"v":1,"seq":1,"ts":"2026-01-01T00:00:00.000Z","run":"r","type":"checkpoint.written","done":7,"failed":0}';
 * const event = parseEvent(line);
 * if (event.type === 'checkpoint.written') console.log(event.done);
 * // prints 7
 */
export const parseEvent = (line: string): RxsyncEvent => {
  const { data, error } = EventSchema.safeParse(parseJson(line));
  if (error) throw new MalformedEventError(`The line is no rxsync event: ${z.prettifyError(error)}`);
  return data;
};
