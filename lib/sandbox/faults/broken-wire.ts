import { setTimeout as sleep } from 'node:timers/promises';

import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';

import type { ApiContext } from '../http/api.js';
import type { FaultKind } from './parse-faults.js';

type Sender = (c: ApiContext, bytes: Uint8Array) => Promise<void>;

const DRIP_PARTS = 20;
const DRIP_PAUSE_MS = 25;

const half = (bytes: Uint8Array): Uint8Array => bytes.subarray(0, bytes.length / 2);

/** Writes and waits until the bytes have left. */
const write = (c: ApiContext, bytes: Uint8Array): Promise<void> =>
  new Promise((resolve) => {
    c.env.outgoing.write(bytes, () => resolve());
  });

const SENDERS: Readonly<Partial<Record<FaultKind, Sender>>> = {
  truncate: async (c, bytes) => {
    await write(c, half(bytes));
    c.env.outgoing.destroy();
  },
  'reset-body': async (c, bytes) => {
    await write(c, half(bytes));
    c.env.incoming.socket.resetAndDestroy();
  },
  drip: async (c, bytes) => {
    const step = Math.ceil(bytes.length / DRIP_PARTS);
    for (let from = 0; from < bytes.length; from += step) {
      await write(c, bytes.subarray(from, from + step));
      await sleep(DRIP_PAUSE_MS);
    }
    c.env.outgoing.end();
  },
};

/** Sends an answer with whole headers over a wire that breaks or crawls; undefined for faults of another kind. */
export const sendBroken = async (c: ApiContext, kind: FaultKind): Promise<Response | undefined> => {
  const send = SENDERS[kind];
  if (send === undefined) return undefined;
  const bytes = new Uint8Array(await c.res.arrayBuffer());
  const headers = { ...Object.fromEntries(c.res.headers), 'content-length': String(bytes.length) };
  c.env.outgoing.writeHead(c.res.status, headers);
  await send(c, bytes);
  return RESPONSE_ALREADY_SENT;
};
