/** The scopes that open an operation: a granular one, or a classic one where there is any. */
interface Scopes {
  readonly path: RegExp;
  readonly granular: string;
  readonly classic?: string;
}

/** By path below the API base; the first row that fits. Source: Atlassian's OpenAPI documents. */
const SCOPES: readonly Scopes[] = [
  { path: /^\/api\/v2\/spaces$/, granular: 'read:space:confluence' },
  { path: /^\/api\/v2\/(?:pages|blogposts)\/\d+\/labels$/, granular: 'read:label:confluence' },
  { path: /^\/api\/v2\/.*attachments/, granular: 'read:attachment:confluence' },
  { path: /^\/api\/v2\/.*comments/, granular: 'read:comment:confluence' },
  {
    path: /^\/api\/v2\/.*\/(?:descendants|direct-children)$/,
    granular: 'read:hierarchical-content:confluence',
  },
  { path: /^\/api\/v2\/.*\/ancestors$/, granular: 'read:content.metadata:confluence' },
  { path: /^\/api\/v2\/folders/, granular: 'read:folder:confluence' },
  { path: /^\/api\/v2\/whiteboards/, granular: 'read:whiteboard:confluence' },
  { path: /^\/api\/v2\/databases/, granular: 'read:database:confluence' },
  { path: /^\/api\/v2\/embeds/, granular: 'read:embed:confluence' },
  { path: /^\/api\/v2\/users-bulk$/, granular: 'read:user:confluence' },
  { path: /^\/api\/v2\//, granular: 'read:page:confluence' },
  {
    path: /^\/rest\/api\/(?:content\/)?search$/,
    granular: 'read:content-details:confluence',
    classic: 'search:confluence',
  },
  {
    path: /\/download$/,
    granular: 'read:attachment:confluence',
    classic: 'readonly:content.attachment:confluence',
  },
  {
    path: /^\/rest\/api\/user\/current$/,
    granular: 'read:content-details:confluence',
    classic: 'read:confluence-user',
  },
];

/** The scopes that an operation needs one of, in words; `undefined` where we do not know. */
export const scopesFor = (path: string): string | undefined => {
  const found = SCOPES.find((scopes) => scopes.path.test(path));
  if (found === undefined) return undefined;
  return found.classic === undefined ? found.granular : `${found.granular} or ${found.classic} (classic)`;
};
