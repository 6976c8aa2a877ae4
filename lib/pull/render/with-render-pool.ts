import { type Observable, defer, finalize } from 'rxjs';
import type { PullPlan } from '../../core/pull-plan.js';
import { openRenderPool } from '../../rendering/open-render-pool.js';
import type { RenderPool } from '../../rendering/render-pool.js';
import type { PullDeps } from '../run/pull-deps.js';
import type { MirrorRun } from './mirror-run.js';

/** Fewer pages are rendered in the main thread before another one has started. */
const WORTH_A_THREAD = 64;

/** Does the work with threads that render pages, where they pay and have where to write to, and ends those. */
export const withRenderPool$ = <T>(
  { options, shares, store }: Pick<MirrorRun, 'options' | 'shares' | 'store'>,
  { heapBytes }: Pick<PullDeps, 'heapBytes'>,
  { pages }: PullPlan,
  work$: (pool: RenderPool | undefined) => Observable<T>,
): Observable<T> =>
  defer(() => {
    const pays = options.format === 'markdown' && pages.fetch.length >= WORTH_A_THREAD;
    const pool =
      pays && store.draftBy !== undefined ? openRenderPool({ heapBytes, share: shares.page }) : undefined;
    return work$(pool).pipe(finalize(() => pool?.close()));
  });
