import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';

import { OptionsError } from '../errors/options-error.js';
import { createPrng, hash32 } from './data/prng.js';
import { createUsers } from './data/users.js';
import { buildWiki } from './data/wiki-builder.js';
import { createFaultPlan } from './faults/fault-plan.js';
import { type FaultRule, parseFaults } from './faults/parse-faults.js';
import { type Api, CLOUD_ID } from './http/api.js';
import { createMediaApp, createSiteApp } from './http/app.js';
import { BEARER_TOKEN, CREDENTIALS, type Credentials } from './credentials.js';
import { listen } from './http/listen.js';
import { createLists } from './http/lists.js';
import type { Exchange, RequestCounters } from './exchange.js';
import { createTraffic } from './http/traffic.js';
import { type ResolvedOptions, type SandboxOptions, resolveOptions } from './options.js';
import { createBodyStore } from './wiki/body-store.js';
import { ContentStore } from './wiki/content-store.js';
import { createFileStore } from './wiki/file-store.js';
import { createIds } from './wiki/ids.js';
import { createSearchIndex } from './wiki/search-index.js';
import { createWikiClock } from './wiki/wiki-clock.js';
import type { WikiState } from './wiki/wiki-state.js';
import { type Wiki, createWiki } from './wiki/wiki.js';
import type { WildSwitch } from './wild/wild-switch.js';
import { createWild } from './wild/wild.js';

/** A running wiki. */
export interface Sandbox {
  /** Address of the site, without `/wiki`. */
  readonly url: string;
  /** Address of the media host: another origin. */
  readonly mediaUrl: string;
  /** Address of the same wiki by the API gateway, where bearer tokens work. */
  readonly gatewayUrl: string;
  readonly credentials: Credentials;
  /** Of OAuth, for `gatewayUrl`. */
  readonly bearerToken: string;
  readonly wiki: Wiki;
  /** How it misbehaves: can be changed while it runs. */
  readonly wild: WildSwitch;
  readonly requests: RequestCounters;
  /** Tells of every request and answer; returns a function that ends it. */
  onExchange(listener: (exchange: Exchange) => void): () => void;
  readonly close: () => Promise<void>;
}

const readCorpus = async (directory: string | undefined): Promise<readonly string[]> => {
  if (directory === undefined) return [];
  const names = await readdir(directory).catch(() => []);
  const files = names.filter((name) => name.endsWith('.xhtml')).sort();
  if (files.length === 0) throw new OptionsError('corpus', directory, 'be a directory with .xhtml files');
  return Promise.all(files.map((name) => readFile(join(directory, name), 'utf8')));
};

const createState = (
  options: ResolvedOptions,
  corpus: readonly string[],
  siteUrl: () => string,
): WikiState => {
  const { seed } = options;
  const store = new ContentStore();
  const users = createUsers(seed);
  return {
    store,
    users,
    ids: createIds(createPrng(hash32(seed, 'ids'))),
    clock: createWikiClock(options.now),
    index: createSearchIndex(store, options.indexLagMs, options.timer),
    bodies: createBodyStore(store, { seed, bodyBytes: options.bodyKb * 1024, users, siteUrl, corpus }),
    files: createFileStore(seed),
  };
};

/** A rule with the id of the n-th page in place of `#n`. */
const resolveRule = (rule: FaultRule, { bodies }: WikiState): FaultRule =>
  rule.value.startsWith('#')
    ? { ...rule, value: bodies.linkTargets[Number(rule.value.slice(1)) - 1] ?? '' }
    : rule;

/**
 * Starts a Confluence-compatible wiki on 127.0.0.1, filled with content that depends on the options only. Rejects with
 * OptionsError for a bad option.
 */
export const createSandbox = async (given: SandboxOptions = {}): Promise<Sandbox> => {
  const corpus = await readCorpus(given.corpus);
  const options = resolveOptions(corpus.length > 0 ? { pages: corpus.length + 1, ...given } : given);
  const address = { site: '', media: '' };
  const siteUrl = (): string => options.siteUrl ?? address.site;
  const state = createState(options, corpus, siteUrl);
  buildWiki(state, options);
  const traffic = createTraffic();
  const wild = createWild(state, options.wild);
  const api: Api = {
    options,
    state,
    wild,
    lists: createLists(state),
    siteUrl,
    mediaUrl: () => address.media,
  };
  const wiki = createWiki(state);
  const plan = createFaultPlan(
    parseFaults(options.faults).map((rule) => resolveRule(rule, state)),
    options.faultSeed ?? options.seed,
  );
  const site = await listen(createSiteApp(api, traffic, plan, wiki), options.port);
  const media = await listen(createMediaApp(api, traffic, plan), 0);
  Object.assign(address, { site: site.url, media: media.url });
  return {
    url: site.url,
    mediaUrl: media.url,
    gatewayUrl: `${site.url}/ex/confluence/${CLOUD_ID}`,
    credentials: CREDENTIALS,
    bearerToken: BEARER_TOKEN,
    wiki,
    wild,
    requests: traffic.counters,
    onExchange: (listener) => traffic.onExchange(listener),
    close: async () => {
      await Promise.all([site.close(), media.close()]);
    },
  };
};
