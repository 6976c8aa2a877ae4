import { expect, test } from '@jest/globals';
import {
  checkCredentials,
  checkHandlers,
  checkNames,
  flag,
  given,
  integer,
  text,
} from '../../../lib/pull/run/check-options.js';

const refused = (option: string) => expect.objectContaining({ code: 'options', option });

test.each([undefined, null, 'x', 1, ['a']])('%p is no object of options', (options) => {
  expect(() => checkNames(options, ['a'])).toThrow(refused('options'));
});

test('options that there are pass, the first that there is not is named, without its value', () => {
  checkNames({ a: 1 }, ['a', 'b']);
  checkNames({}, ['a']);
  expect(() => checkNames({ a: 1, token: 'secret' }, ['a', 'b'])).toThrow(refused('token'));
  expect(() => checkNames({ token: 'secret' }, ['a'])).not.toThrow(expect.stringContaining('secret'));
});

test.each([undefined, null, 1, '', '  ', 'a\0b'])('%p is no text', (value) => {
  expect(() => text('dir', value, 'name a folder')).toThrow(refused('dir'));
});

test('a text is what it is', () => {
  expect(text('dir', ' a ', 'name a folder')).toBe(' a ');
});

test('signals and handlers that are some pass, and so do those that are left out', () => {
  const { signal } = new AbortController();
  expect(() => checkHandlers({})).not.toThrow();
  expect(() => checkHandlers({ signal }, { onEvent: () => undefined, onRecord: undefined })).not.toThrow();
});

test.each([null, {}, 1, { aborted: false }, { addEventListener: () => undefined }])(
  '%p is no signal',
  (signal) => {
    expect(() => checkHandlers({ signal })).toThrow(refused('signal'));
  },
);

test.each([null, 1, 'x', {}])('%p is nothing that can be told of something', (onEvent) => {
  expect(() => checkHandlers({}, { onEvent })).toThrow(refused('onEvent'));
});

test('null is given, for the rule of its option to refuse', () => {
  expect(given<number | null>(undefined, 1)).toBe(1);
  expect(given<number | null>(null, 1)).toBeNull();
  expect(given(0, 1)).toBe(0);
});

test('a flag is true or false, and nothing like it', () => {
  expect([flag('full', true), flag('full', false)]).toEqual([true, false]);
  expect(() => void Reflect.apply(flag, undefined, ['full', 1])).toThrow(refused('full'));
});

test.each([1, 3])('%p is between 1 and 3', (value) => {
  expect(integer('n', value, 1, 3)).toBe(value);
});

test.each([0, 4, 1.5, NaN])('%p is not between 1 and 3', (value) => {
  expect(() => integer('n', value, 1, 3)).toThrow(refused('n'));
});

test('what is refused says what would do', () => {
  const rule = (check: () => unknown): unknown => {
    try {
      return check();
    } catch (error) {
      return error;
    }
  };
  expect(rule(() => checkNames(1, ['a', 'b']))).toMatchObject({ rule: 'be an object of options: a, b' });
  expect(rule(() => checkNames({ c: 1 }, ['a', 'b']))).toMatchObject({
    rule: 'be one of the options that there are: a, b',
  });
  expect(rule(() => checkHandlers({ signal: 1 }))).toMatchObject({ value: 1, rule: 'be an AbortSignal' });
  expect(rule(() => checkHandlers({}, { onEvent: 1 }))).toMatchObject({ value: 1, rule: 'be a function' });
  expect(rule(() => integer('n', 0, 1, 3))).toMatchObject({
    value: 0,
    rule: 'be a whole number from 1 to 3',
  });
  expect(rule(() => integer('n', 0, 1))).toMatchObject({ value: 0, rule: 'be a whole number from 1' });
});

test.each([{ bearerToken: 'x' }, { email: 'a@b.example', apiToken: 'x' }, { apiToken: 'x', email: 'a' }])(
  'credentials: %j',
  (credentials) => {
    expect(() => checkCredentials(credentials)).not.toThrow();
  },
);

const ALL = 'be { email, apiToken } or { bearerToken }';
const EMPTY = 'be a text that is not empty';

const UNSEEN = 'hold no white space and no control characters';
const QUOTED = 'stand without quotes around it';

test.each<[unknown, string, unknown, string]>([
  [undefined, 'credentials', undefined, ALL],
  [null, 'credentials', 'object', ALL],
  ['hush', 'credentials', 'string', ALL],
  [{}, 'credentials', '{  }', ALL],
  [{ email: 'hush' }, 'credentials', '{ email }', ALL],
  [{ email: 'hush', bearerToken: 'hush' }, 'credentials', '{ bearerToken, email }', ALL],
  [{ bearerToken: '' }, 'credentials.bearerToken', undefined, EMPTY],
  [{ email: 'hush', apiToken: 7 }, 'credentials.apiToken', undefined, EMPTY],
  [{ email: '', apiToken: 'hush' }, 'credentials.email', undefined, EMPTY],
  [{ bearerToken: 'hush\n' }, 'credentials.bearerToken', undefined, UNSEEN],
  [{ email: 'ada', apiToken: '"hush"' }, 'credentials.apiToken', undefined, QUOTED],
])('%j are no credentials, and are not told', (credentials, option, value, rule) => {
  expect(() => checkCredentials(credentials)).toThrow(expect.objectContaining({ option, value, rule }));
});
