import { EngineError } from '../errors/engine-error.js';

/** In words for people: gRPC puts the reason behind a number and a name. */
export const engineFailure = (address: string, cause: unknown): EngineError => {
  // What the native side appends is for those who debug it.
  const [text = ''] = (cause instanceof Error ? cause.message : String(cause)).split(': Status {');
  return new EngineError(`Temporal at ${address} does not do what it is asked: ${text}`, {
    cause,
    hint: 'Check address and namespace, and that the server runs: temporal server start-dev starts one on this machine.',
  });
};
