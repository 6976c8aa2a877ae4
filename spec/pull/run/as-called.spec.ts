import { expect, test } from '@jest/globals';
import { asCalled } from '../../../lib/pull/run/as-called.js';

test('what is changed later, lists and credentials in place too, is not in them', () => {
  const options = {
    space: 'ONE',
    credentials: { email: 'a@b', apiToken: 'one' },
    ancestor: ['1'],
    label: undefined,
  };
  const asked = asCalled(options);
  options.space = 'TWO';
  options.credentials.apiToken = 'two';
  options.ancestor.push('2');
  expect(asked).toEqual({
    space: 'ONE',
    credentials: { email: 'a@b', apiToken: 'one' },
    ancestor: ['1'],
    label: undefined,
  });
});

test('a shared wiki and what is no plain object stay themselves', () => {
  const wiki = { openSession: () => undefined };
  const date = new Date(0);
  const asked = asCalled({ wiki, date });
  expect(asked.wiki).toBe(wiki);
  expect(asked.date).toBe(date);
});

test.each([[null], ['text'], [7], [undefined]])(
  'what is no object is not made one: %j',
  (options: unknown) => {
    expect(Reflect.apply(asCalled, undefined, [options])).toBe(options);
  },
);
