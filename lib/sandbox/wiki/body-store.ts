import { type BodyFacts, generateBody } from '../data/bodies.js';
import { createFragments } from '../data/fragments.js';
import { createPrng, hash32, itemAt } from '../data/prng.js';
import type { WikiUser } from '../data/users.js';
import { escapeXml } from '../data/xml.js';
import type { ContentStore } from './content-store.js';
import type { Content } from './model.js';
import { BASE_TIME } from './wiki-clock.js';

/** Storage-format bodies: written ones are kept, all others are made when they are asked for. */
export interface BodyStore {
  read(content: Content, version?: number): string;
  write(id: string, version: number, storage: string): void;
  /** Pages that generated bodies link to. */
  readonly linkTargets: string[];
}

export interface BodyStoreOptions {
  readonly seed: number;
  readonly bodyBytes: number;
  readonly users: readonly WikiUser[];
  readonly siteUrl: () => string;
  /** Bodies to take in turn instead of generated ones. */
  readonly corpus: readonly string[];
}

export const createBodyStore = (store: ContentStore, options: BodyStoreOptions): BodyStore => {
  const { seed, corpus } = options;
  const written = new Map<string, string>();
  const fragments = createFragments(seed, options.users);
  const linkTargets: string[] = [];

  const facts = (content: Content, version: number): BodyFacts => {
    const prng = createPrng(hash32(seed, 'links', content.id));
    const targets = Array.from({ length: Math.min(3, linkTargets.length) }, () =>
      store.get(prng.pick(linkTargets)),
    );
    const known = targets.filter((target) => target !== undefined);
    const below = store.below(content.id).filter((child) => child.createdAt < BASE_TIME);
    return {
      id: content.id,
      version,
      linkedTitles: known.slice(0, 2).map((target) => target.title),
      linkedUrls: known.slice(2).map((target) => pageUrl(store, options.siteUrl(), target)),
      files: below.flatMap((child) => (child.type === 'attachment' ? child.title : [])).slice(0, 2),
      markers: below.flatMap((child) =>
        child.type === 'comment' && child.markerRef !== null
          ? { ref: child.markerRef, selection: child.selection ?? '' }
          : [],
      ),
    };
  };

  return {
    linkTargets,
    write: (id, version, storage) => written.set(`${id}:${version}`, storage),
    read: (content, version = content.version) => {
      const kept = written.get(`${content.id}:${version}`);
      if (kept !== undefined) return kept;
      if (content.type === 'comment')
        return `<p>Comment ${content.id}, version ${version}: ${escapeXml(content.title)}</p>`;
      if (corpus.length > 0 && content.id !== linkTargets[0])
        return itemAt(corpus, linkTargets.indexOf(content.id) + corpus.length - 1);
      return generateBody(seed, fragments, options.bodyBytes, facts(content, version));
    },
  };
};

const pageUrl = (store: ContentStore, siteUrl: string, target: Content): string =>
  `${siteUrl}/wiki/spaces/${store.spaces.get(target.spaceId)?.key ?? ''}/pages/${target.id}`;
