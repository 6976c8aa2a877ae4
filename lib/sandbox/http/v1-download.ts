import type { Hono } from 'hono';
import { HTTPException } from 'hono/http-exception';

import { fileIdOf } from '../wiki/file-store.js';
import type { Attachment, Content } from '../wiki/model.js';
import { isLive } from '../wiki/visibility.js';
import {
  type Api,
  type ApiContext,
  type ApiEnv,
  foundContent,
  paramsOf,
  pathParam,
  serveRoute,
} from './api.js';
import { encodeGrant } from './media-token.js';

const GRANT_MS = 60_000;

const isAttachment = (content: Content | undefined): content is Attachment => content?.type === 'attachment';

const found = (api: Api, c: ApiContext): Attachment => {
  const id = pathParam(c, 'attachmentId');
  const attachment = foundContent(api, id.startsWith('att') ? id : `att${id}`, isAttachment);
  if (attachment.containerId === pathParam(c, 'id') && isLive(api.state.store, attachment)) return attachment;
  throw new HTTPException(404, { message: `No attachment ${id} on content ${pathParam(c, 'id')}` });
};

/** The version that `?version=` asks for; 400 when there is no such version. */
const versionOf = (attachment: Attachment, text: string | undefined): number => {
  const version = text === undefined ? attachment.version : Number(text);
  if (Number.isInteger(version) && version >= 1 && version <= attachment.version) return version;
  throw new HTTPException(400, { message: `Attachment ${attachment.id} has no version ${text ?? ''}` });
};

/** The download: a redirect to a signed, short-lived address on the media host. */
export const downloadRoutes = (app: Hono<ApiEnv>, api: Api): void => {
  serveRoute(
    app,
    'GET',
    '/wiki/rest/api/content/:id{[0-9]+}/child/attachment/:attachmentId/download',
    (c) => {
      const attachment = found(api, c);
      const version = versionOf(attachment, paramsOf(c).get('version') ?? undefined);
      const token = encodeGrant({
        attachmentId: attachment.id,
        version,
        expiresAt: api.options.timer() + GRANT_MS,
      });
      c.set('points', 1);
      const file = `/file/${fileIdOf(attachment, version)}/binary`;
      return c.redirect(`${api.mediaUrl()}${file}?token=${token}&client=sandbox&dl=true`, 302);
    },
  );
  serveRoute(app, 'GET', '/wiki/download/attachments/:id/:name', (c) => {
    c.header('WWW-Authenticate', 'OAuth realm="sandbox"');
    return c.body('', 401);
  });
};
