import { expect, test } from '@jest/globals';
import type { Definition } from '../../lib/fleet/definition.js';
import { changeLine, difference, type Known } from '../../lib/fleet/difference.js';

const acme: Definition = {
  tenant: 'acme',
  failover: '75s',
  url: 'https://acme.atlassian.net',
  email: 'you@example.com',
  token: { env: 'ACME_TOKEN' },
  spaces: ['A', 'B'],
  except: [],
  every: '1h',
  options: {},
};

const atWork = (definition: Definition | undefined, more: Partial<Known> = {}): Known => ({
  definition,
  isAtWork: true,
  ...more,
});

const lines = (file: readonly Definition[], engine: Readonly<Record<string, Known>>): readonly string[] =>
  difference(file, new Map(Object.entries(engine))).map(changeLine);

test('nothing differs where the engine has what the file says', () => {
  expect(lines([acme], { acme: atWork({ ...acme, options: {} }) })).toEqual([]);
  expect(lines([], {})).toEqual([]);
});

test('what is new is created, what is gone is removed', () => {
  const beta: Definition = { ...acme, tenant: 'beta', spaces: '*', cron: '7 * * * *' };
  expect(lines([acme, beta], { gone: atWork({ ...acme, tenant: 'gone' }) })).toEqual([
    '+ acme: 2 spaces, every 1h',
    '+ beta: all spaces, at "7 * * * *"',
    '- gone',
  ]);
});

test.each<[string, Partial<Definition>, string]>([
  ['spaces', { spaces: ['B', 'C'] }, 'spaces: +C -A'],
  ['their order', { spaces: ['B', 'A'] }, 'spaces: another order'],
  ['all spaces', { spaces: '*' }, 'spaces: ["A","B"] -> "*"'],
  ['options', { options: { comments: true } }, 'options.comments: none -> true'],
  ['where the secret is', { token: { file: 'x' } }, 'token: {"env":"ACME_TOKEN"} -> {"file":"x"}'],
  ['schedule', { every: '15m' }, 'every: "1h" -> "15m"'],
  ['several', { every: '15m', except: ['B'] }, 'every: "1h" -> "15m"; except: +B'],
])('another %s is told', (_, changed, what) => {
  expect(lines([{ ...acme, ...changed }], { acme: atWork(acme) })).toEqual([`~ acme: ${what}`]);
});

test('a paused tenant is resumed, one without a workflow is begun, an unreadable one is updated', () => {
  expect(lines([acme], { acme: atWork(acme, { paused: 'refused' }) })).toEqual(['> acme: refused']);
  expect(lines([acme], { acme: atWork(acme, { isAtWork: false }) })).toEqual([
    '> acme: its workflow has ended',
  ]);
  expect(lines([acme], { acme: atWork(undefined) })).toEqual(['~ acme: it is of another version of rxsync']);
});
