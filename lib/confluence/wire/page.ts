import { z } from 'zod';
import type { BodyFormat, FoundPage, ListedPage, PageKind, PageWithBody } from '../../core/content.js';
import { keepOnce } from '../../core/keep-once.js';
import { Count, Id, Links, optional, Status, Text, textOr, Time, versionNumber } from './common.js';

const pageFields = {
  id: Id,
  title: textOr(''),
  status: Status,
  spaceId: optional(Id),
  parentId: optional(Id),
  parentType: Text,
  authorId: Text,
  createdAt: Time,
  version: optional(z.object({ number: Count, createdAt: Time, authorId: Text })),
  _links: Links,
};

type PageFields = z.output<z.ZodObject<typeof pageFields>>;

const listedPage = (
  kind: PageKind,
  { id, title, parentId, parentType, authorId, createdAt, version, _links }: PageFields,
  once: ReturnType<typeof keepOnce>,
): ListedPage => ({
  kind,
  id,
  title,
  parentId: once(parentId),
  parentType,
  version: versionNumber(version),
  createdAt,
  updatedAt: version?.createdAt === createdAt ? createdAt : version?.createdAt,
  authorId: once(authorId),
  webui: _links?.webui,
});

/** A page or blog post of v2 without body, in any status, in any space. A listing may have 100,000 of them by few authors. */
export const foundPage = (kind: PageKind): z.ZodType<FoundPage & { readonly id: string }> => {
  const once = keepOnce();
  return z.object(pageFields).transform((fields) => ({
    id: fields.id,
    page: listedPage(kind, fields, once),
    status: fields.status,
    spaceId: fields.spaceId,
  }));
};

/** The name that the API gives a body format. */
export const BODY_FORMAT: Readonly<Record<BodyFormat, 'storage' | 'atlas_doc_format' | 'view'>> = {
  markdown: 'storage',
  storage: 'storage',
  adf: 'atlas_doc_format',
  view: 'view',
};

/** A page or blog post of v2 with its body in one format. */
export const pageWithBody = (kind: PageKind, format: BodyFormat): z.ZodType<PageWithBody> =>
  z
    .object({
      ...pageFields,
      body: optional(z.object({ [BODY_FORMAT[format]]: z.object({ value: z.string() }) })),
    })
    .transform(({ id, title, status, spaceId, parentId, authorId, createdAt, version, body, _links }) => ({
      kind,
      id,
      title,
      status,
      spaceId,
      parentId,
      authorId,
      createdAt: createdAt ?? '',
      updatedAt: version?.createdAt ?? '',
      version: versionNumber(version),
      webui: _links?.webui ?? '',
      body: body?.[BODY_FORMAT[format]]?.value,
    }));
