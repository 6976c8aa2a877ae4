import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import { afterEach } from '@jest/globals';
import { nock } from './nock.js';

/** A port on which nobody listens. */
export const NOBODY = 'http://127.0.0.1:1';

/**
 * For what nock cannot play, such as connections that break: `serve` starts a server on loopback and resolves to its
 * origin. Servers end with their test.
 */
export const useLoopback = (): ((listener: RequestListener) => Promise<string>) => {
  const closers: (() => void)[] = [];
  afterEach(() => {
    for (const close of closers.splice(0)) close();
  });
  return async (listener) => {
    nock.enableNetConnect('127.0.0.1');
    const server = createServer(listener).listen(0, '127.0.0.1');
    closers.push(() => {
      server.closeAllConnections();
      server.close();
    });
    await once(server, 'listening');
    const address = server.address();
    return `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`;
  };
};
