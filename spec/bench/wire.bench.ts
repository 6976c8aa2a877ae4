/**
 * How near a first pull comes to the wire: its time against that of a script that sends requests for the same pages as fast as
 * the wiki answers, ten at a time, and throws the answers away. Medians of `RXSYNC_WIRE_ROUNDS` rounds (three) of
 * `RXSYNC_WIRE_PAGES` pages (10,000). Run by `npm run bench -- wire`.
 */
import http from 'node:http';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { from, lastValueFrom, mergeMap } from 'rxjs';
import { numberFromEnv } from '../support/counts.js';
import { type Cost, printCost, runMeasured, startSandboxProcess } from '../support/measured.js';

const PAGES = numberFromEnv('RXSYNC_WIRE_PAGES', 10_000);
const ROUNDS = numberFromEnv('RXSYNC_WIRE_ROUNDS', 3);
const IN_FLIGHT = 10;
/** As many ids as pages of 15 KB are asked for in one request. */
const BATCH = 250;

const CASES = [
  { name: '15 KB a page, 80 ms', flags: { 'body-kb': 15, 'latency-ms': 80 } },
  { name: '4 KB a page, no latency', flags: { 'body-kb': 4, 'latency-ms': 0 } },
];

type Env = Readonly<Record<string, string>>;

/** Asks and reads to the end, compressed as it comes. */
const getter = ({ CONFLUENCE_URL = '', CONFLUENCE_EMAIL, CONFLUENCE_API_TOKEN }: Env) => {
  const agent = new http.Agent({ keepAlive: true, maxSockets: IN_FLIGHT });
  const headers = {
    authorization: `Basic ${Buffer.from(`${CONFLUENCE_EMAIL}:${CONFLUENCE_API_TOKEN}`).toString('base64')}`,
  };
  return (location: string, encoding = 'gzip'): Promise<string> =>
    new Promise((resolve, reject) => {
      const url = new URL(location, CONFLUENCE_URL);
      http
        .get(url, { agent, headers: { ...headers, 'accept-encoding': encoding } }, (answer) => {
          const chunks: Buffer[] = [];
          answer.on('data', (chunk: Buffer) => {
            if (encoding === 'identity') chunks.push(chunk);
          });
          answer.on('end', () => resolve(Buffer.concat(chunks).toString()));
          answer.on('error', reject);
        })
        .on('error', reject);
    });
};

/** The ids of all pages, and how many requests it took to learn them. */
const listIds = async (get: ReturnType<typeof getter>): Promise<string[]> => {
  const [, spaceId = ''] = /"id":"(\d+)"/.exec(await get('/wiki/api/v2/spaces?keys=LARGE', 'identity')) ?? [];
  const ids: string[] = [];
  for (let next: string | undefined = `/wiki/api/v2/spaces/${spaceId}/pages?limit=250`; next !== undefined;) {
    const text = await get(next, 'identity');
    // Rows have other ids, too: those of their page come first.
    for (const [, id = ''] of text.matchAll(/\{"id":"(\d+)"/g)) ids.push(id);
    const link: string | undefined = /"next":"([^"]+)"/.exec(text)?.[1];
    next = link;
  }
  return ids;
};

const floor = async (env: Env): Promise<number> => {
  const get = getter(env);
  const start = performance.now();
  const ids = await listIds(get);
  const batches = Array.from({ length: Math.ceil(ids.length / BATCH) }, (_, i) =>
    ids.slice(i * BATCH, (i + 1) * BATCH),
  );
  await lastValueFrom(
    from(batches).pipe(
      mergeMap(
        (batch) => get(`/wiki/api/v2/pages?id=${batch.join(',')}&limit=${BATCH}&body-format=storage`),
        IN_FLIGHT,
      ),
    ),
  );
  return (performance.now() - start) / 1000;
};

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

const pull = async (env: Env): Promise<Cost> => {
  const dir = await mkdtemp(path.join(os.tmpdir(), 'rxsync-wire-'));
  try {
    return await runMeasured(
      ['pull', dir, '--space', 'LARGE', '--no-attachments', '--progress', 'none', '--quiet'],
      {
        env,
      },
    );
  } finally {
    await rm(dir, { recursive: true });
  }
};

for (const { name, flags } of CASES) {
  const { child, env } = await startSandboxProcess({
    pages: PAGES,
    folders: 500,
    attachments: 0,
    comments: 0,
    ...flags,
  });
  try {
    const floors: number[] = [];
    const costs: Cost[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      floors.push(await floor(env));
      costs.push(await pull(env));
    }
    for (const cost of costs) printCost(`${PAGES} pages, ${name}`, cost);
    const ratio = median(costs.map(({ seconds }) => seconds)) / median(floors);
    process.stdout.write(
      `${name}: floor ${median(floors).toFixed(1)} s, pull ${ratio.toFixed(2)} times that\n`,
    );
  } finally {
    child.kill();
  }
}
