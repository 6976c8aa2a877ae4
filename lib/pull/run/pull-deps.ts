import type { Observable } from 'rxjs';
import type { Gate } from '../../confluence/gate.js';
import type { WikiClient } from '../../confluence/wiki-client.js';
import type { RunSummary } from '../../events/run-summary.js';
import type { ReadState } from '../../store/state-file.js';
import type {
  OpenMirror,
  OpenMirrorOptions,
  ReadMirrorOptions,
  StoredMirror,
} from '../../store/stored-mirror.js';
import type { ResolvedWikiOptions } from './wiki-options.js';

/** The clock and the dice of a pull. */
export interface Chance {
  readonly now: () => number;
  readonly random: () => number;
}

/** The edges of a pull; `liveDeps` are the real ones. */
export interface PullDeps extends Chance {
  readonly connect: (options: ResolvedWikiOptions, gate: Gate, chance: Chance) => WikiClient;
  readonly openMirror: (dir: string, options: OpenMirrorOptions) => Promise<OpenMirror>;
  /** Reads only the state of a mirror. */
  readonly readState: (dir: string) => Promise<ReadState>;
  /** Reads a mirror without changing or locking it; undefined when there is none. */
  readonly readMirror: (dir: string, options?: ReadMirrorOptions) => Promise<StoredMirror | undefined>;
  /** Keeps the summary of a run with the mirror; where there is none, nothing. */
  readonly saveRun: (dir: string, summary: RunSummary) => Promise<void>;
  /** Asks for a soft stop: waiting work is dropped, active work finished, the checkpoint saved. The value is why. */
  readonly stop$: Observable<string>;
  /** How large the heap may grow, in bytes; a page and an answer get a share of it. */
  readonly heapBytes: number;
  /** A new id for a run. */
  readonly runId: () => string;
}
