import { type Api, type ApiContext, paramsOf, sitePath } from '../http/api.js';

/**
 * What a request is, to behaviours: `listing` walks pages or blog posts, `bulk` asks for some by id and `single` for one;
 * `attachments-of` lists those of one page; `attachment`, `comment` and `download` are by id.
 */
export type WildRoute =
  | 'space-lookup'
  | 'listing'
  | 'bulk'
  | 'single'
  | 'search'
  | 'attachments-of'
  | 'attachment'
  | 'comment'
  | 'download'
  | 'identity'
  | 'other';

/** A request as behaviours see it. */
export interface WildRequest {
  readonly c: ApiContext;
  readonly api: Api;
  readonly route: WildRoute;
  /** The path on the site host. */
  readonly path: string;
  readonly params: URLSearchParams;
  /** The id that the path ends with, of the attachment for downloads; empty when there is none. */
  readonly id: string;
  /** The representations of bodies that are asked for: `storage`, `view`. */
  readonly formats: readonly string[];
  /** The query of a search; empty for others. */
  readonly cql: string;
  /** Whether search has to keep an order. */
  readonly isOrdered: boolean;
}

const ROUTES: readonly (readonly [RegExp, WildRoute])[] = [
  [/^\/wiki\/api\/v2\/spaces$/, 'space-lookup'],
  [/^\/wiki\/api\/v2\/(?:spaces\/\d+\/)?(?:pages|blogposts)$/, 'listing'],
  [/^\/wiki\/api\/v2\/(?:pages|blogposts)\/(\d+)$/, 'single'],
  [/^\/wiki\/api\/v2\/(?:pages|blogposts)\/(\d+)\/attachments$/, 'attachments-of'],
  [/^\/wiki\/api\/v2\/attachments\/((?:att)?\d+)$/, 'attachment'],
  [/^\/wiki\/api\/v2\/(?:footer|inline)-comments\/(\d+)$/, 'comment'],
  [/^\/wiki\/rest\/api\/content\/\d+\/child\/attachment\/((?:att)?\d+)\/download$/, 'download'],
  [/^\/wiki\/rest\/api\/(?:content\/)?search$/, 'search'],
  [/^\/wiki\/rest\/api\/user\/current$/, 'identity'],
];

const classify = (path: string, params: URLSearchParams): Pick<WildRequest, 'route' | 'id'> => {
  for (const [pattern, route] of ROUTES) {
    const match = pattern.exec(path);
    if (match !== null)
      return { route: route === 'listing' && params.has('id') ? 'bulk' : route, id: match[1] ?? '' };
  }
  return { route: 'other', id: '' };
};

const formatsOf = (params: URLSearchParams): readonly string[] => {
  const format = params.get('body-format');
  const expanded = (params.get('expand') ?? '').matchAll(/\bbody\.(\w+)/g);
  return [...(format === null ? [] : [format]), ...Array.from(expanded, ([, name = '']) => name)];
};

/** Looks at a request the way that behaviours do. */
export const wildRequest = (api: Api, c: ApiContext): WildRequest => {
  const path = sitePath(c.req.path);
  const params = paramsOf(c);
  const cql = params.get('cql') ?? '';
  return {
    c,
    api,
    path,
    params,
    ...classify(path, params),
    formats: formatsOf(params),
    cql,
    isOrdered: /\border\s+by\b/i.test(cql),
  };
};
