import { describe, expect, test } from '@jest/globals';
import { EMPTY, lastValueFrom, of, throwError } from 'rxjs';
import type { WikiClient } from '../../../lib/confluence/wiki-client.js';
import { HttpError } from '../../../lib/errors/http-error.js';
import { StoreError } from '../../../lib/errors/store-error.js';
import type { EventBody } from '../../../lib/events/events.js';
import { resolveOptions } from '../../../lib/pull/run/pull-options.js';
import type { PullDeps } from '../../../lib/pull/run/pull-deps.js';
import { startRun } from '../../../lib/pull/run/start-run.js';
import { fakeWiki } from '../../support/fake-wiki.js';
import { depsFor, optionsFor } from '../../support/pulling.js';
import { listedPage } from '../../support/searching.js';

/** A run, with what it tells beside the pipeline. */
const start = (client: Partial<WikiClient> = {}, deps: Partial<PullDeps> = {}) => {
  const wiki = fakeWiki({});
  const edges = depsFor({ ...wiki, client: { ...wiki.client, ...client } }, deps);
  const run = startRun(resolveOptions(optionsFor('mirror')), edges);
  const told: EventBody[] = [];
  let isOver = false;
  run.notices$.subscribe({
    next: (event) => told.push(event),
    complete: () => {
      isOver = true;
    },
  });
  return { run, told, isOver: () => isOver };
};

const learn = (run: ReturnType<typeof start>['run'], ids: readonly string[]) =>
  lastValueFrom(run.people.learn$(ids), { defaultValue: undefined });

test('a run says when it began', () => {
  const now = () => Date.parse('2026-02-03T04:05:06.789Z');
  expect(start({}, { now }).run.startedAt).toBe('2026-02-03T04:05:06.789Z');
});

test('a listing that is not whole is told once, the first time, and remembered', () => {
  const { run, told } = start();
  const why = (message: string) => new HttpError(500, message);
  run.noteGap({ of: 'labels', error: why('first') });
  run.noteGap({ of: 'labels', error: why('second') });
  run.noteGap({ of: 'comments', error: why('third') });
  expect(run.incomplete()).toMatchObject([
    { of: 'labels', code: 'http-500', message: 'first' },
    { of: 'comments', code: 'http-500', message: 'third' },
  ]);
  expect(told).toEqual(run.incomplete().map((listing) => ({ type: 'listing.incomplete', ...listing })));
});

test('what is listed adds up, by kind', () => {
  const { run, told } = start();
  run.countListed('pages', 250);
  run.countListed('attachments', 3);
  run.countListed('pages', 50);
  run.countListed('folders', 2);
  expect(told.at(-1)).toEqual({ type: 'inventory.progress', pages: 300, folders: 2, attachments: 3 });
  expect(told).toHaveLength(4);
});

describe('names', () => {
  const last = new Map([['acct-1', 'Ada']]);

  test('that are hidden are told so once, and those of the last pull go on', async () => {
    const { run, told } = start({ users$: () => throwError(() => new HttpError(403, 'no')) });
    run.remember(last);
    await learn(run, ['acct-1']);
    await learn(run, ['acct-2']);
    expect(told).toEqual([
      {
        type: 'warning',
        code: 'names-hidden',
        message: 'This account may not see the names of people: their ids stand for them.',
      },
    ]);
    expect([run.people.nameOf('acct-1'), run.people.nameOf('acct-2')]).toEqual(['Ada', undefined]);
    expect(run.incomplete()).toEqual([]);
  });

  test('that cannot be had are a listing that is not whole', async () => {
    const { run, told } = start({ users$: () => throwError(() => new HttpError(500, 'no')) });
    run.remember(last);
    await learn(run, ['acct-1']);
    expect(run.incomplete()).toMatchObject([{ of: 'names', code: 'http-500' }]);
    expect(told).toMatchObject([{ type: 'listing.incomplete', of: 'names' }]);
    expect(run.people.nameOf('acct-1')).toBe('Ada');
  });

  test('are those of the wiki, not of the last pull', async () => {
    const { run, told } = start({ users$: () => of(new Map([['acct-1', 'Ada Lovelace']])) });
    run.remember(last);
    await learn(run, ['acct-1']);
    expect([run.people.nameOf('acct-1'), told]).toEqual(['Ada Lovelace', []]);
  });
});

test('the account counts what is told to it', () => {
  const { run } = start();
  run.count({ type: 'listed', kind: 'page', count: 2 });
  run.count({ type: 'outcome', kind: 'page', result: 'written', bytes: 8 });
  expect(run.tally()).toMatchObject({ bytes: 8, totals: { page: { listed: 2, written: 1 } } });
});

test('the first pages of a long listing go to those who listen', () => {
  const { run } = start();
  const heard: unknown[] = [];
  run.longListing$.subscribe((first) => heard.push(first));
  const first = [listedPage(1), listedPage(2)];
  run.tellLongListing(first);
  expect(heard).toEqual([first]);
});

test('notices end when they are ended, with what was told before', () => {
  const { run, told, isOver } = start();
  const event: EventBody = { type: 'warning', code: 'x', message: 'y' };
  run.notify(event);
  expect([told, isOver()]).toEqual([[event], false]);
  run.endNotices();
  expect([told, isOver()]).toEqual([[event], true]);
});

test('a run is stopped from outside, or halted for an error, which it then tells', () => {
  const stopped = start({}, { stop$: of('SIGINT') }).run;
  expect([stopped.stopReason(), stopped.failure()]).toEqual(['SIGINT', undefined]);
  const { run } = start({}, { stop$: EMPTY });
  expect(run.stopReason()).toBeUndefined();
  const error = new StoreError('The disk is full.');
  run.halt(error);
  expect([run.stopReason(), run.failure()]).toEqual(['store', error]);
});
