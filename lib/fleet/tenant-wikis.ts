import { CredentialsError, createWiki, type Credentials, type Wiki, type WikiOptions } from '../index.js';
import type { Definition } from './definition.js';
import { readText } from './read-text.js';

type Environment = Readonly<Record<string, string | undefined>>;
type Source = { readonly env: string } | { readonly file: string };

const missing = (tenant: string, where: string): CredentialsError =>
  new CredentialsError(`The credentials of ${tenant} are not on this worker: ${where}.`, {
    hint: 'The fleet file names where each worker finds them; give it to all workers.',
  });

/** What a worker has where the fleet file says. */
const secretOf = async (source: Source, tenant: string, env: Environment): Promise<string> => {
  const isVariable = 'env' in source;
  const text = isVariable
    ? (env[source.env] ?? '')
    : await readText(source.file, 'file').catch((error: unknown) => {
        throw missing(tenant, error instanceof Error ? error.message.replace(/\.$/, '') : String(error));
      });
  const secret = text.trim();
  if (secret !== '') return secret;
  throw missing(tenant, isVariable ? `the variable ${source.env} is not set` : `"${source.file}" is empty`);
};

const credentialsOf = async (definition: Definition, env: Environment): Promise<Credentials> => {
  const { tenant, email = '', token, 'bearer-token': bearer } = definition;
  if (bearer !== undefined) return { bearerToken: await secretOf(bearer, tenant, env) };
  if (token === undefined) throw missing(tenant, 'the fleet file names none');
  return {
    email: typeof email === 'string' ? email.trim() : await secretOf(email, tenant, env),
    apiToken: await secretOf(token, tenant, env),
  };
};

/** A wait that is longer frees its place for another tenant until it is over. */
const MAX_WAIT_MS = 30_000;

const wikiOptionsOf = async (definition: Definition, env: Environment): Promise<WikiOptions> => {
  const { url, options } = definition;
  const { concurrency, 'max-concurrency': most, 'attachment-concurrency': downloads } = options;
  const { 'quota-reserve': reserve, 'media-host': hosts, 'allow-http': allowHttp, 'ca-file': ca } = options;
  return {
    url,
    credentials: await credentialsOf(definition, env),
    maxWaitMs: MAX_WAIT_MS,
    ...(concurrency !== undefined && { concurrency }),
    ...(most !== undefined && { maxConcurrency: most }),
    ...(downloads !== undefined && { attachmentConcurrency: downloads }),
    ...(reserve !== undefined && { quotaReserve: reserve }),
    ...(hosts !== undefined && { mediaHosts: hosts }),
    ...(allowHttp !== undefined && { allowHttp }),
    ...(ca !== undefined && { ca: await readText(ca, 'certificate file') }),
  };
};

/** The wikis that a worker knows: one governor a tenant, which keeps what it has learned of the tenant's limits. */
export interface TenantWikis {
  /**
   * Asks for nothing yet.
   * @throws CredentialsError, OptionsError, UsageError (as a rejection)
   */
  readonly open: (definition: Definition) => Promise<Wiki>;
  /** After refused credentials a wiki refuses everything: the next one is made anew. */
  readonly forget: (tenant: string) => void;
}

export const tenantWikis = (env: Environment): TenantWikis => {
  const known = new Map<string, { readonly made: string; readonly wiki: Wiki }>();
  return {
    open: async (definition) => {
      const options = await wikiOptionsOf(definition, env);
      const made = JSON.stringify(options);
      const before = known.get(definition.tenant);
      if (before?.made === made) return before.wiki;
      const wiki = createWiki(options);
      known.set(definition.tenant, { made, wiki });
      return wiki;
    },
    forget: (tenant) => void known.delete(tenant),
  };
};
