import type { Definition } from './definition.js';
import type { ListResult, PullResult } from './tenant-state.js';

/** What has come of it, and which worker has asked the wiki. */
export interface Done<T> {
  readonly worker: string;
  readonly result: T;
}

/** What a worker does for a tenant's workflow. Neither rejects for what the wiki or a mirror says: that is its result. */
export interface Activities {
  /**
   * The keys of the spaces that the account sees.
   * @param last the worker that has asked the wiki last
   */
  readonly listSpaces: (definition: Definition, last?: string) => Promise<Done<ListResult>>;
  /** Pulls as many of the spaces as fit into a slice of time. */
  readonly pullSpaces: (
    definition: Definition,
    spaces: readonly string[],
    last?: string,
  ) => Promise<Done<PullResult>>;
}
