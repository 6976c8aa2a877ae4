import path from 'node:path';
import { lastValueFrom, tap } from 'rxjs';
import type { KindTotals, RxsyncEvent, RunTotals } from '../../lib/events/events.js';
import { pull$ } from '../../lib/pull/pull.js';
import type { PullDeps } from '../../lib/pull/run/pull-deps.js';
import type { PullOptions } from '../../lib/pull/run/pull-options.js';
import type { Sandbox, SandboxOptions } from '../../lib/sandbox/index.js';
import type { Exchange } from '../../lib/sandbox/exchange.js';
import { readTree, startWiki, withFolder } from './e2e.js';

/** Small, with some of everything. */
export const SMALL: SandboxOptions = {
  pages: 30,
  folders: 6,
  attachments: 15,
  comments: 12,
  blogposts: 3,
  bodyKb: 1,
  // Mirrors of two sandboxes are alike, whatever their ports.
  siteUrl: 'https://wiki.example',
};

export interface Pulled {
  readonly events: readonly RxsyncEvent[];
  /** The last event's account. */
  readonly end: RunTotals & { readonly type: string; readonly code?: string };
  readonly tree: Readonly<Record<string, string>>;
}

export interface PullConfig {
  readonly options?: Partial<PullOptions>;
  readonly deps?: Partial<PullDeps>;
  readonly onEvent?: (event: RxsyncEvent) => void;
}

const isEnd = (event: RxsyncEvent): event is RxsyncEvent & Pulled['end'] =>
  event.type === 'run.finished' || event.type === 'run.failed' || event.type === 'run.interrupted';

/** Pulls in this process; backoffs are short. An error that ends the run is told by its last event. */
export const pullFrom = async (
  { url, credentials }: Sandbox,
  dir: string,
  { options = {}, deps = {}, onEvent = () => undefined }: PullConfig = {},
): Promise<Pulled> => {
  const events: RxsyncEvent[] = [];
  const all: PullOptions = {
    url,
    credentials: credentials,
    space: 'LARGE',
    dir,
    comments: true,
    ...options,
  };
  const events$ = pull$(all, { random: () => 0.01, ...deps }).pipe(
    tap((event) => events.push(event)),
    tap(onEvent),
  );
  await lastValueFrom(events$).catch(() => undefined);
  const end = events.at(-1);
  if (end === undefined || !isEnd(end)) throw new Error('A pull has no end.');
  return { events, end, tree: await readTree(dir) };
};

export interface Faulty {
  readonly sandbox: Sandbox;
  readonly exchanges: readonly Exchange[];
  readonly dir: string;
  readonly pull: (config?: PullConfig) => Promise<Pulled>;
}

/** A wiki with faults and an empty folder, gone after `use`. */
export const withFaults = <T>(
  faults: string,
  use: (faulty: Faulty) => Promise<T>,
  wiki: SandboxOptions = SMALL,
): Promise<T> =>
  withFolder(async (folder) => {
    const { sandbox, close } = await startWiki({ ...wiki, faults });
    const exchanges: Exchange[] = [];
    sandbox.onExchange((exchange) => exchanges.push(exchange));
    const dir = path.join(folder, 'mirror');
    try {
      return await use({ sandbox, exchanges, dir, pull: (config) => pullFrom(sandbox, dir, config) });
    } finally {
      await close();
    }
  });

const wholes = new Map<string, Promise<Pulled>>();

/** The mirror of a wiki without faults; of the same wiki it is pulled once for a test file. */
export const undisturbed = (wiki: SandboxOptions = SMALL): Promise<Pulled> => {
  const name = JSON.stringify(wiki);
  const whole = wholes.get(name) ?? withFaults('', ({ pull }) => pull(), wiki);
  wholes.set(name, whole);
  return whole;
};

/** What is listed and has come to no end; 0 in a balanced account. */
export const unaccounted = ({ totals }: RunTotals): number =>
  Object.values(totals).reduce(
    (sum, { listed, written, unchanged, moved, failed, notVisible }: KindTotals) =>
      sum + listed - written - unchanged - moved - failed - notVisible,
    0,
  );
