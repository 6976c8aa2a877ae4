import { getEventListeners } from 'node:events';
import { describe, expect, test } from '@jest/globals';
import { HttpError } from '../../lib/errors/http-error.js';
import type { RxsyncEvent } from '../../lib/events/events.js';
import { pull, type PullHandlers } from '../../lib/pull/pull-promise.js';
import type { MirrorOptions } from '../../lib/pull/run/pull-options.js';
import { createWiki } from '../../lib/pull/wiki/create-wiki.js';
import { fakeWiki, pages } from '../support/fake-wiki.js';
import { filesIn, useTemporaryFolder } from '../support/pulling.js';

const folder = useTemporaryFolder();

/** Pulls from a wiki of three pages. */
const pulling = async (
  handlers?: PullHandlers,
  options: Partial<MirrorOptions> = {},
  fault?: (request: string) => Error | undefined,
) => {
  const fake = fakeWiki({ pages: pages(3) }, fault);
  const wiki = createWiki(
    { url: 'https://example.atlassian.net', credentials: { bearerToken: 'x' } },
    { connect: () => fake.client },
  );
  const dir = await folder();
  const done = pull({ wiki, space: 'DOCS', dir, ...options }, handlers);
  return { dir, done, requests: fake.requests };
};

test('a pull resolves to its summary, after all of its events', async () => {
  const events: RxsyncEvent[] = [];
  const { dir, done } = await pulling({ onEvent: (event) => void events.push(event) });
  const summary = await done;
  expect(summary).toMatchObject({
    type: 'run.finished',
    exitCode: 0,
    totals: { page: { listed: 3, written: 3 } },
  });
  expect(events[0]).toMatchObject({ type: 'run.started', space: 'DOCS' });
  expect(events.at(-1)).toEqual(summary);
  expect(Object.keys(await filesIn(dir))).toHaveLength(3);
});

test('nobody has to listen', async () => {
  const { done } = await pulling();
  expect(await done).toMatchObject({ type: 'run.finished', exitCode: 0 });
});

test('one in which items fail resolves, with exit code 3', async () => {
  const { done } = await pulling({}, {}, (request) =>
    request.startsWith('fetchPages') ? new HttpError(403, 'no') : undefined,
  );
  expect(await done).toMatchObject({ type: 'run.finished', exitCode: 3, totals: { page: { failed: 3 } } });
});

test('one that is stopped resolves to its interruption', async () => {
  const controller = new AbortController();
  const onEvent = ({ type }: RxsyncEvent): void => {
    if (type === 'inventory.done') controller.abort();
  };
  const { done } = await pulling({ onEvent, signal: controller.signal });
  expect(await done).toMatchObject({ type: 'run.interrupted', exitCode: 130 });
});

test('a signal that many pulls share has no listener left of those that have ended', async () => {
  const { signal } = new AbortController();
  const options: readonly Partial<MirrorOptions>[] = [{}, { dryRun: true }, { space: 'NONE' }];
  for (const each of options) {
    const { done } = await pulling({ signal }, each);
    await Promise.allSettled([done]);
    expect(getEventListeners(signal, 'abort')).toEqual([]);
  }
});

test('one that fails rejects with what it failed for', async () => {
  const { done } = await pulling({}, { space: 'NONE' });
  await expect(done).rejects.toMatchObject({ code: 'space-not-found', exitCode: 10 });
});

describe('what `onEvent` throws', () => {
  const thrown = new Error('The listener is broken.');

  test.each([
    ['at once', 'run.started'],
    ['while pages are fetched', 'inventory.done'],
    ['at the very end', 'run.finished'],
  ] as const)('%s is what the pull rejects with; it is told of no more', async (_when, at) => {
    const told: string[] = [];
    const { done } = await pulling({
      onEvent: ({ type }) => {
        told.push(type);
        if (type === at) throw thrown;
      },
    });
    await expect(done).rejects.toBe(thrown);
    expect(told.at(-1)).toBe(at);
  });

  test.each(['run.started', 'inventory.done', 'run.finished'] as const)(
    'by a Promise at %s is what the pull rejects with',
    async (at) => {
      const onEvent = async ({ type }: RxsyncEvent): Promise<void> => {
        await Promise.resolve();
        if (type === at) throw thrown;
      };
      const handlers: Readonly<Record<string, unknown>> = { onEvent };
      const { done } = await pulling(handlers);
      await expect(done).rejects.toBe(thrown);
    },
  );

  test('counts before what the run then fails for', async () => {
    const onEvent = ({ type }: RxsyncEvent): void => {
      if (type === 'run.failed') throw thrown;
    };
    const { done } = await pulling({ onEvent }, { space: 'NONE' });
    await expect(done).rejects.toBe(thrown);
  });
});

test.each<[Readonly<Record<string, unknown>>, string]>([
  [{ onEvents: () => undefined }, 'onEvents'],
  [{ onEvent: 'log' }, 'onEvent'],
  [{ signal: {} }, 'signal'],
])('%j is refused before anything is asked', async (handlers, option) => {
  const { done, requests } = await pulling(handlers);
  await expect(done).rejects.toMatchObject({ code: 'options', option });
  expect(requests).toEqual([]);
});
