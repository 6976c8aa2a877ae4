import type { FaultLane } from './parse-faults.js';

const CQL_LANES: readonly (readonly [RegExp, FaultLane])[] = [
  [/type\s*(=|in)\s*\(?\s*"?attachment/i, 'attachments'],
  [/type\s*(=|in)\s*\(?\s*"?comment/i, 'comments'],
  [/type\s*(=|in)\s*\(?\s*"?(folder|whiteboard|database|embed)/i, 'folders'],
];

const PATH_LANES: readonly (readonly [RegExp, FaultLane])[] = [
  [/\/download$/, 'downloads'],
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
  if (cql !== null) return CQL_LANES.find(([pattern]) => pattern.test(cql))?.[1] ?? 'listing';
  const lane = PATH_LANES.find(([pattern]) => pattern.test(path))?.[1];
  if (lane !== undefined) return lane;
  return params.has('id') || params.has('body-format') ? 'bodies' : 'listing';
};
