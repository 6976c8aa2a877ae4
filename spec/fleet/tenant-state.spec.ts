import { expect, test } from '@jest/globals';
import type { Definition } from '../../lib/fleet/definition.js';
import {
  accountOf,
  afterList,
  afterPull,
  newTenant,
  nextStep,
  pauseAfter,
  receive,
  type SpaceResult,
  stop,
  type TenantState,
} from '../../lib/fleet/tenant-state.js';

const NOW = 1_000_000;
const PROBLEM = { code: 'http-500', message: 'no' };

const definition: Definition = {
  tenant: 'acme',
  failover: '75s',
  url: 'https://acme.atlassian.net',
  'bearer-token': { env: 'T' },
  spaces: ['A', 'B', 'C'],
  except: ['C'],
  every: '1h',
  options: {},
};
const everySpace: Definition = { ...definition, spaces: '*' };

const asked = (by: 'schedule' | 'person', state = newTenant(definition), space?: string): TenantState =>
  receive(state, { definition: state.definition, by, ...(space !== undefined && { space }) });

const fresh = (...spaces: readonly string[]): readonly SpaceResult[] => spaces.map((space) => ({ space }));
const failed = (space: string): SpaceResult => ({ space, problem: PROBLEM });
const pulled = (state: TenantState, results: readonly SpaceResult[], nowMs = NOW): TenantState =>
  afterPull(state, { results }, nowMs);

test('nothing is done before somebody asks', () => {
  expect(nextStep(newTenant(definition), NOW)).toEqual({ type: 'wait' });
});

test('a round pulls the spaces that are named, without the exceptions, and then waits', () => {
  const state = asked('schedule');
  expect(nextStep(state, NOW)).toEqual({ type: 'pull', spaces: ['A', 'B'] });
  expect(accountOf(state)).toMatchObject({ spaces: 2, fresh: 0, due: 2 });
  const done = pulled(state, fresh('A', 'B'));
  expect(nextStep(done, NOW)).toEqual({ type: 'wait' });
  expect(accountOf(done)).toMatchObject({ spaces: 2, fresh: 2, due: 0, failed: 0 });
});

test('what a worker has left is asked for again, after a breath where it has done nothing', () => {
  const left = pulled(asked('schedule'), fresh('A'));
  expect(nextStep(left, NOW)).toEqual({ type: 'pull', spaces: ['B'] });
  const nothing = pulled(left, []);
  expect(nextStep(nothing, NOW)).toEqual({ type: 'wait', ms: 1000 });
  expect(nextStep(nothing, NOW + 1000)).toEqual({ type: 'pull', spaces: ['B'] });
});

test('every space is what the wiki lists; each part is of a hundred', () => {
  const state = asked('schedule', newTenant(everySpace));
  expect(nextStep(state, NOW)).toEqual({ type: 'list' });
  const keys = Array.from({ length: 150 }, (_, index) => `K${index}`);
  const listed = afterList(state, { spaces: [...keys, 'C'] }, NOW);
  expect(accountOf(listed)).toMatchObject({ spaces: 150, due: 150 });
  expect(nextStep(listed, NOW)).toEqual({ type: 'pull', spaces: keys.slice(0, 100) });
});

test('a listing that fails is tried again, later each time', () => {
  const once = afterList(asked('schedule', newTenant(everySpace)), PROBLEM, NOW);
  expect(nextStep(once, NOW)).toEqual({ type: 'wait', ms: pauseAfter(1) });
  expect(nextStep(once, NOW + pauseAfter(1))).toEqual({ type: 'list' });
  const twice = afterList(once, PROBLEM, NOW);
  expect(nextStep(twice, NOW)).toEqual({ type: 'wait', ms: pauseAfter(2) });
  expect(nextStep(asked('schedule', twice), NOW)).toEqual({ type: 'wait', ms: pauseAfter(2) });
});

test('a space that fails rests, longer each time, and holds nobody up', () => {
  const state = pulled(asked('schedule'), [failed('A')]);
  expect(nextStep(state, NOW)).toEqual({ type: 'pull', spaces: ['B'] });
  const waiting = pulled(state, fresh('B'));
  expect(nextStep(waiting, NOW)).toEqual({ type: 'wait', ms: pauseAfter(1) });
  const later = NOW + pauseAfter(1);
  expect(nextStep(waiting, later)).toEqual({ type: 'pull', spaces: ['A'] });
  const again = pulled(waiting, [failed('A')], later);
  expect(accountOf(again)).toMatchObject({
    fresh: 1,
    failed: 1,
    failing: [{ ...PROBLEM, space: 'A', attempts: 2, at: later + pauseAfter(2) }],
  });
  expect(accountOf(pulled(again, fresh('A'), later))).toMatchObject({ fresh: 2, failed: 0 });
});

test('pauses grow up to an hour', () => {
  expect([1, 2, 3, 4].map(pauseAfter)).toEqual([10_000, 20_000, 40_000, 80_000]);
  expect(pauseAfter(1000)).toBe(3_600_000);
});

test('a round of the schedule leaves those that rest alone, one of a person does not', () => {
  const resting = pulled(asked('schedule'), [failed('A'), ...fresh('B')]);
  expect(nextStep(asked('schedule', resting), NOW)).toEqual({ type: 'pull', spaces: ['B'] });
  expect(nextStep(asked('person', resting), NOW)).toEqual({ type: 'pull', spaces: ['A', 'B'] });
});

test('a person may ask for one space: it comes first', () => {
  expect(nextStep(asked('person', asked('schedule'), 'B'), NOW)).toEqual({
    type: 'pull',
    spaces: ['B', 'A'],
  });
  const resting = pulled(asked('schedule'), [failed('A'), ...fresh('B')]);
  expect(nextStep(asked('person', resting, 'A'), NOW)).toEqual({ type: 'pull', spaces: ['A'] });
});

test.each([
  ['a pull', (state: TenantState) => afterPull(state, { results: [], refused: PROBLEM }, NOW)],
  ['a listing', (state: TenantState) => afterList(state, { refused: PROBLEM }, NOW)],
  ['a person', stop],
])('%s pauses a tenant until a person asks', (_, pause) => {
  const paused = pause(asked('schedule', newTenant(everySpace)));
  expect(nextStep(paused, NOW)).toEqual({ type: 'wait' });
  expect(nextStep(asked('schedule', paused), NOW + 1e9)).toEqual({ type: 'wait' });
  expect(accountOf(paused).paused).toBeDefined();
  const resumed = asked('person', paused);
  expect(nextStep(resumed, NOW)).toEqual({ type: 'list' });
  expect(accountOf(resumed).paused).toBeUndefined();
});

test('what a stop has left stays due, and is no fresh space', () => {
  const stopped = stop(pulled(asked('schedule'), fresh('A')));
  expect(accountOf(stopped)).toMatchObject({ spaces: 2, fresh: 1, due: 1 });
  expect(nextStep(asked('person', stopped, 'A'), NOW)).toEqual({ type: 'pull', spaces: ['A', 'B'] });
  expect(accountOf(stop(pulled(asked('schedule'), [])))).not.toHaveProperty('heldUntil');
});

test('as long as the wiki does not say which spaces there are, none is fresh', () => {
  const listed = afterList(asked('schedule', newTenant(everySpace)), { spaces: ['A', 'B'] }, NOW);
  const round = asked('schedule', pulled(listed, fresh('A', 'B')));
  expect(accountOf(round)).toMatchObject({ fresh: 0 });
  expect(accountOf(afterList(round, PROBLEM, NOW))).toMatchObject({ spaces: 2, fresh: 0, failed: 1 });
});

test('what is done before the credentials are refused counts', () => {
  const state = afterPull(asked('schedule'), { results: fresh('A'), refused: PROBLEM }, NOW);
  expect(accountOf(state)).toMatchObject({ fresh: 1, paused: PROBLEM });
});

test('a wiki that asks to wait is not asked before, unless a person asks', () => {
  const held = afterPull(asked('schedule'), { results: fresh('A'), heldUntil: NOW + 5000, points: 7 }, NOW);
  expect(nextStep(held, NOW)).toEqual({ type: 'wait', ms: 5000 });
  expect(nextStep(held, NOW + 5000)).toEqual({ type: 'pull', spaces: ['B'] });
  expect(accountOf(held)).toMatchObject({ points: 7, heldUntil: NOW + 5000 });
  expect(nextStep(asked('person', held), NOW)).toMatchObject({ type: 'pull' });
});

test('a new definition takes effect with the next request', () => {
  const state = receive(asked('schedule'), {
    definition: { ...definition, spaces: ['X'] },
    by: 'person',
  });
  expect(nextStep(state, NOW)).toEqual({ type: 'pull', spaces: ['X'] });
  expect(accountOf(state)).toMatchObject({ spaces: 1, due: 1 });
});

test('what is handed on to the next run of a workflow is whole', () => {
  const state = afterPull(asked('schedule'), { results: [failed('A')], points: 3 }, NOW);
  const handed: unknown = JSON.parse(JSON.stringify(state));
  expect(handed).toEqual(state);
});
