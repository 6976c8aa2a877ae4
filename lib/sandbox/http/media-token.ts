import { hash32 } from '../data/prng.js';

/** What a signed media address stands for. */
export interface MediaGrant {
  readonly attachmentId: string;
  readonly version: number;
  /** Milliseconds on the sandbox's timer. */
  readonly expiresAt: number;
}

const sign = (payload: string): string => hash32('media', payload).toString(16);

export const encodeGrant = (grant: MediaGrant): string => {
  const payload = Buffer.from(JSON.stringify(grant)).toString('base64url');
  return `${payload}.${sign(payload)}`;
};

const isGrant = (value: unknown): value is MediaGrant =>
  typeof value === 'object' && value !== null && 'expiresAt' in value;

/** The grant that a token carries; undefined when the token is garbage or was tampered with. */
export const decodeGrant = (token: string): MediaGrant | undefined => {
  const [payload = '', signature] = token.split('.');
  if (signature !== sign(payload)) return undefined;
  const value: unknown = JSON.parse(Buffer.from(payload, 'base64url').toString());
  return isGrant(value) ? value : undefined;
};
