import { type MessagePort, parentPort } from 'node:worker_threads';
import { serveRenders } from './serve-renders.js';

/** The file that a worker thread runs. */
const serve = (port: MessagePort | null): void => {
  if (port !== null) serveRenders(port);
};

serve(parentPort);
