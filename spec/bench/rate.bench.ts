/**
 * How a whole pull settles near a burst limit, and how fast its cap grows without one; about a minute. Run by `npm run bench -- rate`.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { lastValueFrom, tap } from 'rxjs';
import type { RxsyncEvent } from '../../lib/events/events.js';
import { pull$ } from '../../lib/pull/pull.js';
import { createSandbox, type SandboxOptions } from '../../lib/sandbox/index.js';
import { type Answered, ratiosOf } from '../support/busy-wiki.js';

const MAX = 10;

interface Measured {
  readonly answers: readonly Answered[];
  readonly events: readonly RxsyncEvent[];
  readonly startMs: number;
  readonly endMs: number;
}

const measure = async (wiki: SandboxOptions): Promise<Measured> => {
  const sandbox = await createSandbox({ pages: 300, comments: 0, bodyKb: 2, ...wiki });
  const dir = await mkdtemp(path.join(os.tmpdir(), 'rxsync-bench-'));
  const answers: Answered[] = [];
  const events: RxsyncEvent[] = [];
  sandbox.onExchange(({ url, status }) => {
    if (!url.startsWith(sandbox.mediaUrl))
      answers.push({ atMs: Date.now(), status: status === 429 ? 429 : 200, limit: 0 });
  });
  const startMs = Date.now();
  try {
    const { email, apiToken: token } = sandbox.credentials;
    const options = { url: sandbox.url, credentials: { email, apiToken: token }, space: 'LARGE', dir };
    await lastValueFrom(pull$({ ...options, maxConcurrency: MAX }).pipe(tap((event) => events.push(event))));
    return { answers, events, startMs, endMs: Date.now() };
  } finally {
    await sandbox.close();
    await rm(dir, { recursive: true, force: true });
  }
};

const print = (name: string, value: string): boolean => process.stdout.write(`${name.padEnd(52)} ${value}\n`);
const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;

const burst = async (rps: number): Promise<void> => {
  const { answers, startMs, endMs } = await measure({ attachments: 40 * rps, rps });
  const { refusedShare, usedShare } = ratiosOf(answers, rps, [startMs + 10_000, endMs]);
  print(`${rps} requests a second: refused after ten seconds`, percent(refusedShare));
  print(`${rps} requests a second: of the allowed rate used`, percent(usedShare));
};

const climb = async (): Promise<void> => {
  const { events, startMs } = await measure({ attachments: 2_000, latencyMs: 80 });
  const atMax = events.find((event) => event.type === 'rate.changed' && event.limit === MAX);
  print(
    '80 ms, no limit: the cap at its maximum after',
    atMax ? `${Date.parse(atMax.ts) - startMs} ms` : 'never',
  );
  const cuts = events.filter((event) => event.type === 'rate.changed' && event.limit < event.previous);
  print('80 ms, no limit: times the cap was lowered', String(cuts.length));
};

await burst(10);
await climb();
