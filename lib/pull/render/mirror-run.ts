import type { Store } from '../../store/store.js';
import type { Run } from '../run/run.js';
import type { MirrorLayout } from './mirror-layout.js';
import type { RenderPool } from '../../rendering/render-pool.js';

/** A run whose mirror is open and laid out: what everything that writes to the mirror works with. */
export interface MirrorRun extends Run {
  readonly store: Store;
  readonly layout: MirrorLayout;
  /** Renders Markdown beside this thread; absent where it would not pay. */
  readonly renderPool?: RenderPool | undefined;
}
