import fs from 'fs-extra';
import { CredentialsError } from '../errors/credentials-error.js';
import { UsageError } from '../errors/usage-error.js';
import type { PullOptions } from '../pull/run/pull-options.js';

export interface ConnectionFlags {
  readonly url?: string | undefined;
  readonly email?: string | undefined;
  readonly tokenFile?: string | undefined;
  readonly caFile?: string | undefined;
}

export interface Connection {
  readonly url: string;
  readonly credentials: PullOptions['credentials'];
  /** PEM of further certificate authorities. */
  readonly ca?: string;
}

type Environment = Readonly<Record<string, string | undefined>>;

const given = (value: string | undefined): string | undefined =>
  value === undefined || value === '' ? undefined : value;

const readToken = async (file: string): Promise<string> => {
  try {
    return (await fs.readFile(file, 'utf8')).trim();
  } catch (cause) {
    throw new UsageError(`The token file "${file}" cannot be read.`, { cause, hint: 'Check --token-file.' });
  }
};

const readAuthorities = async (file: string): Promise<string> => {
  const pem = await fs.readFile(file, 'utf8').catch((cause: unknown) => {
    throw new UsageError(`The certificate file "${file}" cannot be read.`, {
      cause,
      hint: 'Check --ca-file.',
    });
  });
  if (pem.includes('-----BEGIN CERTIFICATE-----')) return pem;
  throw new UsageError(`"${file}" holds no certificate in PEM form.`, {
    hint: 'A PEM file has lines that begin with -----BEGIN CERTIFICATE-----; openssl x509 -inform der makes one of a DER file.',
  });
};

const credentialsFrom = async (
  flags: ConnectionFlags,
  env: Environment,
): Promise<Connection['credentials']> => {
  const tokenFile = given(flags.tokenFile);
  const email = given(flags.email) ?? given(env.CONFLUENCE_EMAIL) ?? given(env.CONFLUENCE_USERNAME);
  const apiToken = given(tokenFile === undefined ? env.CONFLUENCE_API_TOKEN : await readToken(tokenFile));
  const bearerToken = given(env.CONFLUENCE_BEARER_TOKEN);
  if (email !== undefined && apiToken !== undefined) return { email, apiToken };
  if (bearerToken !== undefined) return { bearerToken };
  throw new CredentialsError(
    `No credentials: ${email === undefined ? 'the email' : 'the API token'} is missing.`,
    {
      hint: 'Set CONFLUENCE_EMAIL and CONFLUENCE_API_TOKEN (make one at https://id.atlassian.com/manage-profile/security/api-tokens), or CONFLUENCE_BEARER_TOKEN; or use --email and --token-file.',
    },
  );
};

/** What somebody needs who has set nothing. */
const FIRST_STEPS = [
  'Set CONFLUENCE_URL (https://example.atlassian.net), CONFLUENCE_EMAIL and CONFLUENCE_API_TOKEN; or --url, --email and --token-file.',
  'Make a token at https://id.atlassian.com/manage-profile/security/api-tokens; rxsync doctor then says whether all is well.',
  'Or try it without an account: rxsync pull demo --space LARGE --sandbox',
].join('\n');

/**
 * Where the wiki is, from flags, and who asks, from flags, then the environment.
 * @throws UsageError without an address
 * @throws CredentialsError without credentials
 */
export const connectionFrom = async (flags: ConnectionFlags, env: Environment): Promise<Connection> => {
  const url = given(flags.url);
  if (url === undefined) throw new UsageError('No wiki: its address is missing.', { hint: FIRST_STEPS });
  const caFile = given(flags.caFile);
  return {
    url,
    credentials: await credentialsFrom(flags, env),
    ...(caFile !== undefined && { ca: await readAuthorities(caFile) }),
  };
};
