/** What the parts of a fleet call each other in the engine. */

/** Tasks of workflows: any worker does them. */
export const WORKFLOW_QUEUE = 'rxsync-fleet';

/** Pulls: of those workers that share their mirrors, or of the one with this name. */
export const pullQueue = (worker: string | undefined): string =>
  worker === undefined ? 'rxsync-pulls' : `rxsync-pulls-${worker}`;

const PREFIX = 'rxsync-';

/** The id of a tenant's schedule, and of its workflow. */
export const idOf = (tenant: string): string => `${PREFIX}${tenant}`;

/** The tenant whose id this is. */
export const tenantOf = (id: string): string => id.slice(PREFIX.length);

export const WORKFLOW = { tenant: 'tenant', tick: 'tick' } as const;
export const SIGNAL = { pull: 'pull', stop: 'stop' } as const;

/** Of the memo of a tenant's workflow. */
export const ACCOUNT = 'rxsync';
