import { mkdtempSync } from 'node:fs';
import { cp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { Server } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Sandbox, SandboxOptions } from '../../lib/sandbox/index.js';
import {
  type E2eWiki,
  readMarkdown,
  readTree,
  ROOT,
  type Run,
  rxsync,
  startWiki,
  withFolder,
} from '../support/e2e.js';
import { someRows } from '../support/counts.js';
import { treeDifference } from '../support/tree-difference.js';

const WIKI: SandboxOptions = {
  pages: 40,
  folders: 6,
  attachments: 24,
  comments: 20,
  blogposts: 4,
  bodyKb: 1,
};

const COMMON = ['--comments', '--labels'];
const SPACE = ['--space', 'LARGE'];

type Tree = Readonly<Record<string, string>>;

interface Situation {
  /** How the wiki misbehaves in the pull that is looked at; see `lib/sandbox/wild`. */
  readonly wild?: string;
  /** The same, of what is in the wiki. */
  readonly wildOf?: (sandbox: Sandbox) => string;
  readonly faults?: string;
  /** Whether the mirror was there and whole before. @default false */
  readonly mirrored?: boolean;
  /** Done to the wiki before the pull. */
  readonly change?: (sandbox: Sandbox) => void;
  readonly args?: readonly string[];
  /** Arguments of the pull that it is compared with. @default the same */
  readonly fresh?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

interface Seen extends Run {
  /** What differs from the mirror of the same wiki that keeps to the documents. */
  readonly difference: readonly string[];
  readonly requests: number;
  readonly markdown: Readonly<Record<string, string>>;
}

const folder = mkdtempSync(path.join(os.tmpdir(), 'rxsync-wild-'));
const WHOLE = path.join(folder, 'whole');

afterAll(() => rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 }));

beforeAll(async () => {
  const { env, close } = await startWiki(WIKI);
  await rxsync(['pull', WHOLE, ...SPACE, ...COMMON], { env });
  await close();
});

/** What the wiki holds, by a pull into an empty folder while it keeps to the documents. */
const freshTree = ({ sandbox, env }: E2eWiki, args: readonly string[]): Promise<Tree> => {
  sandbox.wild.set('');
  return withFolder(async (dir) => {
    await rxsync(['pull', dir, ...COMMON, ...args], { env });
    return readTree(dir);
  });
};

const play = ({ wild = '', faults = '', ...situation }: Situation): Promise<Seen> =>
  withFolder(async (base) => {
    const { mirrored = false, change, wildOf = () => wild, args = SPACE, fresh = args, env = {} } = situation;
    const dir = path.join(base, 'mirror');
    if (mirrored) await cp(WHOLE, dir, { recursive: true, preserveTimestamps: true });
    const wiki = await startWiki({ ...WIKI, faults });
    change?.(wiki.sandbox);
    wiki.sandbox.wild.set(wildOf(wiki.sandbox));
    let requests = 0;
    const watching = wiki.sandbox.onExchange(() => (requests += 1));
    const run = await rxsync(['pull', dir, ...COMMON, ...args], { env: { ...wiki.env, ...env } });
    watching();
    const tree = await readTree(dir).catch(() => ({}));
    const markdown = await readMarkdown(dir).catch(() => ({}));
    const expected = change ? await freshTree(wiki, fresh) : await readTree(WHOLE);
    await wiki.close();
    return { ...run, requests, difference: treeDifference(tree, expected), markdown };
  });

type Row = readonly [sentence: string, situation: Situation, code: number, words?: RegExp];

const edit =
  (n: number) =>
  ({ wiki }: Sandbox): void => {
    const page = wiki.list('page', 'LARGE')[n - 1];
    if (page) wiki.editPage(page.id, { body: '<p>Another text.</p>' });
  };

const portOf = (server: Server): number => {
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
};

const FAST = [...SPACE, '--max-retries', '1'];

/** The mirror is whole, though the wiki is not as documented. */
const STAYS_WHOLE: readonly Row[] = [
  // 1. Absence is no proof.
  [
    'an empty listing',
    { wild: 'empty-listing', mirrored: true },
    0,
    /listing is incomplete: it has left out 44 pages/,
  ],
  ['a listing that ends half-way', { wild: 'half-listing', mirrored: true }, 0, /listing is incomplete/],
  [
    'a listing that leaves one page out',
    { wild: 'omit=#5', mirrored: true },
    0,
    /has left out a page that is there \("/,
  ],
  ['the same on a first pull: others stand below it', { wild: 'omit=#5' }, 0, /listing is incomplete/],
  ['attachments that only their ids tell of', { wild: 'omit-attachments=#2', mirrored: true }, 0],
  [
    'an account that sees 2 of 40 pages',
    { wild: 'sees=2', mirrored: true },
    14,
    /not visible to this account any more, which is no proof/,
  ],
  ['an account that sees nothing', { wild: 'sees=0', mirrored: true }, 14, /Nothing was changed/],
  [
    'another account that sees less',
    { wild: 'other-account=30', mirrored: true },
    0,
    /not visible to this account, .* they stay/,
  ],
  ['another account that sees all', { wild: 'other-account', mirrored: true }, 0],
  [
    'a page that is left out, and by its id both there and in the trash',
    { wild: 'trashed-twin=#5', mirrored: true },
    0,
    /has left out a page that is there/,
  ],
  [
    'a page that is left out, and by its id in a state that nobody knows',
    { wild: 'frozen=#5', mirrored: true },
    3,
    /pages could not be listed whole: The wiki gives page \d+ the status "frozen"/,
  ],
  [
    'an attachment, likewise',
    {
      mirrored: true,
      wildOf: ({ wiki }) => `frozen=${wiki.list('attachment', 'LARGE')[3]?.id ?? ''}`,
    },
    3,
    /attachments could not be listed whole: The wiki gives attachment att\d+ the status "frozen"/,
  ],
  [
    'a scope that nothing is in any more',
    { mirrored: true, args: [...SPACE, '--label', 'nosuch'] },
    14,
    /outside of what is asked for now: pages with the label "nosuch"/,
  ],
  // 2. Refused credentials look like absence.
  [
    'a wrong token',
    { mirrored: true, env: { CONFLUENCE_API_TOKEN: 'wrong' } },
    12,
    /does not accept the credentials/,
  ],
  [
    'a wrong token on a site that is open to strangers',
    { mirrored: true, wild: 'open-site', env: { CONFLUENCE_API_TOKEN: 'wrong' } },
    12,
    /takes us for a stranger/,
  ],
  [
    'a token that is revoked while pages are listed',
    { mirrored: true, wild: 'revoke=3' },
    12,
    /does not accept the credentials/,
  ],
  ['the same on an open site', { mirrored: true, wild: 'open-site;revoke=3' }, 12, /Nothing was changed/],
  [
    'a token that is revoked while things are searched',
    { mirrored: true, wild: 'revoke=6' },
    12,
    /does not accept the credentials/,
  ],
  [
    'a missing scope for pages',
    { mirrored: true, wild: 'no-scope=read:page:confluence' },
    12,
    /GET \/api\/v2\/spaces\/\{id\}\/pages: it lacks the scope read:page:confluence/,
  ],
  // 3. No side listing costs the body.
  ...['400', '403', '404', '410', '500', 'scope'].map((fault): Row => [
    `attachment search: ${fault}`,
    { mirrored: true, faults: `${fault}:attachments`, args: FAST },
    3,
    /attachments could not be listed whole/,
  ]),
  ...['400', '404', '500', '503'].map((fault): Row => [
    `folder search: ${fault}`,
    { mirrored: true, faults: `${fault}:folders`, args: FAST },
    3,
    /folders could not be listed whole/,
  ]),
  ...['403', '500'].map((fault): Row => [
    `blog posts: ${fault}`,
    { mirrored: true, faults: `${fault}:blogposts`, args: FAST },
    3,
    /blog posts could not be listed whole/,
  ]),
  ...['403', 'scope', 'null-results'].map((fault): Row => [
    `comments: ${fault}`,
    { mirrored: true, faults: `${fault}:comments` },
    3,
    /comments could not be listed whole/,
  ]),
  ...['403', '500'].map((fault): Row => [
    `labels: ${fault}`,
    { mirrored: true, faults: `${fault}:labels`, args: FAST },
    3,
    /labels could not be listed whole/,
  ]),
  ...['401', '500', 'null-results'].map((fault): Row => [
    `names: ${fault}`,
    { mirrored: true, faults: `${fault}:users`, args: FAST },
    3,
    /names could not be listed whole/,
  ]),
  [
    'names: 429 without end',
    { mirrored: true, faults: '429:users=1', args: [...SPACE, '--max-wait', '1'] },
    3,
    /names could not be listed whole/,
  ],
  [
    'a missing scope for search',
    { mirrored: true, wild: 'no-scope=search:confluence+read:content-details:confluence' },
    3,
    /read:content-details:confluence or search:confluence \(classic\)/,
  ],
  ['a search that refuses large limits with 500', { wild: 'large-limit=100' }, 0],
  ['a search that refuses large limits with 502', { wild: 'large-limit=502:100' }, 0],
  // 4. One odd row costs one row.
  ['a null in every list', { wild: 'odd-row=null' }, 3, /One row cannot be read/],
  ['a title that is null', { wild: 'odd-row=title' }, 0],
  ['a version that is null', { wild: 'odd-row=version' }, 0],
  ['a container that is null', { wild: 'odd-row=container', mirrored: true }, 0],
  ['fields of other types, unknown parents, no homepage', { wild: 'odd-fields', mirrored: true }, 0],
  ['ids that are numbers', { wild: 'numeric-ids' }, 0],
  ['a page among the blog posts', { wild: 'misfiled=#3', mirrored: true }, 0],
  ['the same on a first pull', { wild: 'misfiled=#3' }, 0],
  ['drafts among the pages', { wild: 'draft-rows=#3' }, 0],
  ['a draft of a page that was edited', { wild: 'draft-rows=#3', mirrored: true, change: edit(3) }, 0],
  ['rows of another space', { wild: 'foreign-rows' }, 0],
  ['containers that are no pages', { wild: 'odd-containers=2', mirrored: true }, 0],
  ['a body that is empty in bulk', { wild: 'empty-body=#3' }, 0],
  // 5. Walks end.
  ['an empty page whose next is the cursor just used', { wild: 'same-cursor-end' }, 0],
  [
    'empty pages without end',
    { wild: 'endless-empty', mirrored: true },
    1,
    /has no end: its last 20 pages told nothing new/,
  ],
  ['repeated pages without end', { wild: 'endless-repeat', mirrored: true }, 1, /has no end/],
  ['an empty first page of the space lookup', { wild: 'empty-first-space' }, 0],
  ['rows that trade places', { wild: 'swapping-rows;short-pages' }, 0],
  ['a search that takes no order', { wild: 'no-order-by' }, 0],
  ['bodies in smaller pages than asked for', { wild: 'bulk-cap=7' }, 0],
  // 6. The index is a hint.
  ['attachments that search does not list', { wild: 'unindexed=3' }, 0],
  [
    'an archived space',
    { wild: 'archived-space', mirrored: true },
    3,
    /is archived: search does not find what is in it/,
  ],
  ['a search that finds nothing', { wild: 'empty-search', mirrored: true }, 0],
  // 7. The account tells the truth.
  ['a body that is old in bulk', { wild: 'old-body=#3', change: edit(3) }, 0],
  [
    'stated sizes that are wrong',
    { wild: 'stated-size=3' },
    0,
    /states \d+ bytes for attachment .* and sends \d+, which is stored/,
  ],
  ['a comment that comes late', { wild: 'late-comment=#2' }, 0],
  [
    'comments that search has in an older version',
    {
      wild: 'old-comment',
      mirrored: true,
      change: ({ wiki }) => {
        for (const { id } of wiki.list('comment', 'LARGE').slice(0, 5)) wiki.editComment(id);
      },
    },
    0,
  ],
  // 8. Retries.
  ['500 on a listing, three times', { faults: '500:listing@1x3' }, 0],
  ['408', { faults: '408:any@3x2' }, 0],
  ['520 and 524', { faults: '520:any@3x2,524:any@6x2' }, 0],
  ['an empty answer', { faults: 'empty:any@4x2' }, 0],
  [
    'a Retry-After of 503',
    { faults: '503:listing@1x1=5' },
    0,
    /not available and asks to wait: waiting 0:05/,
  ],
  [
    'one that is too long',
    { faults: '503:listing@1=7', mirrored: true, args: [...SPACE, '--max-wait', '3'] },
    13,
    /longer than --max-wait allows/,
  ],
  ['a body that drips', { faults: 'drip:listing@1', args: [...SPACE, '--timeout', '0.3'] }, 0],
  // 9. Words that lead on.
  [
    'a renamed site',
    { wild: 'moved=https://new-name.atlassian.net', mirrored: true },
    1,
    /has moved to https:\/\/new-name\.atlassian\.net/,
  ],
  ['Data Center', { wild: 'data-center', mirrored: true }, 2, /Confluence Data Center/],
  [
    'a proxy that wants credentials',
    { faults: '407:any', mirrored: true },
    1,
    /proxy answered 407[\s\S]*HTTPS_PROXY=http:\/\/user:password@/,
  ],
  ['a key in other letters', { mirrored: true, args: ['--space', 'large'] }, 0, /Pulling LARGE \(delta\)/],
  [
    'CQL with an order',
    { mirrored: true, args: [...SPACE, '--cql', 'type = page order by created'] },
    2,
    /without "order by"/,
  ],
];

test.concurrent.each(someRows(STAYS_WHOLE))(
  'the mirror is whole after %s',
  async (_sentence, situation, code, words = /^/) => {
    const { difference, ...run } = await play(situation);
    expect({ code: run.code, difference, stderr: run.stderr }).toEqual({
      code,
      difference: [],
      stderr: expect.stringMatching(words),
    });
  },
);

/** Some of it cannot be had; what that is, is told, and the rest is there. */
const LACKS: readonly (readonly [string, Situation, number, RegExp, readonly RegExp[]])[] = [
  [
    'an attachment that answers 403',
    { wild: 'hidden-attachment=#1' },
    3,
    /failed: attachment att\d+ .* answered 403/,
    [/^missing: .*\.attachments\/$/, /^missing: .*\.attachments\/[^/]+$/],
  ],
  [
    'an attachment that answers 404',
    { wild: 'gone-attachment=#1' },
    3,
    /failed: attachment att\d+ .* answered 404/,
    [/^missing: .*\.attachments\/$/, /^missing: .*\.attachments\/[^/]+$/],
  ],
  [
    'a listed comment that does not come',
    { wild: 'lost-comment=#2' },
    3,
    /failed: comments \d+/,
    [/^missing: .*\.comments\.md$/],
  ],
  [
    'another page than was asked for',
    { wild: 'other-page=#3' },
    3,
    /failed: page \d+ .* answered with another page/,
    [/^missing: .*\.md$/],
  ],
  [
    'a body that is old however it is asked for',
    { wild: 'old-body-always=#3', change: edit(3) },
    0,
    /is older than the listing says \(version 1 instead of 2\)/,
    [/^different: .*\.md$/],
  ],
  [
    'a body that comes in no format',
    { wild: 'bodiless=#3' },
    3,
    /failed: page \d+ .* did not come in any format/,
    [/^missing: .*\.md$/],
  ],
  [
    'a live doc whose body is empty but for its view',
    { wild: 'live-doc=#3' },
    0,
    /is empty in storage format; its rendered view is mirrored/,
    [/^different: .*\.md$/],
  ],
];

test.concurrent.each(someRows(LACKS, 2))(
  'of a first pull with %s it is told what is wanting',
  async (...row) => {
    const [, situation, code, words, lacking] = row;
    const { difference, ...run } = await play(situation);
    expect({ code: run.code, stderr: run.stderr }).toEqual({ code, stderr: expect.stringMatching(words) });
    expect(difference).toEqual(lacking.map((line) => expect.stringMatching(line)));
  },
);

test.concurrent.each([
  ['a label that no page has', ['--label', 'nosuch'], /There is no page with the label "nosuch" in LARGE/],
  ['an ancestor that is not there', ['--ancestor', '99'], /There is no page or folder 99 in LARGE/],
])('%s is told as such on a first pull, exit 1', async (_name, args, words) => {
  const { code, stderr, markdown } = await play({ args: [...SPACE, ...args] });
  expect({ code, stderr, markdown }).toEqual({ code: 1, stderr: expect.stringMatching(words), markdown: {} });
});

test('an ancestor of which search knows no descendants is read from the tree', async () => {
  const { sandbox, close } = await startWiki(WIKI);
  const home = sandbox.wiki
    .list('page', 'LARGE')
    .find((page) => 'parentId' in page && page.parentId === null);
  await close();
  const { code, difference, stderr } = await play({
    wild: 'empty-ancestor',
    args: [...SPACE, '--ancestor', home?.id ?? ''],
    change: () => undefined,
  });
  expect({ code, difference }).toEqual({ code: 0, difference: [] });
  expect(stderr).toMatch(/Search does not find everything below page \d+: the whole space is listed/);
});

test.concurrent.each([[[]], [['--space', 'NEWKEY']]])(
  'a space that got another key goes on, named %j',
  async (args) => {
    const { code, difference } = await play({
      mirrored: true,
      args,
      fresh: ['--space', 'NEWKEY'],
      change: ({ wiki }) => wiki.rekeySpace('LARGE', { key: 'NEWKEY' }),
    });
    expect({ code, difference }).toEqual({ code: 0, difference: [] });
  },
);

test('the address of a space does for its key', async () => {
  const { sandbox, close } = await startWiki(WIKI);
  await close();
  const { code, difference } = await play({
    mirrored: true,
    args: ['--space', `${new URL(sandbox.url).protocol}//127.0.0.1/wiki/spaces/LARGE/overview`],
  });
  expect({ code, difference }).toEqual({ code: 0, difference: [] });
});

test('footer comments show no resolution, inline ones do', async () => {
  const { markdown } = await play({});
  const comments = Object.entries(markdown).filter(([file]) => file.endsWith('.comments.md'));
  const headings = comments.flatMap(([, text]) => text.split('\n').filter((line) => /^#+ /.test(line)));
  expect(comments.length).toBeGreaterThan(5);
  expect(headings.filter((line) => /open/i.test(line))).toEqual([]);
});

test('a proxy that refuses to connect is named, not taken for the wiki', async () => {
  const proxy = createServer();
  proxy.on('connect', (_request, socket) =>
    socket.end('HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n'),
  );
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  const port = portOf(proxy);
  const run = await withFolder((dir) =>
    rxsync(['pull', dir, ...SPACE, '--max-retries', '0'], {
      env: {
        CONFLUENCE_URL: 'https://example.atlassian.net',
        CONFLUENCE_EMAIL: 'ada@example.com',
        CONFLUENCE_API_TOKEN: 'token',
        HTTPS_PROXY: `http://127.0.0.1:${port}`,
      },
    }),
  );
  await new Promise((resolve) => proxy.close(resolve));
  expect(run.code).toBe(1);
  expect(run.stderr).toMatch(
    /The proxy answered 403 instead of connecting to https:\/\/example\.atlassian\.net/,
  );
});

test('a certificate of a private authority is refused with the flag that helps, which helps', async () => {
  const file = (name: string): string => path.join(ROOT, 'fixtures/tls', name);
  const certificate = file('localhost.certificate.pem');
  const server = createTlsServer(
    { cert: await readFile(certificate), key: await readFile(file('localhost.key.pem')) },
    (_request, response) => response.writeHead(404).end(),
  );
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const port = portOf(server);
  const pull = (...args: string[]): Promise<Run> =>
    withFolder((dir) =>
      rxsync(['pull', dir, ...SPACE, '--max-retries', '0', ...args], {
        env: {
          CONFLUENCE_URL: `https://127.0.0.1:${port}`,
          CONFLUENCE_EMAIL: 'ada@example.com',
          CONFLUENCE_API_TOKEN: 'token',
        },
      }),
    );
  const refused = await pull();
  const trusted = await pull('--ca-file', certificate);
  await new Promise((resolve) => server.close(resolve));
  expect(refused.stderr).toMatch(/certificate of https:\/\/127\.0\.0\.1:\d+ is not trusted[\s\S]*--ca-file/);
  expect(trusted.stderr).toMatch(/answered 404/);
});
