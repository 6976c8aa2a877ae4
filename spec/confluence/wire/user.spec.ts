import { expect, test } from '@jest/globals';
import { CurrentUser, UserList } from '../../../lib/confluence/wire/user.js';

test('an account has its id and names; what is no text is undefined', () => {
  const results = [
    { accountId: 'acct-1', displayName: 'Ada', publicName: 'ada', email: 'ada@example.com' },
    { accountId: 7, displayName: null, publicName: {} },
    {},
    null,
  ];
  const nobody = { accountId: undefined, displayName: undefined, publicName: undefined };
  expect(UserList.parse({ results })).toEqual({
    results: [{ accountId: 'acct-1', displayName: 'Ada', publicName: 'ada' }, nobody, nobody, null],
  });
});

test.each([null, [], {}, { results: null }, { results: {} }, { results: ['acct-1'] }])(
  '%j is no list of accounts',
  (answer) => {
    expect(UserList.safeParse(answer).success).toBe(false);
  },
);

test.each([
  [
    { type: 'known', accountId: 'acct-1', more: 1 },
    { type: 'known', accountId: 'acct-1' },
  ],
  [
    { type: null, accountId: 7 },
    { type: undefined, accountId: undefined },
  ],
  [{}, { type: undefined, accountId: undefined }],
])('of %j the current user is %j', (answer, expected) => {
  expect(CurrentUser.parse(answer)).toEqual(expected);
});
