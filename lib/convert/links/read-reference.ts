import { childNamed, isElement } from '../parse/storage-node.js';
import type { StorageElement } from '../parse/storage-node.js';
import type { PageReference, Reference } from '../reference.js';

type Attributes = Readonly<Record<string, string>>;

const inSpace = (attributes: Attributes): { spaceKey?: string } => {
  const spaceKey = attributes['ri:space-key'];
  return spaceKey === undefined ? {} : { spaceKey };
};

/** Names of places relative to the page, not titles. */
const HERE = /^@(?:self|home|parent|none)$/;

/** Reads `ri:page`, `ri:blog-post` or `ri:content-entity`; `undefined` for one that names the page it stands on. */
function readPage({ name, attributes }: StorageElement): PageReference | undefined {
  const id = attributes['ri:content-id'];
  if (id !== undefined) return { kind: 'page-id', id };
  const title = attributes['ri:content-title'];
  if (title === undefined || HERE.test(title)) return undefined;
  if (name === 'ri:page') return { kind: 'page', title, ...inSpace(attributes) };
  if (name !== 'ri:blog-post') return undefined;
  const postingDay = attributes['ri:posting-day'];
  return {
    kind: 'blogpost',
    title,
    ...inSpace(attributes),
    ...(postingDay === undefined ? {} : { postingDay }),
  };
}

/** Reads `ri:attachment`; `owner` is the page whose body it stands in, when that is not the converted page. */
function readAttachment(element: StorageElement, owner: PageReference | undefined): Reference | undefined {
  const filename = element.attributes['ri:filename'];
  if (filename === undefined) return undefined;
  const holder = childNamed(element, 'ri:page', 'ri:blog-post', 'ri:content-entity');
  const page = (holder === undefined ? undefined : readPage(holder)) ?? owner;
  return page === undefined ? { kind: 'attachment', filename } : { kind: 'attachment', filename, page };
}

/** Reads a resource identifier (`ri:*`) that names something on the wiki; `undefined` for any other element. */
export function readReference(element: StorageElement, owner?: PageReference): Reference | undefined {
  const { attributes } = element;
  switch (element.name) {
    case 'ri:page':
    case 'ri:blog-post':
    case 'ri:content-entity':
      return readPage(element);
    case 'ri:attachment':
      return readAttachment(element, owner);
    case 'ri:space':
      return attributes['ri:space-key'] === undefined
        ? undefined
        : { kind: 'space', key: attributes['ri:space-key'] };
    case 'ri:user': {
      const accountId = attributes['ri:account-id'] ?? attributes['ri:userkey'];
      return accountId === undefined ? undefined : { kind: 'user', accountId };
    }
    default:
      return undefined;
  }
}

/** The resource identifiers in or below an element. */
export const findResources = (element: StorageElement): readonly StorageElement[] =>
  element.name.startsWith('ri:') ? [element] : element.children.filter(isElement).flatMap(findResources);

/** The first resource identifier in or below an element. */
export const findResource = (element: StorageElement): StorageElement | undefined =>
  findResources(element)[0];

/** Words for a reference that has no text of its own. */
export function referenceText(reference: Reference): string {
  switch (reference.kind) {
    case 'page':
    case 'blogpost':
      return reference.title;
    case 'page-id':
      return reference.id;
    case 'attachment':
      return reference.filename;
    case 'attachment-file':
      return reference.fileId;
    case 'space':
      return reference.key;
    case 'user':
      return `@${reference.accountId}`;
    case 'short-link':
      return reference.path;
  }
}
