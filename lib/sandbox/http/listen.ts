import { type AddressInfo } from 'node:net';

import { createAdaptorServer } from '@hono/node-server';
import type { Hono } from 'hono';

import { SandboxError } from '../../errors/sandbox-error.js';
import type { ApiEnv } from './api.js';

export interface Listening {
  /** `http://127.0.0.1:<port>`. */
  readonly url: string;
  close(): Promise<void>;
}

const isAddress = (address: string | AddressInfo | null): address is AddressInfo =>
  typeof address === 'object' && address !== null;

const refused = (error: Error, port: number): Error => {
  const code = 'code' in error ? error.code : undefined;
  if (code !== 'EADDRINUSE' && code !== 'EACCES') return error;
  return new SandboxError(
    `Port ${port} of 127.0.0.1 ${code === 'EACCES' ? 'may not be used' : 'is taken'}.`,
    {
      cause: error,
      hint: 'Name another one with --port, or 0 for any that is free.',
    },
  );
};

/** Serves an app on 127.0.0.1. Rejects with SandboxError when the port is taken. */
export const listen = (app: Hono<ApiEnv>, port: number): Promise<Listening> =>
  new Promise((resolve, reject) => {
    const server = createAdaptorServer({ fetch: app.fetch });
    server.once('error', (error: Error) => reject(refused(error, port)));
    server.listen(port, '127.0.0.1', () => {
      const address = server.address();
      const close = () =>
        new Promise<void>((done) => {
          server.close(() => done());
          if ('closeAllConnections' in server) server.closeAllConnections();
        });
      resolve({ url: `http://127.0.0.1:${isAddress(address) ? address.port : port}`, close });
    });
  });
