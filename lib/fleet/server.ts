import { UsageError } from '../errors/usage-error.js';
import { readText } from './read-text.js';

/** Where the engine is. */
export interface Server {
  /** `host:port`. */
  readonly address: string;
  readonly namespace: string;
}

export interface ServerFlags {
  readonly address?: string | undefined;
  readonly namespace?: string | undefined;
}

type Environment = Readonly<Record<string, string | undefined>>;

const DEFAULTS: Server = { address: '127.0.0.1:7233', namespace: 'default' };

const firstOf = (...texts: readonly (string | undefined)[]): string =>
  texts.find((text) => text !== undefined && text !== '') ?? '';

/** By the flags, then the variables that Temporal's own command reads. */
export const serverOf = (flags: ServerFlags, env: Environment): Server => ({
  address: firstOf(flags.address, env.TEMPORAL_ADDRESS, DEFAULTS.address),
  namespace: firstOf(flags.namespace, env.TEMPORAL_NAMESPACE, DEFAULTS.namespace),
});

export interface Security {
  readonly tls?: true | { readonly clientCertPair?: { readonly crt: Buffer; readonly key: Buffer } };
  readonly apiKey?: string;
}

/**
 * How the engine knows us: an API key or a client certificate, by the variables that Temporal's own command reads.
 * @throws UsageError (as a rejection)
 */
export const securityOf = async (env: Environment): Promise<Security> => {
  const { TEMPORAL_API_KEY: apiKey = '', TEMPORAL_TLS: tls = '' } = env;
  const { TEMPORAL_TLS_CLIENT_CERT_PATH: crt = '', TEMPORAL_TLS_CLIENT_KEY_PATH: key = '' } = env;
  if ((crt === '') !== (key === ''))
    throw new UsageError('A client certificate for Temporal is a file of its own beside one of its key.', {
      hint: 'Set TEMPORAL_TLS_CLIENT_CERT_PATH and TEMPORAL_TLS_CLIENT_KEY_PATH.',
    });
  if (crt !== '') {
    const [certificate, secret] = await Promise.all([
      readText(crt, 'client certificate'),
      readText(key, 'key of the client certificate'),
    ]);
    return { tls: { clientCertPair: { crt: Buffer.from(certificate), key: Buffer.from(secret) } } };
  }
  if (apiKey !== '') return { tls: true, apiKey };
  return tls === 'true' ? { tls: true } : {};
};
