import { map, type OperatorFunction } from 'rxjs';
import type { EventBody, RxsyncEvent } from './events.js';

/** Returns an Observable of the events in their envelope: numbered from 1, dated, with the id of the run. */
export const stampEvents = (run: string, now: () => number): OperatorFunction<EventBody, RxsyncEvent> =>
  map((event, index) => ({ v: 1, seq: index + 1, ts: new Date(now()).toISOString(), run, ...event }));
