import type { MiddlewareHandler } from 'hono';
import { routePath } from 'hono/route';

import type { Exchange, RequestCounters } from '../exchange.js';
import { type ApiContext, type ApiEnv, sitePath } from './api.js';

/** Watches all requests: counts them and tells listeners. */
export interface Traffic {
  readonly counters: RequestCounters;
  /** Returns a function that ends the listening. */
  onExchange(listener: (exchange: Exchange) => void): () => void;
  /** For the first place in an app; `host` is put before the route, as its method is. */
  watch(host?: 'MEDIA'): MiddlewareHandler<ApiEnv>;
}

interface Counts {
  total: number;
  points: number;
  inFlight: number;
  maxInFlight: number;
  readonly byRoute: Record<string, number>;
  readonly byStatus: Record<string, number>;
}

const add = (counts: Record<string, number>, key: string): void => {
  counts[key] = (counts[key] ?? 0) + 1;
};

/** Whether a fault took the connection away before an answer. */
const isUnanswered = (c: ApiContext): boolean => c.res.headers.has('x-hono-already-sent');

const routeOf = (c: ApiContext): string => {
  const template = sitePath(routePath(c, -1)).replaceAll(/\{.*?\}(?=\/|$)/g, '');
  return template.endsWith('*') ? sitePath(c.req.path) : template;
};

const exchangeOf = async (c: ApiContext, requestBody: string | undefined): Promise<Exchange> => {
  const type = c.res.headers.get('content-type') ?? '';
  const isText = type.includes('json') || type.startsWith('text/html');
  return {
    method: c.req.method,
    url: c.req.url,
    requestHeaders: c.req.header(),
    ...(requestBody === undefined ? {} : { requestBody }),
    status: c.res.status,
    responseHeaders: Object.fromEntries(c.res.headers),
    ...(isText ? { responseBody: await c.res.clone().text() } : {}),
    ...(c.var.fault === undefined ? {} : { fault: c.var.fault.kind }),
    ...(c.var.wild === undefined ? {} : { wild: c.var.wild }),
  };
};

const createCounters = (): { readonly counts: Counts; readonly counters: RequestCounters } => {
  const counts: Counts = { total: 0, points: 0, inFlight: 0, maxInFlight: 0, byRoute: {}, byStatus: {} };
  const counters: RequestCounters = {
    get total() {
      return counts.total;
    },
    get points() {
      return counts.points;
    },
    get maxInFlight() {
      return counts.maxInFlight;
    },
    get byRoute() {
      return { ...counts.byRoute };
    },
    get byStatus() {
      return { ...counts.byStatus };
    },
    reset() {
      Object.assign(counts, { total: 0, points: 0, maxInFlight: counts.inFlight, byRoute: {}, byStatus: {} });
    },
  };
  return { counts, counters };
};

export const createTraffic = (): Traffic => {
  const { counts, counters } = createCounters();
  const listeners = new Set<(exchange: Exchange) => void>();
  const count = (c: ApiContext, host: string): void => {
    counts.total += 1;
    counts.points += host === '' ? 1 + (c.var.points ?? 0) : 0;
    add(counts.byRoute, `${host}${c.req.method} ${routeOf(c)}`);
    add(counts.byStatus, isUnanswered(c) ? 'none' : String(c.res.status));
  };
  return {
    counters,
    onExchange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    watch: (host) => async (c, next) => {
      counts.inFlight += 1;
      counts.maxInFlight = Math.max(counts.maxInFlight, counts.inFlight);
      const requestBody = c.req.method === 'POST' && listeners.size > 0 ? await c.req.text() : undefined;
      await next();
      counts.inFlight -= 1;
      count(c, host === undefined ? '' : `${host} `);
      if (listeners.size === 0 || isUnanswered(c)) return;
      const exchange = await exchangeOf(c, requestBody);
      for (const listener of listeners) listener(exchange);
    },
  };
};
