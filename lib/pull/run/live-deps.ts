import { randomUUID } from 'node:crypto';
import { NEVER } from 'rxjs';
import { createWikiClient } from '../../confluence/wiki-client.js';
import { openMirror, readMirror, readMirrorState } from '../../store/open-mirror.js';
import { version } from '../../version.js';
import type { PullDeps } from './pull-deps.js';

/** The real wiki over HTTP, the real file system, the real clock; nothing stops the run. */
export const liveDeps: PullDeps = {
  connect: (options, gate, { now, random }) =>
    createWikiClient(options.url, {
      credentials: options.credentials,
      maxRetries: options.maxRetries,
      timeoutMs: options.timeoutMs,
      allowHttp: options.allowHttp ?? false,
      mediaHosts: options.mediaHosts ?? [],
      ca: options.ca,
      userAgent: `rxsync/${version()}`,
      gate,
      now,
      random,
    }),
  openMirror,
  readMirror,
  readState: readMirrorState,
  stop$: NEVER,
  now: Date.now,
  random: Math.random,
  runId: randomUUID,
};
