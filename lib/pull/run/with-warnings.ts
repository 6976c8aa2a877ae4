import { type MonoTypeOperatorFunction, defer, map } from 'rxjs';
import type { EventBody, RunWarning } from '../../events/events.js';
import { isEnd } from './is-end.js';

/** So many are told again at the end: there may be one for each page. */
const MOST_WARNINGS = 100;

/** Tells in the last event of a run what it has warned of: the first warnings, and how many there were. */
export const withWarnings: MonoTypeOperatorFunction<EventBody> = (events$) =>
  defer(() => {
    const warnings: RunWarning[] = [];
    let warningCount = 0;
    return events$.pipe(
      map((event) => {
        if (isEnd(event)) return { ...event, warnings, warningCount };
        if (event.type !== 'warning') return event;
        const { code, message } = event;
        warningCount += 1;
        if (warningCount <= MOST_WARNINGS) warnings.push({ code, message });
        return event;
      }),
    );
  });
