import { expect, test } from '@jest/globals';
import {
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
