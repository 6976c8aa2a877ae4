import { describe, expect, test } from '@jest/globals';
import { Subject, of } from 'rxjs';
import { StoreError } from '../../../lib/errors/store-error.js';
import { createStopping } from '../../../lib/pull/run/stopping.js';

const stoppable = () => {
  const asked = new Subject<string>();
  const told: string[] = [];
  const stopping = createStopping(asked, () => told.push('stop'));
  return { asked, told, stopping };
};

describe('a run', () => {
  test('is stopped for the first reason only', () => {
    const { asked, told, stopping } = stoppable();
    asked.next('SIGINT');
    asked.next('SIGTERM');
    stopping.halt(new StoreError('The disk is full.'));
    expect([stopping.stopReason(), stopping.failure(), told]).toEqual(['SIGINT', undefined, ['stop']]);
    expect(stopping.endWork()).toBe('SIGINT');
  });

  test('that is halted tells the error', () => {
    const { stopping } = stoppable();
    const error = new StoreError('The disk is full.');
    stopping.halt(error);
    expect([stopping.stopReason(), stopping.failure()]).toEqual(['store', error]);
  });

  test('that has nothing left to do ends as it was: a stop comes too late', () => {
    const { asked, told, stopping } = stoppable();
    expect(stopping.endWork()).toBeUndefined();
    asked.next('SIGINT');
    expect([stopping.stopReason(), told]).toEqual([undefined, []]);
  });

  test('that is over listens to nobody any more', () => {
    const { asked, stopping } = stoppable();
    expect(asked.observed).toBe(true);
    stopping.stop$.subscribe();
    stopping.dispose();
    expect(asked.observed).toBe(false);
  });

  test('may be stopped before it begins', () => {
    expect(createStopping(of('aborted'), () => undefined).stopReason()).toBe('aborted');
  });
});
