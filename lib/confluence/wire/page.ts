import { z } from 'zod';
import type { BodyFormat, ListedPage, PageKind, PageWithBody } from '../../core/content.js';
import { Id, optional, Text, textOr } from './common.js';

const Version = z.object({ number: z.number(), createdAt: Text, authorId: Text });

const pageFields = {
  id: Id,
  title: z.string(),
  status: textOr('current'),
  parentId: optional(Id),
  parentType: Text,
  authorId: Text,
  createdAt: Text,
  version: Version,
};

/** A page or blog post of a v2 listing without body. */
export const listedPage = (kind: PageKind): z.ZodType<ListedPage> =>
  z.object(pageFields).transform(({ id, title, parentId, parentType, authorId, createdAt, version }) => ({
    kind,
    id,
    title,
    parentId,
    parentType,
    version: version.number,
    createdAt,
    updatedAt: version.createdAt,
    authorId,
  }));

/** The name that the API gives a body format. */
export const BODY_FORMAT: Readonly<Record<BodyFormat, 'storage' | 'atlas_doc_format' | 'view'>> = {
  markdown: 'storage',
  storage: 'storage',
  adf: 'atlas_doc_format',
  view: 'view',
};

const Body = z.object({ value: z.string() });

/** A page or blog post of v2 with its body in one format. */
export const pageWithBody = (kind: PageKind, format: BodyFormat): z.ZodType<PageWithBody> =>
  z
    .object({
      ...pageFields,
      body: z
        .object({ [BODY_FORMAT[format]]: Body })
        .transform((body) => body[BODY_FORMAT[format]]?.value ?? ''),
      _links: optional(z.object({ webui: Text })),
    })
    .transform(({ id, title, status, parentId, authorId, createdAt, version, body, _links }) => ({
      kind,
      id,
      title,
      status,
      parentId,
      authorId,
      createdAt: createdAt ?? '',
      updatedAt: version.createdAt ?? createdAt ?? '',
      version: version.number,
      webui: _links?.webui ?? '',
      body,
    }));
