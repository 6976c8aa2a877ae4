import type { HttpBindings } from '@hono/node-server';
import type { Context, Handler, Hono } from 'hono';
import { HTTPException } from 'hono/http-exception';

import type { FaultRule } from '../faults/parse-faults.js';
import type { ResolvedOptions } from '../options.js';
import type { Content, Space } from '../wiki/model.js';
import { isVisible, spacesSeen } from '../wiki/visibility.js';
import type { WikiState } from '../wiki/wiki-state.js';
import type { Wild } from '../wild/wild.js';
import type { Lists } from './lists.js';
import type { PagingStyle } from './paging.js';

export interface ApiEnv {
  Bindings: HttpBindings;
  Variables: {
    /** What the answer costs in points beyond the base point. */
    points?: number;
    /** The fault that this request suffers. */
    fault?: FaultRule;
    /** How faults and wild behaviours spoil the paging of this request. */
    paging?: readonly PagingStyle[];
    /** Most results of an answer, by wild behaviours; Infinity for no bound. */
    cap?: number;
    /** The wild behaviours that wrote the answer. */
    wild?: readonly string[];
    /** Whether the credentials were refused and a stranger may look all the same. */
    isStranger?: boolean;
  };
}

export type ApiContext = Context<ApiEnv>;

/** What the route handlers work with. */
export interface Api {
  readonly options: ResolvedOptions;
  readonly state: WikiState;
  readonly lists: Lists;
  readonly wild: Wild;
  /** Addresses without a slash at the end: the one in links, and the media host's. */
  readonly siteUrl: () => string;
  readonly mediaUrl: () => string;
}

export const GATEWAY = '/ex/confluence/:cloudId';
export const CLOUD_ID = '11111111-2222-4333-8444-555555555555';

/** Whether the request came by the gateway. */
export const isGateway = (c: ApiContext): boolean => c.req.path.startsWith('/ex/');

/** The path on the site host: without the gateway's prefix. */
export const sitePath = (path: string): string => path.replace(/^\/ex\/confluence\/[^/]+/, '');

/** Sets another answer in place of the present one; the headers of the old one do not carry over. */
export const replaceResponse = (c: ApiContext, response: Response): void => {
  c.res = undefined;
  c.res = response;
};

/** The query parameters of a request. */
export const paramsOf = (c: ApiContext): URLSearchParams => new URL(c.req.url).searchParams;

/** A redirect to the same path at another origin, for good. */
export const movedTo = (c: ApiContext, origin: string): Response => {
  const { pathname, search } = new URL(c.req.url);
  return c.redirect(`${origin.replace(/\/$/, '')}${pathname}${search}`, 301);
};

/** Serves one method on a path, on the site host and by the gateway; other methods are answered 405. */
export const serveRoute = (
  app: Hono<ApiEnv>,
  method: 'GET' | 'POST',
  path: string,
  handler: Handler<ApiEnv>,
): void => {
  const refuse: Handler<ApiEnv> = () => {
    throw new HTTPException(405, { message: `Method not allowed, use ${method}` });
  };
  for (const base of ['', GATEWAY]) {
    app.on(method, `${base}${path}`, handler);
    app.all(`${base}${path}`, refuse);
  }
};

/**
 * The content with this id when the caller can see it and it passes; anything else is answered 404, in the words of v2 when
 * `what` names the kind that was asked for.
 */
export const foundContent = <T extends Content>(
  { state }: Api,
  id: string,
  guard: (content: Content | undefined) => content is T,
  what?: string,
): T => {
  const content = state.store.get(id);
  if (guard(content) && isVisible(state.store, content)) return content;
  throw notFound(id, what);
};

/** A miss that names what was asked for. */
export const notFound = (id: string, what?: string): HTTPException =>
  new HTTPException(404, {
    message:
      what === undefined
        ? `No content found with id ${id}`
        : `Cannot find ${/^[aeiou]/.test(what) ? 'an' : 'a'} ${what} with id [${id}]`,
  });

/** The space with this id; otherwise answered 404. */
export const foundSpace = ({ state }: Api, id: string): Space => {
  const space = spacesSeen(state.store).find((other) => other.id === id);
  if (space === undefined) throw notFound(id, 'space');
  return space;
};

/** A path parameter, decoded. */
export const pathParam = (c: ApiContext, name: string): string => c.req.param(name) ?? '';
