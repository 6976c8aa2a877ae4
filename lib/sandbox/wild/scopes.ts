/** Which scopes the operations need, granular and classic, by path. A token with one of them is let in. */
const SCOPES: readonly (readonly [RegExp, readonly string[]])[] = [
  [
    /\/attachment\/[^/]+\/download$/,
    ['read:attachment:confluence', 'readonly:content.attachment:confluence'],
  ],
  [/\/rest\/api\/(?:content\/)?search$/, ['read:content-details:confluence', 'search:confluence']],
  [/\/rest\/api\/user/, ['read:content-details:confluence', 'read:confluence-user']],
  [/\/rest\/api\/space/, ['read:content-details:confluence', 'read:confluence-space.summary']],
  [/\/rest\/api\/content/, ['read:content-details:confluence', 'read:confluence-content.all']],
  [/\/v2\/spaces(?:\/\d+)?$/, ['read:space:confluence']],
  [/\/attachments(?:\/[^/]+)?$/, ['read:attachment:confluence']],
  [/-comments(?:\/|$)/, ['read:comment:confluence']],
  [/\/(?:descendants|direct-children)$/, ['read:hierarchical-content:confluence']],
  [/\/(?:ancestors|convert-ids-to-types)$/, ['read:content.metadata:confluence']],
  [/\/v2\/users-bulk$/, ['read:user:confluence']],
  [/\/v2\/folders\/\d+$/, ['read:folder:confluence']],
  [/\/(?:pages|blogposts)(?:\/|$)/, ['read:page:confluence']],
];

export const ALL_SCOPES = [...new Set(SCOPES.flatMap(([, scopes]) => scopes))];

/** The scopes that a request needs, any of which will do; none for paths that need none. */
export const scopesOf = (path: string): readonly string[] =>
  SCOPES.find(([pattern]) => pattern.test(path))?.[1] ?? [];
