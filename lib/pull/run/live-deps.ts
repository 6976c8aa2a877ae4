import { randomUUID } from 'node:crypto';
import { getHeapStatistics } from 'node:v8';
import { NEVER } from 'rxjs';
import { createWikiClient } from '../../confluence/wiki-client.js';
import { openMirror, readMirrorState } from '../../store/open-mirror.js';
import { readMirror } from '../../store/read-mirror.js';
import { saveRun } from '../../store/run-files.js';
import { version } from '../../version.js';
import type { PullDeps } from './pull-deps.js';

/**
 * The edges that a pull has where none are given: the real wiki over HTTP, the real file system, the real clock; nothing stops the
 * run. An edge of one's own may wrap one of them.
 */
export const liveDeps: PullDeps = {
  connect: (options, gate, { now, random }) =>
    createWikiClient(options.url, {
      credentials: options.credentials,
      maxRetries: options.maxRetries,
      timeoutMs: options.timeoutMs,
      allowHttp: options.allowHttp,
      mediaHosts: options.mediaHosts,
      ca: options.ca,
      userAgent: `rxsync/${version()}`,
      gate,
      now,
      random,
    }),
  openMirror,
  readMirror,
  readState: readMirrorState,
  saveRun,
  stop$: NEVER,
  now: Date.now,
  random: Math.random,
  heapBytes: getHeapStatistics().heap_size_limit,
  runId: randomUUID,
};
