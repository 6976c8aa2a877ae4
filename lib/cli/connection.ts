import fs from 'fs-extra';
import { credentialRule } from '../core/credential-rule.js';
import { CredentialsError } from '../errors/credentials-error.js';
import { must, OptionsError } from '../errors/options-error.js';
import { UsageError } from '../errors/usage-error.js';
import type { PullOptions } from '../pull/run/pull-options.js';
import { unreadBecause } from './unread-because.js';

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

/** What stands around a value in files and shells, white space or a byte order mark, is no part of it. */
const trimmed = (value: string | undefined): string | undefined => given(value?.trim());

/** A credential of the environment or of a file; an error names where it is from, never what it is. */
const credentialIn = (name: string, text: string | undefined): string | undefined => {
  const value = trimmed(text);
  const rule = value === undefined ? undefined : credentialRule(value);
  if (rule === undefined) return value;
  throw new UsageError(`${name} ${must(rule, undefined)}`, {
    hint: 'The value is not shown here. Give it as it is, without what a shell or an .env file would strip.',
  });
};

/** The email that a flag gives, on the command line or elsewhere. */
const emailFlag = ({ email }: ConnectionFlags): string | undefined => {
  const value = trimmed(email);
  const rule = value === undefined ? undefined : credentialRule(value);
  if (rule !== undefined) throw new OptionsError('email', undefined, rule);
  return value;
};

const readToken = async (file: string): Promise<string> => {
  try {
    return await fs.readFile(file, 'utf8');
  } catch (cause) {
    throw new UsageError(`The token file "${file}" cannot be read${unreadBecause(cause)}.`, {
      cause,
      hint: 'Check --token-file.',
    });
  }
};

const readAuthorities = async (file: string): Promise<string> => {
  const pem = await fs.readFile(file, 'utf8').catch((cause: unknown) => {
    throw new UsageError(`The certificate file "${file}" cannot be read${unreadBecause(cause)}.`, {
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
  const fromEnv = (name: string): string | undefined => credentialIn(name, env[name]);
  const email = emailFlag(flags) ?? fromEnv('CONFLUENCE_EMAIL') ?? fromEnv('CONFLUENCE_USERNAME');
  const apiToken =
    tokenFile === undefined
      ? fromEnv('CONFLUENCE_API_TOKEN')
      : credentialIn(`The token in "${tokenFile}"`, await readToken(tokenFile));
  const bearerToken = fromEnv('CONFLUENCE_BEARER_TOKEN');
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
 * @throws UsageError without an address, and for credentials that cannot be right; OptionsError for such an email of a flag
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
