import { EXIT, RxsyncError } from '../index.js';

/** Temporal is not reached, or refuses what it is asked. */
export class EngineError extends RxsyncError {
  override readonly code = 'engine';
  override readonly exitCode = EXIT.failed;
}

/** In words for people: gRPC puts the reason behind a number and a name. */
export const engineError = (address: string, cause: unknown): EngineError => {
  // What the native side appends is for those who debug it.
  const [text = ''] = (cause instanceof Error ? cause.message : String(cause)).split(': Status {');
  return new EngineError(`Temporal at ${address} does not do what it is asked: ${text}`, {
    cause,
    hint: 'Check address and namespace, and that the server runs: temporal server start-dev starts one on this machine.',
  });
};
