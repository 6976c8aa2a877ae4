import { hash32 } from '../data/prng.js';
import { unauthorized } from '../http/auth.js';
import { isGateway, movedTo } from '../http/api.js';
import { v1User } from '../http/v1-user.js';
import type { ContentStore } from '../wiki/content-store.js';
import { type Content, idNumber, isDocument } from '../wiki/model.js';
import { type Behaviour, count } from './behaviour.js';
import { ALL_SCOPES, scopesOf } from './scopes.js';

/** Shows the pages and blog posts whose id passes, with what hangs on them, and everything else in the tree. */
const byDocument =
  (store: ContentStore, passes: (id: string) => boolean) =>
  (content: Content): boolean => {
    const id = 'containerId' in content ? content.containerId : content.id;
    return !isDocument(store.get(id)) || passes(id);
  };

const ANONYMOUS = {
  type: 'anonymous',
  displayName: 'Anonymous',
  publicName: 'Anonymous',
  profilePicture: { path: '/wiki/aa-avatar/anonymous', width: 48, height: 48, isDefault: true },
  _expandable: { operations: '' },
  _links: {},
};

const lowest = (store: ContentStore, howMany: number): ReadonlySet<string> =>
  new Set(Array.from(store.ofType('page'), ({ id }) => id).slice(0, howMany));

const tomcat = (status: string): string =>
  `<!doctype html><html lang="en"><head><title>HTTP Status ${status}</title></head><body><h1>HTTP Status ${status}</h1></body></html>`;

const TOMCAT_401 = tomcat('401 – Unauthorized');
const TOMCAT_404 = tomcat('404 – Not Found');
const HTML = { 'Content-Type': 'text/html;charset=utf-8' };

const scopePattern = ALL_SCOPES.map((scope) => scope.replaceAll('.', '\\.')).join('|');

/** Who may look, and at which address. */
export const ACCESS = {
  'open-site': {
    does: 'refused credentials get 200 with what a stranger may see: pages whose id N divides, and what hangs on them',
    evidence:
      '19 Credentials: a site open to anonymous readers answers 200 with what a stranger may see; user/current says type "anonymous"',
    value: count(2),
    shows: ({ c, api }, value) =>
      c.var.isStranger === true
        ? byDocument(api.state.store, (id) => idNumber(id) % Number(value) === 0)
        : undefined,
    answer: (json, { c, route }) => (c.var.isStranger === true && route === 'identity' ? ANONYMOUS : json),
  },
  revoke: {
    does: 'from the N-th API request after it was set, the credentials are refused',
    evidence:
      '2: API tokens expire in the middle of a run; 19 Credentials: a revoked one is answered as a stranger is',
    value: count(),
  },
  'other-account': {
    does: 'the credentials are another account, which sees N percent of the pages',
    evidence: '19 Credentials: another account id than at the start means that the listing cannot be trusted',
    value: { ...count(100), pattern: /^(?:\d{1,2}|100)$/ },
    shows: ({ api }, value) =>
      byDocument(api.state.store, (id) => hash32('account', id) % 100 < Number(value)),
    answer: (json, { api, route }) =>
      route === 'identity' ? v1User(api.state, api.state.users[1]?.accountId ?? '') : json,
  },
  sees: {
    does: 'all but the N pages of lowest id are restricted, everywhere, to the same account',
    evidence: '4.1, 6.4: permission filtering is silent; "missing" also means "permission removed"',
    value: { ...count(), pattern: /^\d+$/ },
    shows: ({ api }, value) => {
      const seen = lowest(api.state.store, Number(value));
      return byDocument(api.state.store, (id) => seen.has(id));
    },
  },
  'no-scope': {
    does: 'operations that one of these scopes opens answer 401 "scope does not match"',
    evidence:
      '2 Scopes per operation, 19 Credentials: classic and granular scopes are granted separately, neither implies the other',
    value: {
      text: 'SCOPE+SCOPE',
      pattern: new RegExp(`^(?:${scopePattern})(?:\\+(?:${scopePattern}))*$`),
    },
    refuses: ({ c, path }, value) => {
      const missing = value.split('+');
      return scopesOf(path).some((scope) => missing.includes(scope))
        ? unauthorized(c, 'Unauthorized; scope does not match')
        : undefined;
    },
  },
  'scoped-token': {
    does: 'the token is one with scopes: the site itself answers it 401, only the gateway takes it',
    evidence: '2, 19 Credentials: a scoped token on the site host gets 401 with the HTML page of Tomcat',
    intercepts: ({ c, path }) =>
      isGateway(c) || path.startsWith('/_edge/') ? undefined : c.body(TOMCAT_401, 401, HTML),
  },
  moved: {
    does: 'every API request is answered 301 to the same path at ORIGIN',
    evidence: '11: 302 and 303 lead to other hosts; that a renamed site answers 301 is [INFER]',
    value: { text: 'ORIGIN', pattern: /^https?:\/\/[^/]+$/ },
    intercepts: ({ c }, value) => movedTo(c, value),
  },
  'data-center': {
    does: 'nothing below /wiki exists; /rest/api/space and /rest/api/content answer at the root',
    evidence: '16 Data Center: v1 only, base https://host/rest/api, usually no /wiki, no v2',
    intercepts: ({ c }) => c.body(TOMCAT_404, 404, HTML),
  },
} satisfies Readonly<Record<string, Behaviour>>;
