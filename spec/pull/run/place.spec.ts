import { expect, test } from '@jest/globals';
import { firstValueFrom, of, throwError } from 'rxjs';
import type { Identity } from '../../../lib/confluence/identity.js';
import { CredentialsError } from '../../../lib/errors/credentials-error.js';
import { HttpError } from '../../../lib/errors/http-error.js';
import { MissingScopeError } from '../../../lib/errors/missing-scope-error.js';
import { SpaceNotFoundError } from '../../../lib/errors/space-not-found-error.js';
import { UnreachableError } from '../../../lib/errors/unreachable-error.js';
import { place$ } from '../../../lib/pull/run/place.js';
import type { ReadState } from '../../../lib/store/state-file.js';
import { SPACE } from '../../support/fake-wiki.js';
import { heldWith } from '../../support/mirror-state.js';
import { type Situation, useSearch } from '../../support/searching.js';

const newSearch = useSearch();

const NONE = { kind: 'none' } as const;
const place = (situation: Situation, read: ReadState = NONE, key = 'DOCS') =>
  firstValueFrom(place$(newSearch(situation).run, read, key));
const as = (identity: Identity): Situation => ({ client: { identity$: () => of(identity) } });

test('the space and the account, asked for side by side', async () => {
  const { run, requests } = newSearch();
  expect(await firstValueFrom(place$(run, NONE, 'DOCS'))).toEqual({ space: SPACE, account: 'acct-me' });
  expect(requests.sort()).toEqual(['identity', 'space DOCS']);
});

test('a wiki that does not say who we are is pulled from all the same', async () => {
  expect(await place(as({ kind: 'unknown' }))).toMatchObject({ account: null });
});

test.each<Identity>([{ kind: 'stranger' }, { kind: 'refused' }])(
  'a wiki that takes us for somebody else ends the run with 12, even where it shows the space: %j',
  async (identity) => {
    await expect(place(as(identity))).rejects.toMatchObject({
      exitCode: 12,
      hint: expect.stringContaining('`credentials`'),
    });
  },
);

test('refused credentials come before a space that is not found', async () => {
  await expect(place(as({ kind: 'stranger' }), NONE, 'NOPE')).rejects.toBeInstanceOf(CredentialsError);
  await expect(place({}, NONE, 'NOPE')).rejects.toBeInstanceOf(SpaceNotFoundError);
});

test.each([new CredentialsError('the answer itself says so'), new HttpError(500, 'no')])(
  'what the lookup of the space fails with is passed on: %s',
  async (error) => {
    await expect(place({ client: { space$: () => throwError(() => error) } })).rejects.toBe(error);
  },
);

test.each<[boolean, string]>([
  [true, 'data-center'],
  [false, 'http-404'],
])('where nothing is as in the Cloud, whether it is Data Center (%s) is looked up', async (is, code) => {
  const error = new HttpError(404, 'no', { isBare: true });
  const client = { space$: () => throwError(() => error), isDataCenter$: () => of(is) };
  await expect(place({ client })).rejects.toMatchObject({ code });
});

test('an answer without a homepage leaves the index where the mirror has it', async () => {
  const client = { space$: () => of({ ...SPACE, homepageId: undefined }) };
  const homepageOf = async (read: ReadState) => (await place({ client }, read)).space.homepageId;
  expect(await homepageOf(heldWith())).toBe('1');
  expect(await homepageOf(heldWith({ homepageId: null }))).toBeUndefined();
  expect(await homepageOf(NONE)).toBeUndefined();
});

test('the space is looked for by the id that the mirror knows as well, unless another one is asked for', async () => {
  const asked: (string | undefined)[] = [];
  const client: Situation['client'] = {
    space$: (_key, id) => {
      asked.push(id);
      return of(SPACE);
    },
  };
  await place({ client }, heldWith());
  await place({ client }, heldWith(), 'OPS');
  await place({ client }, NONE);
  expect(asked).toEqual([SPACE.id, undefined, undefined]);
});

test.each([
  [undefined, ['DOCS', SPACE.id, 'id']],
  ['docs', ['DOCS', SPACE.id, 'key']],
  ['OLD', ['OLD', SPACE.id, 'key']],
])(
  'a mirror keeps to its space, but a key that is named (%s) is for whoever has it',
  async (named, expected) => {
    const asked: unknown[] = [];
    const space$ = (...args: unknown[]) => {
      asked.push(args);
      return of(SPACE);
    };
    await firstValueFrom(place$(newSearch({ client: { space$ } }).run, heldWith(), 'DOCS', named));
    expect(asked).toEqual([expected]);
  },
);

test.each<[string, ReadState, string]>([
  ['https://example.atlassian.net', NONE, 'https://example.atlassian.net/wiki'],
  ['https://example.atlassian.net/wiki/', NONE, 'https://example.atlassian.net/wiki'],
  ['https://example.atlassian.net', heldWith(), SPACE.baseUrl],
])(
  'a site (%s) whose address the wiki does not tell has the one of the mirror, else the one that is given',
  async (url, read, baseUrl) => {
    const client = { space$: () => of({ ...SPACE, baseUrl: '' }) };
    const { space } = await place({ client, options: { url } }, read);
    expect(space.baseUrl).toBe(baseUrl);
  },
);

test.each([
  ['https://example.atlassian.net', 'https://elsewhere.example/wiki', 'https://example.atlassian.net/wiki'],
  [
    'https://example.atlassian.net',
    'https://renamed.atlassian.net/wiki',
    'https://renamed.atlassian.net/wiki',
  ],
  ['https://wiki.example', 'http://wiki.example/wiki', 'http://wiki.example/wiki'],
  ['https://api.atlassian.com/ex/confluence/1-2', 'https://docs.example/wiki', 'https://docs.example/wiki'],
  ['http://127.0.0.1:8080', 'https://docs.example/wiki', 'https://docs.example/wiki'],
])('of %s, which says that it is %s, the own address is %s', async (url, told, baseUrl) => {
  const client = { space$: () => of({ ...SPACE, baseUrl: told }) };
  const { space } = await place({ client, options: { url } }, NONE);
  expect(space.baseUrl).toBe(baseUrl);
});

test.each<[string, Identity, RegExp]>([
  ['why', { kind: 'unknown', error: new MissingScopeError('GET /x', 'read:me') }, /lacks the scope read:me/],
  ['no more', { kind: 'unknown' }, /names no account/],
])('that nobody knows who we are is told, and %s', async (_name, identity, words) => {
  const { run, warnings } = newSearch(as(identity));
  await firstValueFrom(place$(run, NONE, 'DOCS'));
  expect(warnings).toEqual([expect.stringMatching(/^unknown-account: .*what is not visible stays/)]);
  expect(warnings[0]).toMatch(words);
});

test('where nothing can be read, what ends the run is all that is told', async () => {
  const error = new UnreachableError('unreachable', 'nowhere');
  const { run, warnings } = newSearch({
    client: { identity$: () => of({ kind: 'unknown', error }), space$: () => throwError(() => error) },
  });
  await expect(firstValueFrom(place$(run, NONE, 'DOCS'))).rejects.toBe(error);
  expect(warnings).toEqual([]);
});

test.each<Identity>([{ kind: 'stranger' }, { kind: 'refused' }])(
  'who is a stranger is told so: %j',
  async (who) => {
    await expect(place(as(who))).rejects.toMatchObject({
      message: 'The wiki does not accept the credentials: it takes us for a stranger.',
      hint: 'Nothing was changed. Check `credentials`: the token may have expired or been revoked.',
    });
  },
);

test('what the answer of the space says of the credentials comes first', async () => {
  const error = new CredentialsError('The token has expired.');
  const client = { ...as({ kind: 'stranger' }).client, space$: () => throwError(() => error) };
  await expect(place({ client })).rejects.toBe(error);
});

test('the answer’s own homepage counts, whatever the mirror has', async () => {
  const client = { space$: () => of({ ...SPACE, homepageId: '9' }) };
  expect((await place({ client }, heldWith())).space.homepageId).toBe('9');
});

test.each([
  new HttpError(403, 'no'),
  new HttpError(500, 'no'),
  new MissingScopeError('GET /x', 'read:space'),
])('whether it is Data Center is asked only where nothing is found: %s', async (error) => {
  const { run, requests } = newSearch({ client: { space$: () => throwError(() => error) } });
  await expect(firstValueFrom(place$(run, NONE, 'DOCS'))).rejects.toBe(error);
  expect(requests).toEqual(['identity']);
});

test('who is known is no matter of words, and is who pulls', async () => {
  const { run, warnings } = newSearch(as({ kind: 'known', accountId: 'acct-7' }));
  expect(await firstValueFrom(place$(run, NONE, 'DOCS'))).toMatchObject({ account: 'acct-7' });
  expect(warnings).toEqual([]);
});

test('a site that names another one, neither of the Cloud nor its own, stays that of the mirror', async () => {
  const client = { space$: () => of({ ...SPACE, baseUrl: 'https://elsewhere.example/wiki' }) };
  const read = heldWith();
  expect((await place({ client }, read)).space.baseUrl).toBe(SPACE.baseUrl);
});
