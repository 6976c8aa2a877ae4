import type { Credentials } from './authorization.js';
import { createRedactParts } from './redact-parts.js';

/** Replaces secrets in what the wiki says before it is told to anybody. */
export type Redact = (text: string) => string;

const REDACTED = '[redacted]';

const escape = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');

/** Base64 with either alphabet; the padding may be left out. */
const base64Forms = (text: string): string[] => {
  const bytes = Buffer.from(text);
  return [bytes.toString('base64').replace(/=+$/, ''), bytes.toString('base64url')];
};

/** As a dump of bytes shows it. */
const hexForms = (text: string): string[] => {
  const hex = Buffer.from(text).toString('hex');
  return [hex, hex.toUpperCase()];
};

const forms = (secret: string): string[] => [
  secret,
  ...base64Forms(secret),
  encodeURIComponent(secret),
  encodeURIComponent(secret).replaceAll('%2F', '/'),
  encodeURI(secret),
  new URLSearchParams({ '': secret }).toString().slice(1),
  JSON.stringify(secret).slice(1, -1),
];

const secretsIn = (credentials: Credentials): string[] =>
  'bearerToken' in credentials
    ? forms(credentials.bearerToken)
    : [
        ...forms(credentials.apiToken),
        ...forms(`${credentials.email}:${credentials.apiToken}`),
        ...base64Forms(`:${credentials.apiToken}`),
      ];

/** What no part of may be told. */
const wholeSecrets = (credentials: Credentials): string[] => {
  const encoded = (text: string): string[] => [...base64Forms(text), ...hexForms(text)];
  if ('bearerToken' in credentials) return [credentials.bearerToken, ...encoded(credentials.bearerToken)];
  const { email, apiToken } = credentials;
  return [apiToken, ...[apiToken, `${email}:${apiToken}`, `:${apiToken}`].flatMap(encoded)];
};

/** For the token, its pair with the email, and the Base64 and URL forms of both, in any case of percent escapes; and for parts of them, see `createRedactParts`. */
export const createRedact = (credentials: Credentials): Redact => {
  const secrets = [...new Set(secretsIn(credentials).flatMap((form) => [form, encodeURIComponent(form)]))]
    .filter((form) => form !== '')
    .sort((a, b) => b.length - a.length);
  if (secrets.length === 0) return (text) => text;
  const pattern = new RegExp(
    secrets
      .map((form) => escape(form).replace(/%[\dA-F]{2}/g, (code) => `(?:${code}|${code.toLowerCase()})`))
      .join('|'),
    'g',
  );
  const redactParts = createRedactParts(wholeSecrets(credentials));
  return (text) => redactParts(text.replace(pattern, REDACTED));
};

/** The same for all texts in a JSON value. */
export const redactAll = (redact: Redact, value: unknown): unknown => {
  if (value === undefined) return undefined;
  const json: unknown = JSON.parse(JSON.stringify(value), (_name, each: unknown) =>
    typeof each === 'string' ? redact(each) : each,
  );
  return json;
};
