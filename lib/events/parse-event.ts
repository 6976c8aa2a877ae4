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
 */
export const parseEvent = (line: string): RxsyncEvent => {
  const { data, error } = EventSchema.safeParse(parseJson(line));
  if (error) throw new MalformedEventError(`The line is no rxsync event: ${z.prettifyError(error)}`);
  return data;
};
