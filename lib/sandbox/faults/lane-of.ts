import type { FaultLane } from './parse-faults.js';

const CQL_LANES: readonly (readonly [RegExp, FaultLane])[] = [
  [/type\s*(=|in)\s*\(?\s*"?attachment/i, 'attachments'],
  [/type\s*(=|in)\s*\(?\s*"?comment/i, 'comments'],
  [/type\s*(=|in)\s*\(?\s*"?(folder|whiteboard|database|embed)/i, 'folders'],
];

const PATH_LANES: readonly (readonly [RegExp, FaultLane])[] = [
  [/\/download$/, 'downloads'],
  [/\/labels?$/, 'labels'],
  [/\/user\/current$/, 'identity'],
  [/attachments?(\/|$)/, 'attachments'],
  [/comments?(\/|$)/, 'comments'],
  [/\/user(s-bulk)?(\/|$)/, 'users'],
  [/\/(folders|whiteboards|databases|embeds|descendants|direct-children|ancestors)(\/|$)/, 'folders'],
  [/\/spaces(\/\d+)?$/, 'space'],
  [/\/(pages|blogposts)\/\d+$/, 'bodies'],
];

/** What a request is for, by its path on the site host and its parameters. */
export const laneOf = (path: string, params: URLSearchParams): FaultLane => {
  const cql = params.get('cql');
  if (cql !== null && /\bmetadata\.labels\b/.test(params.get('expand') ?? '')) return 'labels';
  if (cql !== null) return CQL_LANES.find(([pattern]) => pattern.test(cql))?.[1] ?? 'listing';
  const lane = PATH_LANES.find(([pattern]) => pattern.test(path))?.[1];
  if (lane !== undefined) return lane;
  if (path.endsWith('/blogposts') && !params.has('id')) return 'blogposts';
  return params.has('id') || params.has('body-format') ? 'bodies' : 'listing';
};

/** All lanes that a request belongs to: what it is for, and `search` when it is sent to CQL. */
export const lanesOf = (path: string, params: URLSearchParams): readonly FaultLane[] => {
  const lane = laneOf(path, params);
  return params.has('cql') ? [lane, 'search'] : [lane];
};
