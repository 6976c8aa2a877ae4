import type { Definition } from './definition.js';
import type { ListResult, PullResult } from './tenant-state.js';

/** What a worker does for a tenant's workflow. Neither rejects for what the wiki or a mirror says: that is its result. */
export interface Activities {
  /** The keys of the spaces that the account sees. */
  readonly listSpaces: (definition: Definition) => Promise<ListResult>;
  /** Pulls as many of the spaces as fit into a slice of time. */
  readonly pullSpaces: (definition: Definition, spaces: readonly string[]) => Promise<PullResult>;
}
