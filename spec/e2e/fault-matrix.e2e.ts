import { readFile } from 'node:fs/promises';
import { beforeAll, describe, expect, test } from '@jest/globals';
import type { SandboxOptions } from '../../lib/sandbox/index.js';
import {
  type Pulled,
  pullFrom,
  SMALL,
  unaccounted,
  undisturbed,
  withFaults,
} from '../support/faulty-wiki.js';

/** The requests of a pull by what they are for; `downloads` resolve addresses, `media` are the files. */
const LANES = [
  'listing',
  'bodies',
  'folders',
  'attachments',
  'downloads',
  'media',
  'comments',
  'users',
] as const;

/** Faults that pass: each hits the first requests of its lane. */
const PASSING = [
  '429x1=1',
  '429x2=0',
  '429-no-retry-afterx1',
  '429-quotax1=1',
  '500x1',
  '502x2',
  '503x2',
  '503x1=1',
  '504x2',
  'resetx2',
  'reset-bodyx2',
  'silentx1',
  'dripx1',
  'truncatex2',
  'malformedx2',
  'htmlx1',
];
const PASSING_ELSEWHERE = [
  'wrong-sizex2',
  'expired-urlx2',
  '404:mediax1',
  '429:mediax3=0',
  'empty-next:bodiesx1',
];

/** By lane a wiki whose listing of it has several pages. */
const PAGED: Readonly<Record<string, SandboxOptions>> = {
  listing: { ...SMALL, pages: 260 },
  folders: { ...SMALL, folders: 210 },
  attachments: { ...SMALL, attachments: 210 },
  comments: { ...SMALL, comments: 210 },
};
const PAGED_LANES = Object.keys(PAGED);

/** `fault:lane` with the other parts of the rule where they belong. */
const on = (fault: string, lane: string): string => fault.replace(/(x\d+)?(=\d+)?$/, `:${lane}$&`);

const expectBalanced = ({ end, events }: Pulled): void => {
  expect(unaccounted(end)).toBe(0);
  expect(events.filter(({ type }) => type === 'item.failed')).toHaveLength(end.failedItems.length);
};

const expectSame = (pulled: Pulled, whole: Pulled): void => {
  expect({ exitCode: pulled.end.exitCode, failed: pulled.end.failedItems }).toEqual({
    exitCode: 0,
    failed: [],
  });
  expect(pulled.tree).toEqual(whole.tree);
  expect(pulled.end.totals).toEqual(whole.end.totals);
  expectBalanced(pulled);
};

describe('a fault that passes leaves nothing behind', () => {
  let whole: Pulled;

  beforeAll(async () => {
    whole = await undisturbed();
  });

  const cells = [...LANES.flatMap((lane) => PASSING.map((fault) => on(fault, lane))), ...PASSING_ELSEWHERE];

  test.concurrent.each(cells)('%s', async (fault) => {
    await withFaults(fault, async ({ pull }) => {
      const timeoutMs = fault.startsWith('silent') ? 1_500 : 60_000;
      expectSame(await pull({ options: { timeoutMs } }), whole);
    });
  });
});

describe.each(PAGED_LANES)('a fault in the pages of %s leaves nothing behind:', (lane) => {
  let whole: Pulled;

  beforeAll(async () => {
    whole = await undisturbed(PAGED[lane]);
  });

  test.concurrent.each(['expired-cursorx1', 'repeat-cursorx1', 'duplicate', 'empty-nextx1'])(
    '%s',
    async (fault) => {
      await withFaults(on(fault, lane), async ({ pull }) => expectSame(await pull(), whole), PAGED[lane]);
    },
  );
});

describe('a fault of a listing that stays fails the run, loudly and without a file', () => {
  const cells = [
    ['500', 'http-500', 1],
    ['502', 'http-502', 1],
    ['503', 'http-503', 1],
    ['504', 'http-504', 1],
    ['reset', 'unreachable', 1],
    ['reset-body', 'unreachable', 1],
    ['malformed', 'malformed-response', 1],
    ['truncate', 'unreachable', 1],
    ['html', 'credentials', 12],
    ['401', 'credentials', 12],
    ['scope', 'credentials', 12],
    ['403', 'http-403', 1],
    ['expired-cursor', 'cursor-rejected', 1],
    ['repeat-cursor', 'cursor-loop', 1],
  ] as const;

  test.concurrent.each(
    PAGED_LANES.flatMap((lane) => cells.map(([fault, code, exitCode]) => ({ fault, lane, code, exitCode }))),
  )('$fault of $lane: $code, exit $exitCode', async ({ fault, lane, code, exitCode }) => {
    const wiki = fault.endsWith('cursor') ? PAGED[lane] : SMALL;
    await withFaults(
      on(fault, lane),
      async ({ pull }) => {
        const { end, tree } = await pull({ options: { maxRetries: 1 } });
        expect(end).toMatchObject({ type: 'run.failed', code, exitCode });
        expect(tree).toEqual({});
      },
      wiki,
    );
  });
});

/** Pulls again, from the same wiki without faults. */
const healed = (dir: string, wiki = SMALL): Promise<Pulled> =>
  withFaults('', ({ sandbox }) => pullFrom(sandbox, dir), wiki);

const failedKinds = ({ end }: Pulled): Record<string, number> => {
  const kinds: Record<string, number> = {};
  for (const { kind } of end.failedItems) kinds[kind] = (kinds[kind] ?? 0) + 1;
  return kinds;
};

/** Each halving of a batch of 30, the page alone and its other format: all of them twice, as 500 gets a second try. */
const REQUESTS_A_POISON_PAGE = 2 * (Math.ceil(Math.log2(30)) + 3);

/** A pull tries each of these again and again: few of them are enough. */
const FEW: SandboxOptions = { ...SMALL, pages: 8, attachments: 8 };

describe('a fault of items that stays fails exactly them, exit 3, and the next pull mends it', () => {
  let whole: Pulled;

  beforeAll(async () => {
    whole = await undisturbed(FEW);
  });

  /** How many of each kind the fault hits; of a file without bytes nothing can be missing. */
  const hit = (lane: string): Record<string, number> => {
    const { page, blogpost, comments } = whole.end.totals;
    if (lane === 'bodies') return { page: page.listed, blogpost: blogpost.listed };
    if (lane === 'comments') return { comments: comments.listed };
    const files = whole.events.filter(
      (event) => event.type === 'attachment.written' && (lane === 'files' || event.bytes > 0),
    );
    return { attachment: files.length };
  };

  test.concurrent.each([
    ['500:bodies', 'bodies', 'http-500'],
    ['502:bodies', 'bodies', 'http-502'],
    ['503:bodies', 'bodies', 'http-503'],
    ['504:bodies', 'bodies', 'http-504'],
    ['403:bodies', 'bodies', 'http-403'],
    ['reset:bodies', 'bodies', 'unreachable'],
    ['truncate:bodies', 'bodies', 'unreachable'],
    ['reset-body:bodies', 'bodies', 'unreachable'],
    ['malformed:bodies', 'bodies', 'malformed-response'],
    ['500:downloads', 'files', 'http-500'],
    ['502:downloads', 'files', 'http-502'],
    ['503:downloads', 'files', 'http-503'],
    ['504:downloads', 'files', 'http-504'],
    ['reset:downloads', 'files', 'unreachable'],
    ['500:media', 'files', 'media-status'],
    ['503:media', 'files', 'media-status'],
    ['reset:media', 'files', 'media-connection'],
    ['truncate:media', 'bytes', 'media-connection'],
    ['html:media', 'files', 'media-length'],
    ['wrong-size', 'bytes', 'media-length'],
    ['expired-url', 'files', 'media-status'],
    ['500:comments@2-', 'comments', 'http-500'],
    ['502:comments@2-', 'comments', 'http-502'],
    ['503:comments@2-', 'comments', 'http-503'],
    ['504:comments@2-', 'comments', 'http-504'],
    ['reset:comments@2-', 'comments', 'unreachable'],
    ['truncate:comments@2-', 'comments', 'unreachable'],
    ['malformed:comments@2-', 'comments', 'malformed-response'],
  ] as const)('%s', async (fault, lane, code) => {
    await withFaults(
      fault,
      async ({ pull, dir }) => {
        const pulled = await pull({ options: { maxRetries: 1 } });
        expect(pulled.end).toMatchObject({ type: 'run.finished', exitCode: 3 });
        expect(failedKinds(pulled)).toEqual(hit(lane));
        expect(new Set(pulled.end.failedItems.map((item) => item.code))).toEqual(new Set([code]));
        // Each was tried at least twice, as one retry is allowed, but for what no retry helps with.
        const tries = Math.min(...pulled.end.failedItems.map((item) => item.attempts));
        expect(tries).toBeGreaterThanOrEqual(fault === '403:bodies' ? 1 : 2);
        expectBalanced(pulled);
        const again = await healed(dir, FEW);
        expect({ exitCode: again.end.exitCode, tree: again.tree }).toEqual({ exitCode: 0, tree: whole.tree });
      },
      FEW,
    );
  });
});

describe('a poison page fails alone', () => {
  test.each(['poison=#10', 'poison=#1', 'poison=#10,poison=#11,poison=#30'])(
    'only the pages of %s fail, with few more requests',
    async (faults) => {
      await withFaults(faults, async ({ pull, dir, sandbox }) => {
        const pulled = await pull();
        const count = faults.split(',').length;
        expect(failedKinds(pulled)).toEqual({ page: count });
        expect(pulled.end).toMatchObject({ exitCode: 3, totals: { page: { written: 30 - count } } });
        expect(sandbox.requests.byStatus['500']).toBeLessThanOrEqual(count * REQUESTS_A_POISON_PAGE);
        expectBalanced(pulled);
        expect((await healed(dir)).tree).toEqual((await undisturbed()).tree);
      });
    },
  );
});

describe('what is gone or hidden between listing and fetch is recorded as not visible and never deleted', () => {
  test.each([
    ['gone=#10', 'page'],
    ['attachment-404@3', 'attachment'],
    ['403:downloads@3', 'attachment'],
  ] as const)('%s', async (fault, kind) => {
    await withFaults(fault, async ({ pull, dir }) => {
      const before = await healed(dir);
      const pulled = await pull({ options: { full: true } });
      expect(pulled.end).toMatchObject({ exitCode: 0, totals: { [kind]: { notVisible: 1, deleted: 0 } } });
      expectBalanced(pulled);
      expect(pulled.tree).toEqual(before.tree);
    });
  });
});

test.each([
  ['gone=#10', { exitCode: 0, totals: { page: { notVisible: 1, failed: 0, deleted: 0 } } }],
  ['gone=#10,403:bodies@2-', { exitCode: 0, totals: { page: { notVisible: 1, failed: 0, deleted: 0 } } }],
  ['403:bodies', { exitCode: 3, totals: { page: { notVisible: 0, failed: 1, deleted: 0 } } }],
  ['500:bodies', { exitCode: 3, totals: { page: { notVisible: 0, failed: 1, deleted: 0 } } }],
] as const)('a delta that cannot read a page (%s) leaves its file as it was', async (faults, end) => {
  await withFaults(faults, async ({ pull, sandbox, dir }) => {
    const before = await healed(dir);
    sandbox.wiki.editPage(sandbox.wiki.list('page', 'LARGE')[9]?.id ?? '', { body: '<p>New.</p>' });
    const pulled = await pull({ options: { maxRetries: 0 } });
    expect(pulled.events[0]).toMatchObject({ mode: 'delta' });
    expect(pulled.end).toMatchObject(end);
    expect(pulled.tree).toEqual(before.tree);
    expectBalanced(pulled);
  });
});

test.each(['401:downloads@5-', '401:bodies@2-', 'scope:comments@2-'])(
  'credentials that end in mid-run (%s) stop it cleanly: exit 12, a checkpoint, no more requests',
  async (fault) => {
    await withFaults(fault, async ({ pull, dir, exchanges }) => {
      const { end, events } = await pull();
      expect(end).toMatchObject({ type: 'run.failed', code: 'credentials', exitCode: 12 });
      const state: unknown = JSON.parse(await readFile(`${dir}/.rxsync/state.json`, 'utf8'));
      expect(state).toMatchObject({ checkpoint: { scope: { space: 'LARGE' } } });
      const refused = exchanges.findIndex(({ status }) => status === 401);
      expect(refused).toBeGreaterThan(0);
      // What was in flight is all that can follow.
      expect(exchanges.length - refused).toBeLessThanOrEqual(10);
      expect(events.filter(({ type }) => type === 'retry.scheduled')).toEqual([]);
      const whole = await undisturbed();
      expect(await healed(dir)).toMatchObject({ end: { exitCode: 0 }, tree: whole.tree });
    });
  },
);
