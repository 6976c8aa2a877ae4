import { createHash } from 'node:crypto';

/** SHA-256, hex. */
export const hashText = (content: string | Uint8Array): string =>
  createHash('sha256').update(content).digest('hex');
