import type { Link } from '../document/nodes.js';
import { linkTo } from '../links/link-to.js';
import type { Scope } from '../scope.js';
import type { BuiltInMacro } from './built-in.js';
import { unknownMacro } from './unknown-macro.js';

/** A page of the Jira on the wiki's own host. */
function jiraLink(path: string, scope: Scope): Link | undefined {
  const origin = /^https?:\/\/[^/]+/i.exec(scope.page.context.baseUrl ?? '')?.[0];
  return origin === undefined ? undefined : { type: 'link', href: origin + path };
}

const withLink = (link: Link | undefined, scope: Scope): Scope =>
  link === undefined ? scope : scope.with(link);

const jira: BuiltInMacro = (macro, scope) => {
  const key = macro.parameter('key');
  const url = macro.parameter('url');
  const query = macro.parameter('jqlQuery', 'jql');
  if (key !== undefined) {
    withLink(jiraLink(`/browse/${encodeURIComponent(key)}`, scope), scope).text(key);
  } else if (query !== undefined && /^https?:\/\//i.test(query)) {
    withLink(linkTo(query, scope), scope).text(query);
  } else if (query !== undefined) {
    const link = jiraLink(`/issues/?jql=${encodeURIComponent(query)}`, scope);
    withLink(link, scope).push({ type: 'inlineCode', value: query });
  } else if (url !== undefined && linkTo(url, scope) !== undefined) {
    withLink(linkTo(url, scope), scope).text(macro.parameter('title') ?? url);
  } else unknownMacro(macro, scope);
};

/** Jira issues and queries. */
export const jiraMacros: readonly (readonly [string, BuiltInMacro])[] = [
  ['jira', jira],
  ['jiraissues', jira],
];
