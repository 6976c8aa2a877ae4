import type { ConvertContext } from '../context.js';
import type { PageReference, Reference, Target } from '../reference.js';

type Base = Pick<ConvertContext, 'baseUrl' | 'spaceKey'>;

const display = (spaceKey: string | undefined, ...path: readonly string[]): string | undefined =>
  spaceKey === undefined ? undefined : `/display/${[spaceKey, ...path].map(encodeURIComponent).join('/')}`;

function pathOfPage(page: PageReference, spaceKey: string | undefined): string | undefined {
  const key = page.kind === 'page-id' ? undefined : (page.spaceKey ?? spaceKey);
  if (page.kind === 'page-id') return `/pages/viewpage.action?pageId=${encodeURIComponent(page.id)}`;
  if (page.kind === 'page') return display(key, page.title);
  return page.postingDay === undefined ? undefined : display(key, ...page.postingDay.split('/'), page.title);
}

function pathOf(reference: Reference, spaceKey: string | undefined): string | undefined {
  switch (reference.kind) {
    case 'page':
    case 'page-id':
    case 'blogpost':
      return pathOfPage(reference, spaceKey);
    case 'attachment':
      return reference.page?.kind === 'page-id'
        ? `/download/attachments/${[reference.page.id, reference.filename].map(encodeURIComponent).join('/')}`
        : undefined;
    case 'space':
      return `/spaces/${encodeURIComponent(reference.key)}`;
    case 'short-link':
      return reference.path;
    default:
      return undefined;
  }
}

/** The absolute address of a reference on its wiki; `undefined` when the base address or the space is not known. */
export function wikiAddress(reference: Reference, { baseUrl, spaceKey }: Base): Target | undefined {
  if (baseUrl === undefined) return undefined;
  const path = pathOf(reference, spaceKey);
  return path === undefined ? undefined : { href: baseUrl.replace(/\/+$/, '') + path };
}
