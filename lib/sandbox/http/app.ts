import { Hono, type MiddlewareHandler } from 'hono';
import { compress } from 'hono/compress';

import { chooseFault, commitFault } from '../faults/fault-middleware.js';
import type { FaultPlan } from '../faults/fault-plan.js';
import { announcedQuota, burstLimit, quotaLimit } from '../limits/limiters.js';
import { type Api, type ApiEnv, CLOUD_ID } from './api.js';
import { auth } from './auth.js';
import type { Wiki } from '../wiki/wiki.js';
import { wildHeaders } from '../wild/wild-headers.js';
import { wildAnswers, wildGate } from '../wild/wild-middleware.js';
import { controlRoutes } from './control-routes.js';
import { answerThrown, errorAnswer } from './error-answers.js';
import { mediaRoutes } from './media-routes.js';
import { sized } from './sized.js';
import { timing } from './timing.js';
import type { Traffic } from './traffic.js';
import { attachmentRoutes } from './v2-attachments.js';
import { bulkRoutes } from './v2-bulk.js';
import { commentRoutes } from './v2-comments.js';
import { documentRoutes } from './v2-documents.js';
import { spaceRoutes } from './v2-spaces.js';
import { treeTypeRoutes } from './v2-tree.js';
import { downloadRoutes } from './v1-download.js';
import { searchRoutes } from './v1-search.js';
import { legacyRoutes } from './v1-legacy.js';
import { userRoutes } from './v1-user.js';

const createHono = (): Hono<ApiEnv> => {
  const app = new Hono<ApiEnv>();
  app.onError(answerThrown);
  app.notFound((c) => errorAnswer(c, 404, `Nothing here: ${c.req.path}`));
  return app;
};

const URL_MAX = 8192;

const refuseLongUrl: MiddlewareHandler<ApiEnv> = async (c, next) => {
  const { length } = c.env.incoming.url ?? '';
  return length > URL_MAX ? errorAnswer(c, 414, `The URL has ${length} characters`) : next();
};

const limits = ({ options, state }: Api): readonly MiddlewareHandler<ApiEnv>[] => [
  ...(options.rps === undefined ? [] : [burstLimit(options.rps, options.timer, state.clock)]),
  options.pointsQuota === undefined ? announcedQuota : quotaLimit(options, options.pointsQuota, state.clock),
];

/** The wiki's own host: the API on the site's paths and by the gateway. */
export const createSiteApp = (api: Api, traffic: Traffic, plan: FaultPlan, wiki: Wiki): Hono<ApiEnv> => {
  const app = createHono();
  app.use(chooseFault(plan));
  app.use(compress());
  app.use(sized);
  app.use(traffic.watch());
  app.use(wildHeaders(api));
  app.use(timing(api.options, api.state.clock));
  app.use(refuseLongUrl);
  app.use('/_edge/*', wildGate(api));
  app.get('/_edge/tenant_info', (c) => c.json({ cloudId: CLOUD_ID }));
  const guards = [
    ...limits(api),
    wildGate(api),
    auth(api),
    commitFault(plan, () => api.state.clock.now()),
    wildAnswers(api),
  ];
  for (const guard of guards) for (const path of ['/wiki/*', '/ex/*']) app.use(path, guard);
  for (const routes of [
    spaceRoutes,
    documentRoutes,
    treeTypeRoutes,
    attachmentRoutes,
    commentRoutes,
    bulkRoutes,
    searchRoutes,
    downloadRoutes,
    userRoutes,
    legacyRoutes,
  ])
    routes(app, api);
  controlRoutes(app, wiki, api.wild, traffic.counters);
  return app;
};

/** The media host, another origin: signed addresses, no credentials. */
export const createMediaApp = (api: Api, traffic: Traffic, plan: FaultPlan): Hono<ApiEnv> => {
  const app = createHono();
  app.use(chooseFault(plan, 'media'));
  app.use(traffic.watch('MEDIA'));
  app.use(timing(api.options, api.state.clock));
  app.use(commitFault(plan, () => api.state.clock.now()));
  mediaRoutes(app, api);
  return app;
};
