import { expect } from '@jest/globals';
import { TestScheduler } from 'rxjs/testing';

type RunHelpers = Parameters<Parameters<TestScheduler['run']>[0]>[0] & { readonly scheduler: TestScheduler };

/** Runs `assertions` under virtual time: marble diagrams in, deep equality out. */
export const marbles = (assertions: (helpers: RunHelpers) => void): void => {
  const scheduler = new TestScheduler((actual, expected) => expect(actual).toEqual(expected));
  scheduler.run((helpers) => assertions({ ...helpers, scheduler }));
};
