import { readFile } from 'node:fs/promises';
import { beforeAll, describe, expect, test } from '@jest/globals';
import type { SandboxOptions } from '../../lib/sandbox/index.js';
import { someRows } from '../support/counts.js';
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

  test.concurrent.each(someRows(cells, 14))('%s', async (fault) => {
    await withFaults(fault, async ({ pull }) => {
      const timeoutMs = fault.startsWith('silent') ? 1_500 : 60_000;
      expectSame(await pull({ options: { timeoutMs } }), whole);
    });
  });
});

describe('a fault in the pages of a listing leaves nothing behind', () => {
  const PAGING = ['expired-cursorx1', 'repeat-cursorx1', 'duplicate', 'empty-nextx1'];
  const cells = PAGED_LANES.flatMap((lane) => PAGING.map((fault) => [fault, lane] as const));

  test.concurrent.each(someRows(cells, 5))('%s of %s', async (fault, lane) => {
    const whole = await undisturbed(PAGED[lane]);
    await withFaults(on(fault, lane), async ({ pull }) => expectSame(await pull(), whole), PAGED[lane]);
  });
});

/** Faults of a listing that stay, with the code that they come to and the exit code where pages are listed. */
const STAYING = [
  ['500', 'http-500', 1],
  ['502', 'http-502', 1],
  ['503', 'http-503', 1],
  ['504', 'http-504', 1],
  ['reset', 'unreachable', 1],
  ['reset-body', 'unreachable', 1],
  ['malformed', 'garbled-response', 1],
  ['truncate', 'unreachable', 1],
  ['html', 'garbled-response', 1],
  ['401', 'missing-scope', 12],
  ['scope', 'missing-scope', 12],
  ['403', 'http-403', 1],
  ['expired-cursor', 'cursor-rejected', 1],
  ['repeat-cursor', 'cursor-loop', 1],
] as const;

describe('a fault of the listing of pages that stays fails the run, loudly and without a file', () => {
  test.concurrent.each(someRows(STAYING))('%s: %s, exit %s', async (fault, code, exitCode) => {
    const wiki = fault.endsWith('cursor') ? PAGED.listing : SMALL;
    await withFaults(
      on(fault, 'listing'),
      async ({ pull }) => {
        const { end, tree } = await pull({ options: { maxRetries: 1 } });
        expect(end).toMatchObject({ type: 'run.failed', code, exitCode });
        expect(tree).toEqual({});
      },
      wiki,
    );
  });
});

const SIDE_LISTINGS = [
  ['folders', 'folder'],
  ['attachments', 'attachment'],
  ['comments', 'comments'],
] as const;

describe('a fault of another listing that stays costs its kind, exit 3, and the next pull mends it', () => {
  const cells = SIDE_LISTINGS.flatMap(([lane, of]) =>
    STAYING.map(([fault, code]) => ({ fault, lane, of, code })),
  );

  test.concurrent.each(someRows(cells, 11))('$fault of $lane: $code', async ({ fault, lane, of, code }) => {
    const wiki = fault.endsWith('cursor') ? (PAGED[lane] ?? SMALL) : SMALL;
    await withFaults(
      on(fault, lane),
      async ({ pull, dir }) => {
        const pulled = await pull({ options: { maxRetries: 1 } });
        // Pages tell their attachments without a cursor: nothing is wanting then.
        const isMended = lane === 'attachments' && fault.endsWith('cursor');
        expect(pulled.end).toMatchObject({
          type: 'run.finished',
          exitCode: isMended ? 0 : 3,
          incomplete: isMended ? [] : [{ of, code }],
          totals: { page: { written: pulled.end.totals.page.listed, failed: 0 } },
        });
        expectBalanced(pulled);
        const [again, whole] = [await healed(dir, wiki), await undisturbed(wiki)];
        expect({ exitCode: again.end.exitCode, tree: again.tree }).toEqual({ exitCode: 0, tree: whole.tree });
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

  const cells = [
    ['500:bodies', 'bodies', 'http-500'],
    ['502:bodies', 'bodies', 'http-502'],
    ['503:bodies', 'bodies', 'http-503'],
    ['504:bodies', 'bodies', 'http-504'],
    ['403:bodies', 'bodies', 'http-403'],
    ['reset:bodies', 'bodies', 'unreachable'],
    ['truncate:bodies', 'bodies', 'unreachable'],
    ['reset-body:bodies', 'bodies', 'unreachable'],
    ['malformed:bodies', 'bodies', 'garbled-response'],
    ['500:downloads', 'files', 'http-500'],
    ['502:downloads', 'files', 'http-502'],
    ['503:downloads', 'files', 'http-503'],
    ['504:downloads', 'files', 'http-504'],
    ['reset:downloads', 'files', 'unreachable'],
    ['500:media', 'files', 'media-status'],
    ['503:media', 'files', 'media-status'],
    ['reset:media', 'files', 'media-connection'],
    ['truncate:media', 'bytes', 'media-connection'],
    ['html:media', 'files', 'media-type'],
    ['expired-url', 'files', 'media-status'],
    ['500:comments@2-', 'comments', 'http-500'],
    ['502:comments@2-', 'comments', 'http-502'],
    ['503:comments@2-', 'comments', 'http-503'],
    ['504:comments@2-', 'comments', 'http-504'],
    ['reset:comments@2-', 'comments', 'unreachable'],
    ['truncate:comments@2-', 'comments', 'unreachable'],
    ['malformed:comments@2-', 'comments', 'garbled-response'],
  ] as const;

  test.concurrent.each(someRows(cells))('%s', async (fault, lane, code) => {
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

describe('what is listed and not to be had fails, and nothing of it is deleted', () => {
  test.each([
    ['gone=#10', 'page'],
    ['attachment-404@3', 'attachment'],
    ['403:downloads@3', 'attachment'],
  ] as const)('%s', async (fault, kind) => {
    await withFaults(fault, async ({ pull, dir }) => {
      const before = await healed(dir);
      const pulled = await pull({ options: { full: true } });
      expect(pulled.end).toMatchObject({ exitCode: 3, totals: { [kind]: { failed: 1, deleted: 0 } } });
      expectBalanced(pulled);
      expect(pulled.tree).toEqual(before.tree);
    });
  });
});

test.each([
  ['gone=#10', { exitCode: 3, totals: { page: { notVisible: 0, failed: 1, deleted: 0 } } }],
  ['gone=#10,403:bodies@2-', { exitCode: 3, totals: { page: { notVisible: 0, failed: 1, deleted: 0 } } }],
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

test.each([12, 16, 22])(
  'credentials that are revoked in mid-run (after %d requests) stop it cleanly: exit 12, a checkpoint, no more requests',
  async (count) => {
    await withFaults('', async ({ pull, dir, sandbox, exchanges }) => {
      sandbox.wild.set(`revoke=${count}`);
      const { end, events } = await pull();
      expect(end).toMatchObject({ type: 'run.failed', code: 'credentials', exitCode: 12 });
      const state: unknown = JSON.parse(await readFile(`${dir}/.rxsync/state.json`, 'utf8'));
      expect(state).toMatchObject({ checkpoint: { scope: { space: 'LARGE' } } });
      const refused = exchanges.findIndex(({ status }) => status === 403 || status === 404);
      expect(refused).toBeGreaterThan(0);
      // What was in flight, and what left until it was known who we are, is all that can follow.
      expect(exchanges.length - refused).toBeLessThanOrEqual(20);
      expect(events.filter(({ type }) => type === 'retry.scheduled')).toEqual([]);
      const whole = await undisturbed();
      expect(await healed(dir)).toMatchObject({ end: { exitCode: 0 }, tree: whole.tree });
    });
  },
);

test.each(['401:downloads@5-', 'scope:downloads@5-'])(
  'an operation for which the scope is missing (%s) costs its kind, and is asked for once',
  async (fault) => {
    await withFaults(fault, async ({ pull, dir, exchanges }) => {
      const { end } = await pull();
      expect(end).toMatchObject({ type: 'run.finished', exitCode: 3 });
      expect(new Set(end.failedItems.map(({ code }) => code))).toEqual(new Set(['missing-scope']));
      // Those that were in flight; all later ones know.
      expect(exchanges.filter(({ status }) => status === 401).length).toBeLessThanOrEqual(10);
      expect(await healed(dir)).toMatchObject({ end: { exitCode: 0 } });
    });
  },
);
