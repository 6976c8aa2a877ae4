import { z } from 'zod';
import { isCron } from './cron.js';
import { isDuration } from './duration.js';

const SECRET =
  'must name where the secret is, { env: NAME } or { file: PATH }, and never be the secret itself';
const SPACES = 'must be "*" or a list of keys of spaces';
const CRON =
  'must be five fields of cron (minute, hour, day of the month, month, day of the week), such as "17 * * * *"';
const DURATION = 'must be a duration such as 90s, 15m, 1h or 1d';

/** What an object must be; unknown names in it are told by name. */
const settings = (rule: string) => ({
  error: ({ code }: { readonly code: string }) => (code === 'invalid_type' ? rule : undefined),
});

const text = (rule: string) => z.string({ error: rule }).min(1, { error: rule });

const duration = z.string({ error: DURATION }).refine(isDuration, { error: DURATION });

const Variable = z.strictObject({ env: text('must be the name of an environment variable') });
const Named = z.union([Variable, z.strictObject({ file: text('must be the path of a file') })], {
  error: SECRET,
});

const key = z
  .string({ error: 'must be the key of a space' })
  .regex(/^~?[\w.-]+$/, { error: 'must be the key of a space' });

const count = z.int({ error: 'must be a whole number' }).min(0, { error: 'must be 0 or more' });
const flag = z.boolean({ error: 'must be true or false' });
const texts = z.array(text('must be a text'), { error: 'must be a list of texts' });

/** What a pull is told beside its space: named as the flags of the command. */
const Options = z
  .strictObject(
    {
      label: text('must be the name of a label'),
      cql: text('must be a condition in CQL'),
      format: z.enum(['markdown', 'storage', 'adf'], { error: 'must be markdown, storage or adf' }),
      flavor: text('must be a dialect of Markdown'),
      attachments: z.enum(['all', 'referenced', 'none'], { error: 'must be all, referenced or none' }),
      'attachment-types': texts,
      comments: flag,
      labels: flag,
      'check-deletions': flag,
      'max-delete': z.union([count, text('must be a count or a percentage')], {
        error: 'must be a count or a percentage such as 10%',
      }),
      concurrency: count,
      'max-concurrency': count,
      'attachment-concurrency': count,
      'quota-reserve': count,
      'media-host': texts,
      'allow-http': flag,
      'ca-file': text('must be the path of a file'),
    },
    settings('must be flags of pull by their names'),
  )
  .partial();

/** One tenant, as the fleet file has it. */
const Tenant = z.strictObject(
  {
    url: text('must be the address of a wiki, such as https://example.atlassian.net'),
    email: z.union([z.string(), Variable], { error: 'must be an address, or { env: NAME }' }).optional(),
    token: Named.optional(),
    'bearer-token': Named.optional(),
    spaces: z.union([z.literal('*'), z.array(key).min(1, { error: SPACES })], { error: SPACES }),
    except: z.array(key, { error: 'must be a list of keys of spaces' }).default([]),
    every: duration.optional(),
    cron: text(CRON).optional(),
    timezone: text('must be the name of a time zone, such as Europe/Berlin').optional(),
    worker: z
      .string()
      .regex(/^[a-z0-9][a-z0-9-]*$/, {
        error: 'must be the name of a worker: small letters, digits, hyphens',
      })
      .optional(),
    options: Options.default({}),
  },
  settings('must be the settings of a tenant by their names'),
);
type Tenant = z.infer<typeof Tenant>;

interface Rule {
  readonly path: string;
  readonly message: string;
  readonly isBroken: (tenant: Tenant) => boolean;
}

/** Hosts that no network lies before. */
const LOOPBACK = /^(?:localhost|\[::1\]|127(?:\.\d{1,3}){3})$/;

/** The token would go over the network as it is. */
const isPlain = (address: string): boolean => {
  const { protocol, hostname } = URL.canParse(address) ? new URL(address) : { protocol: '', hostname: '' };
  return protocol !== 'https:' && !(protocol === 'http:' && LOOPBACK.test(hostname));
};

const isTimezone = (name: string): boolean => {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
};

const hasCredentials = (address: string): boolean => {
  const { username, password } = URL.canParse(address) ? new URL(address) : { username: '', password: '' };
  return username !== '' || password !== '';
};

const hasTwice = (names: readonly string[]): boolean => new Set(names).size < names.length;

const RULES: readonly Rule[] = [
  {
    path: 'url',
    message: 'must be an address without credentials in it: email, token and bearer-token say where they are',
    isBroken: ({ url }) => hasCredentials(url),
  },
  {
    path: 'url',
    message: 'must be an address that begins with https:, or options.allow-http must be true',
    isBroken: ({ url, options }) => isPlain(url) && !(options['allow-http'] === true && URL.canParse(url)),
  },
  {
    path: 'spaces',
    message: 'must name each space once',
    isBroken: ({ spaces }) => spaces !== '*' && hasTwice(spaces),
  },
  {
    path: 'timezone',
    message: 'must be the name of a time zone, such as Europe/Berlin',
    isBroken: ({ timezone }) => timezone !== undefined && !isTimezone(timezone),
  },
  {
    path: 'token',
    message: 'must be given, with email; or bearer-token in place of both',
    isBroken: (tenant) => (tenant.token === undefined) === (tenant['bearer-token'] === undefined),
  },
  {
    path: 'email',
    message: 'must be given beside token, and only there',
    isBroken: (tenant) => (tenant.token === undefined) !== (tenant.email === undefined),
  },
  {
    path: 'every',
    message: 'must be given, or cron in its place: one of the two',
    isBroken: (tenant) => (tenant.every === undefined) === (tenant.cron === undefined),
  },
  {
    path: 'cron',
    message: CRON,
    isBroken: ({ cron }) => cron !== undefined && !isCron(cron),
  },
  {
    path: 'timezone',
    message: 'goes with cron only',
    isBroken: (tenant) => tenant.timezone !== undefined && tenant.cron === undefined,
  },
];

const CheckedTenant = Tenant.superRefine((tenant, context) => {
  for (const { path, message, isBroken } of RULES)
    if (isBroken(tenant)) context.addIssue({ code: 'custom', path: [path], message });
});

const NAME = 'must be a name of small letters, digits and hyphens, at most 63';

/** The whole file. */
export const FleetFile = z.strictObject(
  {
    failover: duration.default('75s'),
    tenants: z.record(z.string().regex(/^[a-z0-9][a-z0-9-]{0,62}$/, { error: NAME }), CheckedTenant, {
      error: 'must be tenants by their names',
    }),
  },
  settings('must hold tenants by their names'),
);

/** What the engine knows of a tenant: no secret, but where each worker finds it. */
export const Definition = Tenant.extend({ tenant: z.string(), failover: duration });
export type Definition = z.infer<typeof Definition>;
