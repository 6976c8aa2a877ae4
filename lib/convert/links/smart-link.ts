import { textOf } from '../parse/storage-node.js';
import type { StorageElement } from '../parse/storage-node.js';
import type { Scope } from '../scope.js';
import { readWikiLink, titleInUrl } from './url-reference.js';

const JIRA_ISSUE = /^https?:\/\/[^/?#]+\/browse\/([A-Z][A-Z\d_]+-\d+)(?:[?#].*)?$/;

/**
 * What a smart link shows when its text is only its address: the title of its target, as far as the mirror or the
 * address tells it; of an issue the key.
 */
export function smartLinkText({ attributes, children }: StorageElement, scope: Scope): string | undefined {
  const { href = '', 'data-card-appearance': appearance } = attributes;
  if (appearance === undefined || children.map(textOf).join('').trim() !== href.trim()) return undefined;
  const { context, resolver } = scope.page;
  const link = readWikiLink(href, context.baseUrl);
  const title = link === undefined ? undefined : resolver.known(link.reference)?.title;
  return title ?? titleInUrl(href, context.baseUrl) ?? JIRA_ISSUE.exec(href)?.[1];
}
