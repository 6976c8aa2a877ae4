import type { EventBody } from '../../events/events.js';
import type { RunEnd } from '../../report/gather-run.js';

/** Whether an event is the last one of its run. */
export const isEnd = (event: EventBody): event is RunEnd =>
  event.type === 'run.finished' || event.type === 'run.interrupted' || event.type === 'run.failed';
