import { OptionsError } from '../errors/options-error.js';
import { holdsCredentials, withoutCredentials } from '../errors/without-credentials.js';

export interface Address {
  /** Where API paths begin, without a trailing slash: `https://example.atlassian.net/wiki`. */
  readonly apiBase: string;
  /** The only origin that is ever shown the credentials. */
  readonly origin: string;
  readonly isLoopback: boolean;
  /** Atlassian's gateway, which serves many sites. */
  readonly isGateway: boolean;
}

export interface AddressOptions {
  /** Lets `http:` addresses other than loopback pass. @default false */
  readonly allowHttp?: boolean;
}

const GATEWAY = /^\/ex\/confluence\/[^/]+/;

export const isLoopbackHost = (hostname: string): boolean =>
  hostname === 'localhost' || hostname === '[::1]' || /^127(?:\.\d{1,3}){3}$/.test(hostname);

/** Whether Atlassian serves sites there. */
export const isCloudHost = (hostname: string): boolean => /^[\w-]+\.atlassian\.net$/.test(hostname);

/**
 * Reads the address of a wiki: `https://example.atlassian.net`, with or without `/wiki` (anything after it is left
 * out), or a gateway address `https://api.atlassian.com/ex/confluence/<cloudId>`.
 * @throws OptionsError when it is no address, or not a safe one
 */
export const parseAddress = (url: string, { allowHttp = false }: AddressOptions = {}): Address => {
  if (holdsCredentials(url))
    throw new OptionsError('url', withoutCredentials(url), 'not contain credentials; use `credentials`');
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  if (parsed?.protocol !== 'https:' && parsed?.protocol !== 'http:')
    throw new OptionsError('url', url, 'be an address such as https://example.atlassian.net');
  const isLoopback = isLoopbackHost(parsed.hostname);
  if (parsed.protocol === 'http:' && !isLoopback && !allowHttp)
    throw new OptionsError(
      'url',
      url,
      'begin with https: (plain http would show your token to the network; `allowHttp` overrides)',
    );
  const gateway = GATEWAY.exec(parsed.pathname)?.[0];
  return {
    apiBase: `${parsed.origin}${gateway ?? ''}/wiki`,
    origin: parsed.origin,
    isLoopback,
    isGateway: gateway !== undefined,
  };
};
