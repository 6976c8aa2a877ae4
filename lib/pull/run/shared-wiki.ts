import type { Observable } from 'rxjs';
import type { WikiClient } from '../../confluence/wiki-client.js';
import type { WikiRate } from '../../core/wiki-rate.js';
import { createGovernors } from '../governor/governors.js';
import type { Session } from '../governor/session.js';
import type { PullDeps } from './pull-deps.js';
import type { ResolvedWikiOptions } from './wiki-options.js';

/** A part in a wiki that several share: its own requests, counted, stopped and ended by themselves. */
export interface WikiSession extends Session {
  readonly client: WikiClient;
}

/** A wiki with one governor for all that ask it. */
export interface SharedWiki {
  /** The address that it was made with. */
  readonly url: string;
  /** How many API requests may be in flight, of all together; the latest cap first, then each change of it. Never ends. */
  readonly limit$: Observable<number>;
  /** How many downloads may be in flight, of all together, likewise. */
  readonly attachmentLimit$: Observable<number>;
  /** How fast the API is asked, by all together; as it is first, then after each answer. Never ends. */
  readonly rate$: Observable<WikiRate>;
  /** A part in it for one run, to be disposed of when that ends; `pull$` opens one of its own. */
  readonly openSession: () => WikiSession;
}

/** Sends nothing yet. */
export const shareWiki = (
  options: ResolvedWikiOptions,
  deps: Pick<PullDeps, 'connect' | 'now' | 'random'>,
): SharedWiki => {
  const governors = createGovernors(options, deps);
  return {
    url: options.url,
    limit$: governors.api.limit$,
    attachmentLimit$: governors.media.limit$,
    rate$: governors.rate$,
    openSession: () => {
      const session = governors.openSession();
      return { ...session, client: deps.connect(options, session.gate, deps) };
    },
  };
};
