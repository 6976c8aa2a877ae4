import { expect, test } from '@jest/globals';
import { concat, from, lastValueFrom, of, throwError, toArray } from 'rxjs';
import type { EventBody } from '../../../lib/events/events.js';
import { withWarnings } from '../../../lib/pull/run/with-warnings.js';
import { runTotals } from '../../support/events.js';

const FINISHED: EventBody = { type: 'run.finished', dryRun: false, ...runTotals() };
const warning = (message: string): EventBody => ({ type: 'warning', code: 'wrong-size', message });

const told = (events: readonly EventBody[]) => lastValueFrom(from(events).pipe(withWarnings, toArray()));

test('the last event tells the warnings of the run again', async () => {
  expect(await told([warning('a'), FINISHED])).toEqual([
    warning('a'),
    { ...FINISHED, warnings: [{ code: 'wrong-size', message: 'a' }], warningCount: 1 },
  ]);
  expect(await told([FINISHED])).toEqual([{ ...FINISHED, warnings: [], warningCount: 0 }]);
});

test('of many it tells the first hundred, and how many there were', async () => {
  const many = Array.from({ length: 250 }, (_, i) => warning(`${i}`));
  const last = (await told([...many, FINISHED])).at(-1);
  expect(last).toMatchObject({ warningCount: 250 });
  expect(last).toHaveProperty(
    'warnings',
    Array.from({ length: 100 }, (_, i) => ({ code: 'wrong-size', message: `${i}` })),
  );
});

test.each<EventBody>([
  { type: 'run.interrupted', reason: 'SIGINT', ...runTotals() },
  { type: 'run.failed', code: 'store', message: 'No.', ...runTotals() },
])('so does $type, and what comes after it passes', (end) => {
  const error = new Error('failed');
  const seen: unknown[] = [];
  concat(
    of(warning('a'), end),
    throwError(() => error),
  )
    .pipe(withWarnings)
    .subscribe({ next: (event) => seen.push(event), error: (error: unknown) => seen.push(error) });
  expect(seen).toMatchObject([{ type: 'warning' }, { type: end.type, warningCount: 1 }, error]);
});
