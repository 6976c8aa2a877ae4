import type { Hono } from 'hono';

import { SandboxError } from '../../errors/sandbox-error.js';
import type { Wiki } from '../wiki/wiki.js';
import { wildCatalogue } from '../wild/parse-wild.js';
import type { WildSwitch } from '../wild/wild-switch.js';
import type { ApiContext, ApiEnv } from './api.js';
import { changeExamples } from './change-examples.js';
import { type ControlFields, need, parseFields } from './control-fields.js';
import type { RequestCounters } from '../exchange.js';

type Verb = (wiki: Wiki, fields: ControlFields) => object | undefined;

const VERBS: Readonly<Record<string, Verb>> = {
  createPage: (wiki, fields) => wiki.createPage(need(fields, 'title'), fields),
  createBlogpost: (wiki, fields) => wiki.createBlogpost(need(fields, 'title'), fields),
  editPage: (wiki, fields) => wiki.editPage(need(fields, 'id'), fields),
  renamePage: (wiki, fields) => wiki.renamePage(need(fields, 'id'), { title: need(fields, 'title') }),
  movePage: (wiki, fields) => wiki.movePage(need(fields, 'id'), { parentId: fields.parentId ?? null }),
  deletePage: (wiki, fields) => wiki.deletePage(need(fields, 'id')),
  restorePage: (wiki, fields) => wiki.restorePage(need(fields, 'id')),
  archivePage: (wiki, fields) => wiki.archivePage(need(fields, 'id')),
  unarchivePage: (wiki, fields) => wiki.unarchivePage(need(fields, 'id')),
  purge: (wiki, fields) => wiki.purge(need(fields, 'id')),
  hidePage: (wiki, fields) => wiki.hidePage(need(fields, 'id'), fields),
  label: (wiki, fields) => wiki.label(need(fields, 'id'), fields),
  createFolder: (wiki, fields) => wiki.createFolder(need(fields, 'title'), fields),
  renameFolder: (wiki, fields) => wiki.renameFolder(need(fields, 'id'), { title: need(fields, 'title') }),
  moveFolder: (wiki, fields) => wiki.moveFolder(need(fields, 'id'), { parentId: fields.parentId ?? null }),
  deleteFolder: (wiki, fields) => wiki.deleteFolder(need(fields, 'id')),
  attach: (wiki, fields) =>
    wiki.attach(need(fields, 'id'), { ...fields, fileName: need(fields, 'fileName') }),
  replaceAttachment: (wiki, fields) => wiki.replaceAttachment(need(fields, 'id'), fields),
  detach: (wiki, fields) => wiki.detach(need(fields, 'id')),
  deleteAttachment: (wiki, fields) => wiki.deleteAttachment(need(fields, 'id')),
  comment: (wiki, fields) => wiki.comment(need(fields, 'id'), fields),
  editComment: (wiki, fields) => wiki.editComment(need(fields, 'id'), fields),
  deleteComment: (wiki, fields) => wiki.deleteComment(need(fields, 'id')),
  resolveComment: (wiki, fields) => wiki.resolveComment(need(fields, 'id'), fields),
  rekeySpace: (wiki, fields) => wiki.rekeySpace(need(fields, 'spaceKey'), { key: need(fields, 'key') }),
  archiveSpace: (wiki, fields) => wiki.archiveSpace(need(fields, 'spaceKey'), fields),
  moveToSpace: (wiki, fields) => wiki.moveToSpace(need(fields, 'id'), { spaceKey: need(fields, 'spaceKey') }),
  advance: (wiki, { byMs = 60_000 }) => {
    wiki.advance({ byMs });
    return undefined;
  },
  reindex: (wiki) => {
    wiki.reindex();
    return undefined;
  },
};

const parseJson = (text: string): unknown => {
  try {
    return text === '' ? {} : JSON.parse(text);
  } catch (cause) {
    throw new SandboxError('The body is no JSON', { cause });
  }
};

const change = async (c: ApiContext, wiki: Wiki): Promise<Response> => {
  const name = c.req.param('verb') ?? '';
  const verb = Object.hasOwn(VERBS, name) ? VERBS[name] : undefined;
  if (verb === undefined)
    throw new SandboxError(`No such change: ${name}. There are: ${Object.keys(VERBS).join(', ')}`);
  return c.json(verb(wiki, parseFields(parseJson(await c.req.text()))) ?? { ok: true });
};

/** Sets how the wiki misbehaves; tells what is on. */
const misbehave = async (c: ApiContext, wild: WildSwitch): Promise<Response> => {
  const body = parseJson(await c.req.text());
  const spec: unknown = typeof body === 'object' && body !== null ? Reflect.get(body, 'spec') : undefined;
  if (typeof spec !== 'string') throw new SandboxError('The field spec is missing');
  wild.set(spec);
  return c.json({ spec: wild.get() });
};

/**
 * Changes over HTTP, for a wiki that runs on its own: `POST /_sandbox/<verb>`, and `POST /_sandbox/wild {"spec"}` for how it
 * misbehaves; `GET /_sandbox` tells what there is.
 */
export const controlRoutes = (
  app: Hono<ApiEnv>,
  wiki: Wiki,
  wild: WildSwitch,
  requests: RequestCounters,
): void => {
  app.get('/_sandbox', (c) =>
    c.json({
      now: new Date(wiki.now()).toISOString(),
      verbs: Object.keys(VERBS),
      calls: changeExamples(new URL(c.req.url).origin),
      requests: { ...requests },
      wild: { on: wild.get(), behaviours: wildCatalogue() },
    }),
  );
  app.post('/_sandbox/wild', (c) => misbehave(c, wild));
  app.post('/_sandbox/:verb', (c) => change(c, wiki));
};
