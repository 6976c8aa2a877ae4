import type { Observable } from 'rxjs';
import type { Gate } from '../../confluence/gate.js';
import type { WikiClient } from '../../confluence/wiki-client.js';
import type { ReadState } from '../../store/state-file.js';
import type { OpenMirror, OpenMirrorOptions, StoredMirror } from '../../store/open-mirror.js';
import type { ResolvedOptions } from './pull-options.js';

/** The clock and the dice of a pull. */
export interface Chance {
  readonly now: () => number;
  readonly random: () => number;
}

/** The edges of a pull; `liveDeps` are the real ones. */
export interface PullDeps extends Chance {
  readonly connect: (options: ResolvedOptions, gate: Gate, chance: Chance) => WikiClient;
  readonly openMirror: (dir: string, options: OpenMirrorOptions) => Promise<OpenMirror>;
  /** Reads only the state of a mirror. */
  readonly readState: (dir: string) => Promise<ReadState>;
  /** Reads a mirror without changing or locking it. */
  readonly readMirror: (dir: string) => Promise<StoredMirror>;
  /** Asks for a soft stop: waiting work is dropped, active work finished, the checkpoint saved. The value is why. */
  readonly stop$: Observable<string>;
  /** A new id for a run. */
  readonly runId: () => string;
}
