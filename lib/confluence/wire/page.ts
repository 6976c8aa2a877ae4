import { z } from 'zod';
import type { BodyFormat, FoundPage, ListedPage, PageKind, PageWithBody } from '../../core/content.js';
import { keepOnce } from '../../core/keep-once.js';
import {
  countOf,
  type Fields,
  fieldsOf,
  idOf,
  rowWithId,
  statusOf,
  textOf,
  timeOf,
  webuiIn,
} from './common.js';

const versionIn = ({ version }: Fields): Pick<ListedPage, 'version' | 'updatedAt'> => {
  const { number, createdAt } = fieldsOf(version);
  return { version: countOf(number) ?? 0, updatedAt: timeOf(createdAt) };
};

/** A page or blog post of v2 without body, in any status, in any space. A listing may have 100,000 of them by few authors. */
export const foundPage = (kind: PageKind): z.ZodType<FoundPage & { readonly id: string }> => {
  const once = keepOnce();
  return rowWithId((id, fields) => {
    const createdAt = timeOf(fields.createdAt);
    const { version, updatedAt } = versionIn(fields);
    return {
      id,
      page: {
        kind,
        id,
        title: textOf(fields.title) ?? '',
        parentId: once(idOf(fields.parentId)),
        parentType: once(textOf(fields.parentType)),
        version,
        createdAt,
        updatedAt: updatedAt === createdAt ? createdAt : updatedAt,
        authorId: once(textOf(fields.authorId)),
        webui: webuiIn(fields._links),
      },
      status: statusOf(fields.status),
      spaceId: idOf(fields.spaceId),
    };
  });
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
  rowWithId((id, fields) => {
    const { version, updatedAt = '' } = versionIn(fields);
    return {
      kind,
      id,
      title: textOf(fields.title) ?? '',
      status: statusOf(fields.status),
      spaceId: idOf(fields.spaceId),
      parentId: idOf(fields.parentId),
      authorId: textOf(fields.authorId),
      createdAt: timeOf(fields.createdAt) ?? '',
      updatedAt,
      version,
      webui: webuiIn(fields._links) ?? '',
      body: textOf(fieldsOf(fieldsOf(fields.body)[BODY_FORMAT[format]]).value),
    };
  });
