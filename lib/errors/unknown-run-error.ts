import { EXIT, RxsyncError } from './rxsync-error.js';

/** Documents are asked for since a run that the mirror does not remember. */
export class UnknownRunError extends RxsyncError {
  readonly code = 'unknown-run';
  override readonly exitCode = EXIT.usage;

  constructor(run: string, dir: string) {
    super(`The mirror in "${dir}" does not remember the run ${JSON.stringify(run)}.`, {
      hint: 'What has changed since then is not known: take all documents into an empty index, without `since`. The last line of them names the run to go on from.',
    });
  }
}
