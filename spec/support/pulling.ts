import os from 'node:os';
import path from 'node:path';
import { afterEach } from '@jest/globals';
import fs from 'fs-extra';
import { type Observable, NEVER, lastValueFrom, toArray } from 'rxjs';
import { planPull, type PullPlan } from '../../lib/core/pull-plan.js';
import type { RxsyncEvent } from '../../lib/events/events.js';
import { survey$ } from '../../lib/pull/inventory/survey.js';
import { liveDeps } from '../../lib/pull/run/live-deps.js';
import { layoutOf } from '../../lib/pull/render/mirror-layout.js';
import type { MirrorRun } from '../../lib/pull/render/mirror-run.js';
import { createGatherer } from '../../lib/pull/run/prior.js';
import type { PullDeps } from '../../lib/pull/run/pull-deps.js';
import { type PullOptions, resolveOptions } from '../../lib/pull/run/pull-options.js';
import { type StartedRun, startRun } from '../../lib/pull/run/start-run.js';
import { openMirror } from '../../lib/store/open-mirror.js';
import { type FakeWiki, SPACE } from './fake-wiki.js';

export const optionsFor = (dir: string, options: Partial<PullOptions> = {}): PullOptions => ({
  url: 'https://example.atlassian.net',
  credentials: { bearerToken: 'x' },
  space: 'DOCS',
  dir,
  ...options,
});

export const depsFor = ({ client }: FakeWiki, deps: Partial<PullDeps> = {}): PullDeps => ({
  ...liveDeps,
  connect: () => client,
  runId: () => 'run-1',
  ...deps,
});

/** Gives temporary folders that go with their test. */
export const useTemporaryFolder = (): (() => Promise<string>) => {
  const folders: string[] = [];
  afterEach(async () => {
    // A pull that was unsubscribed may still be writing.
    for (const folder of folders.splice(0))
      await fs.rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 });
  });
  return async () => {
    const folder = await fs.mkdtemp(path.join(os.tmpdir(), 'rxsync-spec-'));
    folders.push(folder);
    return folder;
  };
};

export interface Planning {
  readonly run: MirrorRun & StartedRun;
  readonly plan: PullPlan;
}

/** What the lanes of a pull into an empty mirror work on. */
export const useLanes = () => {
  const folder = useTemporaryFolder();
  const ends: (() => Promise<void>)[] = [];
  afterEach(async () => {
    for (const end of ends.splice(0)) await end();
  });
  return async (
    wiki: FakeWiki,
    options: Partial<PullOptions> = {},
    stop$: Observable<string> = NEVER,
  ): Promise<Planning> => {
    const dir = await folder();
    const run = startRun(resolveOptions(optionsFor(dir, options)), depsFor(wiki, { stop$ }));
    const mirror = await openMirror(dir);
    const { store, records, unsound, openScratch } = mirror;
    ends.push(async () => {
      run.dispose();
      await mirror.close();
    });
    const prior = {
      ...createGatherer(),
      records,
      openScratch,
      unsound,
      lastSync: null,
      account: null,
      isSameScope: false,
    };
    const { inventory } = await lastValueFrom(survey$(run, SPACE, prior));
    const layout = layoutOf(run, inventory);
    const plan = planPull({
      ...layout,
      records,
      unsound,
      isLaidOutAlike: false,
      settled: prior.settled,
      leaving: [],
      full: false,
    });
    wiki.requests.splice(0);
    return { run: { ...run, store, layout }, plan };
  };
};

/** The files of a mirror with their texts; without its state. */
export const filesIn = async (dir: string): Promise<Record<string, string>> => {
  const entries = await fs.readdir(dir, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(dir, path.join(entry.parentPath, entry.name)))
    .filter((file) => !file.startsWith('.rxsync'))
    .sort();
  return Object.fromEntries(
    await Promise.all(
      files.map(async (file) => [file, await fs.readFile(path.join(dir, file), 'utf8')] as const),
    ),
  );
};

export const eventsOf = (events$: Observable<RxsyncEvent>): Promise<RxsyncEvent[]> =>
  lastValueFrom(events$.pipe(toArray()));
