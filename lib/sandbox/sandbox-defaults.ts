import type { SandboxOptions } from './options.js';

/** What an option is when it is not given. `rps`, `pointsQuota`, `corpus`, `faultSeed`, `siteUrl` and `now` have no default. */
export const SANDBOX_DEFAULTS = {
  pages: 1000,
  folders: 60,
  attachments: 2000,
  comments: 500,
  blogposts: 10,
  spaces: 0,
  bodyKb: 15,
  latencyMs: 0,
  hourMs: 3_600_000,
  port: 0,
  seed: 1,
  nasty: false,
  faults: '',
  wild: '',
  spaceKey: 'LARGE',
  indexLagMs: 0,
  timeZone: 'America/Los_Angeles',
  folderAncestors: true,
  timer: () => Date.now(),
} as const satisfies SandboxOptions;
