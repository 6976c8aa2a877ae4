import { OptionsError } from '../errors/options-error.js';
import { parseFaults } from './faults/parse-faults.js';
import { SANDBOX_DEFAULTS } from './sandbox-defaults.js';
import { parseWild } from './wild/parse-wild.js';

/** How the embedded wiki is filled and how it behaves. Everything is optional. */
export interface SandboxOptions {
  /** Current pages of the space, its homepage included. Default 1000; with `corpus` one for each file + the homepage. */
  readonly pages?: number;
  /** Folders of the space. Default 60. */
  readonly folders?: number;
  /** Attachments of the space. Default 2000. */
  readonly attachments?: number;
  /** Comments of the space: footer, inline and replies. Default 500. */
  readonly comments?: number;
  /** Blog posts of the space. Default 10. */
  readonly blogposts?: number;
  /** Small spaces of five pages beside the large one: `S1`, `S2`, … Default 0. */
  readonly spaces?: number;
  /** About how long a page body is, in KiB. Default 15. */
  readonly bodyKb?: number;
  /** Time before an answer, in milliseconds, give or take a quarter. Default 0. */
  readonly latencyMs?: number;
  /** Requests a second before the burst limit answers 429. Default: no limit. */
  readonly rps?: number;
  /** Points an hour before the quota answers 429, whatever the credentials. Default: no quota. */
  readonly pointsQuota?: number;
  /** Length of the quota's hour, in milliseconds. Default 3,600,000. */
  readonly hourMs?: number;
  /** Port on 127.0.0.1. Default 0: one that is free. */
  readonly port?: number;
  /** Same seed and options, same wiki to the byte. Default 1. */
  readonly seed?: number;
  /** Directory whose `*.xhtml` files become the page bodies, round robin in the order of their names. */
  readonly corpus?: string;
  /** Hostile titles and file names. Default false. */
  readonly nasty?: boolean;
  /** Faults to commit: see `parseFaults`. Default none. */
  readonly faults?: string;
  /** Behaviours of real wikis to show: see `parseWild`. Default none. */
  readonly wild?: string;
  /** What faults by chance hit depends on it. Default: the seed. */
  readonly faultSeed?: number;
  /** Key of the large space. Default `LARGE`. */
  readonly spaceKey?: string;
  /** Address that links inside answers are built on. Default: the server's own. */
  readonly siteUrl?: string;
  /** How long a change stays unknown to search, in milliseconds. Default 0. */
  readonly indexLagMs?: number;
  /** Zone of the calling user, in which CQL reads dates. Default `America/Los_Angeles`. */
  readonly timeZone?: string;
  /** Whether search fills `ancestors` of folders. Default true. */
  readonly folderAncestors?: boolean;
  /** The wiki's time, milliseconds since the epoch. Default: stands at 2026-01-01, a minute later after each change. */
  readonly now?: () => number;
  /** What limits, lag and signed addresses are measured with, in milliseconds. Default `Date.now`. */
  readonly timer?: () => number;
}

type Optional = 'corpus' | 'faultSeed' | 'rps' | 'pointsQuota' | 'siteUrl' | 'now';
/** Options with the defaults filled in. */
export type ResolvedOptions = Required<Omit<SandboxOptions, Optional>> & Pick<SandboxOptions, Optional>;

const LEAST = {
  pages: 1,
  folders: 0,
  attachments: 0,
  comments: 0,
  blogposts: 0,
  spaces: 0,
  latencyMs: 0,
  rps: 1,
  pointsQuota: 1,
  hourMs: 1,
  seed: 0,
  faultSeed: 0,
  indexLagMs: 0,
} as const;

const isKeyOfLeast = (key: string): key is keyof typeof LEAST => key in LEAST;

const checkCount = (option: string, value: unknown, least: number): void => {
  if (value === undefined || (Number.isSafeInteger(value) && Number(value) >= least)) return;
  throw new OptionsError(option, value, `be an integer of at least ${least}`);
};

const isZone = (timeZone: string): boolean => {
  try {
    return new Intl.DateTimeFormat('en', { timeZone }).format(0) !== '';
  } catch {
    return false;
  }
};

const check = (options: SandboxOptions): void => {
  for (const key of Object.keys(LEAST)) if (isKeyOfLeast(key)) checkCount(key, options[key], LEAST[key]);
  const { bodyKb, port, spaceKey, timeZone, siteUrl } = options;
  if (bodyKb !== undefined && !(bodyKb > 0)) throw new OptionsError('bodyKb', bodyKb, 'be a number above 0');
  if (port !== undefined && !(Number.isInteger(port) && port >= 0 && port <= 65_535))
    throw new OptionsError('port', port, 'be an integer from 0 to 65535');
  if (spaceKey !== undefined && !/^[A-Za-z0-9]{1,255}$/.test(spaceKey))
    throw new OptionsError('spaceKey', spaceKey, 'be letters and digits');
  if (timeZone !== undefined && !isZone(timeZone))
    throw new OptionsError('timeZone', timeZone, 'be a time zone name such as Europe/Berlin');
  parseFaults(options.faults ?? '');
  parseWild(options.wild ?? '');
  if (siteUrl !== undefined && !URL.canParse(siteUrl))
    throw new OptionsError('siteUrl', siteUrl, 'be an address');
};

/** Fills in the defaults. Throws OptionsError for a value that an option cannot have. */
export const resolveOptions = (options: SandboxOptions): ResolvedOptions => {
  check(options);
  return { ...SANDBOX_DEFAULTS, ...options };
};
