import path from 'node:path';
import { expect, test } from '@jest/globals';
import fs from 'fs-extra';
import { connectionFrom } from '../../lib/cli/connection.js';
import { UsageError } from '../../lib/errors/usage-error.js';
import { useTemporaryFolder } from '../support/pulling.js';

const folder = useTemporaryFolder();

const URL = 'https://example.atlassian.net';
const AT = { url: URL };
const BASIC = { CONFLUENCE_EMAIL: 'ada@example.com', CONFLUENCE_API_TOKEN: 'token' };

const tokenFile = async (text: string): Promise<string> => {
  const file = path.join(await folder(), 'token');
  await fs.writeFile(file, text);
  return file;
};

test('credentials may come from the environment', async () => {
  expect(await connectionFrom(AT, BASIC)).toEqual({
    url: URL,
    credentials: { email: 'ada@example.com', apiToken: 'token' },
  });
});

test('CONFLUENCE_USERNAME is another name for CONFLUENCE_EMAIL, which wins', async () => {
  const { CONFLUENCE_EMAIL: email, ...rest } = BASIC;
  const env = { ...rest, CONFLUENCE_USERNAME: 'grace@example.com' };
  expect(await connectionFrom(AT, env)).toMatchObject({ credentials: { email: 'grace@example.com' } });
  expect(await connectionFrom(AT, { ...env, CONFLUENCE_EMAIL: email })).toMatchObject({
    credentials: { email },
  });
});

test('flags win over the environment', async () => {
  const flags = {
    url: 'https://other.atlassian.net',
    email: 'grace@example.com',
    tokenFile: await tokenFile('from-file\n'),
  };
  expect(await connectionFrom(flags, BASIC)).toEqual({
    url: flags.url,
    credentials: { email: flags.email, apiToken: 'from-file' },
  });
});

test('a bearer token is enough; an email with an API token wins over it', async () => {
  const env = { CONFLUENCE_BEARER_TOKEN: 'bearer' };
  expect(await connectionFrom(AT, env)).toMatchObject({ credentials: { bearerToken: 'bearer' } });
  expect(await connectionFrom(AT, { ...env, ...BASIC })).toMatchObject({
    credentials: { apiToken: 'token' },
  });
});

test('what is empty counts as missing', async () => {
  const env = { ...BASIC, CONFLUENCE_API_TOKEN: '' };
  await expect(connectionFrom(AT, env)).rejects.toMatchObject({
    code: 'credentials',
    exitCode: 12,
    message: expect.stringContaining('the API token is missing'),
  });
  await expect(connectionFrom({ ...AT, tokenFile: await tokenFile(' \n') }, BASIC)).rejects.toMatchObject({
    code: 'credentials',
  });
});

test.each([
  [{ url: '' }, BASIC, 'usage', /address is missing/],
  [AT, { ...BASIC, CONFLUENCE_EMAIL: '' }, 'credentials', /the email is missing/],
])('of %j and %j it is told what is missing and how to give it', async (flags, env, code, message) => {
  await expect(connectionFrom(flags, env)).rejects.toMatchObject({
    code,
    message: expect.stringMatching(message),
    hint: expect.stringContaining('CONFLUENCE_'),
  });
});

test('who has set nothing is told what to set, how to get a token, and how to try it without', async () => {
  const error: unknown = await connectionFrom({}, {}).catch((reason: unknown) => reason);
  expect(error).toMatchObject({ exitCode: 2 });
  const lines = error instanceof UsageError ? (error.hint ?? '').split('\n') : [];
  expect(lines).toEqual([
    expect.stringMatching(/CONFLUENCE_URL.*CONFLUENCE_EMAIL.*CONFLUENCE_API_TOKEN/),
    expect.stringMatching(/^Make a token at https:\/\/id\.atlassian\.com\//),
    expect.stringMatching(/rxsync pull .*--sandbox$/),
  ]);
});

const AROUND = ['\n', '\r\n', ' ', '\t', '\ufeff'];

test.each(AROUND)('%j around credentials is no part of them', async (around) => {
  const wrap = (value: string) => `${around}${value}${around}`;
  const basic = { CONFLUENCE_EMAIL: wrap('ada@example.com'), CONFLUENCE_API_TOKEN: wrap('token') };
  const credentials = { email: 'ada@example.com', apiToken: 'token' };
  expect(await connectionFrom(AT, basic)).toMatchObject({ credentials });
  const flags = { ...AT, email: wrap('ada@example.com'), tokenFile: await tokenFile(wrap('token')) };
  expect(await connectionFrom(flags, {})).toMatchObject({ credentials });
  expect(await connectionFrom(AT, { CONFLUENCE_BEARER_TOKEN: wrap('bearer') })).toMatchObject({
    credentials: { bearerToken: 'bearer' },
  });
  expect(await connectionFrom({ ...AT, email: around }, BASIC)).toMatchObject({ credentials });
});

test.each(['"hush"', "'hush'", 'hu sh', 'hu\nsh', 'hu\u0001sh', 'hush\u200b'])(
  'credentials that cannot be right (%j) are refused by name, and not shown',
  async (wrong) => {
    const { CONFLUENCE_EMAIL, CONFLUENCE_API_TOKEN } = BASIC;
    const cases: [Parameters<typeof connectionFrom>, string][] = [
      [[AT, { CONFLUENCE_EMAIL, CONFLUENCE_API_TOKEN: wrong }], 'CONFLUENCE_API_TOKEN must'],
      [[AT, { CONFLUENCE_EMAIL: wrong, CONFLUENCE_API_TOKEN }], 'CONFLUENCE_EMAIL must'],
      [[AT, { CONFLUENCE_USERNAME: wrong, CONFLUENCE_API_TOKEN }], 'CONFLUENCE_USERNAME must'],
      [[AT, { CONFLUENCE_BEARER_TOKEN: wrong }], 'CONFLUENCE_BEARER_TOKEN must'],
      [[{ ...AT, email: wrong }, BASIC], 'Option email must'],
      [[{ ...AT, tokenFile: await tokenFile(wrong) }, BASIC], 'The token in "'],
    ];
    for (const [args, named] of cases) {
      const error: unknown = await connectionFrom(...args).catch((reason: unknown) => reason);
      expect(error).toMatchObject({ exitCode: 2, message: expect.stringContaining(named) });
      expect(String(error)).not.toMatch(/hu.?sh/s);
    }
  },
);

test('a token file that cannot be read is named', async () => {
  await expect(connectionFrom({ ...AT, tokenFile: '/no/such/file' }, BASIC)).rejects.toMatchObject({
    exitCode: 2,
    message: expect.stringContaining('/no/such/file'),
  });
});
